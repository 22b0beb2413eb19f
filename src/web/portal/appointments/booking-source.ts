import type { Refusal } from 'motcua/kernel/errors'
import { findMessage, type Locale, type MessageParams, messages } from 'motcua/kernel/i18n'
import { dateOfLaw } from 'motcua/kernel/time'
import { type BookedPaper, type Booking, BookingInput, mostPapers } from 'motcua/modules/appointments'
import { feesFor, findVersion, listVersions, type ProcedureVersion, totalOf } from 'motcua/modules/catalogue'
import { findAuthority, listAuthorities } from 'motcua/modules/directory'
import { certifiesCopies } from 'motcua/modules/dossiers'
import type { PageContext } from 'motcua/web/context'
import type { Problem } from '../../ui/error-summary'
import { dateText, moneyText, timeText, weekdayText } from '../../ui/format'

type Page = Pick<PageContext, 'app' | 'now' | 'locale'>

/** The procedure that people book a time for: the one that certifies copies; undefined where it is not in force. */
export async function bookedProcedure({
  app,
  now,
}: Pick<Page, 'app' | 'now'>): Promise<ProcedureVersion | undefined> {
  return (await listVersions(app.db, dateOfLaw(now))).find(certifiesCopies)
}

/** Who certifies, to choose from. */
export async function placesFor({ app, now }: Page, { executing }: ProcedureVersion) {
  const found = await listAuthorities(app.db, { kinds: [executing.kind], on: dateOfLaw(now) })
  return found.map(({ code, name, address }) => ({ value: code, label: name, address: address ?? '' }))
}

/** "thứ Hai 23/11/2026, 08:00 đến 08:30". */
export const whenText = (
  { startsAt, endsAt }: Pick<Booking, 'startsAt' | 'endsAt'>,
  locale: Locale,
): string =>
  `${weekdayText(startsAt, locale)} ${dateText(startsAt)}, ${timeText(startsAt)} – ${timeText(endsAt)}`

export const paperText = (paper: BookedPaper, locale: Locale): string =>
  messages(locale)('appointments.one.paper', { ...paper })

/** What the papers will cost as somebody counted them; null when nobody can say. */
export async function feeText({ app, now }: Page, booking: Booking): Promise<string | null> {
  const version = await findVersion(app.db, booking.procedureCode, dateOfLaw(now))
  if (!version?.counts.each) return null
  const fee = totalOf(
    feesFor(version, { answers: { [version.counts.each]: booking.papers }, channel: 'direct' }),
  )
  return fee === null ? null : moneyText(fee)
}

export const placeOf = async ({ app }: Pick<Page, 'app'>, { authority }: Pick<Booking, 'authority'>) => {
  const found = await findAuthority(app.db, authority)
  return { name: found?.name ?? authority, address: found?.address ?? '' }
}

/** What was typed, as the boxes of the page have it. */
export interface Typed {
  slot: string
  phone: string
  papers: { no: number; name: string; pages: string; copies: string }[]
}

export const nothingTyped = (phone = ''): Typed => ({
  ...{ slot: '', phone },
  papers: Array.from({ length: mostPapers }, (_, no) => ({ no, name: '', pages: '1', copies: '1' })),
})

export function typedIn(form: FormData): Typed {
  const text = (name: string) =>
    String(form.get(name) ?? '')
      .normalize('NFC')
      .replace(/[\u0000-\u001f\u007f]/g, ' ')
      .trim()
      .slice(0, 200)
  return {
    ...{ slot: text('gio'), phone: text('phone').replace(/[\s.]/g, '') },
    papers: Array.from({ length: mostPapers }, (_, i) => ({
      no: i,
      ...{
        name: text(`paper.${i}.name`),
        pages: text(`paper.${i}.pages`),
        copies: text(`paper.${i}.copies`),
      },
    })),
  }
}

/** Reads a wish to book, or says everything that is still to mend. Pure. */
export function wishIn(
  typed: Typed,
  counter: { authority: string; procedureCode: string },
  locale: Locale,
): { wish?: BookingInput; problems: Problem[] } {
  const t = messages(locale)
  const count = (value: string) => (/^\d{1,3}$/.test(value) ? Number(value) : Number.NaN)
  const named = typed.papers.filter(({ name }) => name !== '')
  const wrong = named.filter(({ pages, copies }) => !within(count(pages), 500) || !within(count(copies), 50))
  const problems: Problem[] = [
    ...(typed.slot ? [] : [{ href: '#gio', text: t('appointments.offer.timeMissing') }]),
    ...(named.length > 0 ? [] : [{ href: '#giay-0', text: t('appointments.offer.paperMissing') }]),
    ...wrong.map(({ no }) => ({ href: `#trang-${no}`, text: t('appointments.offer.pagesWrong') })),
    ...(typed.phone === '' || /^0\d{9}$/.test(typed.phone)
      ? []
      : [{ href: '#dien-thoai', text: t('appointments.offer.phoneWrong') }]),
  ]
  if (problems.length > 0) return { problems }
  const papers = named.map(({ name, pages, copies }) => ({
    name,
    pages: count(pages),
    copies: count(copies),
  }))
  const read = BookingInput.safeParse({
    ...counter,
    startsAt: typed.slot,
    phone: typed.phone || null,
    papers,
  })
  return read.success
    ? { wish: read.data, problems }
    : { problems: [{ href: '#gio', text: t('appointments.closed') }] }
}

const within = (value: number, most: number) => value >= 1 && value <= most

export const refusedText = ({ code, details }: Refusal, locale: Locale): string =>
  findMessage(locale, code, details as MessageParams) ?? code
