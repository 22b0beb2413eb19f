import type { Outcome } from '../../kernel/errors.ts'

/** Levels of PAdES baseline signatures (ETSI EN 319 142-1). */
export type Level = 'B-B' | 'B-T' | 'B-LT' | 'B-LTA'

/** Where something stands on a page: points from the top left, pages from 1. */
export interface Place {
  page: number
  x: number
  y: number
  width: number
  height: number
}

/** What is seen of a signature (NĐ 30/2020/NĐ-CP, annex I). Lines stand in Tinos 10, upright and black. */
export interface Appearance {
  role: 'signer' | 'seal' | 'copy' | 'clerk'
  /** A PNG, with transparency: blue of the signer, red of the organisation. */
  image?: Uint8Array
  /** Lines over the image; those of `lines` stand below it. */
  above?: string[]
  lines: string[]
}

/** One signature to be made: the paper, where it stands, who signs, and what is written in before it is sealed. */
export interface Signing {
  pdf: Uint8Array
  /** A signature field that `preparePdf` declared, or the name of a new one. */
  field: string
  place: Place
  appearance: Appearance
  reason?: string
  level: Level
  signerId: string
  /** Values of declared text fields (number, date), written in the same increment. */
  fill?: Record<string, string>
  now: Date
  /** The same id asks for the same signature: a lost answer never makes a second one. */
  requestId?: string
}

/** What lets a signer sign: each kind of signer needs its own. */
export interface Authorisation {
  pin?: string
  /** The PIN stands in the configuration: once it was wrong it is not tried again, or a job would lock the key. */
  standing?: true
  /** One-time code of a remote signing service. */
  otp?: string
  /** The round in which a phone is asked: after a refusal or too late a new one asks again for the same papers. */
  confirmation?: string
}

export interface Evidence {
  sha256: string
  signerId: string
  /** How far it came; less than was wanted where a service was silent. */
  level: Level
  certificateSha256: string
  signerName: string
  issuer: string
  serial: string
  signedAt: string
  timestampAt: string | null
}

export interface Signed {
  pdf: Uint8Array
  evidence: Evidence
}

export type SignerKind = 'pkcs12' | 'csc' | 'mobile'

/** What is to be signed: keys at hand sign the bytes, remote services their SHA-256. */
export interface ToSign {
  bytes: Uint8Array
  sha256: Uint8Array
}

/** Who holds the key. Gives raw signatures (PKCS#1 v1.5 or ECDSA in DER, both with SHA-256), in the order asked. */
export interface Signer {
  readonly id: string
  readonly label: string
  readonly kind: SignerKind
  /** DER, the signer's own first. */
  certificates(): Promise<readonly Uint8Array[]>
  /** Asked again with the same request id, it gives the same answer and signs nothing new. */
  sign(
    wanted: readonly ToSign[],
    authorisation: Authorisation,
    requestId: string,
  ): Promise<Outcome<readonly Uint8Array[]>>
}

/** A time-stamping authority: the DER of an RFC 3161 token over a SHA-256 hash. */
export type TimeStamps = (sha256: Uint8Array) => Promise<Outcome<Uint8Array>>

/** Answers about revocation, as DER; undefined where nobody answers. */
export interface RevocationSource {
  ocsp(certificate: Uint8Array, issuer: Uint8Array): Promise<Uint8Array | undefined>
  crl(certificate: Uint8Array, issuer: Uint8Array): Promise<Uint8Array | undefined>
}

/** A certification authority whose signatures are believed, and since when. */
export interface TrustedAuthority {
  name: string
  /** DER. */
  certificate: Uint8Array
  validFrom: string
  validTo: string | null
}

export type ChainState = 'trusted' | 'unknown-issuer' | 'expired' | 'revoked' | 'not-yet-valid'

/** What was found of one signature. */
export interface SignatureFinding {
  field: string
  kind: 'signature' | 'document-timestamp'
  signerName: string
  organisation: string | null
  issuer: string
  serial: string
  /** Proven by a time stamp where there is one, else claimed. */
  signedAt: string | null
  timestamp: { at: string; authority: string } | null
  level: Level | null
  covers: 'whole' | 'earlier revision'
  integrity: boolean
  chain: ChainState
  revocation: { by: 'ocsp' | 'crl' | 'embedded' | null; at: string | null }
  laterChanges: 'none' | 'allowed' | 'not-allowed'
  /** What was done to the file after this signature, where that is not allowed. */
  changes: ChangeCode[]
  problems: ProblemCode[]
}

export type Verdict = 'valid' | 'valid-with-notes' | 'invalid' | 'unsigned'

export interface SignatureReport {
  kind: 'pdf' | 'xml'
  sha256: string
  signatures: SignatureFinding[]
  verdict: Verdict
  problems: ProblemCode[]
  checkedAt: string
}

/** What somebody can do to a file that was signed; each has words in the messages `signatures.change.*`. */
export const changeCodes = [
  'pages',
  'page-content',
  'overlay',
  'field-value',
  'appearance',
  'script',
  'attachment',
  'layers',
  'structure',
] as const
export type ChangeCode = (typeof changeCodes)[number]

/** What can be wrong; each has a sentence in the messages `signatures.problem.*`. */
export const problemCodes = [
  'unreadable',
  'encrypted',
  'too-complex',
  'bad-range',
  'not-a-revision',
  'bad-container',
  'altered',
  'wrong-signature',
  'weak-algorithm',
  'certificate-not-bound',
  'unknown-issuer',
  'expired',
  'not-yet-valid',
  'revoked',
  'not-for-signing',
  'revocation-unknown',
  'timestamp-missing',
  'timestamp-wrong',
  'changed-after-signing',
  'field-added',
  'filled-uncovered',
  'not-covered',
  'unsupported-format',
] as const
export type ProblemCode = (typeof problemCodes)[number]
