import { certificationNumber, certificationVolume, readCertifications } from 'motcua/modules/dossiers'
import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { Button, LinkAction } from '../ui/button'
import { dateText } from '../ui/format'
import { useT } from '../ui/shell'
import { Table } from '../ui/table'
import { Title } from '../ui/title'
import { DeskPage } from './desk-page'
import { askedBook } from './log-source'

const most = 500

export async function loader(args: LoaderFunctionArgs) {
  const { page, unit, days } = askedBook(args)
  const filter = { authority: unit, ...days, limit: most + 1 }
  const lines = await readCertifications(page.app.db.pool, filter)
  const query = new URLSearchParams({ 'don-vi': unit, tu: days.from, den: days.to })
  return {
    ...{ unit, days, hasMore: lines.length > most },
    xlsx: `/can-bo/so-chung-thuc.xlsx?${query}`,
    rows: lines.slice(0, most).map((line) => ({
      key: line.id,
      number: `${certificationNumber(line)} · ${certificationVolume(line)}`,
      on: dateText(line.certifiedAt),
      requester: line.requester,
      paper: line.paperName,
      signer: `${line.signerName}, ${line.signerTitle}`,
      pages: line.pages,
      fee: line.feeVnd?.toLocaleString('vi') ?? '',
      code: line.dossierCode,
    })),
  }
}

type Row = Awaited<ReturnType<typeof loader>>['rows'][number]

/** The book of certified electronic copies of an authority, as NĐ 23/2015 wants it kept. */
export default function CertifyBook() {
  const t = useT()
  const { rows, unit, days, xlsx, hasMore } = useLoaderData<typeof loader>()
  const column = (key: keyof Row, title: string, numeric = false) => ({
    ...{ key, title, numeric, cell: (row: Row) => row[key] },
  })
  return (
    <DeskPage status={t('certify.book.count', { count: rows.length })}>
      <Title>{t('certify.book.title')}</Title>
      <main id="noi-dung" className="pane pane--page">
        <div className="pane__head">
          <h1 className="desk__title">{t('certify.book.title')}</h1>
          <p className="small soft">{t('certify.book.lead')}</p>
          <form method="get" className="filters">
            <input type="hidden" name="don-vi" value={unit} />
            <label>
              {t('desk.log.from')} <input className="input" type="date" name="tu" defaultValue={days.from} />
            </label>
            <label>
              {t('desk.log.to')} <input className="input" type="date" name="den" defaultValue={days.to} />
            </label>
            <Button kind="second" size="small">
              {t('desk.log.show')}
            </Button>
          </form>
          <LinkAction href={xlsx} icon="download" small>
            {t('certify.book.xlsx')}
          </LinkAction>
          {hasMore && <p role="status">{t('certify.book.more')}</p>}
        </div>
        {rows.length === 0 ? (
          <p className="pane__empty">{t('certify.book.none')}</p>
        ) : (
          <Table
            caption={t('certify.book.title')}
            hideCaption
            stack
            rows={rows}
            rowKey={({ key }) => key}
            columns={[
              { ...column('number', t('certify.book.number')), heading: true },
              column('on', t('certify.book.on')),
              column('requester', t('certify.book.requester')),
              column('paper', t('certify.book.paper')),
              column('signer', t('certify.book.signer')),
              column('pages', t('certify.book.copies'), true),
              column('fee', t('certify.book.fee'), true),
              column('code', t('certify.book.dossier')),
            ]}
          />
        )}
      </main>
    </DeskPage>
  )
}
