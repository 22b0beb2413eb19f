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
  const say = (value: unknown) => valueText(what, value, names, locale) || t('studio.tests.nothing')
  return t('studio.tests.expected', {
    what: t(`studio.tests.what.${what}`),
    expected: say(expected),
    came: say(came),
  })
}

function valueText(what: CaseDifference['what'], value: unknown, names: ReplayNames, locale: Locale): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map((each) => itemText(what, String(each), names, locale)).join('; ')
  if (what === 'feesVnd' && typeof value === 'number') return moneyText(value)
  if (what === 'limit') return limitText(value as Parameters<typeof limitText>[0], locale)
  if (what === 'caseCode') return names.caseName(String(value))
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function itemText(what: CaseDifference['what'], item: string, names: ReplayNames, locale: Locale): string {
  if (what === 'papers') return `“${names.paper(item)}”`
  if (what !== 'problems') return item
  const [field = '', code = ''] = item.split(/:(.*)/s)
  const t = messages(locale)
  const key = code.replace(/^forms\./, '').replace(/^rule\..*/, 'rule')
  const words =
    findMessage(locale, `studio.tests.problem.${key}`) ?? findMessage(locale, `replay.problem.${key}`)
  const name = names.question(field)
  return `${name === field ? field : `“${name}”`}: ${words ?? t('replay.problem.other')}`.replace(/\.$/, '')
}
