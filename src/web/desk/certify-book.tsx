import { readCertifications, sumCertifications } from 'motcua/modules/dossiers'
import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { Button, LinkAction } from '../ui/button'
import { dateText, momentText, moneyText, numberText } from '../ui/format'
import { Notice } from '../ui/notice'
import { useShell, useT } from '../ui/shell'
import { Table } from '../ui/table'
import { Title } from '../ui/title'
import styles from './certify-book.css?url'
import { askedCertifications, bookLine } from './certify-book-source'
import { DeskPage } from './desk-page'
import { periodsOf } from './log-book.view'
import { placeNamesOf } from './names'

export const links = () => [{ rel: 'stylesheet', href: styles }]

/** What a page shows at once; the spreadsheet has the rest. */
const most = 500

export async function loader(args: LoaderFunctionArgs) {
  const { page, units, unit, days, filter, query } = askedCertifications(args)
  const db = page.app.db.pool
  const [lines, sums, names] = await Promise.all([
    readCertifications(db, { ...filter, limit: most + 1 }),
    sumCertifications(db, { ...filter, limit: 1 }),
    placeNamesOf(page, units),
  ])
  return {
    ...{ unit, days, sums, hasMore: lines.length > most },
    unitName: names[unit] ?? unit,
    units: units.map((value) => ({ value, label: names[value] ?? value })),
    words: filter.words ?? '',
    signer: filter.signer ?? '',
    isFiltered: Boolean(filter.words || filter.signer),
    clear: hrefOf(unit, days),
    periods: periodsOf(page.now).map(({ key, days: span }) => ({
      ...{ key, href: hrefOf(unit, span) },
    })),
    xlsx: `/can-bo/so-chung-thuc.xlsx?${query}`,
    printedAt: momentText(page.now, page.locale),
    rows: lines.slice(0, most).map(bookLine),
  }
}

const hrefOf = (unit: string, { from, to }: { from: string; to: string }) =>
  `/can-bo/so-chung-thuc?${new URLSearchParams({ 'don-vi': unit, tu: from, den: to })}`

type Row = ReturnType<typeof bookLine>

/** The book of certified electronic copies of an authority, as NĐ 23/2015/NĐ-CP wants it kept. */
export default function CertifyBook() {
  const t = useT()
  const { locale } = useShell()
  const view = useLoaderData<typeof loader>()
  const { rows, unitName, days, sums, hasMore, xlsx, isFiltered, clear, printedAt } = view
  const total = t('certify.book.sums', {
    ...{ lines: numberText(sums.lines, locale), pages: numberText(sums.pages, locale) },
    fee: moneyText(sums.feeVnd),
  })
  const column = (key: 'number' | 'on' | 'requester' | 'paper' | 'signer' | 'pages' | 'copies' | 'note') => ({
    ...{ key, title: t(`certify.book.${key}`), cell: (row: Row) => row[key] },
  })
  return (
    <DeskPage status={total}>
      <Title>{t('certify.book.title')}</Title>
      <main id="noi-dung" className="pane pane--page certify-book">
        <div className="pane__head">
          <h1 className="desk__title">
            {t('certify.book.title')} <small className="pane__lead">{total}</small>
          </h1>
          <p className="certify-book__printed small">
            {t('certify.book.printed', {
              ...{ unit: unitName, at: printedAt },
              ...{ from: dateText(`${days.from}T05:00:00Z`), to: dateText(`${days.to}T05:00:00Z`) },
            })}
          </p>
          <p className="small soft no-print">{t('certify.book.lead')}</p>
          <Choice />
          <p className="filters">
            <LinkAction href={xlsx} icon="download" small>
              {t('certify.book.xlsx')}
            </LinkAction>
            <button
              type="button"
              className="link-action small certify-book__print"
              data-needs-script=""
              onClick={() => window.print()}
            >
              {t('certify.book.print')}
            </button>
          </p>
          {hasMore && <Notice tone="warn" title={t('certify.book.more', { most })} />}
        </div>
        {rows.length === 0 ? (
          <p className="pane__empty">
            {t(isFiltered ? 'certify.book.noneFound' : 'certify.book.none')}{' '}
            {isFiltered && <LinkAction href={clear}>{t('certify.book.clear')}</LinkAction>}
          </p>
        ) : (
          <Table
            caption={t('certify.book.title')}
            hideCaption
            stack
            rows={rows}
            rowKey={({ key }) => key}
            columns={[
              { ...column('number'), heading: true },
              column('on'),
              column('requester'),
              column('paper'),
              column('signer'),
              { ...column('pages'), numeric: true },
              { ...column('copies'), numeric: true },
              {
                ...{ key: 'fee', title: t('certify.book.fee'), numeric: true },
                cell: ({ fee }: Row) => (fee === null ? '' : numberText(fee, locale)),
              },
              {
                ...{ key: 'code', title: t('certify.book.dossier') },
                cell: ({ code }: Row) => <a href={`/can-bo/ho-so/${code}`}>{code}</a>,
              },
              column('note'),
            ]}
          />
        )}
      </main>
    </DeskPage>
  )
}

/** Which unit, which days, which lines. */
function Choice() {
  const t = useT()
  const { unit, units, days, words, signer, sums, periods, isFiltered, clear } =
    useLoaderData<typeof loader>()
  return (
    <form method="get" className="filters">
      {units.length > 1 ? (
        <label>
          {t('certify.book.unit')}{' '}
          <select className="input" name="don-vi" defaultValue={unit}>
            {units.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </label>
      ) : (
        <input type="hidden" name="don-vi" value={unit} />
      )}
      <label>
        {t('desk.log.from')} <input className="input" type="date" name="tu" defaultValue={days.from} />
      </label>
      <label>
        {t('desk.log.to')} <input className="input" type="date" name="den" defaultValue={days.to} />
      </label>
      <label>
        {t('certify.book.words')}{' '}
        <input
          className="input certify-book__words"
          type="search"
          name="tim"
          defaultValue={words}
          placeholder={t('certify.book.wordsHint')}
          maxLength={200}
        />
      </label>
      {sums.signers.length > 1 && (
        <label>
          {t('certify.book.signer')}{' '}
          <select className="input" name="nguoi-ky" defaultValue={signer}>
            <option value="">{t('certify.book.anySigner')}</option>
            {sums.signers.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
      )}
      <Button kind="second" size="small">
        {t('desk.log.show')}
      </Button>
      {isFiltered && (
        <a className="filters__chip" href={clear}>
          {t('certify.book.clear')}
        </a>
      )}
      {periods.map(({ key, href }) => (
        <a key={key} className="filters__chip" href={href}>
          {t(`logbook.this.${key}`)}
        </a>
      ))}
    </form>
  )
}
