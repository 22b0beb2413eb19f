import { messages } from 'motcua/kernel/i18n'
import { answersFor, behindCount, ratioKeys, saysWhyNot } from 'motcua/modules/indicators'
import { pageContext } from 'motcua/web/context'
import { data, type LoaderFunctionArgs } from 'react-router'
import { z } from 'zod'
import { procedureNames } from '../../desk/names'
import { officerOf } from '../../desk/officer'
import { LinkAction } from '../../ui/button'
import { dateText } from '../../ui/format'
import { useT } from '../../ui/shell'
import { Empty, Table, Tabs } from '../../ui/table'
import type { BehindRow } from '../behind.view'
import { BehindFrame, useIndexCrumbs } from '../behind-frame'
import { BehindTable } from '../behind-table'
import { boardHref } from '../board-query'
import { NotHereBoundary } from '../not-here-boundary'
import { askOf } from '../open-board'
import { indexPath } from './score.links'
import { setAsked } from './set-choice'
import { rowsWithReasons, type Split, splitOf } from './still-source'

const sides = { dat: 'in', 'chua-dat': 'out' } as const
const Asked = z.object({ key: z.enum(ratioKeys), side: z.enum(['dat', 'chua-dat']) })

interface Loaded {
  title: string
  place: string
  period: string
  dossiers: BehindRow[]
  procedures: { code: string; name: string }[]
  nextHref: string | null
  backHref: string
  /** Null where there is nothing to tell apart. */
  split: Split | null
}

/** What stands in the numerator of an indicator, or in its base alone; for officers who answer for the unit. */
export async function loader(args: LoaderFunctionArgs): Promise<Loaded> {
  const officer = officerOf(args)
  const page = pageContext(args)
  const { app, now, locale } = page
  const t = messages(locale)
  const asked = Asked.safeParse(args.params)
  if (!asked.success) throw data(null, { status: 404 })
  const { ask, place } = await askOf(page, args.request, officer.posts[0]?.authorityCode)
  if (!answersFor(officer, place.code)) throw data(null, { status: 403 })
  const { key } = asked.data
  const side = sides[asked.data.side]
  const { set } = (await setAsked(page, ask, place.code)).stored
  const indicator = set.groups.flatMap(({ indicators }) => indicators).find(({ counts }) => counts === key)
  const name = indicator?.name[locale] ?? key
  const url = new URL(args.request.url)
  const { from, to } = ask
  const query = { authority: place.code, from, to, now, key }
  const split = side === 'out' && saysWhyNot(key) ? await splitOf(page, url, query) : null
  const found = await behindCount(app.db, {
    ...{ ...query, side, still: split?.still ?? null },
    page: pageAsked(url.searchParams.get('trang')),
  })
  const codes = found.items.map(({ code }) => code)
  const names = found.kind === 'procedures' ? await procedureNames(page, codes) : {}
  return {
    title: t(`score.behind.${side}`, { indicator: name }),
    place: place.name,
    period: t('board.period.range', { from: dateText(from), to: dateText(to) }),
    split,
    dossiers: found.kind === 'dossiers' ? await rowsWithReasons(page, found) : [],
    procedures: found.kind === 'procedures' ? codes.map((code) => ({ code, name: names[code] ?? code })) : [],
    nextHref: found.next && nextHref(url, found.next),
    backHref: boardHref(`${indexPath}/${indicator?.key ?? key}`, { ...ask, authority: place.code }),
  }
}

/** Only what such a page has given itself is taken back. */
const pageAsked = (text: string | null) =>
  text !== null && /^\d{4}-\d{2}-\d{2}_[0-9a-f-]{36}$/.test(text) ? text : null

function nextHref({ searchParams }: URL, next: string): string {
  const query = new URLSearchParams(searchParams)
  query.set('trang', next)
  return `?${query}`
}

export function ErrorBoundary() {
  return <NotHereBoundary />
}

export default function BehindIndexPage({ loaderData }: { loaderData: Loaded }) {
  const t = useT()
  const { title, place, period, dossiers, procedures, nextHref, backHref, split } = loaderData
  const crumbs = useIndexCrumbs(backHref)
  return (
    <BehindFrame
      {...{ title, place }}
      said={[period]}
      crumbs={crumbs}
      back={{ href: backHref, text: t('score.behind.back') }}
      more={nextHref}
    >
      {split && <SplitHead split={split} label={title} />}
      {dossiers.length > 0 && <BehindTable caption={title} rows={dossiers} />}
      {procedures.length > 0 && (
        <Table
          caption={title}
          hideCaption
          rows={procedures}
          rowKey={({ code }) => code}
          columns={[
            {
              key: 'code',
              title: t('score.behind.procedure'),
              heading: true,
              cell: ({ code, name }) => <a href={`/thu-tuc/${code}`}>{`${code} · ${name}`}</a>,
            },
          ]}
        />
      )}
      {dossiers.length + procedures.length === 0 && <Empty title={t('score.behind.none')} />}
    </BehindFrame>
  )
}

function SplitHead({ split: { tabs, note, keepHref }, label }: { split: Split; label: string }) {
  const t = useT()
  return (
    <>
      <Tabs label={label} tabs={tabs} />
      <p>
        {note}{' '}
        {keepHref && (
          <LinkAction href={keepHref} icon="arrow-right">
            {t('score.behind.keep')}
          </LinkAction>
        )}
      </p>
    </>
  )
}
