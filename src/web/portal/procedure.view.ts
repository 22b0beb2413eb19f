import { type Locale, messages, type Translate } from 'motcua/kernel/i18n'
import {
  type Case,
  type Component,
  type ComponentLine,
  channelsOf,
  componentsFor,
  type Fee,
  findCase,
  limitText,
  type ProcedureVersion,
  priceText,
} from 'motcua/modules/catalogue'
import { dateText } from '../ui/format'
import type { IconName } from '../ui/icons'
import type { StateKind } from '../ui/state'
import { type GroupGuide, groupGuide } from './procedure-group.view'

export interface Fact {
  icon: IconName
  label: string
  value: string
  note?: string
}

export interface Paper {
  key: string
  name: string
  help: string | null
  tag: { state: StateKind; icon: IconName; text: string }
  /** Other papers of which one is enough. */
  alternatives: { name: string; help: string | null }[]
}

export interface ProcedureView {
  code: string
  title: string
  lead: string
  fullName: string
  field: string
  facts: Fact[]
  audience: string
  papers: Paper[]
  /** Papers asked for only in some situations. */
  specialPapers: { key: string; name: string; help: string | null }[]
  cases: { code: string; name: string; limit: string; fee: string }[]
  online: boolean
  post: boolean
  level: 'full' | 'partial'
  executing: string
  changes: { on: string; date: string; text: string; coming: boolean }[]
  questions: { question: string; answer: string }[]
  /** Whether a few questions before sign-in tell if it fits. */
  asksFirst: boolean
  /** What the province has set over the national terms, with its resolution. */
  local: string[]
  legalBases: { number: string; title: string }[]
  steps: { name: string; text: string }[]
  conditions: string | null
  source: { text: string; on: string; doubts: string[] }
  /** What a group of linked procedures gives; null: an ordinary procedure. */
  group: GroupGuide | null
}

/** What the page of a procedure says before anybody signs in, in plain words of one language. */
export function procedureView(
  version: ProcedureVersion,
  today: string,
  locale: Locale,
  /** Editions of the procedures of a group, by code. */
  branches: ReadonlyMap<string, ProcedureVersion> = new Map(),
): ProcedureView {
  const t = messages(locale)
  const channels = channelsOf(version)
  return {
    code: version.procedureCode,
    title: locale === 'en' ? version.plainNameEn : version.plainName,
    lead: version.summary[locale],
    fullName: version.name,
    field: version.field.name,
    facts: factsOf(version, locale, t),
    audience: version.audience[locale],
    papers: papersOf(version, locale, t),
    specialPapers: specialPapersOf(version, locale),
    cases: version.cases.map((each) => caseRow(each, locale, t)),
    online: channels.includes('online'),
    post: channels.includes('post'),
    level: version.level,
    executing: version.executing.text,
    changes: version.changes
      .toSorted((a, b) => b.on.localeCompare(a.on))
      .map(({ on, text }) => ({
        on,
        date: dateText(on),
        text: withoutPrefix(text[locale]),
        coming: on > today,
      })),
    questions: version.questions.map(({ question, answer }) => ({
      question: question[locale],
      answer: answer[locale],
    })),
    asksFirst: version.eligibility.length > 0,
    local: localRules(version, t),
    legalBases: version.legalBases,
    steps: version.steps,
    conditions: version.conditions,
    source: {
      text: version.source,
      on: dateText(version.asOf),
      doubts: version.doubts.map(({ note }) => note),
    },
    group: groupGuide(version, branches, locale),
  }
}

function localRules({ cases, executing }: ProcedureVersion, t: Translate): string[] {
  const limits = cases.flatMap(({ limit, channelLimits }) => [limit, ...Object.values(channelLimits)])
  const said = [
    ...limits.flatMap(({ override }) =>
      override ? t('provinceRules.local.limit', { basis: override.basis }) : [],
    ),
    ...cases
      .flatMap(({ fees }) => fees)
      .flatMap((fee) =>
        fee.override && !fee.override.sample ? t('provinceRules.local.fee', { basis: fee.basis }) : [],
      ),
    ...(executing.override ? [t('provinceRules.local.executing', { basis: executing.override.basis })] : []),
  ]
  return [...new Set(said)]
}

// The four questions people ask first: how long, how much, where, and what comes out of it.
function factsOf(version: ProcedureVersion, locale: Locale, t: Translate): Fact[] {
  const ordinary = findCase(version)
  const fee = feeFact(ordinary, locale, t)
  const online = channelsOf(version).includes('online')
  const [first, ...others] = version.results.map(({ name }) => name)
  return [
    {
      icon: 'clock',
      label: t('web.procedure.howLong'),
      value: upperFirst(limitText(ordinary.limit, locale)),
      note: [t('web.procedure.howLongNote'), moreDays(ordinary, t)].filter(Boolean).join('; '),
    },
    { icon: 'wallet', label: t('web.procedure.howMuch'), ...fee },
    {
      icon: 'map-pin',
      label: t('web.procedure.where'),
      value: t(online ? 'web.procedure.whereOnline' : 'web.procedure.whereCounter'),
      note: version.executing.text,
    },
    {
      icon: 'file-check',
      label: t('web.procedure.whatYouGet'),
      value: first ?? version.plainName,
      note: others.length > 0 ? others.join('; ') : t('web.procedure.whatYouGetNote'),
    },
  ]
}

const moreDays = ({ limit: { addition } }: Case, t: Translate): string =>
  addition === null ? '' : t('status.moreDays', { days: addition.days, reason: addition.reason })

// What everybody pays is the figure; what only some choose to add (copies) is the note under it.
function feeFact({ fees }: Case, locale: Locale, t: Translate): { value: string; note?: string } {
  const always = fees.filter(({ rule, channel }) => rule === null && channel !== 'post')
  const sometimes = fees.filter(({ rule }) => rule !== null)
  const due = always.filter(({ amountVnd, amountRule }) => amountRule || amountVnd !== 0)
  const value =
    due.length === 0 ? t('web.procedure.free') : due.map((fee) => priceText(fee, locale)).join('; ')
  const note = sometimes.map((fee) => `${fee.name[locale]}: ${priceText(fee, locale)}`).join('; ')
  return note ? { value: upperFirst(value), note } : { value: upperFirst(value) }
}

function caseRow(each: Case, locale: Locale, t: Translate): ProcedureView['cases'][number] {
  return {
    code: each.code,
    name: each.name[locale],
    limit: limitText(each.limit, locale),
    fee:
      each.fees.length === 0
        ? t('web.procedure.free')
        : each.fees.map((fee) => feeLine(fee, locale)).join('; '),
  }
}

function feeLine(fee: Fee, locale: Locale): string {
  return `${fee.name[locale]}: ${priceText(fee, locale)}`
}

const tags = {
  submit: { state: 'waiting', icon: 'file-text' },
  show: { state: 'waiting', icon: 'id-card-lanyard' },
  lookup: { state: 'ok', icon: 'circle-check' },
  form: { state: 'ok', icon: 'pen-line' },
  note: { state: 'waiting', icon: 'info' },
} as const satisfies Record<ComponentLine['provision'], { state: StateKind; icon: IconName }>

function papersOf(version: ProcedureVersion, locale: Locale, t: Translate): Paper[] {
  return headsOf(version, locale).map((line) => ({
    key: line.key,
    name: line.name,
    help: line.help,
    tag: { ...tags[line.provision], text: tagText(line, t) },
    alternatives: version.components
      .filter(({ key, group }) => group !== null && group === line.group && key !== line.key)
      .map((component) => ({ name: nameOf(component, locale), help: component.help?.[locale] ?? null })),
  }))
}

/** Papers that everybody is asked about; of those of which one is enough, the first. */
function headsOf(version: ProcedureVersion, locale: Locale): ComponentLine[] {
  const always = componentsFor(version, { channel: 'online' }, locale).filter(
    (line) => line.provision !== 'note' && isUnconditional(version, line.key),
  )
  return always.filter((line, index) => line.group === null || firstOfGroup(always, line) === index)
}

function tagText(line: ComponentLine, t: Translate): string {
  const optional = line.provision === 'submit' && !line.required
  return t(optional ? 'web.procedure.paper.optional' : `web.procedure.paper.${line.provision}`)
}

function isUnconditional(version: ProcedureVersion, key: string): boolean {
  return version.components.some((component) => component.key === key && component.condition === null)
}

function firstOfGroup(lines: readonly ComponentLine[], { group }: ComponentLine): number {
  return lines.findIndex((line) => line.group === group)
}

function specialPapersOf(version: ProcedureVersion, locale: Locale): ProcedureView['specialPapers'] {
  const told = new Set(headsOf(version, locale).map(({ group }) => group))
  const special = ({ condition, mode, declaration, group }: Component) =>
    mode === 'note' ||
    (condition !== null && !declaration && mode !== 'lookup' && !(group && told.has(group)))
  return version.components.filter(special).map((component) => ({
    key: component.key,
    name: nameOf(component, locale),
    help: component.help?.[locale] ?? null,
  }))
}

function nameOf({ name, nameEn }: Component, locale: Locale): string {
  return locale === 'en' ? nameEn : name
}

// The page says by itself that something is still to come.
function withoutPrefix(text: string): string {
  return upperFirst(text.replace(/^(Sắp tới|Coming):\s*/, ''))
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
