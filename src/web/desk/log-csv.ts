import { messages } from 'motcua/kernel/i18n'
import { readLog } from 'motcua/modules/dossiers'
import { pageContext } from 'motcua/web/context'
import type { LoaderFunctionArgs } from 'react-router'
import { csvLine, daysOf, type LogRow, logRows, spanOf } from './log-book.view'
import { procedureNames } from './names'
import { officerOf, placesOf } from './officer'

const most = 20_000

/** The log book of some days as a file for spreadsheets. */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const page = pageContext(args)
  const officer = officerOf(args)
  const t = messages(page.locale)
  const days = daysOf(new URL(args.request.url).searchParams, page.now)
  const lines = await readLog(page.app.db.pool, {
    authorities: placesOf(officer),
    ...spanOf(days),
    limit: most,
  })
  const procedures = await procedureNames(
    page,
    lines.map(({ procedureCode }) => procedureCode),
  )
  const columns: [keyof LogRow, string][] = [
    ['code', t('web.desk.code')],
    ['applicant', t('web.desk.applicant')],
    ['procedure', t('web.desk.procedure')],
    ['channel', t('web.desk.channel')],
    ['submitted', t('desk.log.submitted')],
    ['accepted', t('desk.log.accepted')],
    ['due', t('desk.log.due')],
    ['decided', t('desk.log.decided')],
    ['state', t('desk.log.state')],
  ]
  const rows = logRows(lines, procedures, page.locale).map((row) => csvLine(columns.map(([key]) => row[key])))
  // The mark in front lets spreadsheets read the accents.
  const text = `\ufeff${[csvLine(columns.map(([, title]) => title)), ...rows].join('\r\n')}\r\n`
  return new Response(text, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="so-theo-doi-${days.from}-${days.to}.csv"`,
      'cache-control': 'no-store',
    },
  })
}
