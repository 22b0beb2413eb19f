import { findMessage, type Locale, messages } from 'motcua/kernel/i18n'
import { limitText } from 'motcua/modules/catalogue'
import type { TestLine } from 'motcua/modules/changes'
import { moneyText } from '../../ui/format'
import type { ReplayNames } from '../replay/replay.view'

type CaseDifference = TestLine['differences'][number]

/** What came out otherwise than a test case states, in words of the procedure and not of its file. */
export function differenceText(
  { what, expected, came }: CaseDifference,
  names: ReplayNames,
  locale: Locale,
): string {
  const t = messages(locale)
  const say = (value: unknown) => resultText(what, value, names, locale)
  return t('studio.tests.expected', {
    what: t(`studio.tests.what.${what}`),
    expected: say(expected),
    came: say(came),
  })
}

/** One result of a case in words; "none" where nothing came out. */
export const resultText = (
  what: CaseDifference['what'],
  value: unknown,
  names: ReplayNames,
  locale: Locale,
): string => valueText(what, value, names, locale) || noneText(what, locale)

function noneText(what: CaseDifference['what'], locale: Locale): string {
  const t = messages(locale)
  return findMessage(locale, `cases.none.${what}`) ?? t('studio.tests.nothing')
}

function valueText(what: CaseDifference['what'], value: unknown, names: ReplayNames, locale: Locale): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) {
    const items = value.map((each) => itemText(what, String(each), names, locale))
    return items.join(what === 'steps' ? ' → ' : '; ')
  }
  if (what === 'feesVnd' && typeof value === 'number') return moneyText(value)
  if (what === 'limit') return limitText(value as Parameters<typeof limitText>[0], locale)
  if (what === 'caseCode') return names.caseName(String(value))
  if (what === 'competent') return findMessage(locale, `differences.authorityKind.${value}`) ?? String(value)
  if (what === 'result') return findMessage(locale, `processes.result.${value}`) ?? String(value)
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function itemText(what: CaseDifference['what'], item: string, names: ReplayNames, locale: Locale): string {
  if (what === 'papers') return `“${names.paper(item)}”`
  if (what === 'steps') return stepText(item, names, locale)
  if (what !== 'problems') return item
  const [field = '', code = ''] = item.split(/:(.*)/s)
  const t = messages(locale)
  const key = code.replace(/^forms\./, '').replace(/^rule\..*/, 'rule')
  const words =
    findMessage(locale, `studio.tests.problem.${key}`) ?? findMessage(locale, `replay.problem.${key}`)
  const name = names.question(field)
  return `${name === field ? field : `“${name}”`}: ${words ?? t('replay.problem.other')}`.replace(/\.$/, '')
}

function stepText(item: string, names: ReplayNames, locale: Locale): string {
  const [step = '', outcome] = item.split('=')
  const name = names.step(step)
  return outcome === undefined
    ? name
    : `${name} (${findMessage(locale, `processes.outcome.${outcome}`) ?? outcome})`
}
