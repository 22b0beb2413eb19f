import { type Locale, messages } from 'motcua/kernel/i18n'
import { readJsonObject } from 'motcua/kernel/read-json'
import { type CaseResults, PackageCase } from 'motcua/modules/changes'
import type { Problem } from '../../ui/error-summary'

/** What a case says beside its answers. */
export type CaseHead = Pick<PackageCase, 'name' | 'on' | 'channel' | 'personalId' | 'registers' | 'recorded'>

/** Facts that officers record at intake and that conditions read. */
export const recordedFacts = ['verificationNeeded', 'manyOrComplex'] as const

/**
 * Reads the head of a posted case. What cannot be read stays as it was in the case, and is told with the place to mend
 * it; an English name that is left open is the Vietnamese one.
 */
export function readHead(form: FormData, drawn: PackageCase, locale: Locale) {
  const t = messages(locale)
  const text = (name: string) => String(form.get(name) ?? '').trim()
  const name = PackageCase.shape.name.safeParse({
    vi: text('case.vi'),
    en: text('case.en') || text('case.vi'),
  })
  const on = PackageCase.shape.on.safeParse(isoDay(text('case.on')))
  const channel = PackageCase.shape.channel.safeParse(form.get('case.channel') ?? undefined)
  const personalId = PackageCase.shape.personalId.safeParse(text('case.personalId') || undefined)
  const problems: Problem[] = [
    ...(name.success ? [] : [{ href: '#ca-ten', text: t('cases.nameNeeded') }]),
    ...(on.success ? [] : [{ href: '#ca-ngay', text: t('cases.dayNeeded') }]),
  ]
  const recorded = recordedIn(form, drawn)
  const { personalId: _, recorded: __, ...rest } = drawn
  const test: PackageCase = {
    ...rest,
    ...(name.success && { name: name.data }),
    ...(on.success && { on: on.data }),
    ...(channel.success && { channel: channel.data }),
    ...(personalId.data !== undefined && { personalId: personalId.data }),
    ...(Object.keys(recorded).length > 0 && { recorded }),
    registers: form.get('case.silent') === 'yes' ? 'silent' : 'demonstration',
  }
  return { test, problems, typed: { name: text('case.vi'), on: text('case.on') } }
}

function recordedIn(form: FormData, { recorded = {} }: PackageCase) {
  const stated = new Set(form.getAll('case.recorded').map(String))
  const added = Object.fromEntries(recordedFacts.flatMap((key) => (stated.has(key) ? [[key, true]] : [])))
  return { ...added, ...Object.fromEntries(Object.entries(recorded).filter(([key]) => stated.has(key))) }
}

/** "20/11/2026" as `2026-11-20`; anything else as it is. */
function isoDay(text: string): string {
  const [, day = '', month = '', year = ''] = /^(\d{1,2})[/.\s-](\d{1,2})[/.\s-](\d{4})$/.exec(text) ?? []
  return year ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : text
}

/** How a result of a case is to be taken: not compared, as it was stated, or as it came out. */
export type Stated = 'none' | 'stated' | 'came'
type What = keyof CaseResults

/** What can be stated, in the order in which a procedure runs. */
export const whats = [
  'problems',
  'caseCode',
  'papers',
  'feesVnd',
  'limit',
  'competent',
  'steps',
  'result',
  'asks',
] as const satisfies readonly What[]

/** What is proposed: what was stated stays; a case that states nothing yet is offered what came out. */
export function proposed(what: What, expect: PackageCase['expect'], came: CaseResults): Stated {
  if (what in expect) return isSame(what, expect[what], came[what]) ? 'came' : 'stated'
  if (Object.keys(expect).length > 0) return 'none'
  const refused = Array.isArray(came.problems) && came.problems.length > 0
  if (refused) return what === 'problems' ? 'came' : 'none'
  return what === 'asks' || came[what] === null ? 'none' : 'came'
}

/** The same value; problems and papers have no order. */
export function isSame(what: What, one: unknown, other: unknown): boolean {
  const plain = (value: unknown) =>
    JSON.stringify(what !== 'steps' && Array.isArray(value) ? value.toSorted() : (value ?? null))
  return plain(one) === plain(other)
}

/** The expectations that a posted page chooses from what was stated and what came out. */
export function chosen(
  form: Pick<FormData, 'get'>,
  expect: PackageCase['expect'],
  came: CaseResults,
): PackageCase['expect'] {
  const taken = Object.fromEntries(
    whats.flatMap((what): [string, unknown][] => {
      const choice = form.get(`state.${what}`)
      if (choice === 'came') return [[what, came[what]]]
      return choice === 'stated' && what in expect ? [[what, expect[what]]] : []
    }),
  )
  // How it ends is known only along stated steps.
  const steps = 'result' in taken && !('steps' in taken) ? { steps: came.steps } : {}
  return PackageCase.shape.expect.parse({ ...taken, ...steps })
}

/** What is to be stated as it came out, but came out otherwise than the page showed. */
export function notAsShown(form: Pick<FormData, 'get'>, came: CaseResults): What[] {
  const shown = readJsonObject(String(form.get('shown') ?? '')) ?? {}
  return whats.filter(
    (what) => form.get(`state.${what}`) === 'came' && !isSame(what, shown[what], came[what]),
  )
}

/** The steps that a posted page wishes for, each with how it is to end. */
export function wishedSteps(form: Pick<FormData, 'getAll' | 'get'>): string[] | undefined {
  const steps = form.getAll('way').map(String).slice(0, 60)
  if (steps.length === 0) return undefined
  return steps.map((step, i) => {
    const outcome = form.get(`way.${i}`)
    return typeof outcome === 'string' && outcome !== '' ? `${step}=${outcome}` : step
  })
}
