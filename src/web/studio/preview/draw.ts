import { messages } from 'motcua/kernel/i18n'
import { caseFor, componentsFor, feesFor, totalOf } from 'motcua/modules/catalogue'
import { PackageCase } from 'motcua/modules/changes'
import {
  formPageView,
  liveForm,
  type PlaceChoices,
  type Problem,
  readPage,
  resolveAddresses,
  reviewView,
  submittedAnswers,
  validateAnswers,
} from 'motcua/modules/forms'
import { type CounterFormView, counterFormView } from '../../desk/counter.view'
import type { CounterFiling } from '../../desk/counter-source'
import { type FilingPageView, filingPageView } from '../../portal/filing/form-page.view'
import { type ProcedureView, procedureView } from '../../portal/procedure.view'
import type { Step } from '../../ui/steps'
import type { SummaryRow } from '../../ui/summary-list'
import { type Drawable, fill, namesIn, type Preview, placeSearch, samplePerson } from './source'
import { type PreviewState, packState, unpackState } from './state'

/** Pages of a preview that are no pages of the form. */
const startKey = 'bat-dau'
export const reviewKey = 'kiem-tra'

interface Section {
  key: string
  title: string
  rows: SummaryRow[]
}

/** One page of the draft as somebody sees it. */
export type Drawn =
  | { kind: 'start'; procedure: ProcedureView; first: string }
  | { kind: 'page'; view: FilingPageView; state: string; back: string | null }
  | {
      kind: 'review'
      sections: Section[]
      problems: { href: string; text: string }[]
      state: string
      assurance: string
      back: string
    }
  | { kind: 'counter'; view: CounterFormView; accepted: boolean }
  | {
      kind: 'specialist'
      sections: { key: string; title: string; rows: { key: string; label: string; text: string }[] }[]
      papers: { key: string; name: string; note: string }[]
    }

/** What was posted came to this: the page to draw now, with what is wrong with it. */
export interface Shown extends PreviewState {
  page: string
  problems: Problem[]
  choices: PlaceChoices
  tooMuch: boolean
}

/** The beginning of a preview, on the page that the address names. */
export function firstShown({ compiled, version, answers, origins }: Drawable, asked: string | null): Shown {
  const keys = [startKey, ...compiled.definition.pages.map(({ key }) => key), reviewKey]
  const start = version ? startKey : compiled.definition.pages[0]!.key
  const page = keys.includes(asked ?? '') ? asked! : start
  return { page, answers, origins, editing: [], problems: [], choices: {}, tooMuch: false }
}

/** Takes a posted page of the citizen's preview: goes on when it is right, shows it again when it is not. */
export async function takePosted(
  { studio }: Preview,
  drawable: Drawable,
  asked: string | null,
  form: FormData,
): Promise<Shown> {
  const { compiled, person, offers, today } = drawable
  const begun = firstShown(drawable, asked)
  const state = unpackState(form.get('_state'), compiled)
  if (!state) return { ...begun, tooMuch: true }
  const at = typeof form.get('_page') === 'string' ? String(form.get('_page')) : begun.page
  const page = compiled.definition.pages.some(({ key }) => key === at) ? at : begun.page
  const read = readPage(compiled, page, form, { ...state, offers })
  const { answers, choices } = await resolveAddresses(
    compiled,
    page,
    read.answers,
    placeSearch(studio, today),
  )
  const filled = fill(compiled, person, today, { answers, origins: read.origins })
  const action = String(form.get('_action') ?? 'save')
  const saves = action === 'save'
  const problems = saves
    ? storedNowhere(drawable, validateAnswers(compiled, filled.answers, { pageKey: page, today }).problems)
    : []
  const next = saves && problems.length === 0 ? after(drawable, filled.answers, page) : goneTo(action, page)
  const editing = action.startsWith('edit:')
    ? [...new Set([...state.editing, action.slice(5)])]
    : state.editing
  const { answers: known, origins } = filled
  return {
    page: next,
    answers: known,
    origins,
    editing,
    problems,
    choices: next === page ? choices : {},
    tooMuch: false,
  }
}

// A preview takes no files, so it asks for none.
const storedNowhere = ({ compiled }: Drawable, problems: Problem[]) => {
  const files = new Set(
    compiled.definition.pages.flatMap(({ groups }) =>
      groups.flatMap(({ fields }) => fields.flatMap(({ key, type }) => (type === 'file' ? [key] : []))),
    ),
  )
  return problems.filter(({ field }) => !files.has(field))
}

const goneTo = (action: string, page: string) => (action.startsWith('to:') ? action.slice(3) : page)

function after(drawable: Drawable, answers: PreviewState['answers'], page: string): string {
  const { compiled, today } = drawable
  const { nextKey } = formPageView(compiled, page, { answers, origins: {}, locale: 'vi', today })
  return nextKey ?? reviewKey
}

/** Draws what a citizen sees. */
export async function drawCitizen({ studio }: Preview, drawable: Drawable, shown: Shown): Promise<Drawn> {
  const { compiled, version, offers, agencies, today } = drawable
  const { locale } = studio.page
  const { answers, origins, editing, problems, page } = shown
  const pages = compiled.definition.pages
  if (page === startKey && version)
    return { kind: 'start', procedure: procedureView(version, today, locale), first: pages[0]!.key }
  const places = await namesIn(studio, [answers, offers], today)
  const given = { answers, origins, offers, agencies, places, problems, locale, today, editing }
  const state = packState({ answers, origins, editing }) ?? ''
  if (page === reviewKey) {
    const review = reviewView(compiled, given)
    const open = storedNowhere(drawable, validateAnswers(compiled, answers, { today }).problems)
    const wrong = new Set(open.map(({ field }) => field))
    return {
      kind: 'review',
      sections: review.sections.map((section) => ({
        ...section,
        rows: section.rows.map(({ label, text, source }) => ({ label, text, ...(source && { source }) })),
      })),
      problems: review.problems
        .filter(({ field }) => wrong.has(field))
        .map(({ text }) => ({ href: '#kiem-tra', text })),
      state,
      assurance: review.assurance.text,
      back: pages.at(-1)!.key,
    }
  }
  const key = pages.some((one) => one.key === page) ? page : pages[0]!.key
  const view = formPageView(compiled, key, { ...given, live: true })
  const live = liveForm(compiled, [key], { answers, offers, locale, today })
  const named = version ?? {
    procedureCode: '',
    plainName: compiled.definition.title.vi,
    plainNameEn: compiled.definition.title.en,
  }
  const drawn = filingPageView(view, {
    draftId: '',
    steps: stepsOf(view.steps, key, locale),
    hits: hitsOf(shown.choices),
    most: '100 MB',
    savedAt: '',
    procedure: { code: named.procedureCode, title: locale === 'en' ? named.plainNameEn : named.plainName },
    live,
  })
  return { kind: 'page', view: drawn, state, back: view.previousKey ?? (version ? startKey : null) }
}

const hitsOf = (choices: PlaceChoices) =>
  Object.fromEntries(
    Object.entries(choices).map(([path, list]) => [
      path,
      list.map(({ value, label }) => ({ code: value, text: label })),
    ]),
  )

function stepsOf(
  steps: readonly { key: string; title: string; state: Step['state']; asks: number }[],
  key: string,
  locale: 'vi' | 'en',
): Step[] {
  const t = messages(locale)
  const pages = steps.map(
    (step): Step => ({
      key: step.key,
      title: step.title,
      state: step.key === key ? 'now' : step.state === 'now' ? 'todo' : step.state,
      note: step.asks > 0 ? t('filing.steps.asks', { count: step.asks }) : t('filing.steps.known'),
    }),
  )
  return [...pages, { key: reviewKey, title: t('filing.review.step'), state: 'todo' }]
}

/** Draws what an officer at the counter sees, with what was posted. */
export async function drawCounter(
  { studio }: Preview,
  drawable: Drawable,
  form?: FormData,
): Promise<Drawn | null> {
  const { compiled, version, person, agencies, today } = drawable
  if (!version) return null
  const { locale } = studio.page
  const channel = 'direct' as const
  let { answers, origins, offers } = drawable
  const choices: PlaceChoices = {}
  for (const { key } of form ? compiled.definition.pages : []) {
    const read = readPage(compiled, key, form!, { answers, origins, offers })
    const resolved = await resolveAddresses(compiled, key, read.answers, placeSearch(studio, today))
    answers = resolved.answers
    origins = read.origins
    Object.assign(choices, resolved.choices)
  }
  ;({ answers, origins, offers } = fill(compiled, person, today, { answers, origins, channel }))
  const sends = /^submit/.test(String(form?.get('command') ?? ''))
  const problems = sends
    ? storedNowhere(drawable, validateAnswers(compiled, answers, { today, channel }).problems)
    : []
  const places = await namesIn(studio, [answers, offers], today)
  const given = { answers, origins, offers, agencies, places, problems, locale, today, channel, live: true }
  const keys = compiled.definition.pages.map(({ key }) => key)
  const { papers, fees } = besides(drawable, version, answers, channel, locale)
  const typed = (name: string, known: string) => String(form?.get(name) ?? known)
  const visitor = {
    name: typed('visitor.name', person.name),
    personalId: typed('visitor.personalId', person.personalId),
    phone: typed('visitor.phone', ''),
    dateOfBirth: person.dateOfBirth,
  }
  const view = counterFormView({
    filing: {
      rules: { version } as CounterFiling['rules'],
      visitor,
      scan: 'none',
      key: '',
      choices,
      held: [],
    },
    pages: keys.map((key) => formPageView(compiled, key, given)),
    live: liveForm(compiled, keys, given),
    besides: {
      papers: papers.filter(({ provision }) => provision === 'submit' || provision === 'show'),
      fees,
      total: totalOf(fees),
    },
    place: {
      text: messages(locale)('preview.place'),
      lines: [],
      warning: null,
      receives: true,
      help: null,
      choose: null,
      chosen: null,
    },
    problems: [],
    duplicates: [],
    locale,
  })
  return { kind: 'counter', view, accepted: sends && problems.length === 0 }
}

function besides(
  { compiled, today }: Drawable,
  version: NonNullable<Drawable['version']>,
  answers: PreviewState['answers'],
  channel: 'online' | 'direct',
  locale: 'vi' | 'en',
) {
  const given = submittedAnswers(compiled, answers, { today, channel })
  const caseCode = caseFor(version, given, { today, channel }).code
  const situation = { caseCode, channel, answers: given, today }
  return { papers: componentsFor(version, situation, locale), fees: feesFor(version, situation, locale) }
}

// A dossier that could lie there: a test case of the draft that is to be accepted.
async function filedExample({ contents }: Preview['studio'], drawable: Drawable) {
  const { compiled, person, today } = drawable
  const cases = contents.tests.flatMap((one) => PackageCase.safeParse(one).data ?? [])
  const example = cases.find(({ expect }) => expect.problems?.length === 0) ?? cases[0]
  if (!example) return drawable
  const known = unpackState(packState({ answers: example.answers, origins: {}, editing: [] }), compiled)
  const who = example.personalId ? await samplePerson(example.personalId) : person
  return fill(compiled, who, today, { answers: known?.answers ?? {} })
}

/** Draws what a specialist sees: what was declared beside the papers. */
export async function drawSpecialist({ studio }: Preview, drawable: Drawable): Promise<Drawn> {
  const { compiled, version, agencies, today } = drawable
  const { locale } = studio.page
  const { answers, origins } = await filedExample(studio, drawable)
  const places = await namesIn(studio, answers, today)
  const { sections } = reviewView(compiled, { answers, origins, locale, today, places, agencies })
  const lines = version ? besides(drawable, version, answers, 'online', locale).papers : []
  return {
    kind: 'specialist',
    sections: sections.map(({ key, title, rows }) => ({
      key,
      title,
      rows: rows.map((row) => ({ key: row.key, label: row.label, text: row.text })),
    })),
    papers: lines.flatMap(({ key, name, text, provision, required, group }) => {
      if (provision !== 'submit' && provision !== 'show') return []
      const choice = group === null ? 'if-any' : 'one-of'
      return [{ key, name, note: required ? text : messages(locale)(`catalogue.component.${choice}`) }]
    }),
  }
}
