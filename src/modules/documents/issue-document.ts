import { type Db, inTransaction, type Queryable } from '../../kernel/db.ts'
import { isRefusal, type Outcome, type Refusal } from '../../kernel/errors.ts'
import type { Files } from '../../kernel/files.ts'
import { newId, newSecret } from '../../kernel/ids.ts'
import { dateOfLaw } from '../../kernel/time.ts'
import type { Place } from '../signatures/index.ts'
import {
  findByCause,
  type IssuedDocument,
  insertDocument,
  lockCause,
  markReplaced,
  type PaperSignature,
  takeNumber,
} from './documents-store.ts'
import { keepContent } from './keep-content.ts'

/** Sixteen characters of five bits: nobody finds a paper by trying. */
export const verifyCodeLength = 16

/** What is known only once the paper is being issued. */
export interface Given {
  /** Running number in the register of the year. */
  n: number
  year: number
  /** The number as printed. */
  number: string
  verifyCode: string
  verifyUrl: string
}

/** A paper ready to be issued, with who signed the file itself. */
export interface PrintedPaper {
  pdf: Uint8Array
  signatures: PaperSignature[]
  /** Where the seal will stand that it gets once it is issued. */
  sealPlace?: Place
}

export interface Issue {
  dossierId: string
  dossierCode: string
  kind: string
  /** What makes this paper, e.g. the journal sequence of the act: the same cause is issued once. */
  cause: string
  title: string
  authority: { code: string; name: string }
  signerName: string
  sample: boolean
  now: Date
  /** Address of the installation, without a slash at the end. */
  baseUrl: string
  /** Register that numbers the paper within the authority and the year. */
  register: string
  /** How the number is printed, e.g. `(n, year) => `${n}/${year}``. */
  numberAs: (n: number, year: number) => string
  /** The paper that this one replaces. */
  replaces?: string
  /** The code that stands on the paper already, when it was laid out and signed before. */
  verifyCode?: string
  /** Prints the paper once its number and its code are known, or seals the one that was signed. */
  print: (given: Given) => Promise<Outcome<PrintedPaper>>
}

/**
 * Numbers, prints, keeps and records a paper in one transaction: when any of it fails or is refused the number
 * goes back and the register has no gap. Other papers of the same register wait meanwhile, some ten milliseconds
 * each. Refuses what printing refuses.
 */
export async function issueDocument(db: Db, files: Files, issue: Issue): Promise<Outcome<IssuedDocument>> {
  const before = await findByCause(db.pool, issue)
  if (before) return before
  return inTransaction(db, (tx) => issueIn(tx, files, issue)).catch((error: unknown) => {
    if (error instanceof NotPrinted) return error.refusal
    throw error
  })
}

/** Rolls the transaction back; outside it is a refusal again. */
class NotPrinted extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.code)
    this.refusal = refusal
  }
}

async function issueIn(tx: Queryable, files: Files, issue: Issue): Promise<IssuedDocument> {
  // Whoever asks for the same paper at the same time waits here and then finds it.
  await lockCause(tx, issue)
  const before = await findByCause(tx, issue)
  if (before) return before
  const year = Number(dateOfLaw(issue.now).slice(0, 4))
  const n = await takeNumber(tx, { authorityCode: issue.authority.code, register: issue.register, year })
  const number = issue.numberAs(n, year)
  const verifyCode = issue.verifyCode ?? newSecret(verifyCodeLength)
  const printed = await issue.print({
    n,
    year,
    number,
    verifyCode,
    verifyUrl: verifyUrl(issue.baseUrl, verifyCode),
  })
  if (isRefusal(printed)) throw new NotPrinted(printed)
  const { pdf, signatures, sealPlace = null } = printed
  const content = await keepContent(files, pdf)
  // Nothing is numbered that could not be kept: the transaction gives the number back.
  if (isRefusal(content)) throw new NotPrinted(content)
  const document = toDocument(issue, { number, verifyCode, signatures, sealPlace, ...content })
  await insertDocument(tx, document)
  if (issue.replaces !== undefined) await markReplaced(tx, issue.replaces, document.id)
  return document
}

/** Public address that confirms a paper. */
export const verifyUrl = (baseUrl: string, verifyCode: string): string => `${baseUrl}/xac-minh/${verifyCode}`

function toDocument(
  issue: Issue,
  made: Pick<IssuedDocument, 'number' | 'verifyCode' | 'sha256' | 'size' | 'signatures' | 'sealPlace'>,
): IssuedDocument {
  const { dossierId, dossierCode, kind, cause, title, authority, signerName, sample, now } = issue
  return {
    id: newId(now.getTime()),
    dossierId,
    dossierCode,
    kind,
    cause,
    title,
    standard: 'PDF/A-2a',
    issuedAt: now.toISOString(),
    authorityCode: authority.code,
    authorityName: authority.name,
    signerName,
    status: 'valid',
    statusReason: null,
    replacedBy: null,
    sample,
    number: made.number,
    verifyCode: made.verifyCode,
    sha256: made.sha256,
    size: made.size,
    signatures: made.signatures,
    sealPlace: made.sealPlace ?? null,
    sealedAt: null,
    printedSha256: null,
  }
}
