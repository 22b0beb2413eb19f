import type { Db } from '../../../kernel/db.ts'
import type { Locale } from '../../../kernel/i18n.ts'
import { readStream } from '../../../kernel/journal.ts'
import { dateOfLaw } from '../../../kernel/time.ts'
import type { ExplanationStep } from '../../calendar/index.ts'
import { getVersion, limitText, type ProcedureVersion } from '../../catalogue/index.ts'
import {
  type Authority,
  findAuthority,
  findOfficer,
  findPlace,
  listAuthorities,
  type Officer,
  signatureLines,
} from '../../directory/index.ts'
import {
  type Answers,
  type DisplayContext,
  type FormVersion,
  fieldKinds,
  fieldsOf,
  findForm,
  isBlank,
  reviewView,
} from '../../forms/index.ts'
import type { Dossier } from '../dossier.ts'
import { type DossierFile, readKnown, readPrivates } from '../dossier-store.ts'
import type { SealedDossierEntry } from '../entries.ts'
import { fold } from '../evolve.ts'
import { addressKeys } from '../log-book.ts'
import { explainDue, type HistoryItem } from '../read-dossier.ts'
import { fitting } from './known-facts.ts'

/**
 * What every paper about a dossier is printed from; looked up once. Dossier and draft are those of the act: a paper
 * that is opened weeks later says what it would have said then.
 */
export interface PaperFacts extends DossierFile {
  /** The act that the paper tells of. */
  act: HistoryItem
  /** The dossier just before the act, with its draft. */
  before: Dossier
  draftBefore: Answers | null
  version: ProcedureVersion
  received: Authority
  competent: Authority
  /** The authorities above the one that settles and the one that received. */
  parent: Authority | undefined
  receivedParent: Authority | undefined
  officer: Officer | undefined
  explanation: ExplanationStep[]
  baseUrl: string
  /** What registers said beyond the answers when the dossier was filed. */
  known: Answers
  /** The declaration as lines with the labels of the legal form. */
  lines: FactLine[]
  /** Every fact as words: answers first, then what is known. */
  words: ReadonlyMap<string, string>
  /** Several sign one after the other: title and name come with each signature and are not printed. */
  unsigned?: true
}

export interface FactLine {
  key: string
  label: string
  text: string
}

/** Looks up what a paper about one act needs. */
export async function paperFacts(
  db: Db,
  file: DossierFile,
  act: HistoryItem,
  baseUrl: string,
): Promise<PaperFacts> {
  const then = await asOf(db, file, act)
  const { dossier } = then
  const [version, received, competent, officer, explanation, form, said] = await Promise.all([
    getVersion(db, dossier.procedureCode, dossier.procedureVersion),
    needAuthority(db, dossier.receivedBy),
    needAuthority(db, dossier.competent),
    act.actor.kind === 'officer' ? findOfficer(db, act.actor.id, new Date(act.at)) : undefined,
    explainDue(db, dossier),
    findForm(db, dossier.formKey, { version: dossier.formVersion }),
    readKnown(db.pool, dossier.id),
  ])
  const known = fitting(file.answers, said ?? {})
  const [parent, receivedParent, context] = await Promise.all([
    parentOf(db, competent),
    parentOf(db, received),
    displayContext(db, { ...known, ...file.answers }, dateOfLaw(dossier.submittedAt)),
  ])
  const authorities = { received, competent, parent, receivedParent }
  const texts = form
    ? textsOf(form, { answers: file.answers, known }, context)
    : { lines: [], words: new Map() }
  return { ...file, ...then, ...authorities, ...texts, act, version, officer, explanation, baseUrl, known }
}

/** The dossier right after and right before an act, each with the draft of then. */
async function asOf(db: Db, file: DossierFile, act: HistoryItem) {
  const entries = (await readStream(db.pool, file.dossier.id)) as SealedDossierEntry[]
  const until = (sequence: number) => fold(entries.filter((each) => each.sequence <= sequence))
  const dossier = until(act.sequence) ?? file.dossier
  const before = until(act.sequence - 1) ?? dossier
  const drafts = new Set([dossier.draftRef, before.draftRef, file.dossier.draftRef])
  const privates = drafts.size > 1 ? await readPrivates(db.pool, dossier.id) : new Map<string, unknown>()
  const draftOf = ({ draftRef }: Dossier) =>
    draftRef === file.dossier.draftRef
      ? file.draft
      : ((privates.get(draftRef ?? '') ?? null) as Answers | null)
  return { dossier, before, draft: draftOf(dossier), draftBefore: draftOf(before) }
}

async function parentOf(db: Db, { parentCode }: Authority): Promise<Authority | undefined> {
  return parentCode ? findAuthority(db, parentCode) : undefined
}

async function displayContext(db: Db, facts: Answers, on: string): Promise<DisplayContext> {
  const [places, all] = await Promise.all([placeNames(db, facts, on), listAuthorities(db)])
  return { locale: 'vi', places, agencies: all.map(({ code, name }) => ({ code, name })) }
}

/** Answers to a form in words, by their keys: as a paper printed of them would say it. */
export async function wordsOfAnswers(
  db: Db,
  form: Pick<FormVersion, 'compiled'>,
  { answers, on }: { answers: Answers; on: string },
): Promise<ReadonlyMap<string, string>> {
  return textsOf(form, { answers, known: {} }, await displayContext(db, answers, on)).words
}

/** The declaration as lines and every fact as words. Pure. */
export function textsOf(
  { compiled }: Pick<FormVersion, 'compiled'>,
  { answers, known }: { answers: Answers; known: Answers },
  context: DisplayContext,
): { lines: FactLine[]; words: Map<string, string> } {
  const words = new Map(Object.entries(known).map(([key, value]) => [key, inWords(value, context)]))
  const lines: FactLine[] = []
  for (const { group, field } of fieldsOf(compiled.definition)) {
    const label = field.legalLabel ?? field.label.vi
    const show = (value: unknown) => fieldKinds[field.type].display(value, field, context)
    if (!group.repeat) {
      const value = answers[field.key]
      if (!isBlank(known[field.key])) words.set(field.key, show(known[field.key]))
      if (isBlank(value)) continue
      lines.push({ key: field.key, label, text: show(value) })
      continue
    }
    for (const [i, row] of rowsIn(answers, group.key).entries())
      if (!isBlank(row[field.key]))
        lines.push({
          key: `${group.key}[${i}].${field.key}`,
          label: `${label} (${i + 1})`,
          text: show(row[field.key]),
        })
  }
  for (const { key, text } of lines) words.set(key, text)
  return { lines, words }
}

// A fact of no field: a place, a date or plain text.
function inWords(value: unknown, context: DisplayContext): string {
  const type = typeof value === 'object' ? 'address' : 'partial-date'
  return fieldKinds[type].display(value, { type } as never, context)
}

/** The rows of a repeated group. */
export function rowsIn(answers: Answers, group: string): Record<string, unknown>[] {
  const rows = answers[group]
  return Array.isArray(rows) ? rows : []
}

/** The answers as people read them, with names in the place of codes. */
export async function declarationLines(
  db: Db,
  { dossier, answers }: Pick<DossierFile, 'dossier' | 'answers'>,
  locale: Locale = 'vi',
) {
  const form = await findForm(db, dossier.formKey, { version: dossier.formVersion })
  if (form === undefined) return []
  const today = dateOfLaw(dossier.submittedAt)
  const { places, agencies } = await displayContext(db, answers, today)
  const { channel } = dossier
  const { sections } = reviewView(form.compiled, {
    answers,
    origins: {},
    locale,
    places,
    agencies,
    today,
    channel,
  })
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
      return [
        code,
        province ? `${place.fullName}, ${inSentence(province.fullName)}` : place.fullName,
      ] as const
    }),
  )
  return Object.fromEntries(provinces)
}

// Inside an address the kind of unit is written small: "…, tỉnh Sông Mai".
const inSentence = (name: string) => name.replace(/^(Tỉnh|Thành phố) /, (kind) => kind.toLowerCase())

const hasCommune = (value: unknown): value is { communeCode: string } =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as { communeCode?: unknown }).communeCode === 'string'

export async function needAuthority(db: Db, code: string): Promise<Authority> {
  const authority = await findAuthority(db, code)
  if (authority === undefined) throw new Error(`authority ${code} is not in the directory`)
  return authority
}

/** The head of a slip of the one-stop unit: agency, number, place, date, code and QR. */
function slipHead(facts: PaperFacts, given: { number: string; verifyUrl: string }) {
  const { dossier, received } = facts
  return {
    sample: received.sample,
    agency: unitHead(received, facts.receivedParent),
    number: given.number,
    place: placeName(received),
    on: dateOfLaw(facts.act.at),
    code: dossier.code,
    qr: { text: given.verifyUrl, label: `Mã QR mở trang xác minh của hồ sơ ${dossier.code}` },
  }
}

/** The head of papers of a unit that receives: a commune through its centre, others in their own name. */
export function unitHead(received: Authority, receivedParent: Authority | undefined) {
  if (received.kind === 'commune')
    return { parent: onLines(received.name), name: 'Trung tâm Phục vụ\nhành chính công' }
  return agencyHead(received, receivedParent)
}

/** The agency that issues, under the one above it. */
export function agencyHead(authority: Authority, parent: Authority | undefined) {
  return { parent: onLines(parent?.name ?? authority.name), name: onLines(authority.name) }
}

/** Long names break where a reader would pause: "Ủy ban nhân dân / phường Hoa Sen". */
function onLines(name: string): string {
  return name
    .replace(/^Ủy ban nhân dân (?=(phường|xã|đặc khu|tỉnh|thành phố) )/, 'Ủy ban nhân dân\n')
    .replace(/^(Trung tâm Phục vụ) (?=hành chính công)/, '$1\n')
}

/** "phường Hoa Sen" → "Hoa Sen": where the paper is signed. */
export function placeName(authority: Authority): string {
  return authority.shortName.replace(/^(Công an )?(Phường|Xã|Đặc khu|Tỉnh)\s+/i, '')
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
      phone: party.phone && nationalPhone(party.phone),
      email: party.email,
      address: addressOf(facts),
      onBehalfOf: principalOf(party.filedFor),
      jointly: jointlyWith(facts),
    },
    procedure: { code: version.procedureCode, name: version.name },
    contact: { name: officer?.name ?? officeName(received), phone: received.phone },
  }
}

/** "+84912345601" → "0912 345 601", as people write it. */
const nationalPhone = (phone: string) =>
  phone.replace(/^\+84/, '0').replace(/^(\d{4})(\d{3})(\d{3})$/, '$1 $2 $3')

function addressOf({ words }: PaperFacts): string | null {
  return addressKeys.map((key) => words.get(key)).find((text) => text !== undefined) ?? null
}

function principalOf(filedFor: DossierFile['party']['filedFor']): string | null {
  if (filedFor.kind === 'relative') return filedFor.principal.name
  // At the counter the applicant is the person who came: nobody else is named.
  return null
}

/** Who filed together with the applicant and has agreed. */
function jointlyWith({ dossier, others }: PaperFacts): string[] {
  const agreed = dossier.otherParties.filter(
    ({ kind, confirmedAt }) => kind === 'second-party' && confirmedAt !== null,
  )
  return agreed.flatMap(({ no }) => others.find((other) => other.no === no)?.name ?? [])
}

/** The signer as it truly is: approved in the system; no digital signature is claimed. */
export function approvedBy(facts: PaperFacts) {
  return { name: facts.officer?.name ?? '', note: 'Đã xác nhận trên hệ thống' }
}

/** The same with the lines above a signature, in the capacity that the act was signed in; nothing of nobody yet. */
export function approvedAs(facts: PaperFacts) {
  if (facts.unsigned) return { name: '', note: '', title: '' }
  const post = signingPost(facts)
  const title = post ? signatureLines(post, facts.competent).join('\n') : 'Người có thẩm quyền'
  return { ...approvedBy(facts), title, ...(!facts.officer && { note: '' }) }
}

function signingPost({ officer, competent, act }: PaperFacts) {
  const posts = officer?.posts.filter((post) => post.authorityCode === competent.code) ?? []
  const stated = (act.data as { capacity?: string | null }).capacity
  return posts.find(({ capacity }) => stated && capacity === stated) ?? posts.find(isSigning) ?? posts[0]
}

const isSigning = ({ roles }: { roles: readonly string[] }) => roles.includes('leader')

/** A law as grounds cite it: "Nghị định số 176/2025/NĐ-CP quy định …". */
export function citation({ number, title }: { number: string; title: string }): string {
  if (title.includes(number)) return title
  const kind = kinds.find(([suffix]) => suffix.test(number))?.[1]
  if (kind === undefined) return `${title} số ${number}`
  return `${kind} số ${number} ${title.charAt(0).toLowerCase()}${title.slice(1)}`
}

const kinds = [
  [/NĐ-CP$/, 'Nghị định'],
  [/\/TT-/, 'Thông tư'],
  [/NQ-/, 'Nghị quyết'],
  [/QĐ-/, 'Quyết định'],
] as const

/** The limit as the law words it, with the days that it adds for remote places. */
export function limitOf({ limit }: Pick<Dossier, 'limit'>): string {
  const plain = limitText({ ...limit, raw: '' }, 'vi')
  if (!limit.addition) return plain
  const { days, reason } = limit.addition
  return `${plain}, cộng thêm ${limitText({ ...limit, amount: days, raw: '' }, 'vi')} (${reason})`
}
