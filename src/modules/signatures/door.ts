import type { Outcome } from '../../kernel/errors.ts'
import type {
  Evidence,
  Level,
  RevocationSource,
  SignatureReport,
  Signer,
  TimeStamps,
  TrustedAuthority,
} from './types.ts'

/** What is remembered of a request, so that asking again signs nothing again. */
export interface RememberedRequest {
  askedAt: Date
  sha256: Uint8Array | null
  signature: Uint8Array | null
}

/** Memory of requests for signatures; in PostgreSQL, or in a map for benches. */
export interface Requests {
  /** Opens requests, or gives what is known of those that were opened before; in the order asked. */
  open(ids: readonly string[], signerId: string, now: Date): Promise<RememberedRequest[]>
  asking(requests: readonly { id: string; sha256: Uint8Array }[]): Promise<void>
  answered(requests: readonly { id: string; signature: Uint8Array }[], now: Date): Promise<void>
}

/**
 * Signing without time stamps when their service is silent: whoever signs holds up a register, and a signature is good
 * without them. What is short is lengthened later, and a service that was silent is left alone for a while.
 */
export interface Later {
  /** How long stamps and answers about certificates are waited for, all together. */
  withinMs: number
  resting(): boolean
  wasSilent(): void
  isShort(sha256: string): Promise<boolean>
  ask(short: { sha256: string; wanted: Level; instead: string | null }): Promise<void>
}

/** What signing and checking need of the world around them. */
export interface SignatureDoor {
  findSigner(id: string): Promise<Outcome<Signer>>
  requests: Requests
  timeStamps: TimeStamps | undefined
  revocation: RevocationSource
  trusted(): Promise<readonly TrustedAuthority[]>
  /** Undefined: what cannot be stamped at once is refused. */
  later?: Later
  /** Keeps what was found; earlier findings stay. */
  keepEvidence(found: { made: Evidence } | { checked: SignatureReport }): Promise<void>
}

/** Requests remembered by this process alone. */
export function requestsInMemory(): Requests {
  const known = new Map<string, RememberedRequest>()
  return {
    async open(ids, _signerId, now) {
      return ids.map((id) => {
        const found = known.get(id) ?? { askedAt: now, sha256: null, signature: null }
        known.set(id, found)
        return { ...found }
      })
    },
    async asking(requests) {
      for (const { id, sha256 } of requests) known.get(id)!.sha256 = sha256
    },
    async answered(requests) {
      for (const { id, signature } of requests) known.get(id)!.signature = signature
    },
  }
}
