import { findMessage, type Locale, messages } from 'motcua/kernel/i18n'
import { baseContents, type Contents, readinessOf, type TestLine, withOutcome } from 'motcua/modules/changes'
import { data } from 'react-router'
import { type ReplayNames, replayNames } from '../replay/replay.view'
import type { StudioChange } from '../studio-source'
import { blankCase } from './case-source'
import { differenceText } from './words'

/** One test case in the list. */
export interface CaseLine {
  name: string
  passed: boolean
  adoptable: boolean
  /** It states nothing that must come out, so it always passes. */
  empty: boolean
  problems: string[]
}

/** The cases as they come out now; their names alone while the parts cannot be run. */
export async function caseLines({ page, change, contents }: StudioChange) {
  const { app, now, locale } = page
  const { tests } = await readinessOf(change, { db: app.db, now })
  const before = change.base.procedure === null ? null : await baseContents(app.db, change)
  const names = replayNames({ before, after: contents }, (code) => code, locale)
  const raw: readonly unknown[] = contents.tests
  return {
    ran: tests !== null,
    lines: raw.map((test, i): CaseLine => {
      const line = tests?.lines[i]
      const name = nameOf(test, i, locale)
      const empty = Object.keys((test as { expect?: object } | null)?.expect ?? {}).length === 0
      return line
        ? { ...lineOf(line, names, locale), name, empty }
        : { name, empty, passed: false, adoptable: false, problems: [] }
    }),
  }
}

/** The name of a case in the words of its author; its number when it has none. */
function nameOf(test: unknown, index: number, locale: Locale): string {
  const name = (test as { name?: Record<string, unknown> } | null)?.name?.[locale]
  return typeof name === 'string' && name ? name : messages(locale)('cases.unnamed', { number: index + 1 })
}

function lineOf({ differences, unreadable }: TestLine, names: ReplayNames, locale: Locale) {
  return {
    passed: differences.length === 0 && unreadable === null,
    adoptable: differences.length > 0,
    problems: [
      ...(unreadable === null ? [] : [unreadableText(unreadable, locale)]),
      ...differences.map((difference) => differenceText(difference, names, locale)),
    ],
  }
}

function unreadableText([first, second]: readonly string[], locale: Locale): string {
  const t = messages(locale)
  if (first === undefined) return t('cases.wrongRun')
  const part = findMessage(locale, `cases.where.${first}`) ?? t('cases.where.other')
  const what = first === 'expect' && findMessage(locale, `studio.tests.what.${second}`)
  return t('cases.wrong', { where: what ? `${part}: ${what}` : part })
}

/** What a posted list makes of the cases, with where to go on; undefined when it asks for nothing known. */
export async function changedCases(
  studio: StudioChange,
  form: FormData,
): Promise<{ tests: Contents['tests']; next: string } | undefined> {
  const { change, contents, page } = studio
  const { tests } = contents
  const index = Number(form.get('case'))
  const one = tests[index]
  switch (form.get('_action')) {
    case 'add': {
      const added = newCase(studio, form)
      return added && { tests: [...tests, added], next: `/${tests.length + 1}` }
    }
    case 'duplicate':
      return one && { tests: tests.toSpliced(index + 1, 0, copyOf(one)), next: `/${index + 2}` }
    case 'remove':
      return one && { tests: tests.toSpliced(index, 1), next: '' }
    case 'adopt': {
      const { tests: report } = await readinessOf(change, { db: page.app.db, now: page.now })
      const line = report?.lines[index]
      if (!line || !one) throw data(null, { status: 400 })
      return { tests: tests.with(index, withOutcome(one, line.differences)), next: '' }
    }
    default:
      return undefined
  }
}

function newCase({ contents, page }: StudioChange, form: FormData) {
  const vi = String(form.get('name') ?? '')
    .trim()
    .slice(0, 200)
  if (!vi) return undefined
  const from = contents.tests[Number(form.get('from') || Number.NaN)]
  return from ? { ...structuredClone(from), name: { vi, en: vi } } : blankCase({ vi, en: vi }, page)
}

function copyOf(test: Contents['tests'][number]) {
  const named = (locale: Locale) =>
    messages(locale)('cases.copyOf', { name: String(test.name?.[locale] ?? '') }).trim()
  return { ...structuredClone(test), name: { vi: named('vi'), en: named('en') } }
}
