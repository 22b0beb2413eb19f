import { type Certificate, readCertificate } from '../cms/certificate.ts'
import { daysOf, findPath } from '../cms/chain.ts'
import { crlStanding, ocspStanding, type Standing } from '../cms/revocation.ts'
import type { ChainState, RevocationSource, TrustedAuthority } from '../types.ts'
import type { Material } from './security-store.ts'

export interface ChainFinding {
  state: ChainState
  revocation: { by: 'ocsp' | 'crl' | 'embedded' | null; at: string | null }
  /** Whether an answer was found for every certificate below the trusted one. */
  isKnown: boolean
  /** Whether all answers came with the file. */
  isEmbedded: boolean
}

export interface ChainQuestion {
  leaf: Certificate
  /** Certificates that may stand between. */
  pool: readonly Certificate[]
  trusted: readonly TrustedAuthority[]
  material: Material
  revocation: RevocationSource
  /** The instant that counts: proven, else now. */
  at: Date
  isProven: boolean
  now: Date
}

/** Whether a certificate could be believed at an instant: chain, days, revocation. */
export async function checkChain(question: ChainQuestion): Promise<ChainFinding> {
  const { leaf, trusted, material, at } = question
  const pool = [...question.pool, ...material.certificates.flatMap(readable)]
  const path = findPath(leaf, pool, trusted)
  const unknown = { revocation: { by: null, at: null }, isKnown: false, isEmbedded: false }
  if (!path) return { state: 'unknown-issuer', ...unknown }
  const standings = await Promise.all(
    path.slice(0, -1).map(async (certificate, i) => {
      return certificate.noCheck ? 'not-needed' : standingOf(question, certificate, path[i + 1]!)
    }),
  )
  const found = standings.filter((one) => one !== undefined && one !== 'not-needed')
  const isKnown = standings.every((one) => one !== undefined)
  const own = standings[0]
  const facts = {
    revocation:
      own && own !== 'not-needed'
        ? { by: own.isEmbedded ? ('embedded' as const) : own.by, at: own.from.toISOString() }
        : unknown.revocation,
    isKnown,
    isEmbedded: isKnown && found.every(({ isEmbedded }) => isEmbedded),
  }
  if (found.some((one) => one.state === 'revoked' && (!question.isProven || (one.revokedAt ?? at) <= at)))
    return { state: 'revoked', ...facts }
  const days = daysOf(path, trusted, at)
  return { state: days === 'valid' ? 'trusted' : days, ...facts }
}

type Found = Standing & { isEmbedded: boolean }

/** What came with the file if it holds for the instant, else what the authority says now. */
async function standingOf(
  { material, revocation, at, isProven, now }: ChainQuestion,
  certificate: Certificate,
  issuer: Certificate,
): Promise<Found | undefined> {
  const embedded = [
    ...material.ocsps.map((der) => ocspStanding(der, certificate, issuer)),
    ...material.crls.map((der) => crlStanding(der, certificate, issuer)),
  ].filter((one) => one !== undefined)
  const revoked = embedded.find(({ state }) => state === 'revoked')
  if (revoked) return { ...revoked, isEmbedded: true }
  const good = embedded.find((one) => holdsFor(one, at))
  // What the file brings holds for a proven instant; for today the authority is asked first.
  if (good && isProven) return { ...good, isEmbedded: true }
  const ocsp = await revocation.ocsp(certificate.der, issuer.der)
  const answer = ocsp && ocspStanding(ocsp, certificate, issuer)
  if (answer && holdsFor(answer, now)) return { ...answer, isEmbedded: false }
  const crl = await revocation.crl(certificate.der, issuer.der)
  const listed = crl && crlStanding(crl, certificate, issuer)
  if (listed && holdsFor(listed, now)) return { ...listed, isEmbedded: false }
  return good && { ...good, isEmbedded: true }
}

const skewMs = 5 * 60_000

/** Said after the instant, or before it and still holding. */
const holdsFor = ({ from, to }: Standing, at: Date): boolean =>
  from.getTime() + skewMs >= at.getTime() || (to !== undefined && at.getTime() <= to.getTime() + skewMs)

function readable(der: Uint8Array): Certificate[] {
  try {
    return [readCertificate(der)]
  } catch {
    return []
  }
}
