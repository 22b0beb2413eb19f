import { buffer } from 'node:stream/consumers'
import { isRefusal, type Outcome } from '../../kernel/errors.ts'
import type { Files } from '../../kernel/files.ts'

/** Keeps what we made ourselves by its hash. Refuses what the store refuses: a full disk, a store that is down. */
export async function keepContent(
  files: Files,
  content: Uint8Array,
): Promise<Outcome<{ sha256: string; size: number }>> {
  const held = await files.receive([content], { maxBytes: Number.POSITIVE_INFINITY })
  if (isRefusal(held)) return held
  const refused = await held.keep()
  return refused ?? { sha256: held.sha256, size: held.size }
}

/** Everything that the store has under a hash; undefined when it has nothing. */
export async function contentOf(files: Files, sha256: string): Promise<Uint8Array | undefined> {
  const stream = await files.open(sha256)
  return stream && new Uint8Array(await buffer(stream))
}
