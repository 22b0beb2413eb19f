import { choiceKind } from './choice.ts'

// ISO 3166-1 alpha-2 of states; names come from the runtime in the reader's language.
const codes =
  'AD AE AF AG AI AL AM AO AR AT AU AZ BA BB BD BE BF BG BH BI BJ BN BO BR BS BT BW BY BZ CA CD CF ' +
  'CG CH CI CL CM CN CO CR CU CV CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FM FR GA GB GD GE ' +
  'GH GM GN GQ GR GT GW GY HN HR HT HU ID IE IL IN IQ IR IS IT JM JO JP KE KG KH KI KM KN KP KR KW ' +
  'KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MH MK ML MM MN MR MT MU MV MW MX MY MZ NA NE ' +
  'NG NI NL NO NP NR NZ OM PA PE PG PH PK PL PS PT PW PY QA RO RS RU RW SA SB SC SD SE SG SI SK SL ' +
  'SM SN SO SR SS ST SV SY SZ TD TG TH TJ TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VN VU ' +
  'WS YE ZA ZM ZW'

const named = (locale: string) => {
  const names = new Intl.DisplayNames([locale], { type: 'region' })
  const all = codes.split(' ').map((value) => ({ value, label: names.of(value) ?? value }))
  all.sort((a, b) => (a.value === 'VN' ? -1 : b.value === 'VN' ? 1 : a.label.localeCompare(b.label, locale)))
  return all
}
const lists: Record<string, { value: string; label: string }[]> = {}

/** Nationality and country, by ISO code; Việt Nam stands first. */
export const country = choiceKind((_, locale) => {
  lists[locale] ??= named(locale)
  return lists[locale]
})
