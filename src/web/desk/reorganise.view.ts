import { type Locale, messages } from 'motcua/kernel/i18n'
import type { ListedReorganisation, Reorganisation, ReorganisationLine } from 'motcua/modules/directory'
import { dateText, momentText } from '../ui/format'
import type { Standing } from './reorganise-words'

/** Names of authorities by code. */
export type Names = Readonly<Record<string, string>>

/** Where a decision stands, with its dossiers. */
export function standingOf({ state, followedAt }: Pick<Reorganisation, 'state' | 'followedAt'>): Standing {
  return state === 'applied' && followedAt === null ? 'moving' : state
}

export interface DecisionRow {
  id: string
  number: string
  title: string
  of: string
  effectiveOn: string
  concerned: string
  state: Standing
}

/** The list, those still to take effect first. */
export function decisionRows(
  all: readonly ListedReorganisation[],
  names: Names,
  locale: Locale,
): { coming: DecisionRow[]; past: DecisionRow[] } {
  const t = messages(locale)
  const rows = all.map((each) => ({
    ...{ id: each.id, number: each.number, title: each.title, state: standingOf(each) },
    of: t('reorganise.of', { issuedBy: each.issuedBy, issuedOn: dateText(each.issuedOn) }),
    effectiveOn: dateText(each.effectiveOn),
    concerned:
      each.concerned.map((code) => names[code] ?? code).join(', ') ||
      t('reorganise.lines', { count: each.lineCount }),
  }))
  const isPast = ({ state }: DecisionRow) => state === 'applied' || state === 'cancelled'
  return { coming: rows.filter((row) => !isPast(row)), past: rows.filter(isPast) }
}

export interface LineView {
  no: number
  text: string
  /** What else the line says, one sentence each. */
  notes: string[]
}

const mostLines = 200

/** The lines of a decision in plain words; of a long one the first. */
export function linesView(
  lines: readonly ReorganisationLine[],
  names: Names,
  locale: Locale,
): { lines: LineView[]; more: number } {
  const shown = lines.slice(0, mostLines)
  const called = namesIn(lines, names)
  return {
    lines: shown.map((line, i) => ({
      no: i + 1,
      text: lineText(line, called, locale),
      notes: notesOf(line, called, locale),
    })),
    more: lines.length - shown.length,
  }
}

function namesIn(lines: readonly ReorganisationLine[], names: Names): (code: string) => string {
  const all = new Map(Object.entries(names))
  for (const line of lines)
    if ((line.kind === 'begin' || line.kind === 'merge') && line.authority)
      all.set(line.authority.code, line.authority.shortName)
  return (code) => (all.has(code) ? `${all.get(code)} (${code})` : code)
}

type Called = (code: string) => string

/** One line in one sentence. */
export function lineText(line: ReorganisationLine, called: Called, locale: Locale): string {
  const t = messages(locale)
  const list = (items: readonly string[]) =>
    new Intl.ListFormat(locale === 'vi' ? 'vi-VN' : 'en-GB', { type: 'conjunction' }).format(items)
  switch (line.kind) {
    case 'begin':
      return t('reorganise.line.begin', { to: called(line.authority.code) })
    case 'merge': {
      const from = list(line.from.filter((code) => code !== line.into).map(called))
      return t(line.authority ? 'reorganise.line.merge' : 'reorganise.line.mergeInto', {
        from,
        to: called(line.into),
      })
    }
    case 'split':
      return t('reorganise.line.split', { from: called(line.from), to: list(line.into.map(called)) })
    case 'end': {
      const from = called(line.authority)
      return line.successor === null
        ? t('reorganise.line.end', { from })
        : t('reorganise.line.endTo', { from, to: called(line.successor) })
    }
    case 'rename':
      return t('reorganise.line.rename', { from: called(line.authority), to: line.shortName })
    case 'unit-begin':
      return t('reorganise.line.unit-begin', { unit: line.unit.name, from: called(line.authority) })
    case 'unit-merge':
      return t('reorganise.line.unit-merge', { unit: list(line.from), from: called(line.authority) })
    case 'unit-split':
      return t('reorganise.line.unit-split', { unit: line.from, from: called(line.authority) })
    case 'unit-end':
      return t('reorganise.line.unit-end', {
        unit: line.unit,
        from: called(line.authority),
        to: line.successor,
      })
    case 'unit-move':
      return t('reorganise.line.unit-move', {
        unit: line.unit,
        from: called(line.authority),
        to: called(line.to),
      })
  }
}

function notesOf(line: ReorganisationLine, called: Called, locale: Locale): string[] {
  if (line.kind !== 'split') return []
  const t = messages(locale)
  const rules = line.rules.map(({ to, units, procedures, dossiers }) => {
    const what = [
      ...(units.length > 0 ? [t('reorganise.line.byUnits', { units: units.join(', ') })] : []),
      ...(procedures.length > 0 ? [t('reorganise.line.byProcedures', { count: procedures.length })] : []),
      ...(dossiers.length > 0 ? [t('reorganise.line.byDossiers', { count: dossiers.length })] : []),
    ]
    return t('reorganise.line.rule', { to: called(to), what: what.join(', ') })
  })
  const rest =
    line.rest === null ? t('reorganise.line.choice') : t('reorganise.line.rest', { to: called(line.rest) })
  return [...rules, rest]
}

/** What was done with a decision, by whom and when. */
export function recordView(decision: Reorganisation, names: Names, locale: Locale): string[] {
  const t = messages(locale)
  const by = (id: string | null) => names[id ?? ''] ?? id ?? t('reorganise.record.clock')
  const at = (instant: string) => momentText(instant, locale)
  const { draftedAt, approvedAt, cancelledAt, cancelReason, appliedAt, record, followedAt, followed } =
    decision
  return [
    t('reorganise.record.drafted', { name: by(decision.draftedBy), at: at(draftedAt) }),
    ...(approvedAt
      ? [t('reorganise.record.approved', { name: by(decision.approvedBy), at: at(approvedAt) })]
      : []),
    ...(cancelledAt
      ? [
          t('reorganise.record.cancelled', {
            name: by(decision.cancelledBy),
            at: at(cancelledAt),
            reason: cancelReason ?? '',
          }),
        ]
      : []),
    ...(appliedAt && record
      ? [
          t('reorganise.record.applied', {
            at: at(appliedAt),
            began: record.began,
            ended: record.ended,
            officers: record.officers,
          }),
        ]
      : []),
    ...(followedAt && followed
      ? [t('reorganise.record.followed', { at: at(followedAt), moved: followed.moved })]
      : []),
  ]
}
