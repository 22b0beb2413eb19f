import { inTime } from '../in-time.ts'
import type { RevocationSource } from '../types.ts'

/** How long one check of a file waits for answers about certificates, however many signatures it has. */
export const patienceMs = 6_000
/** And for one of them, so that who is silent leaves time to ask the others. */
const onceMs = 1_500

/**
 * Answers for one check of a file: each certificate is asked about once, and all together are waited for no longer than
 * a person waits for a page. What nobody said in time is not known, as with a service that is down.
 */
export function patiently(source: RevocationSource): RevocationSource {
  const answers = new Map<string, Promise<Uint8Array | undefined>>()
  let isSpent = false
  let spent: Promise<undefined> | undefined
  const within = (answer: Promise<Uint8Array | undefined>) => {
    // What is there already takes no time.
    if (isSpent) return inTime(answer, 0)
    spent ??= new Promise((resolve) => {
      setTimeout(() => {
        isSpent = true
        resolve(undefined)
      }, patienceMs).unref()
    })
    return Promise.race([inTime(answer, onceMs), spent])
  }
  const asked = (kind: 'ocsp' | 'crl') => (certificate: Uint8Array, issuer: Uint8Array) => {
    const key = `${kind} ${Buffer.from(certificate).toString('latin1')}`
    const answer = answers.get(key) ?? source[kind](certificate, issuer)
    answers.set(key, answer)
    return within(answer)
  }
  return { ocsp: asked('ocsp'), crl: asked('crl') }
}
