import { isRefusal } from 'motcua/kernel/errors'
import { dateOfLaw } from 'motcua/kernel/time'
import {
  type CaseRules,
  type Citizens,
  caseRulesOf,
  fillCase,
  inventedCitizens,
  PackageCase,
  type TriedCase,
  tryPackageCase,
  withEnglish,
} from 'motcua/modules/changes'
import { listAuthorities } from 'motcua/modules/directory'
import {
  type CompiledForm,
  compileForm,
  fieldsOf,
  formPageView,
  liveForm,
  type PlaceChoices,
  type Problem,
  readPage,
  resolveAddresses,
} from 'motcua/modules/forms'
import { data } from 'react-router'
import { withAgencySelects } from '../../ui/agency-select'
import { namesIn, placeSearch } from '../preview/source'
import type { StudioChange } from '../studio-source'
import type { CaseHead } from './case-head'

/** One test case as its page works on it. */
export interface OpenCase {
  test: PackageCase
  /** The name under which it was opened: another person may have moved it meanwhile. */
  was: string
  /** Known facts that the person asked to correct. */
  editing: readonly string[]
}

/** What test cases of a change are drawn and run with. */
export interface CaseTools {
  studio: StudioChange
  citizens: Citizens
  /** Null while the form cannot be drawn. */
  form: CompiledForm | null
  rules: CaseRules | undefined
}

/** The form and the rules of a change, as far as they run. */
export async function caseTools(studio: StudioChange): Promise<CaseTools> {
  const { page, change, contents } = studio
  const { app, now } = page
  const [rules, citizens] = await Promise.all([
    caseRulesOf(change.code, contents, { db: app.db, now }),
    inventedCitizens(),
  ])
  if (rules) return { studio, citizens, rules, form: rules.form }
  const dates = { version: 1, validFrom: dateOfLaw(now), validTo: null }
  const form = compileForm({ ...withEnglish(contents.form), ...dates } as never)
  return { studio, citizens, rules, form: isRefusal(form) ? null : form }
}

/** The case that the address names by its place in the list; 404 when there is none, null when it cannot be read. */
export function caseAt({ contents }: StudioChange, place: string | undefined): PackageCase | null {
  const raw = contents.tests[Number(place) - 1]
  if (raw === undefined) throw data(null, { status: 404 })
  return PackageCase.safeParse(raw).data ?? null
}

/** A case with which a new one begins: today, online, somebody whom the registers know. */
export const blankCase = (name: { vi: string; en: string }, { now }: { now: Date }): PackageCase => ({
  name,
  on: dateOfLaw(now),
  channel: 'online',
  personalId: '099195000001',
  registers: 'demonstration',
  answers: {},
  expect: {},
})

/**
 * What a posted page makes of the case that it drew. An answer belongs to the case when somebody gave it: what
 * account and registers fill in by themselves is left to them.
 */
export async function readCase(
  { studio, form, citizens }: CaseTools & { form: CompiledForm },
  drawn: PackageCase,
  head: CaseHead,
  posted: FormData,
): Promise<{ test: PackageCase; choices: PlaceChoices }> {
  const filled = await fillCase(form, drawn, citizens)
  const search = placeSearch(studio, drawn.on)
  const choices: PlaceChoices = {}
  let { answers, origins } = filled
  for (const { key } of form.definition.pages) {
    const read = readPage(form, key, posted, { ...filled, answers, origins })
    const resolved = await resolveAddresses(form, key, read.answers, search)
    answers = resolved.answers
    origins = read.origins
    Object.assign(choices, resolved.choices)
  }
  const dropped = new Set(posted.getAll('drop').map(String))
  const stays = ([key, value]: [string, unknown]) =>
    !dropped.has(key) &&
    (key in drawn.answers || JSON.stringify(value) !== JSON.stringify(filled.answers[key]))
  const test = {
    ...drawn,
    ...head,
    answers: {
      ...Object.fromEntries(Object.entries(answers).filter(stays)),
      ...sameAgencies(form, drawn.answers, answers),
    },
  }
  return { test, choices }
}

// A page posts an authority by its code or by its name alone; a case that says both goes on saying both.
function sameAgencies(
  { definition }: CompiledForm,
  before: PackageCase['answers'],
  after: PackageCase['answers'],
) {
  const agencies = fieldsOf(definition).filter(({ group, field }) => field.type === 'agency' && !group.repeat)
  return Object.fromEntries(
    agencies.flatMap(({ field: { key } }) => {
      const [was, is] = [before[key], after[key]] as ({ code?: string; name?: string } | undefined)[]
      const same = was && is && ((is.code && is.code === was.code) || (!is.code && is.name === was.name))
      return same ? [[key, was]] : []
    }),
  )
}

/** What comes out of a case now; null while the parts of the change cannot run or cannot take its answers. */
export async function tried(
  { rules, citizens }: CaseTools,
  test: PackageCase,
  wished?: readonly string[],
): Promise<TriedCase | null> {
  if (!rules) return null
  try {
    return await tryPackageCase(rules, test, citizens, wished)
  } catch {
    // Answers of a case are anybody's; what the engines cannot take is told by the list of cases.
    return null
  }
}

/** Every page of the form under one another, filled as the person of the case has it before them. */
export async function drawCase(
  { studio, form, citizens, rules }: CaseTools & { form: CompiledForm },
  { test, editing }: OpenCase,
  shown: { problems: Problem[]; choices: PlaceChoices },
) {
  const { page } = studio
  const { answers, origins, offers } = await fillCase(form, test, citizens)
  const kinds = rules ? [rules.edition.executing.kind] : []
  const [places, executing] = await Promise.all([
    namesIn(studio, [answers, offers], test.on),
    kinds.length > 0 ? listAuthorities(page.app.db, { kinds, on: test.on }) : [],
  ])
  const agencies = executing.map(({ code, name }) => ({ code, name }))
  const { on: today, channel } = test
  const given = {
    ...{ answers, origins, offers, agencies, places, editing, today, channel, live: true },
    ...{ problems: shown.problems, choices: shown.choices, locale: page.locale },
  }
  const keys = form.definition.pages.map(({ key }) => key)
  const views = keys.map((key) => formPageView(form, key, given))
  return {
    live: liveForm(form, keys, given),
    hits: Object.fromEntries(
      Object.entries(shown.choices).map(([path, list]) => [
        path,
        list.map(({ value, label }) => ({ code: value, text: label })),
      ]),
    ),
    pages: views.map((view) => ({
      key: view.key,
      title: view.title,
      hidden: !view.steps.some(({ key }) => key === view.key),
      groups: view.groups.map(withAgencySelects),
      known: view.known.flatMap(({ facts }) => facts),
    })),
  }
}

export type DrawnCase = Awaited<ReturnType<typeof drawCase>>

/** Answers to questions that the form does not have: they must be refused, so somebody may have meant them. */
export function strangers({ definition }: CompiledForm, { answers }: PackageCase): string[] {
  const keys = new Set(fieldsOf(definition).map(({ group, field }) => (group.repeat ? group.key : field.key)))
  return Object.keys(answers).filter((key) => !keys.has(key))
}

/** The cases with one in its place: where it was, else where one of its name is now, else as the last. */
export function withCase(tests: readonly PackageCase[], at: number, { was, test }: OpenCase): PackageCase[] {
  const named = (each: PackageCase | undefined) => each?.name?.vi === was
  const found = named(tests[at]) ? at : tests.findIndex(named)
  return found < 0 ? [...tests, test] : tests.map((each, i) => (i === found ? test : each))
}
