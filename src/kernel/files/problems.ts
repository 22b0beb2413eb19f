import { type Refusal, refusal } from '../errors.ts'

/** What the store can refuse. */
export const problems = {
  tooLarge: (details: { maxBytes: number }) => refusal('too-large', 'files.too-large', details),
  /** No room for what arrives; nothing of it was kept. */
  full: () => refusal('unavailable', 'files.full'),
  /** The store does not answer; nothing half was kept. */
  unavailable: (details: { reason: string }) => refusal('unavailable', 'files.unavailable', details),
  /** Sealed under keys that the installation does not state. */
  wrongKey: (details: { sha256: string; keys: string[] }) =>
    refusal('unavailable', 'files.wrong-key', details),
  /** The bytes at rest are not those that were kept. */
  damaged: (details: { sha256: string }) => refusal('unavailable', 'files.damaged', details),
}

/** Content is there but cannot be given, or cannot be kept; thrown, because streams can only break off. */
export class FilesProblem extends Error {
  override name = 'FilesProblem'
  readonly refusal: Refusal
  constructor(refusal: Refusal, cause?: unknown) {
    super(`${refusal.code} ${JSON.stringify(refusal.details)}`, { cause })
    this.refusal = refusal
  }
}

const noRoom = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])

/** Says by name what kept content from being written; anything else is a breakdown and is thrown again. */
export function nameProblem(error: unknown): Refusal {
  if (error instanceof FilesProblem) return error.refusal
  if (noRoom.has((error as NodeJS.ErrnoException | null)?.code ?? '')) return problems.full()
  throw error
}
