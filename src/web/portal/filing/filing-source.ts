import { isRefusal } from 'motcua/kernel/errors'
import type { Locale } from 'motcua/kernel/i18n'
import { dateOfLaw } from 'motcua/kernel/time'
import { type ComponentLine, caseFor, componentsFor } from 'motcua/modules/catalogue'
import { listAuthorities, type PlaceFound, searchPlaces } from 'motcua/modules/directory'
import { type Draft, getDraft, loadRules, placeNames, type Rules, saveDraft } from 'motcua/modules/dossiers'
import {
  type Answers,
  accountFacts,
  type CompiledForm,
  fieldsOf,
  formPageView,
  type Offers,
  type Origins,
  prefill,
  type Registers,
  registersFor,
  submittedAnswers,
  validateAnswers,
} from 'motcua/modules/forms'
import type { Person } from 'motcua/modules/identity'
import { type PageContext, pageContext } from 'motcua/web/context'
import { data, type LoaderFunctionArgs } from 'react-router'
import type { Step } from '../../ui/steps'
import { personOnly } from '../person-only'
import { filingSteps } from './filing-steps'
import { missingPapers } from './paper-lines'
import { receivingOf } from './receiving'

/** A draft with everything that its pages need; loaded anew for each request. */
export interface Filing {
  page: PageContext
  person: Person
  draft: Draft
  rules: Rules
  form: CompiledForm
  registers: Registers
  answers: Answers
  origins: Origins
  offers: Offers
  agencies: { code: string; name: string; communeCode: string | null }[]
  /** The authority that will settle it, as far as the answers say. */
  receiving: string | undefined
  today: string
}

/** Opens the draft of the address for its owner; sends others to sign in, or away. */
export async function openFiling(args: LoaderFunctionArgs): Promise<Filing> {
  const page = pageContext(args)
  const person = personOnly(args)
  const draft = await getDraft(page.app.db.pool, person.personId, args.params.draftId ?? '')
  if (isRefusal(draft)) throw data(null, { status: 404 })
  return filingOf(page, person, draft)
}

/** Joins a draft with the rules in force, the registers and the authorities that may settle it. */
export async function filingOf(page: PageContext, person: Person, draft: Draft): Promise<Filing> {
  const { app, now } = page
  const [rules, registers] = await Promise.all([
    loadRules(app.db, draft.procedureCode, now),
    registersFor(person.personalId, app.registers),
  ])
  if (isRefusal(rules)) throw data(null, { status: 404 })
  const today = dateOfLaw(now)
  const authorities = await listAuthorities(app.db, { kinds: [rules.version.executing.kind], on: today })
  const agencies = authorities.map(({ code, name, communeCode }) => ({ code, name, communeCode }))
  const form = rules.form.compiled
  const answers = knownTo(form, draft.answers)
  const filled = prefill(form, {
    account: accountFacts(person),
    registers,
    answers,
    origins: draft.origins,
    today,
  })
  const receiving = receivingOf(form.definition, filled.answers, agencies) ?? draft.receiving ?? undefined
  return { page, person, draft, rules, form, registers, ...filled, agencies, receiving, today }
}

/** Keeps what was typed or chosen, and whatever follows from it by the registers. */
export async function keep(
  filing: Filing,
  changes: { answers?: Answers; origins?: Origins; papers?: Draft['papers']; receiving?: string },
): Promise<Filing> {
  const { page, person, form, registers, today } = filing
  const answers = changes.answers ?? filing.answers
  const origins = changes.origins ?? filing.origins
  const filled = prefill(form, { account: accountFacts(person), registers, answers, origins, today })
  const { papers = filing.draft.papers, receiving = filing.draft.receiving } = changes
  const saved = await saveDraft(
    page.app.db.pool,
    filing.draft,
    { answers: filled.answers, origins: filled.origins, papers, receiving },
    page.now,
  )
  const settles = receivingOf(form.definition, filled.answers, filing.agencies) ?? receiving ?? undefined
  return { ...filing, ...filled, draft: saved, receiving: settles }
}

/** Names of all communes that the answers and the offers speak of. */
export async function namesOfPlaces({
  page,
  answers,
  offers,
  today,
}: Pick<Filing, 'page' | 'answers' | 'today'> & { offers?: Offers }): Promise<Record<string, string>> {
  const spoken: Record<string, unknown> = {}
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    const { communeCode } = value as { communeCode?: unknown }
    if (typeof communeCode === 'string') spoken[communeCode] = { communeCode }
    for (const inner of Object.values(value)) visit(inner)
  }
  visit(answers)
  visit(offers)
  return placeNames(page.app.db, spoken, today)
}

/** Communes for what somebody typed; sample ones only in the demonstration. */
export async function findPlaces(
  { page, today }: Pick<Filing, 'page' | 'today'>,
  typed: string,
): Promise<PlaceFound[]> {
  const q = typed.replace(/[,;]/g, ' ').slice(0, 200)
  return searchPlaces(page.app.db, {
    q,
    on: today,
    includeSample: page.demonstration,
    orFormer: true,
    limit: 8,
  })
}

/** The papers that this person sends along, by what was answered so far. */
export function papersToSend({ rules, form, answers, today }: Filing, locale: Locale): ComponentLine[] {
  const given = submittedAnswers(form, answers, { today })
  const caseCode = caseFor(rules.version, given, { today }).code
  const lines = componentsFor(rules.version, { caseCode, channel: 'online', answers: given, today }, locale)
  return lines.filter(({ provision }) => provision === 'submit')
}

/** The name of each paper of the procedure, by its key. */
export function namesOfPapers({ rules }: Filing, locale: Locale): Record<string, string> {
  return Object.fromEntries(
    rules.version.components.map(({ key, name, nameEn }) => [key, locale === 'en' ? nameEn : name]),
  )
}

/** All parts of the filing, seen from one of them (`now` empty: from outside). */
export function stepsOf(filing: Filing, now: string): Step[] {
  const { form, answers, origins, today, page, draft } = filing
  const { locale } = page
  const first = form.definition.pages[0]!.key
  const { steps } = formPageView(form, first, { answers, origins, locale, today })
  // The view calls the page that it draws "now", so whether that one is done is asked apart.
  const firstDone = validateAnswers(form, answers, { pageKey: first, today }).problems.length === 0
  const seen = steps.map((step) =>
    step.state === 'now' ? { ...step, state: firstDone ? ('done' as const) : ('todo' as const) } : step,
  )
  const lines = papersToSend(filing, locale)
  const papers = { asked: lines.length, missing: missingPapers(lines, draft.papers).length }
  return filingSteps({ steps: seen }, { draftId: draft.id, now, papers, locale })
}

// A newer edition of the form may have lost a question that the draft still answers.
function knownTo(form: CompiledForm, answers: Answers): Answers {
  const keys = new Set(
    fieldsOf(form.definition).map(({ group, field }) => (group.repeat ? group.key : field.key)),
  )
  return Object.fromEntries(Object.entries(answers).filter(([key]) => keys.has(key)))
}
