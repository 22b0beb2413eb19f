import { findMessage, messages } from 'motcua/kernel/i18n'
import { computeDueAt, loadCalendar, MissingCalendarYear } from 'motcua/modules/calendar'
import type { CaseResults, Contents, PackageCase, TriedCase } from 'motcua/modules/changes'
import { dateText, momentText } from '../../ui/format'
import { replayNames } from '../replay/replay.view'
import { proposed, recordedFacts, type Stated, whats } from './case-head'
import { type CaseTools, type OpenCase, strangers } from './case-source'
import { resultText } from './words'

/** One result of a case: what came out, what was stated, and what is to be stated. */
export interface ResultRow {
  what: (typeof whats)[number]
  label: string
  came: string
  /** In words; null when the case does not state it. */
  stated: string | null
  choice: Stated
  /** It came out otherwise than the case states. */
  differs: boolean
}

/** One step of the way, with how it can end. */
export interface WayRow {
  step: string
  name: string
  outcome: string
  outcomes: { value: string; label: string }[]
}

/** Everything of the page of a case beside the questions of its form. */
export async function caseView(
  tools: CaseTools,
  {
    open: { test, was, editing },
    outcome,
    contents,
  }: { open: OpenCase; outcome: TriedCase | null; contents: { before: Contents | null; after: Contents } },
) {
  const { locale } = tools.studio.page
  const t = messages(locale)
  const names = replayNames(contents, (code) => code, locale)
  return {
    ...{ was, editing, json: JSON.stringify(test), name: test.name },
    on: dateText(test.on),
    channel: test.channel,
    channels: (['online', 'direct', 'post'] as const).map((value) => ({
      value,
      label: t(`desk.channel.${value}`),
    })),
    personalId: test.personalId ?? '',
    people: tools.citizens.people.map(({ personalId, name }) => ({ value: personalId, label: name })),
    silent: test.registers === 'silent',
    recorded: recordedLines(test, locale, names.question),
    strangers: tools.form
      ? strangers(tools.form, test).map((key) => ({ key, text: textOf(test.answers[key]) }))
      : [],
    files: tools.form ? fileQuestions(tools.form, locale) : [],
    shown: outcome ? JSON.stringify(outcome.came) : '',
    accepted: outcome ? outcome.problems.length === 0 : null,
    due: outcome && (await dueText(tools, test, outcome.came.limit)),
    rows: outcome ? whats.map((what) => rowOf(what)) : [],
    way: outcome ? outcome.way.map((step) => ({ ...step, outcomes: outcomesOf(step.outcomes) })) : [],
    ended: outcome?.came.result != null,
  }

  function rowOf(what: ResultRow['what']): ResultRow {
    const { expect } = test
    const came = (outcome as TriedCase).came
    const say = (value: unknown) => resultText(what, value, names, locale)
    const choice = proposed(what, expect, came)
    return {
      what,
      label: t(`studio.tests.what.${what}`),
      came: say(came[what]),
      stated: what in expect && choice === 'stated' ? say(expect[what]) : null,
      choice,
      differs: (outcome as TriedCase).differences.some((each) => each.what === what),
    }
  }

  function outcomesOf(outcomes: readonly string[]) {
    return outcomes.map((value) => ({
      value,
      label: findMessage(locale, `processes.outcome.${value}`) ?? value,
    }))
  }
}

export type CaseView = Awaited<ReturnType<typeof caseView>>

function recordedLines(
  { recorded = {} }: PackageCase,
  locale: 'vi' | 'en',
  question: (key: string) => string,
): { key: string; label: string; stated: boolean }[] {
  const t = messages(locale)
  const known = recordedFacts.map((key) => ({
    key,
    label: t(`differences.condition.given.${key}`),
    stated: key in recorded,
  }))
  const others = Object.entries(recorded)
    .filter(([key]) => !recordedFacts.some((each) => each === key))
    .map(([key, value]) => ({ key, label: `${question(key)}: ${textOf(value)}`, stated: true }))
  return [...known, ...others]
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 200)

function fileQuestions({ definition }: NonNullable<CaseTools['form']>, locale: 'vi' | 'en'): string[] {
  return definition.pages.flatMap(({ groups }) =>
    groups.flatMap(({ fields }) =>
      fields.flatMap(({ type, label }) => (type === 'file' ? [label[locale]] : [])),
    ),
  )
}

/** When it would be due, had it come on its day at nine in the morning. */
async function dueText(
  { studio, rules }: CaseTools,
  { on }: PackageCase,
  limit: CaseResults['limit'],
): Promise<string | null> {
  const { app, locale } = studio.page
  const authorityCode = studio.officer.posts[0]?.authorityCode ?? ''
  const calendar = await loadCalendar(app.db, { authorityCode })
  const cutOff = rules?.edition.cases[0]?.limit.cutOff ?? null
  try {
    const dueAt = computeDueAt({
      acceptedAt: `${on}T02:00:00Z`,
      limit: limit as Parameters<typeof computeDueAt>[0]['limit'],
      cutOff,
      calendar,
    })
    return dueAt && momentText(dueAt, locale)
  } catch (error) {
    if (error instanceof MissingCalendarYear) return null
    throw error
  }
}
