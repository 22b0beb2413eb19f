import { messages } from 'motcua/kernel/i18n'
import { findAuthority } from 'motcua/modules/directory'
import { namesOfAccounts } from 'motcua/modules/identity'
import { pageContext } from 'motcua/web/context'
import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { aboutItem } from '../portal/vault/item-words'
import { dateText } from '../ui/format'
import { useT } from '../ui/shell'
import { Table } from '../ui/table'
import { Title } from '../ui/title'
import { DeskPage } from './desk-page'
import { officerOf } from './officer'

/** Papers that people agreed to show to the office of this officer, while their consent holds. */
export async function loader(args: LoaderFunctionArgs) {
  const { app, locale } = pageContext(args)
  const officer = officerOf(args)
  const t = messages(locale)
  const found = await app.vault.sharedWithOffice(officer)
  const names = await namesOfAccounts(
    app.db.pool,
    found.map(({ share }) => share.createdBy),
  )
  const offices = new Map(
    await Promise.all(
      [...new Set(found.map(({ share }) => share.withId))].map(
        async (code) => [code, (await findAuthority(app.db, code))?.name ?? code] as const,
      ),
    ),
  )
  return found.map(({ share, item }) => {
    const name = names.get(share.createdBy) ?? ''
    return {
      key: share.id,
      href: `/kho/giay/${item.id}?xem=1`,
      name: item.name,
      about: [aboutItem(item), t(`vault.trust.${item.trust}`)].filter(Boolean).join(' · '),
      owner: item.ownerKind === 'organisation' ? `${name} (${item.ownerId})` : name,
      purpose: share.purpose,
      since: dateText(share.createdAt),
      until: dateText(share.until),
      office: offices.get(share.withId) ?? share.withId,
    }
  })
}

type Row = Awaited<ReturnType<typeof loader>>[number]

/** Each opening is written down and shown to whoever agreed; what ended is not listed and does not open. */
export default function SharedPapers() {
  const t = useT()
  const rows = useLoaderData<typeof loader>()
  const column = (key: 'owner' | 'purpose' | 'since' | 'until' | 'office', title: string) => ({
    ...{ key, title, cell: (row: Row) => row[key] },
  })
  return (
    <DeskPage status={t('vault.desk.count', { count: rows.length })}>
      <Title>{t('vault.desk.title')}</Title>
      <main id="noi-dung" className="pane pane--page">
        <div className="pane__head">
          <h1 className="desk__title">{t('vault.desk.title')}</h1>
          <p className="small soft max-w-3xl">{t('vault.desk.lead')}</p>
        </div>
        {rows.length === 0 ? (
          <p className="pane__empty">{t('vault.desk.none')}</p>
        ) : (
          <Table
            caption={t('vault.desk.title')}
            hideCaption
            stack
            rows={rows}
            rowKey={({ key }) => key}
            columns={[
              {
                ...{ key: 'name', title: t('vault.desk.paper'), heading: true },
                cell: ({ href, name, about }: Row) => (
                  <>
                    <a href={href} target="_blank" rel="noopener">
                      {name}
                    </a>
                    <small className="vault-about">{about}</small>
                  </>
                ),
              },
              column('owner', t('vault.desk.owner')),
              column('purpose', t('vault.share.purpose')),
              column('since', t('vault.desk.since')),
              column('until', t('vault.share.until')),
              column('office', t('vault.desk.office')),
            ]}
          />
        )}
      </main>
    </DeskPage>
  )
}
