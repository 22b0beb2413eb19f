/** A dossier as the page showed it: `code~sequence`, so that a stale page is told apart. */
export const seen = ({ code, sequence }: { code: string; sequence: number }) => `${code}~${sequence}`

/** The same read back; undefined when it is not of our making. */
export function parseSeen(text: string): { code: string; sequence: number } | undefined {
  const [, code, sequence] = /^([A-Z0-9.-]{5,60})~(\d{1,9})$/.exec(text) ?? []
  return code && sequence ? { code, sequence: Number(sequence) } : undefined
}
