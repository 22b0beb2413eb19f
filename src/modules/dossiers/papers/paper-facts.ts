import type { Db } from '../../../kernel/db.ts'
import type { Locale } from '../../../kernel/i18n.ts'
import { dateOfLaw } from '../../../kernel/time.ts'
import { type ExplanationStep, explainAll } from '../../calendar/index.ts'
import { getVersion, limitText, type ProcedureVersion } from '../../catalogue/index.ts'
import {
  type Authority,
  findAuthority,
  findOfficer,
  findPlace,
  listAuthorities,
  type Officer,
} from '../../directory/index.ts'
import { findForm, reviewView } from '../../forms/index.ts'
import type { Dossier } from '../dossier.ts'
import type { DossierFile } from '../dossier-store.ts'
import { explainDue, type HistoryItem } from '../read-dossier.ts'

/** What every paper about a dossier is printed from; looked up once. */
export interface PaperFacts extends DossierFile {
  /** The act that the paper tells of. */
  act: HistoryItem
  version: ProcedureVersion
  received: Authority
  competent: Authority
  parent: Authority | undefined
  officer: Officer | undefined
  explanation: ExplanationStep[]
  baseUrl: string
  /** The declaration as lines of label and value, and the value of each field as words. */
  lines: { key: string; label: string; text: string }[]
  words: Map<string, string>
}

/** Looks up what a paper about one act needs. */
export async function paperFacts(
  db: Db,
  file: DossierFile,
  act: HistoryItem,
  baseUrl: string,
): Promise<PaperFacts> {
  const { dossier } = file
  const [version, received, competent, officer, explanation, lines] = await Promise.all([
    getVersion(db, dossier.procedureCode, dossier.procedureVersion),
    needAuthority(db, dossier.receivedBy),
    needAuthority(db, dossier.competent),
    act.actor.kind === 'officer' ? findOfficer(db, act.actor.id) : undefined,
    explainDue(db, dossier),
    declarationLines(db, file),
  ])
  const parent = competent.parentCode ? await findAuthority(db, competent.parentCode) : undefined
  const words = new Map(lines.map(({ key, text }) => [key, text]))
  return { ...file, act, version, received, competent, parent, officer, explanation, baseUrl, lines, words }
}

/** The answers as people read them, with names in the place of codes. */
export async function declarationLines(db: Db, { dossier, answers }: DossierFile, locale: Locale = 'vi') {
  const form = await findForm(db, dossier.formKey, { version: dossier.formVersion })
  if (form === undefined) return []
  const places = await placeNames(db, answers, dateOfLaw(dossier.submittedAt))
  const agencies = (await listAuthorities(db)).map(({ code, name }) => ({ code, name }))
  const { sections } = reviewView(form.compiled, { answers, origins: {}, locale, places, agencies })
  return sections.flatMap(({ rows }) => rows.map(({ key, label, text }) => ({ key, label, text })))
}

/** Names of the communes that answers speak of by code. */
export async function placeNames(
  db: Db,
  answers: Record<string, unknown>,
  on: string,
): Promise<Record<string, string>> {
  const codes = new Set(
    Object.values(answers).flatMap((value) => (hasCommune(value) ? [value.communeCode] : [])),
  )
  const found = await Promise.all(
    [...codes].map(async (code) => [code, await findPlace(db, 'commune', code, on)] as const),
  )
  const named = found.flatMap(([code, place]) => (place ? [[code, place] as const] : []))
  const provinces = await Promise.all(
    named.map(async ([code, place]) => {
      const province = place.provinceCode
        ? await findPlace(db, 'province', place.provinceCode, on)
        : undefined
      return [code, province ? `${place.fullName}, ${province.fullName}` : place.fullName] as const
    }),
  )
  return Object.fromEntries(provinces)
}

const hasCommune = (value: unknown): value is { communeCode: string } =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as { communeCode?: unknown }).communeCode === 'string'

async function needAuthority(db: Db, code: string): Promise<Authority> {
  const authority = await findAuthority(db, code)
  if (authority === undefined) throw new Error(`authority ${code} is not in the directory`)
  return authority
}

/** The head of a slip of the one-stop unit: agency, number, place, date, code and QR. */
export function slipHead(facts: PaperFacts, given: { number: string; verifyUrl: string }) {
  const { dossier, received } = facts
  return {
    sample: received.sample,
    agency: { parent: received.name, name: 'Trung tâm Phục vụ hành chính công' },
    number: given.number,
    place: placeName(received),
    on: dateOfLaw(facts.act.at),
    code: dossier.code,
    qr: { text: given.verifyUrl, label: `Mã QR mở trang xác minh của hồ sơ ${dossier.code}` },
  }
}

/** "phường Hoa Sen" → "Hoa Sen": where the paper is signed. */
export function placeName(authority: Authority): string {
  return authority.shortName.replace(/^(Phường|Xã|Đặc khu|Tỉnh|Công an (phường|xã))\s+/i, '')
}

export function officeName(authority: Authority): string {
  const place = authority.shortName.charAt(0).toLowerCase() + authority.shortName.slice(1)
  return authority.kind === 'commune' ? `Trung tâm Phục vụ hành chính công ${place}` : authority.name
}

export function about(facts: PaperFacts, given: { number: string; verifyUrl: string }) {
  const { party, version, received, officer } = facts
  return {
    ...slipHead(facts, given),
    office: officeName(received),
    applicant: {
      name: party.name,
      phone: party.phone,
      email: party.email,
      address: null,
      onBehalfOf: principalOf(party.filedFor),
    },
    procedure: { code: version.procedureCode, name: version.name },
    contact: { name: officer?.name ?? officeName(received), phone: received.phone },
  }
}

function principalOf(filedFor: DossierFile['party']['filedFor']): string | null {
  if (filedFor.kind === 'relative') return filedFor.principal.name
  return null
}

/** The signer as it truly is: approved in the system; no digital signature is claimed. */
export function approvedBy(facts: PaperFacts) {
  return { name: facts.officer?.name ?? '', note: 'Đã xác nhận trên hệ thống' }
}

export function approvedAs(facts: PaperFacts) {
  const title = facts.officer?.posts.find((post) => post.authorityCode === facts.competent.code)?.title
  return { ...approvedBy(facts), title: title ?? 'Người có thẩm quyền' }
}

export const reasonsOf = (facts: PaperFacts): string[] => explainAll(facts.explanation, 'vi')

export const limitOf = (dossier: Dossier): string => limitText({ ...dossier.limit, raw: '' }, 'vi')
