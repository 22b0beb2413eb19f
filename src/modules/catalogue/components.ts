import { findMessage, type Locale } from '../../kernel/i18n.ts'
import { type Answers, holds } from './condition.ts'
import type { Channel, Component, ProcedureVersion } from './procedure-version.ts'

/** How a paper reaches the authority in one situation. */
export type Provision = 'submit' | 'show' | 'lookup' | 'form' | 'note'

/** One line of "what to bring". */
export interface ComponentLine {
  key: string
  name: string
  code: string | null
  original: number
  copies: number
  mode: Component['mode']
  provision: Provision
  /** The person must hand it in, or one of its group. */
  required: boolean
  group: string | null
  replacedBy: Component['replacedBy']
  /** "Phải nộp", "Không phải nộp: …", "Xuất trình …". */
  text: string
  help: string | null
}

interface Facts {
  caseCode?: string
  channel?: Channel
  answers?: Answers
  /** The date of law, `YYYY-MM-DD`. */
  today?: string
}

/** The papers of a situation: those whose condition holds, each with what the person has to do about it. */
export function componentsFor(
  version: ProcedureVersion,
  facts: Facts = {},
  locale: Locale = 'vi',
): ComponentLine[] {
  return version.components
    .filter((component) => holds(component.condition, facts))
    .map((component) => toLine(component, provisionOf(component, facts), locale))
}

function toLine(component: Component, provision: Provision, locale: Locale): ComponentLine {
  return {
    key: component.key,
    name: locale === 'en' ? component.nameEn : component.name,
    code: component.code,
    original: component.original,
    copies: component.copies,
    mode: component.mode,
    provision,
    required: component.required && (provision === 'submit' || provision === 'show'),
    group: component.group,
    replacedBy: component.replacedBy,
    text: textOf(component, provision, locale),
    help: component.help?.[locale] ?? null,
  }
}

// Online the interactive form is the declaration, and there is nobody to show a paper to: the register answers.
function provisionOf(component: Component, facts: Facts): Provision {
  const { channel } = facts
  if (component.declaration && channel !== 'direct' && channel !== 'post') return 'form'
  if (component.lookedUpWhen !== null && holds(component.lookedUpWhen, facts)) return 'lookup'
  if (component.mode === 'show' && channel === 'online') return component.replacedBy ? 'lookup' : 'show'
  return component.mode
}

function textOf(component: Component, provision: Provision, locale: Locale): string {
  const say = (key: string) => findMessage(locale, `catalogue.${key}`) ?? key
  const text = say(`component.${provision}`)
  return provision === 'lookup' && component.replacedBy
    ? `${text} (${say(`register.${component.replacedBy}`)})`
    : text
}
