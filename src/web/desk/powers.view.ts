import { findMessage, type Locale, messages } from 'motcua/kernel/i18n'
import type { GrantPhase, GrantProblem, SeenGrant } from 'motcua/modules/directory'
import type { Problem } from '../ui/error-summary'
import { dateText, momentText } from '../ui/format'
import type { StateKind } from '../ui/state'

export interface PowersFacts {
  grants: readonly SeenGrant[]
  phases: Readonly<Record<string, GrantPhase>>
  officerId: string
  /** Plain names of procedures by code. */
  procedures: Readonly<Record<string, string>>
}

export interface PowerRow {
  id: string
  days: string
  giver: string
  receiver: string
  what: string
  /** What it is limited to, and the paper it rests on. */
  limits: string[]
  reason: string
  phase: GrantPhase
  state: StateKind
  /** Whether this officer gave or received it. */
  mine: 'given' | 'received' | null
  /** Who recorded and ended it, and what it overlaps. */
  notes: string[]
  mayEnd: boolean
}

export interface PowersView {
  current: PowerRow[]
  coming: PowerRow[]
  past: PowerRow[]
}

const states: Record<GrantPhase, StateKind> = {
  'in-force': 'ok',
  coming: 'waiting',
  over: 'info',
  'ended-early': 'paused',
}

/** The dated powers that somebody may see, in the order in which they matter: now, soon, past. Pure. */
export function powersView(facts: PowersFacts, locale: Locale): PowersView {
  const rows = facts.grants.map((grant) => powerRow(grant, facts, locale))
  return {
    current: rows.filter(({ phase }) => phase === 'in-force'),
    coming: rows.filter(({ phase }) => phase === 'coming'),
    past: rows.filter(({ phase }) => phase === 'over' || phase === 'ended-early'),
  }
}

function powerRow(grant: SeenGrant, facts: PowersFacts, locale: Locale): PowerRow {
  const t = messages(locale)
  const phase = facts.phases[grant.id] ?? 'over'
  const posts = grant.lent.map(({ title }) => title).join(', ')
  return {
    id: grant.id,
    days: daysText(grant, locale),
    giver: grant.giverName,
    receiver: grant.receiverName,
    what:
      grant.capacity === null
        ? t('powers.what.absence', { posts })
        : t('powers.what.signing', { capacity: t(`powers.capacity.${grant.capacity}.name`), post: posts }),
    limits: limitsOf(grant, facts, locale),
    reason: grant.reason,
    phase,
    state: states[phase],
    mine: grant.giver === facts.officerId ? 'given' : grant.receiver === facts.officerId ? 'received' : null,
    notes: notesOf(grant, facts, locale),
    mayEnd: grant.mayEnd && (phase === 'in-force' || phase === 'coming'),
  }
}

/** The days of a grant in words. */
export function daysText({ from, to }: Pick<SeenGrant, 'from' | 'to'>, locale: Locale): string {
  const t = messages(locale)
  const days = { from: dateText(from), to: dateText(to) }
  return from === to ? t('powers.oneDay', days) : t('powers.days', days)
}

function limitsOf(grant: SeenGrant, { procedures }: PowersFacts, locale: Locale): string[] {
  const t = messages(locale)
  if (grant.kind === 'absence') return []
  const paper = grant.document && {
    number: grant.document.number,
    on: dateText(grant.document.on),
  }
  return [...limitOf(grant, procedures, locale), ...(paper ? [t('powers.limit.document', paper)] : [])]
}

function limitOf(grant: SeenGrant, names: PowersFacts['procedures'], locale: Locale): string[] {
  const t = messages(locale)
  if (grant.procedures === null) return [t('powers.limit.none')]
  // A whole field may be a hundred procedures: its name says more.
  if (grant.fields.length > 0)
    return [t('powers.limit.fields', { fields: grant.fields.join(', '), count: grant.procedures.length })]
  return grant.procedures.map((code) => t('powers.limit.procedure', { code, name: names[code] ?? code }))
}

function notesOf(grant: SeenGrant, { grants }: PowersFacts, locale: Locale): string[] {
  const t = messages(locale)
  const overlaps = grants
    .filter(({ id }) => grant.overlaps.includes(id))
    .map(({ receiverName }) => receiverName)
  const others = grant.grantedBy !== grant.giver
  return [
    ...(others
      ? [t('powers.recordedBy', { name: grant.grantedByName, at: momentText(grant.grantedAt, locale) })]
      : []),
    ...(grant.endedAt
      ? [
          t('powers.endedBy', {
            name: grant.endedByName ?? '',
            at: momentText(grant.endedAt, locale),
            reason: grant.endReason ?? '',
          }),
        ]
      : []),
    ...(overlaps.length > 0 ? [t('powers.overlaps', { names: overlaps.join(', ') })] : []),
  ]
}

/** The control of the form that repairs each part of a request. */
const controls: Readonly<Record<string, string>> = {
  giver: 'giver',
  receiver: 'receiver',
  posts: 'posts',
  from: 'from',
  to: 'to',
  reason: 'reason',
  capacity: 'capacity',
  procedures: 'procedures',
  fields: 'fields',
  document: 'documentNumber',
}

/** The problems of a refused request in words, each with the control that repairs it. Pure. */
export function problemsView(problems: readonly GrantProblem[], locale: Locale): Problem[] {
  const seen = new Set<string>()
  return problems.flatMap(({ field, code }) => {
    const part = field.split('.')[0]!
    const text = findMessage(locale, `powers.problem.${part}.${code}`) ?? messages(locale)('powers.invalid')
    if (seen.has(text)) return []
    seen.add(text)
    return [{ href: `#${controls[part] ?? 'receiver'}`, text }]
  })
}

/** What was just done, in a sentence; undefined when the address names nothing that happened. */
export function doneText(
  grants: readonly SeenGrant[],
  id: string | null,
  locale: Locale,
): string | undefined {
  const t = messages(locale)
  const grant = grants.find((each) => each.id === id)
  if (!grant) return undefined
  const who = { giver: grant.giverName, receiver: grant.receiverName }
  if (grant.endedAt !== null) return t('powers.done.ended', who)
  const overlaps = grants.filter((each) => grant.overlaps.includes(each.id))
  const names = overlaps.map(({ receiverName }) => receiverName).join(', ')
  const said = t('powers.done.granted', { ...who, days: daysText(grant, locale) })
  return overlaps.length > 0 ? `${said} ${t('powers.done.overlaps', { names })}` : said
}

/** What was typed into a form, kept when the page shows itself again. */
export interface PowerValues {
  giver: string
  receiver: string
  posts: string[]
  from: string
  to: string
  reason: string
  capacity: string
  procedures: string[]
  fields: string[]
  documentNumber: string
  documentOn: string
}

/** A posted form as it was typed, and as the use case takes it. */
export function readPowerForm(form: FormData): { values: PowerValues; request: Record<string, unknown> } {
  const text = (name: string) => {
    const value = form.get(name)
    return typeof value === 'string' ? value.trim() : ''
  }
  const all = (name: string) =>
    form.getAll(name).filter((value): value is string => typeof value === 'string' && value !== '')
  const values: PowerValues = {
    ...{ giver: text('giver'), receiver: text('receiver'), from: text('from'), to: text('to') },
    ...{ reason: text('reason'), capacity: text('capacity'), posts: all('posts') },
    ...{ procedures: all('procedures'), fields: all('fields') },
    ...{ documentNumber: text('documentNumber'), documentOn: text('documentOn') },
  }
  const { giver, receiver, from, to, reason } = values
  const common = filled({ giver, receiver, from, to, reason })
  if (form.get('_action') !== 'signing')
    return { values, request: { kind: 'absence', ...common, posts: values.posts } }
  const hasPaper = values.documentNumber !== '' || values.documentOn !== ''
  const signing = {
    kind: 'signing',
    ...common,
    ...filled({ capacity: values.capacity }),
    procedures: values.procedures,
    fields: values.fields,
    document: hasPaper ? { number: values.documentNumber, on: values.documentOn } : null,
  }
  return { values, request: signing }
}

// A box left empty was not filled in: it is missing, not wrong.
const filled = (values: Record<string, string>) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''))
