import { type Locale, messages } from 'motcua/kernel/i18n'
import { cleanText } from 'motcua/kernel/text'
import { dateOfLaw } from 'motcua/kernel/time'
import type { PartyInput } from 'motcua/modules/dossiers'
import { z } from 'zod'
import type { Problem } from '../../ui/error-summary'

/** What was typed, to be shown again as it was. */
export interface HelperTyped {
  name: string
  personalId: string
  phone: string
  until: { day: string; month: string; year: string }
}

export interface ReadHelper {
  typed: HelperTyped
  problems: Problem[]
  who: PartyInput
  /** Last day of the power; a date of law. */
  until: string
}

const Name = cleanText.pipe(z.string().trim().min(1).max(200))
const longestPowerMs = 366 * 86_400_000

/** Reads who is to help and until when; everything that is wrong is told at once. */
export function readHelper(
  form: FormData,
  { now, own, locale }: { now: Date; own: string | undefined; locale: Locale },
): ReadHelper {
  const t = messages(locale)
  const said = (name: string) => String(form.get(name) ?? '').trim()
  const typed: HelperTyped = {
    name: said('name'),
    personalId: said('personalId'),
    phone: said('phone'),
    until: { day: said('until.day'), month: said('until.month'), year: said('until.year') },
  }
  const name = Name.safeParse(typed.name)
  const personalId = digits(typed.personalId)
  const phone = digits(typed.phone).replace(/^84(?=\d{9}$)/, '0')
  const until = isoOf(typed.until)
  const today = dateOfLaw(now)
  const latest = dateOfLaw(new Date(now.getTime() + longestPowerMs))
  const problems: Problem[] = []
  if (!name.success) problems.push({ href: '#ho-ten', text: t('status.helper.nameMissing') })
  if (!/^\d{12}$/.test(personalId)) problems.push({ href: '#so-dinh-danh', text: t('status.helper.idWrong') })
  else if (personalId === own) problems.push({ href: '#so-dinh-danh', text: t('status.helper.idOwn') })
  if (!/^0\d{9}$/.test(phone)) problems.push({ href: '#dien-thoai', text: t('status.helper.phoneWrong') })
  if (!isRealDate(until) || until < today || until > latest)
    problems.push({ href: '#den-ngay', text: t('status.helper.untilWrong') })
  return { typed, problems, who: { name: name.data ?? typed.name, personalId, phone }, until }
}

const digits = (text: string) => text.replaceAll(/[\s.+-]/g, '')
const isoOf = ({ day, month, year }: HelperTyped['until']) =>
  `${year.padStart(4, '0')}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
const isRealDate = (text: string) => z.iso.date().safeParse(text).success
