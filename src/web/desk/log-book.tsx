import { type Locale, messages } from 'motcua/kernel/i18n'
import { mostLogBookLines } from 'motcua/modules/documents'
import { readLogBook } from 'motcua/modules/dossiers'
import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { Button, LinkAction } from '../ui/button'
import { Notice } from '../ui/notice'
import { useT } from '../ui/shell'
import { Title } from '../ui/title'
import { DeskPage } from './desk-page'
import { bookHref, bookRows, periodsOf } from './log-book.view'
import { LogBookTable } from './log-book-table'
import { askedBook, filterOf } from './log-source'
import { mostSheetLines } from './log-xlsx'
import { placeNamesOf, procedureNames } from './names'

const most = 500

export async function loader(args: LoaderFunctionArgs) {
  const asked = askedBook(args)
  const { page, unit, units, days } = asked
  const [lines, names] = await Promise.all([
    readLogBook(page.app.db.pool, filterOf(asked, most + 1)),
    placeNamesOf(page, units),
  ])
  const shown = lines.slice(0, most)
  const procedures = await procedureNames(
    page,
    shown.map(({ procedureCode }) => procedureCode),
  )
  return {
    ...{ unit, days },
    units: units.map((value) => ({ value, label: names[value] ?? value })),
    periods: periodsOf(page.now).map(({ key, days }) => ({ key, href: bookHref(unit, days) })),
    files: (['.pdf', '.xlsx', '.csv'] as const).map((file) => bookHref(unit, days, file)),
    rows: bookRows(shown, procedures, page.locale),
    hasMore: lines.length > most,
    problem: problemIn(new URL(args.request.url).searchParams.get('chua'), page.locale),
  }
}

/** Why a file of the book was not made; the file's address led back here. */
function problemIn(key: string | null, locale: Locale) {
  const t = messages(locale)
  const tooLong = (lines: number) => t('logbook.too-long-text', { most: lines.toLocaleString(locale) })
  if (key === 'too-long') return { title: t('logbook.too-long'), text: tooLong(mostLogBookLines) }
  if (key === 'sheet-too-long') return { title: t('logbook.sheet-too-long'), text: tooLong(mostSheetLines) }
  return key === 'broken' ? { title: t('logbook.broken'), text: t('logbook.broken-text') } : null
}

export default function LogBook() {
  const t = useT()
  const { rows, hasMore, problem, files } = useLoaderData<typeof loader>()
  const count = t('desk.log.count', { count: rows.length })
  const [pdf, xlsx, csv] = files as [string, string, string]
  return (
    <DeskPage keys={[{ keys: ['/'], does: t('desk.keys.find') }]} status={count}>
      <Title>{t('desk.log.title')}</Title>
      <main id="noi-dung" className="pane">
        <div className="pane__head">
          <h1 className="desk__title">
            {t('desk.log.title')} <small className="pane__lead">{count}</small>
          </h1>
          <p className="small soft">{t('logbook.lead')}</p>
          {problem && (
            <Notice tone="warn" role="alert" title={problem.title}>
              {problem.text}
            </Notice>
          )}
          <BookChoice />
          <p className="filters">
            <LinkAction href={pdf} icon="file-text" small>
              {t('logbook.pdf')}
            </LinkAction>
            <LinkAction href={xlsx} icon="download" small>
              {t('logbook.xlsx')}
            </LinkAction>
            <LinkAction href={csv} icon="download" small>
              {t('logbook.csv')}
            </LinkAction>
          </p>
          {hasMore && <p role="status">{t('logbook.more', { count: most })}</p>}
        </div>
        <LogBookTable rows={rows} />
      </main>
    </DeskPage>
  )
}

/** Which unit and which days; a press for the month, the quarter and the year. */
function BookChoice() {
  const t = useT()
  const { unit, units, days, periods } = useLoaderData<typeof loader>()
  return (
    <form method="get" className="filters">
      {units.length > 1 && (
        <label>
          {t('logbook.unit')}{' '}
          <select className="input" name="don-vi" defaultValue={unit}>
            {units.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </label>
      )}
      <label>
        {t('desk.log.from')} <input className="input" type="date" name="tu" defaultValue={days.from} />
      </label>
      <label>
        {t('desk.log.to')} <input className="input" type="date" name="den" defaultValue={days.to} />
      </label>
      <Button kind="second" size="small">
        {t('desk.log.show')}
      </Button>
      {periods.map(({ key, href }) => (
        <a key={key} className="filters__chip" href={href}>
          {t(`logbook.this.${key}`)}
        </a>
      ))}
    </form>
  )
}
