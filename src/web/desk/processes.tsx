import { mayCheck } from 'motcua/modules/processes'
import { pageContext } from 'motcua/web/context'
import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { LinkButton } from '../ui/button'
import { useT } from '../ui/shell'
import { type Column, Empty, Table } from '../ui/table'
import { Title } from '../ui/title'
import { DeskPage } from './desk-page'
import { officerOf } from './officer'
import styles from './processes.css?url'
import type { ProcessLine } from './processes.view'
import { processList } from './processes-source'

export const links = () => [{ rel: 'stylesheet', href: styles }]

/** Every internal process: what uses it, which version is in force, which dossiers run on which. */
export async function loader(args: LoaderFunctionArgs) {
  const officer = officerOf(args)
  return { lines: await processList(pageContext(args)), mayImport: mayCheck(officer) }
}

export default function ProcessesPage() {
  const t = useT()
  const { lines, mayImport } = useLoaderData<typeof loader>()
  return (
    <DeskPage keys={mayImport ? [{ keys: ['N'], does: t('processPage.keys.import') }] : []}>
      <Title>{t('processPage.title')}</Title>
      <main id="noi-dung" className="pane proc">
        <div className="pane__head">
          <h1 className="desk__title">{t('processPage.title')}</h1>
          <p className="small soft max-w-3xl">{t('processPage.lead')}</p>
          {mayImport && (
            <p className="btn-row mt-3">
              <LinkButton href="/can-bo/quy-trinh/nhap" size="small" hotkey="N">
                {t('processPage.list.import')}
              </LinkButton>
            </p>
          )}
        </div>
        <div className="proc__body">
          {lines.length > 0 ? <Lines lines={lines} /> : <Empty title={t('processPage.list.empty')} />}
        </div>
      </main>
    </DeskPage>
  )
}

function Lines({ lines }: { lines: readonly ProcessLine[] }) {
  const t = useT()
  const columns: Column<ProcessLine>[] = [
    {
      key: 'name',
      title: t('processPage.list.name'),
      heading: true,
      cell: ({ href, name, key }) => (
        <>
          <a href={href}>{name}</a>
          <span className="proc__note">{key}</span>
        </>
      ),
    },
    {
      key: 'used',
      title: t('processPage.list.used'),
      cell: ({ procedures }) =>
        procedures.length > 0 ? procedures.join('; ') : <Faint>{t('processPage.list.unused')}</Faint>,
    },
    {
      key: 'inForce',
      title: t('processPage.list.inForce'),
      cell: ({ inForce }) =>
        inForce ? (
          <>
            <a href={inForce.href}>{inForce.text}</a> <span className="proc__note">{inForce.since}</span>
          </>
        ) : (
          <Faint>{t('processPage.list.noneInForce')}</Faint>
        ),
    },
    {
      key: 'coming',
      title: t('processPage.list.coming'),
      cell: ({ coming }) =>
        coming.length > 0 ? (
          coming.map(({ href, text, from }) => (
            <span key={href} className="proc__line">
              <a href={href}>{text}</a> <span className="proc__note">{from}</span>
            </span>
          ))
        ) : (
          <Faint>{t('processPage.list.none')}</Faint>
        ),
    },
    {
      key: 'open',
      title: t('processPage.list.open'),
      cell: ({ open }) =>
        open.length > 0 ? (
          open.map(({ version, text }) => (
            <span key={version} className="proc__line">
              {text}
            </span>
          ))
        ) : (
          <Faint>{t('processPage.list.none')}</Faint>
        ),
    },
  ]
  return (
    <Table
      caption={t('processPage.list.caption')}
      hideCaption
      stack
      columns={columns}
      rows={lines}
      rowKey={({ key }) => key}
    />
  )
}

const Faint = ({ children }: { children: string }) => <span className="faint">{children}</span>
