import { isRefusal } from 'motcua/kernel/errors'
import { isId, newId } from 'motcua/kernel/ids'
import { dateOfLaw } from 'motcua/kernel/time'
import { caseFor, componentsFor, feesFor, findCase, totalOf } from 'motcua/modules/catalogue'
import { listAuthorities, searchPlaces } from 'motcua/modules/directory'
import { findFiles } from 'motcua/modules/documents'
import { competenceAt, loadRules, ownChoice, placeNames, type Rules } from 'motcua/modules/dossiers'
import {
  type Answers,
  accountFacts,
  type FormPageView,
  type Problem as FormProblem,
  fieldsOf,
  formPageView,
  type LiveForm,
  liveForm,
  type Offers,
  type Origins,
  type PlaceChoices,
  prefill,
  readPage,
  registersFor,
  resolveAddresses,
  submittedAnswers,
  validateAnswers,
} from 'motcua/modules/forms'
import type { Officer } from 'motcua/modules/identity'
import type { PageContext } from 'motcua/web/context'
import { bookingToReceive, type FromBooking } from './counter-booking'
import { situationOf } from './counter-place'
import { parseIdCard } from './id-card'
import { type HeldFile, takePapers } from './officer-files'

/** The person at the counter, as scanned or typed. */
export interface Visitor {
  name: string
  personalId: string
  phone: string
  dateOfBirth: string
}

/** A filing while it is typed at the counter; all of it travels in the page, so nothing is lost or kept. */
export interface CounterFiling {
  rules: Rules
  visitor: Visitor
  answers: Answers
  origins: Origins
  offers: Offers
  choices: PlaceChoices
  /** Files kept so far by the paper they are. */
  held: HeldFile[]
  /** Who is asked to settle it, when neither the form nor a rule says. */
  receiving: string | undefined
  agencies: { code: string; name: string }[]
  /** Whether the form itself asks who settles it. */
  asksAgency: boolean
  /** Makes one dossier of any number of presses. */
  key: string
  scan: 'none' | 'read' | 'wrong'
  refusedFiles: string[]
  /** The booking that it begins from. */
  booking?: { code: string; text: string } | undefined
}

const nobody: Visitor = { name: '', personalId: '', phone: '', dateOfBirth: '' }

/** Opens the form of a procedure for the counter, with what was posted so far. Undefined when it is not filed here. */
export async function openCounter(
  page: PageContext,
  officer: Officer,
  procedureCode: string,
  posted?: FormData,
  booking?: FromBooking,
): Promise<CounterFiling | undefined> {
  const { app, now } = page
  const rules = await loadRules(app.db, procedureCode, now)
  if (isRefusal(rules)) return undefined
  const { version } = rules
  const executing = await listAuthorities(app.db, { kinds: [version.executing.kind], on: dateOfLaw(now) })
  const agencies = executing.map(({ code, name }) => ({ code, name }))
  const asked = String(posted?.get('receiving') ?? '')
  const known = agencies.some(({ code }) => code === asked)
  const receiving = known ? asked : posted ? undefined : await ownChoice(app.db, version, officer)
  const { visitor, scan } = visitorOf(posted)
  const code = String(posted?.get('hen') ?? '')
  const from = posted && code ? await bookingToReceive(page, officer, { code, procedureCode }) : booking
  const filing: CounterFiling = {
    rules,
    visitor: booking?.visitor ?? visitor,
    scan,
    booking: from && { code: from.code, text: from.text },
    answers: booking?.answers ?? {},
    origins: {},
    offers: {},
    choices: {},
    held: [],
    receiving,
    agencies,
    asksAgency: asksAgencyIn(rules),
    key: keyOf(posted),
    refusedFiles: [],
  }
  if (posted) await readPosted(page, officer, filing, posted)
  return withPlace(page, officer, await fill(page, filing))
}

const asksAgencyIn = ({ form }: Rules) =>
  fieldsOf(form.compiled.definition).some(
    ({ field }) => field.key === 'receivingAgency' && field.type === 'agency',
  )

// Where the form asks who settles, the rule answers first; only what follows no place is proposed to stay here.
async function withPlace(page: PageContext, officer: Officer, filing: CounterFiling): Promise<CounterFiling> {
  const { app, now } = page
  const { rules, answers, asksAgency } = filing
  if (!asksAgency || answers.receivingAgency !== undefined) return filing
  const situation = { on: dateOfLaw(now), channel: 'direct' as const }
  const known = await situationOf(page, filing)
  const found = await competenceAt(app.db, rules.version, known, officer, situation)
  if (isRefusal(found)) return filing
  const { code, name } = found.authority
  return { ...filing, answers: { ...answers, receivingAgency: { code, name } } }
}

function visitorOf(posted: FormData | undefined): Pick<CounterFiling, 'visitor' | 'scan'> {
  if (!posted) return { visitor: nobody, scan: 'none' }
  // Control characters are what scanners add, never part of a name.
  const text = (name: string) =>
    String(posted.get(name) ?? '')
      .replace(/[\u0000-\u001f\u007f]/g, '')
      .normalize('NFC')
      .trim()
      .slice(0, 400)
  const typed = {
    name: text('visitor.name'),
    personalId: text('visitor.personalId').replace(/\s/g, ''),
    phone: text('visitor.phone').replace(/[\s.]/g, ''),
    dateOfBirth: text('visitor.dateOfBirth'),
  }
  const line = text('scan')
  if (!line) return { visitor: typed, scan: 'none' }
  const card = parseIdCard(line)
  if (!card) return { visitor: typed, scan: 'wrong' }
  const { name, personalId, dateOfBirth } = card
  return { visitor: { ...typed, name, personalId, dateOfBirth }, scan: 'read' }
}

const keyPattern = /^[0-9a-f-]{36}$/
const keyOf = (posted: FormData | undefined) => {
  const given = String(posted?.get('key') ?? '')
  return keyPattern.test(given) ? given : newId()
}

async function readPosted(page: PageContext, officer: Officer, filing: CounterFiling, posted: FormData) {
  const { app, now } = page
  const { compiled } = filing.rules.form
  for (const { key } of compiled.definition.pages) {
    const read = readPage(compiled, key, posted, filing)
    const q = (text: string) =>
      searchPlaces(app.db, {
        q: text.replace(/[,;]/g, ' ').slice(0, 200),
        on: dateOfLaw(now),
        includeSample: page.demonstration,
        orFormer: true,
        limit: 8,
      })
    const { answers, choices } = await resolveAddresses(compiled, key, read.answers, q)
    filing.answers = answers
    filing.origins = read.origins
    Object.assign(filing.choices, choices)
  }
  await takeFiles(page, officer, filing, posted)
}

// Files kept from the last post come back by their number, and only this officer's own are taken.
async function takeFiles(page: PageContext, officer: Officer, filing: CounterFiling, posted: FormData) {
  const dropped = new Set(posted.getAll('dropFile'))
  const kept = posted.getAll('held').flatMap((value) => {
    const [component, fileId] = String(value).split('~')
    return component && fileId && isId(fileId) && !dropped.has(fileId) ? [{ component, fileId }] : []
  })
  const files = new Map(
    (
      await findFiles(
        page.app.db.pool,
        kept.map(({ fileId }) => fileId),
      )
    ).map((file) => [file.fileId, file]),
  )
  for (const { component, fileId } of kept) {
    const file = files.get(fileId)
    if (file?.owner.kind === 'officer' && file.owner.id === officer.officerId)
      filing.held.push({ component, file })
  }
  const taken = await takePapers(page, officer, posted)
  filing.held.push(...taken.held)
  filing.refusedFiles.push(...taken.refused)
}

// The card opens the registers: what the State knows is not typed at the counter either.
async function fill({ app, now }: PageContext, filing: CounterFiling): Promise<CounterFiling> {
  const { visitor, rules } = filing
  const { compiled } = rules.form
  const knownId = /^\d{12}$/.test(visitor.personalId) ? visitor.personalId : undefined
  const registers = await registersFor(knownId, app.registers)
  const account = visitor.name
    ? accountFacts({
        name: visitor.name,
        personalId: knownId,
        ...(visitor.dateOfBirth && { dateOfBirth: visitor.dateOfBirth }),
        ...(visitor.phone && { phone: visitor.phone }),
      })
    : {}
  const today = dateOfLaw(now)
  const filled = prefill(compiled, {
    account,
    registers,
    answers: filing.answers,
    origins: filing.origins,
    today,
    channel: 'direct',
  })
  return { ...filing, ...filled }
}

/** Every problem of the filing, of the form and of the person. */
export function checkCounter({ rules, answers }: CounterFiling, now: Date): FormProblem[] {
  const { problems } = validateAnswers(rules.form.compiled, answers, {
    today: dateOfLaw(now),
    channel: 'direct',
  })
  return problems
}

/** All pages of the form, drawn one under another, and what the script evaluates on them. */
export async function formPagesOf(
  { app, now, locale }: PageContext,
  filing: CounterFiling,
  problems: FormProblem[],
): Promise<{ pages: FormPageView[]; live: LiveForm }> {
  const { rules, answers, origins, offers, agencies } = filing
  const { compiled } = rules.form
  const today = dateOfLaw(now)
  const places = await placeNames(app.db, spokenPlaces({ answers, offers }), today)
  const given = {
    answers,
    origins,
    offers,
    agencies,
    places,
    problems,
    locale,
    today,
    channel: 'direct' as const,
    live: true,
  }
  const keys = compiled.definition.pages.map(({ key }) => key)
  const pages = keys.map((key) => formPageView(compiled, key, given))
  return { pages, live: liveForm(compiled, keys, given) }
}

function spokenPlaces(value: unknown): Record<string, { communeCode: string }> {
  const found: Record<string, { communeCode: string }> = {}
  const visit = (each: unknown): void => {
    if (typeof each !== 'object' || each === null) return
    const { communeCode } = each as { communeCode?: unknown }
    if (typeof communeCode === 'string') found[communeCode] = { communeCode }
    for (const inner of Object.values(each)) visit(inner)
  }
  visit(value)
  return found
}

/** What the filing needs beside the form: papers that may be taken in, and the fee so far. */
export function besidesOf({ rules, answers }: CounterFiling, { now, locale }: PageContext) {
  const today = dateOfLaw(now)
  const given = submittedAnswers(rules.form.compiled, answers, { today, channel: 'direct' })
  const caseCode = caseFor(rules.version, given, { today, channel: 'direct' }).code
  const situation = { caseCode, channel: 'direct' as const, answers: given, today }
  const fees = feesFor(rules.version, situation, locale)
  return {
    papers: componentsFor(rules.version, situation, locale).filter(
      ({ provision }) => provision === 'submit' || provision === 'show',
    ),
    fees: fees.map(({ name, text, amountVnd }) => ({ name, text, amountVnd })),
    total: totalOf(fees),
    offered: findCase(rules.version, caseCode).channels.includes('direct'),
    answers: given,
  }
}
