/** Keys under which content is sealed at rest: one seals what is new, the others still open what is old. */
export interface KeyRing {
  /** Name of the key that seals. */
  current: string
  /** 32 bytes each, by name. */
  keys: ReadonlyMap<string, Buffer>
}

const namePattern = /^[a-z0-9][a-z0-9._-]{0,15}$/i

/**
 * Reads a key ring as the environment states it: `name:base64` of 32 bytes each, apart by commas, the one that seals
 * first. Gives what is wrong instead when it is unusable; the keys themselves are never part of the words.
 */
export function readKeyRing(text: string): KeyRing | { wrong: string } {
  const keys = new Map<string, Buffer>()
  for (const part of text.split(',')) {
    const [name = '', coded = ''] = part.trim().split(':')
    if (!namePattern.test(name))
      return { wrong: 'a key is written name:base64, the name of up to 16 letters' }
    const key = Buffer.from(coded, 'base64')
    if (key.length !== 32) return { wrong: `the key "${name}" is not 32 bytes in base64` }
    if (keys.has(name)) return { wrong: `the key "${name}" is there twice` }
    keys.set(name, key)
  }
  return { current: [...keys.keys()][0]!, keys }
}
