import { dateOfLaw } from 'motcua/kernel/time'
import { pageContext } from 'motcua/web/context'
import { type LoaderFunctionArgs, redirect } from 'react-router'
import { ButtonRow, LinkAction, LinkButton } from '../../ui/button'
import { dateText } from '../../ui/format'
import { Main } from '../../ui/frame'
import { Notice } from '../../ui/notice'
import { useT } from '../../ui/shell'
import { Empty } from '../../ui/table'
import { More } from '../../ui/timeline'
import { Title } from '../../ui/title'
import { personOnly } from '../person-only'
import { ItemRow, ReadList } from './item-row'
import { groupsOf, type ItemGroup, type ReadLine, readLines, removedLines } from './vault.view'
import { askedOrganisation, managedOrganisations, namesOfReads, whoseQuery } from './vault-source'

interface View {
  organisation: string | null
  query: string
  whose: { href: string; name: string | null; current: boolean }[]
  groups: ItemGroup[]
  removed: { href: string; name: string }[]
  shared: { href: string; name: string; text: string; until: string }[]
  reads: ReadLine[]
  done: 'removed' | 'added' | null
}

/** The papers of a person, or of an organisation that they may act for. */
export async function loader(args: LoaderFunctionArgs): Promise<View> {
  const page = pageContext(args)
  // Officers have no vault here; papers of others reach them through dossiers and consents.
  if (page.actor.kind === 'officer') throw redirect('/can-bo/viec')
  const person = personOnly(args)
  const { app, locale, now } = page
  const today = dateOfLaw(now)
  const organisation = askedOrganisation(person, args.url)
  const [items, shared, reads] = await Promise.all([
    app.vault.list(person, organisation?.code),
    app.vault.sharedWith(person),
    app.vault.reads(person, organisation?.code),
  ])
  const others = reads.filter(
    ({ actorKind, actorId }) => actorKind !== 'person' || actorId !== person.personId,
  )
  const newest = others.slice(0, 5)
  const names = await namesOfReads(page, newest)
  return {
    organisation: organisation?.name ?? null,
    query: whoseQuery(organisation),
    whose: [undefined, ...managedOrganisations(person)].map((each) => ({
      href: `/kho${whoseQuery(each)}`,
      name: each?.name ?? null,
      current: each?.code === organisation?.code,
    })),
    groups: groupsOf(items, today, locale),
    removed: removedLines(items),
    shared: organisation
      ? []
      : shared.map(({ share, item }) => ({
          href: `/kho/giay/${item.id}?xem=1`,
          name: item.name,
          text: share.purpose,
          until: dateText(share.until),
        })),
    reads: readLines(newest, names, { self: person.personId, locale, withItem: true }),
    done: args.url.searchParams.has('da-xoa')
      ? 'removed'
      : args.url.searchParams.has('da-them')
        ? 'added'
        : null,
  }
}

export default function VaultPage({ loaderData: view }: { loaderData: View }) {
  const t = useT()
  const { groups, shared, reads, organisation, query } = view
  return (
    <Main crumbs={[{ label: t('vault.title') }]}>
      <Title>{t('vault.title')}</Title>
      <h1>{t('vault.title')}</h1>
      <p className="lead mt-3">
        {organisation ? t('vault.lead-organisation', { name: organisation }) : t('vault.lead')}
      </p>
      <div className="mt-5 max-w-3xl stack-l">
        {view.done && (
          <Notice
            tone="ok"
            role="status"
            title={t(view.done === 'added' ? 'vault.upload.done' : 'vault.remove.done')}
          />
        )}
        {view.whose.length > 1 && (
          <nav className="vault-whose" aria-label={t('vault.whose')}>
            {view.whose.map(({ href, name, current }) => (
              <a
                key={href}
                className="btn btn--second btn--small"
                href={href}
                aria-current={current ? 'page' : undefined}
              >
                {name ?? t('vault.mine')}
              </a>
            ))}
          </nav>
        )}
        <ButtonRow>
          <LinkButton href={`/kho/them${query}`} icon="plus">
            {t('vault.add')}
          </LinkButton>
          {groups.length > 0 && (
            <LinkAction href={`/kho/tai-ve.zip${query}`} icon="download">
              {t('vault.download')}
            </LinkAction>
          )}
        </ButtonRow>
        {groups.length === 0 && (
          <Empty title={t('vault.empty')}>
            <p>{t('vault.empty-text')}</p>
          </Empty>
        )}
        {groups.map(({ key, title, items }) => (
          <section key={key} aria-labelledby={`nhom-${key}`}>
            <h2 id={`nhom-${key}`}>{title}</h2>
            <ul className="rows mt-3">
              {items.map((item) => (
                <ItemRow key={item.id} item={item} />
              ))}
            </ul>
          </section>
        ))}
        {view.removed.length > 0 && (
          <More summary={t('vault.removed.list', { count: view.removed.length })}>
            <ul className="mt-2">
              {view.removed.map(({ href, name }) => (
                <li key={href}>
                  <a href={href}>{name}</a>
                </li>
              ))}
            </ul>
          </More>
        )}
        {shared.length > 0 && (
          <section aria-labelledby="duoc-chia-se">
            <h2 id="duoc-chia-se">{t('vault.shared-with-me')}</h2>
            <ul className="rows mt-3">
              {shared.map(({ href, name, text, until }) => (
                <li key={href}>
                  <a className="rows__link" href={href}>
                    <span>
                      <b>{name}</b>
                      <small>{t('vault.shared-until', { purpose: text, until })}</small>
                    </span>
                  </a>
                </li>
              ))}
            </ul>
          </section>
        )}
        <section aria-labelledby="ai-doc">
          <h2 id="ai-doc">{t('vault.reads-title')}</h2>
          <p className="small soft mt-2">{t('vault.reads-lead')}</p>
          <ReadList reads={reads} none={t('vault.reads-none')} />
          <p className="mt-3">
            <LinkAction href={`/kho/da-doc${query}`} icon="arrow-right">
              {t('vault.reads-all')}
            </LinkAction>
          </p>
        </section>
      </div>
    </Main>
  )
}
