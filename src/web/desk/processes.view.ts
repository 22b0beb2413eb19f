import { findMessage, type Locale, type MessageKey, messages } from 'motcua/kernel/i18n'
import type {
  CompiledProcess,
  ProcedureUse,
  PublishedVersion,
  Step,
  StepChange,
} from 'motcua/modules/processes'
import { dateText, momentText, numberText } from '../ui/format'
import type { StateKind } from '../ui/state'

export interface ProcessLine {
  key: string
  name: string
  href: string
  procedures: string[]
  /** The version in force with its day; null before the first one begins. */
  inForce: { href: string; text: string; since: string } | null
  coming: { href: string; text: string; from: string }[]
  /** Open dossiers by version, those with any. */
  open: { version: number; count: number; text: string }[]
}

/** How many open dossiers run on a version. */
export interface OpenOnVersion {
  key: string
  version: number
  count: number
}

const hrefOf = (key: string, version: number) => `/can-bo/quy-trinh/${encodeURIComponent(key)}/${version}`

/** The list of processes, by name; one whose versions were all withdrawn has no line. Pure. */
export function processLines(
  facts: {
    versions: readonly PublishedVersion[]
    uses: readonly ProcedureUse[]
    open: readonly OpenOnVersion[]
    today: string
  },
  locale: Locale,
): ProcessLine[] {
  const t = messages(locale)
  const { today } = facts
  const standing = facts.versions.filter(({ withdrawn }) => withdrawn === null)
  const lines = [...Map.groupBy(standing, ({ key }) => key)].map(([key, versions]): ProcessLine => {
    const inForce = versions.find((each) => phaseOf(each, today) === 'inForce')
    const coming = versions.filter((each) => phaseOf(each, today) === 'coming')
    const shown = inForce ?? coming.at(-1) ?? versions[0]!
    const text = (version: number) => t('processPage.list.version', { version })
    return {
      key,
      name: shown.name || key,
      href: hrefOf(key, shown.version),
      procedures: facts.uses.filter(({ processKey }) => processKey === key).map(({ name }) => name),
      inForce: inForce
        ? {
            href: hrefOf(key, inForce.version),
            text: text(inForce.version),
            since: t('processPage.list.since', { date: dateText(inForce.validFrom) }),
          }
        : null,
      coming: coming.map(({ version, validFrom }) => ({
        href: hrefOf(key, version),
        text: text(version),
        from: t('processPage.list.from', { date: dateText(validFrom) }),
      })),
      open: facts.open
        .filter((each) => each.key === key)
        .toSorted((a, b) => b.version - a.version)
        .map(({ version, count }) => ({
          version,
          count,
          text: t('processPage.list.openOn', { version, count }),
        })),
    }
  })
  return lines.toSorted((a, b) => a.name.localeCompare(b.name, 'vi'))
}

export type Phase = 'inForce' | 'coming' | 'ended' | 'withdrawn'

/** How a version stands on a day of law. */
export function phaseOf(
  { validFrom, validTo, withdrawn }: Pick<PublishedVersion, 'validFrom' | 'validTo' | 'withdrawn'>,
  today: string,
): Phase {
  if (withdrawn) return 'withdrawn'
  if (validFrom > today) return 'coming'
  return validTo !== null && validTo < today ? 'ended' : 'inForce'
}

export const phaseTone: Record<Phase, StateKind> = {
  inForce: 'ok',
  coming: 'info',
  ended: 'waiting',
  withdrawn: 'paused',
}

/** From when to when a version is in force, in words. */
export function periodText(
  { validFrom, validTo }: Pick<PublishedVersion, 'validFrom' | 'validTo'>,
  locale: Locale,
): string {
  const t = messages(locale)
  const from = dateText(validFrom)
  return validTo === null
    ? t('processPage.one.period.open', { from })
    : t('processPage.one.period.closed', { from, to: dateText(validTo) })
}

export interface VersionLine {
  version: number
  href: string
  current: boolean
  period: string
  phase: Phase
  state: string
  by: string
  decision: string
  withdrawn: string | null
}

/** Every version of a process and who published it, the newest first. Pure. */
export function versionLines(
  versions: readonly PublishedVersion[],
  facts: { shown: number; today: string; names: Readonly<Record<string, string>> },
  locale: Locale,
): VersionLine[] {
  const t = messages(locale)
  const nameOf = (id: string) => facts.names[id] ?? id
  return versions.map((each) => {
    const { key, version, publishedBy, publishedAt, decision, reason, withdrawn } = each
    const phase = phaseOf(each, facts.today)
    const stated = decision && {
      number: decision.number,
      on: dateText(decision.on),
    }
    return {
      version,
      href: hrefOf(key, version),
      current: version === facts.shown,
      period: periodText(each, locale),
      phase,
      state: t(`processPage.one.state.${phase}`),
      by:
        publishedBy === null
          ? t('processPage.one.shipped')
          : t('processPage.history.byText', {
              name: nameOf(publishedBy),
              at: momentText(publishedAt, locale),
            }),
      decision: stated ? `${t('processPage.one.decisionText', stated)}: ${reason}` : '',
      withdrawn:
        withdrawn &&
        t('processPage.history.withdrawn', {
          name: nameOf(withdrawn.by),
          at: momentText(withdrawn.at, locale),
          reason: withdrawn.reason,
        }),
    }
  })
}

export interface StepLine {
  id: string
  name: string
  who: string
  where: string
  hours: string
  outcomes: string[]
}

/** The steps and waits of a process in the order of its drawing. Pure. */
export function stepLines(process: CompiledProcess, locale: Locale): StepLine[] {
  const t = messages(locale)
  const place = placeIn(process)
  const hoursText = (hours: number) => t('processPage.steps.hoursText', { hours: hoursOf(hours, locale) })
  const whereOf = ({ unitKind, authority }: Pick<Step, 'unitKind' | 'authority'>) =>
    t('processPage.steps.where', {
      unit: t(`processes.unitKind.${unitKind}`),
      authority: t(`processes.authority.${authority}`),
    })
  const steps = Object.values(process.steps).map(
    (step): StepLine => ({
      id: step.stepId,
      name: step.name || step.stepId,
      who: t(`processes.role.${step.role}`),
      where: whereOf(step),
      hours: hoursText(step.hours),
      outcomes: step.outcomes.map((outcome) => outcomeText(outcome, locale)),
    }),
  )
  const waits = Object.values(process.waits ?? {}).map(
    (wait): StepLine => ({
      id: wait.stepId,
      name: wait.name || wait.stepId,
      who: t('processPage.steps.watches', { role: t(`processes.role.${wait.role}`) }),
      where: whereOf(wait),
      hours: hoursText(wait.hours),
      outcomes: [
        wait.awaits.is === 'message'
          ? t('processPage.steps.waits.message', { message: wait.awaits.message })
          : t('processPage.steps.waits.timer'),
      ],
    }),
  )
  return [...steps, ...waits].toSorted((a, b) => place(a.id) - place(b.id))
}

// From left to right as it is drawn; what a called process adds stands where the call does.
export function placeIn({ diagram }: CompiledProcess): (id: string) => number {
  const left = new Map(diagram?.shapes.map(({ id, x, y }) => [id, x + y / 1_000_000]))
  return (id) => {
    for (let at = id; ; at = at.slice(0, at.lastIndexOf('/'))) {
      const found = left.get(at)
      if (found !== undefined || !at.includes('/')) return found ?? 0
    }
  }
}

export const outcomeText = (outcome: string, locale: Locale): string =>
  findMessage(locale, `processes.outcome.${outcome}`) ?? outcome

export interface LimitLine {
  id: string
  procedure: string
  caseName: string
  limit: string
  said: string
  above: boolean
}

/** The legal limits of the procedures that use a process, beside the hours of its longest way. Pure. */
export function limitLines(uses: readonly ProcedureUse[], hours: number, locale: Locale): LimitLine[] {
  const t = messages(locale)
  return uses.flatMap(({ code, name, limits }) =>
    limits.map(({ caseName, hours: limit }, i) => ({
      id: `${code}-${i}`,
      procedure: name,
      caseName: caseName[locale],
      limit: t('processPage.steps.hoursText', { hours: hoursOf(limit, locale) }),
      said:
        limit === hours
          ? t('processPage.steps.exact')
          : limit > hours
            ? t('processPage.steps.fits', { left: hoursOf(limit - hours, locale) })
            : t('processPage.steps.above', { over: hoursOf(hours - limit, locale) }),
      above: limit < hours,
    })),
  )
}

/** Hours as people write them: 8, or 7,5. */
export const hoursOf = (hours: number, locale: Locale): string =>
  numberText(hours, locale, Number.isInteger(Math.round(hours * 10) / 10) ? 0 : 1)

export interface ChangeLine {
  id: string
  name: string
  change: string
  tone: StateKind
  details: string[]
}

const changeTone = { added: 'ok', removed: 'bad', changed: 'info' } as const

/** What differs from the version before, step by step. Pure. */
export function changeLines(changes: readonly StepChange[], locale: Locale): ChangeLine[] {
  const t = messages(locale)
  const worded = (part: string, value: string): string => {
    if (part === 'outcomes')
      return value
        .split(',')
        .map((outcome) => outcomeText(outcome, locale))
        .join(', ')
    return findMessage(locale, `processes.${part}.${value}`) ?? value
  }
  return changes.map(({ stepId, name, change, parts }) => ({
    id: stepId,
    name: name || stepId,
    change: t(`processPage.import.change.${change}`),
    tone: changeTone[change],
    details: parts.map(({ part, from, to }) =>
      t('processPage.import.fromTo', {
        part: t(`processPage.import.part.${part}` as MessageKey),
        from: worded(part, from),
        to: worded(part, to),
      }),
    ),
  }))
}
