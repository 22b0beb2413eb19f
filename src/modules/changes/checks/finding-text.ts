import { findMessage, type Locale } from '../../../kernel/i18n.ts'
import { problemText } from '../../processes/index.ts'
import type { Finding } from './finding.ts'

/** A finding as a sentence. */
export function findingText({ code, params, at }: Finding, locale: Locale): string {
  if (code.startsWith('process.'))
    return problemText({ code: code.slice('process.'.length), element: at || null, params }, locale)
  const words = Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      wordOf(name, locale === 'en' ? (params[`${name}En`] ?? value) : value, locale),
    ]),
  )
  // Whoever relies on it should know that nobody has held it against the text of the law.
  if (params.confidence === 'R') words.law = `${words.law}; ${findMessage(locale, 'checks.recalled')}`
  return findMessage(locale, `checks.${code}`, words) ?? code
}

function wordOf(name: string, value: string | number, locale: Locale): string | number {
  if (name === 'channel') return findMessage(locale, `catalogue.channel.${value}`) ?? value
  if (name === 'register') return findMessage(locale, `forms.source.${value}`) ?? value
  if (name === 'paper') return findMessage(locale, `checks.paper.${value}`) ?? value
  if (name === 'name' && value === 'secondParty')
    return findMessage(locale, 'differences.fact.secondParty') ?? value
  if (name === 'since') return String(value).split('-').reverse().join('/')
  return value
}
