import { findMessage, type Locale } from 'motcua/kernel/i18n'
import { readJsonObject } from 'motcua/kernel/read-json'
import { missingParts, ProcedureVersion } from 'motcua/modules/catalogue'
import type { DraftProcedure } from 'motcua/modules/changes'
import type { EditorProblem } from './procedure-editor.view'

/** What stands in the way of publishing these terms: every problem in words, at its place. */
export function problemsOf(draft: unknown, locale: Locale): EditorProblem[] {
  const whole = { ...(draft as object), ...published }
  const parsed = ProcedureVersion.safeParse(whole)
  if (parsed.success) return []
  const seen = new Set<string>()
  return parsed.error.issues
    .map((issue) => ({ path: issue.path as (string | number)[], text: wordsOf(issue, locale) }))
    .filter(({ path, text }) => {
      const key = `${path.join('.')} ${text}`
      return !seen.has(key) && seen.add(key)
    })
}

// Number, dates and decision come with publication; a draft is looked at without them.
const published = {
  version: 1,
  validFrom: '2026-01-01',
  validTo: null,
  announcement: { number: null, on: null },
}

/** The mandatory parts that are still missing (Decree 63/2010/NĐ-CP Article 8.2). */
export function missingIn(draft: DraftProcedure): string[] {
  try {
    return missingParts(draft)
  } catch {
    return ['name', 'steps', 'channels', 'components', 'limit', 'subjects', 'executing']
  }
}

interface Issue {
  code: string
  message: string
  input?: unknown
  origin?: string
  minimum?: number | bigint
}

/** Sentences of our own checks, by what they say in English. */
const own: [RegExp, string][] = [
  [/not a condition/, 'condition'],
  [/set nationally states its amount/, 'amount'],
  [/partial service/, 'partialReason'],
  [/procedure of two people/, 'secondParty'],
  [/exactly one case/, 'ordinaryCase'],
  [/same-day limit/, 'cutOff'],
  [/at least two options/, 'options'],
  [/(is there|is asked) twice/, 'twice'],
  [/no branch leads/, 'lead'],
  [/a lead waits for no other/, 'leadWaits'],
  [/there is no branch/, 'noBranch'],
  [/waits for itself/, 'circle'],
  [/days are added to a limit in days/, 'addition'],
  [/two authorities of status/, 'twice'],
]

function wordsOf(issue: Issue, locale: Locale): string {
  const say = (key: string, params = {}) =>
    findMessage(locale, `procedureEditor.problem.${key}`, params) ?? key
  const known = issue.code === 'custom' ? own.find(([pattern]) => pattern.test(issue.message)) : undefined
  if (known) return say(known[1])
  if (issue.code === 'too_small')
    return say(issue.origin === 'array' ? 'atLeastOne' : issue.origin === 'number' ? 'tooSmall' : 'empty')
  if (issue.code === 'too_big') return say('tooBig')
  if (issue.code === 'invalid_format') return say('format')
  if (issue.code === 'invalid_type' || issue.code === 'invalid_value' || issue.code === 'invalid_union')
    return say('missing')
  return say('wrong')
}

/** The draft that a page posted; null when it is no object of plain data. */
export const contentIn = (form: FormData): Record<string, unknown> | null =>
  readJsonObject(String(form.get('content') ?? '')) ?? null
