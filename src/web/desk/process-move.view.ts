import { findMessage, type Locale, messages } from 'motcua/kernel/i18n'
import type { BulkMove, PlanProblem, ProcessMovePreview, Stays } from 'motcua/modules/dossiers'
import type { CompiledProcess } from 'motcua/modules/processes'
import type { Problem } from '../ui/error-summary'
import type { Choice } from '../ui/fields'
import { dateText, momentText, numberText } from '../ui/format'
import type { StateKind } from '../ui/state'
import { placeIn } from './processes.view'

/** How dossiers are to be moved, as it was chosen and typed. */
export interface MoveValues {
  from: number
  to: number
  mapping: Record<string, string>
  decision: string
  reason: string
}

/** What a posted form says; undefined when it did not come from our page. */
export function readMoveForm(form: FormData): MoveValues | undefined {
  const text = (name: string) => String(form.get(name) ?? '').trim()
  const [from, to] = [Number(text('from')), Number(text('to'))]
  const [olds, news] = [form.getAll('old').map(String), form.getAll('new').map(String)]
  if (![from, to].every((each) => Number.isInteger(each) && each > 0) || olds.length !== news.length)
    return undefined
  const mapping = Object.fromEntries(olds.flatMap((old, i) => (news[i] ? [[old, news[i]]] : [])))
  return { from, to, mapping, decision: text('decision'), reason: text('reason') }
}

/** Says what was previewed, so that nothing else is started. */
export const fingerprintOf = ({ from, to, mapping }: MoveValues): string =>
  JSON.stringify([from, to, Object.entries(mapping).toSorted(([a], [b]) => (a < b ? -1 : 1))])

interface Standing {
  id: string
  name: string
  kind: string
}

/** Everything of a version at which a dossier may stand, in the order of the drawing, with what may become of what. */
export function standingsOf(process: CompiledProcess): Standing[] {
  const { steps, waits, boundaries } = process
  const place = placeIn(process)
  const found = [
    ...Object.values(steps).map(({ stepId: id, name }) => ({ id, name: name || id, kind: 'step' })),
    ...Object.values(waits).map(({ stepId: id, name, awaits }) => ({
      id,
      name: name || id,
      kind: `wait ${awaits.is}`,
    })),
    ...Object.values(boundaries)
      .filter(({ on }) => on.is === 'message')
      .map(({ id, name }) => ({ id, name: name || id, kind: 'message' })),
  ]
  return found.toSorted((a, b) => place(a.id) - place(b.id))
}

export interface MapLine {
  id: string
  name: string
  options: Choice[]
  chosen: string
}

/** A line for each step of the old version, with the steps of the new one that it may become. Pure. */
export function mapLines(
  from: CompiledProcess,
  to: CompiledProcess,
  mapping: Readonly<Record<string, string>>,
): MapLine[] {
  const news = standingsOf(to)
  return standingsOf(from).map(({ id, name, kind }) => {
    const options = news
      .filter((each) => each.kind === kind)
      .map((each) => ({ value: each.id, label: each.name }))
    const chosen = Object.hasOwn(mapping, id) ? mapping[id]! : ''
    return { id, name, options, chosen: options.some(({ value }) => value === chosen) ? chosen : '' }
  })
}

export interface MoveEffectView {
  looked: string
  complete: boolean
  moves: number
  totals: { label: string; count: string }[]
  steps: { id: string; name: string; to: string; open: string; moves: string }[]
  reasons: ReasonLine[]
  examples: { code: string; lines: string[] }[]
}

interface ReasonLine {
  id: string
  why: string
  count: string
  codes: string[]
}

type Names = (id: string) => string

/** Names of the steps of a version by id. */
export const namesIn = (process: CompiledProcess): Names => {
  const names = new Map(standingsOf(process).map(({ id, name }) => [id, name]))
  return (id) => names.get(id) ?? id
}

/** What the move would do, in words. Pure. */
export function moveEffect(
  preview: ProcessMovePreview,
  { before, after }: { before: Names; after: Names },
  locale: Locale,
): MoveEffectView {
  const t = messages(locale)
  const { open, complete, moves, stays, notBegun, freed } = preview
  const due = (at: string | null) => (at === null ? t('processPage.move.noDate') : momentText(at, locale))
  return {
    looked: t(complete ? 'processPage.move.looked' : 'processPage.move.lookedPart', {
      open: numberText(open, locale),
    }),
    complete,
    moves,
    totals: [
      { label: t('processPage.move.moves'), count: numberText(moves, locale) },
      { label: t('processPage.move.cannot'), count: numberText(stays, locale) },
      { label: t('processPage.move.notBegun'), count: numberText(notBegun, locale) },
      { label: t('processPage.move.freed'), count: numberText(freed, locale) },
    ],
    steps: preview.steps.map(({ step, to, open, moves }) => ({
      id: step,
      name: before(step),
      to: to === null ? t('processPage.move.stays') : after(to),
      open: numberText(open, locale),
      moves: numberText(moves, locale),
    })),
    reasons: reasonLines(preview.reasons, before, locale),
    examples: preview.examples.map(({ code, tasks }) => ({
      code,
      lines: tasks.map(({ to, from, dueAt }) =>
        t(from === dueAt ? 'processPage.move.sameDate' : 'processPage.move.dates', {
          step: after(to),
          from: due(from),
          to: due(dueAt),
        }),
      ),
    })),
  }
}

function reasonLines(reasons: readonly Stays[], before: Names, locale: Locale): ReasonLine[] {
  return reasons.map(({ why, step, count, codes }) => ({
    id: `${why} ${step ?? ''}`,
    why: whyText(why, step, before, locale),
    count: numberText(count, locale),
    codes: codes.slice(0, 5),
  }))
}

function whyText(why: string, step: string | null, before: Names, locale: Locale): string {
  const t = messages(locale)
  const said = findMessage(locale, `moving.stays.${why}`) ?? t('processPage.move.whyOther', { why })
  return step === null ? said : t('processPage.move.whyAt', { step: before(step), why: said })
}

/** What is wrong with a plan, each with the box that mends it. Pure. */
export function planProblems(
  problems: readonly PlanProblem[],
  lines: readonly MapLine[],
  locale: Locale,
): Problem[] {
  const t = messages(locale)
  return problems.map(({ field, code, params = {} }) => {
    const { validFrom } = params
    const said = t(`moving.problem.${code}`, {
      ...params,
      ...(validFrom && { validFrom: dateText(validFrom) }),
    })
    const at = lines.findIndex(({ id }) => field === `mapping.${id}`)
    if (at >= 0) return { href: `#new-${at}`, text: `${lines[at]!.name}: ${said}` }
    if (field === 'decision' || field === 'reason')
      return { href: `#${field}`, text: `${t(`processPage.move.${field}`)}: ${said}` }
    return { href: '#sang', text: said }
  })
}

export interface MoveRunView {
  id: string
  what: string
  asked: string
  decision: string
  state: string
  tone: StateKind
  counts: string
  notes: string[]
  ended: boolean
}

/** One move of many dossiers, and how far it is. Pure. */
export function moveRunView(
  run: Extract<BulkMove, { kind: 'process' }>,
  facts: { name: string; before: Names },
  locale: Locale,
): MoveRunView {
  const t = messages(locale)
  const { id, plan, askedAt, startedAt, finishedAt, moved, stayed, open, stays, decision, reason } = run
  const state = finishedAt !== null ? 'done' : startedAt !== null ? 'running' : 'waiting'
  const tones = { done: 'ok', running: 'info', waiting: 'waiting' } as const
  return {
    id,
    what: t('processPage.move.run.what', { from: plan.from, to: plan.to }),
    asked: t('processPage.move.run.asked', { name: facts.name, at: momentText(askedAt, locale) }),
    decision: `${decision}: ${reason}`,
    state: t(`processPage.move.run.${state}`),
    tone: tones[state],
    counts: t('processPage.move.run.counts', {
      moved: numberText(moved, locale),
      stayed: numberText(stayed, locale),
      open: numberText(open, locale),
    }),
    notes: stays.map(({ why, step, count }) =>
      t('processPage.move.run.stays', { count, why: whyText(why, step, facts.before, locale) }),
    ),
    ended: finishedAt !== null,
  }
}
