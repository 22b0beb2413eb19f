import type { TrustedAuthority } from '../types.ts'
import { type Certificate, readCertificate, saysIssuedBy } from './certificate.ts'
import { checkRaw } from './raw-signature.ts'

/** A way from a certificate up to one that is trusted, its own first. */
export type Path = readonly Certificate[]

const deepest = 8
const certificateSigning = 0x04

/**
 * Finds a way from a certificate to a trusted authority (RFC 5280, 6.1): signatures, authorities that may be one, lengths
 * of paths. Days are looked at separately, because they make another answer. Undefined when there is none.
 */
export function findPath(
  leaf: Certificate,
  pool: readonly Certificate[],
  trusted: readonly TrustedAuthority[],
): Path | undefined {
  const anchors = trusted.map(({ certificate }) => readCertificate(certificate))
  const isAnchor = (one: Certificate) => anchors.some(({ sha256 }) => sha256 === one.sha256)
  const climb = (path: Certificate[]): Path | undefined => {
    const here = path.at(-1)!
    if (here.hasUnknownCritical) return undefined
    if (isAnchor(here)) return path
    if (path.length >= deepest) return undefined
    for (const issuer of [...anchors, ...pool]) {
      if (path.includes(issuer) || !saysIssuedBy(here, issuer) || !mayIssue(issuer, path.length - 1)) continue
      if (!isSignedBy(here, issuer)) continue
      const found = climb([...path, issuer])
      if (found) return found
    }
    return undefined
  }
  return climb([leaf])
}

/** Whether a certificate is an authority's, with room for so many authorities below it. */
const mayIssue = ({ isAuthority, keyUsage, pathLength }: Certificate, below: number): boolean =>
  isAuthority &&
  (keyUsage === undefined || (keyUsage & certificateSigning) !== 0) &&
  (pathLength === undefined || below <= pathLength)

const signed = new Map<string, boolean>()
const mostSigned = 10_000

/** Whether an issuer's key signed a certificate; remembered, because the same few pairs come with every paper. */
export function isSignedBy(certificate: Certificate, issuer: Certificate): boolean {
  const pair = `${certificate.sha256}${issuer.sha256}`
  const known = signed.get(pair)
  if (known !== undefined) return known
  const { algorithm, bytes, signature } = certificate.signed
  const answer = checkRaw(algorithm, issuer.publicKey, bytes, signature) === 'good'
  if (signed.size >= mostSigned) signed.clear()
  signed.set(pair, answer)
  return answer
}

/** Whether every certificate of a path was valid at an instant, and the trust in its top as well. */
export function daysOf(
  path: Path,
  trusted: readonly TrustedAuthority[],
  at: Date,
): 'valid' | 'expired' | 'not-yet-valid' {
  if (path.some(({ from }) => at < from)) return 'not-yet-valid'
  if (path.some(({ to }) => at > to)) return 'expired'
  const top = trusted.find(({ certificate }) => readCertificate(certificate).sha256 === path.at(-1)!.sha256)
  const day = at.toISOString().slice(0, 10)
  if (top && day < top.validFrom.slice(0, 10)) return 'not-yet-valid'
  return top?.validTo && day > top.validTo.slice(0, 10) ? 'expired' : 'valid'
}
