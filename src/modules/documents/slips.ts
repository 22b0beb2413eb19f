import type { Db } from '../../kernel/db.ts'
import { isRefusal, type Outcome } from '../../kernel/errors.ts'
import type { Files } from '../../kernel/files.ts'
import { type Locale, messages } from '../../kernel/i18n.ts'
import { dateOfLaw } from '../../kernel/time.ts'
import type { Authority } from '../directory/index.ts'
import { agencyHead, officeName } from './agency-head.ts'
import {
  documentsOfDossier,
  findByVerifyCode,
  findDocumentById,
  type IssuedDocument,
} from './documents-store.ts'
import { issueDocument } from './issue-document.ts'
import { type OpenedFile, openDocument } from './open-file.ts'
import { refusals } from './refusals.ts'
import { closePrinting, renderSlip, type SlipData, type SlipKind } from './render-slip.ts'

/** What `slips` puts on a form by itself, from the authority and the register. */
type Known = 'sample' | 'agency' | 'number' | 'place' | 'on' | 'code' | 'qr' | 'office' | 'contact' | 'verify'
type Contact = { name: string; phone?: string | null }

/** What is left for the caller to state about a form of this kind. */
export type SlipBody<K extends SlipKind> = Omit<SlipData<K>, Known> & { contact?: Contact }

/** What the register gave: the running number, the year, and the number as printed. */
export interface Numbered {
  n: number
  year: number
  number: string
}

export interface SlipIssue<K extends SlipKind> {
  dossierId: string
  dossierCode: string
  authorityCode: string
  /** What makes this paper, e.g. the journal sequence; asked twice, the same paper comes back. */
  cause: string
  signerName: string
  now: Date
  body: (given: Numbered) => SlipBody<K>
  /** Address that the code on the paper opens; the verification page unless stated. */
  qrUrl?: string
  /** Title in lists; the name of the form unless stated. */
  title?: string
  /** The paper that this one replaces. */
  replaces?: string
}

export interface Slips {
  issue<K extends SlipKind>(kind: K, issue: SlipIssue<K>): Promise<Outcome<IssuedDocument>>
  /** The paper as it would be issued, without number and register: for whoever is to sign. */
  preview<K extends SlipKind>(kind: K, issue: Omit<SlipIssue<K>, 'cause'>): Promise<Outcome<Uint8Array>>
  ofDossier(dossierId: string): Promise<IssuedDocument[]>
  find(documentId: string): Promise<IssuedDocument | undefined>
  verify(code: string): Promise<IssuedDocument | undefined>
  open(document: IssuedDocument): Promise<Outcome<OpenedFile>>
  close(): Promise<void>
}

export interface SlipsParts {
  db: Db
  files: Files
  baseUrl: string
  authorityOf: (code: string) => Promise<Authority | undefined>
  locale?: Locale
}

// Suffixes are those of the forms; results number within the year (`386/2026`) where the register does.
const onSlip = (n: number) => `${String(n).padStart(5, '0')}/TTPVHCC`
const numbering: Record<SlipKind, (n: number, year: number) => string> = {
  receipt: onSlip,
  supplement: onSlip,
  refusal: onSlip,
  apology: onSlip,
  stop: onSlip,
  decline: onSlip,
  control: onSlip,
  result: (n, year) => `${n}/${year}`,
  'birth-certificate': (n, year) => `${n}/${year}`,
  'civil-status-copy': (n, year) => `${n}/${year}/TLHT-BS`,
  'marital-status-certificate': (n) => `${n}/UBND-XNTTHN`,
  'death-extract': (n) => `${n}/TLKT`,
  'certified-copy': (n) => String(n).padStart(5, '0'),
  'residence-notice': (n) => `${n}/TB-CAX`,
  'building-permit': (n) => `${n}/GPXD`,
  'support-decision': (n) => `${n}/QĐ-UBND`,
}

/** Slips and results of an installation: composes the head from the authority, numbers, prints, keeps, finds. */
export function createSlips(parts: SlipsParts): Slips {
  const { db, files } = parts
  return {
    issue: (kind, issue) => issueSlip(parts, kind, issue),
    preview: (kind, issue) => previewSlip(parts, kind, issue),
    ofDossier: (dossierId) => documentsOfDossier(db.pool, dossierId),
    find: (id) => findDocumentById(db.pool, id),
    verify: (code) => findByVerifyCode(db.pool, code),
    open: (document) => openDocument(files, document),
    close: closePrinting,
  }
}

async function issueSlip<K extends SlipKind>(
  parts: SlipsParts,
  kind: K,
  issue: SlipIssue<K>,
): Promise<Outcome<IssuedDocument>> {
  const head = await headOf(parts, kind, issue)
  if (isRefusal(head)) return head
  const { authority } = head
  return issueDocument(parts.db, parts.files, {
    ...issue,
    kind,
    title: issue.title ?? messages('vi')(`documents.title.${kind}`),
    authority: { code: authority.code, name: authority.name },
    sample: authority.sample,
    baseUrl: parts.baseUrl,
    register: kind,
    numberAs: numbering[kind],
    print: (given) => renderSlip(kind, head.compose(given, given)),
  })
}

async function previewSlip<K extends SlipKind>(
  parts: SlipsParts,
  kind: K,
  issue: Omit<SlipIssue<K>, 'cause'>,
): Promise<Outcome<Uint8Array>> {
  const head = await headOf(parts, kind, issue)
  if (isRefusal(head)) return head
  const year = Number(dateOfLaw(issue.now).slice(0, 4))
  const unknown = { verifyCode: '(chưa ký)', verifyUrl: parts.baseUrl }
  return renderSlip(kind, head.compose({ n: 0, year, number: '(chưa cấp số)' }, unknown))
}

type Verification = { verifyCode: string; verifyUrl: string }

async function headOf<K extends SlipKind>(parts: SlipsParts, kind: K, issue: Omit<SlipIssue<K>, 'cause'>) {
  const authority = await parts.authorityOf(issue.authorityCode)
  if (!authority) return refusals.authorityNotFound({ code: issue.authorityCode })
  const parent = authority.parentCode ? await parts.authorityOf(authority.parentCode) : undefined
  const title = messages('vi')(`documents.title.${kind}`)
  const compose = (numbered: Numbered, { verifyCode, verifyUrl }: Verification) => {
    const body = issue.body(numbered)
    return {
      ...agencyHead(authority, parent, isResult(kind)),
      sample: authority.sample,
      office: officeName(authority),
      contact: { name: officeName(authority), phone: authority.phone },
      verify: { site: `${new URL(parts.baseUrl).host}/xac-minh`, code: verifyCode },
      ...body,
      number: numbered.number,
      on: dateOfLaw(issue.now),
      code: issue.dossierCode,
      qr: {
        text: issue.qrUrl ?? verifyUrl,
        label: `Mã QR của ${title.toLowerCase()}, hồ sơ ${issue.dossierCode}`,
      },
    } as unknown as SlipData<K> // `Known` is filled in above; the schema checks the whole once more.
  }
  return { authority, compose }
}

const slipKinds: readonly SlipKind[] = [
  'receipt',
  'supplement',
  'refusal',
  'apology',
  'stop',
  'decline',
  'control',
]
const isResult = (kind: SlipKind) => !slipKinds.includes(kind)
