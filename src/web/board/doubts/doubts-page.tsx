import { messages } from 'motcua/kernel/i18n'
import { type Doubt, doubtfulDossiers, doubts } from 'motcua/modules/dossiers'
import { answersFor } from 'motcua/modules/indicators'
import { pageContext } from 'motcua/web/context'
import { data, type LoaderFunctionArgs } from 'react-router'
import { officerOf } from '../../desk/officer'
import { dateText } from '../../ui/format'
import { useT } from '../../ui/shell'
import { Empty } from '../../ui/table'
import type { BehindRow } from '../behind.view'
import { BehindFrame, useIndexCrumbs } from '../behind-frame'
import { mostBehind, rowsOf } from '../behind-source'
import { BehindTable } from '../behind-table'
import { boardHref } from '../board-query'
import { NotHereBoundary } from '../not-here-boundary'
import { askOf } from '../open-board'
import { indexPath } from '../score/score.links'

interface Loaded {
  doubt: Doubt
  place: string
  period: string
  rows: BehindRow[]
  backHref: string
}

/** The dossiers that make a figure doubtful, for officers who answer for the unit. */
export async function loader(args: LoaderFunctionArgs): Promise<Loaded> {
  const officer = officerOf(args)
  const page = pageContext(args)
  const doubt = doubts.find((each) => each === args.params.doubt)
  if (doubt === undefined) throw data(null, { status: 404 })
  const { ask, place } = await askOf(page, args.request, officer.posts[0]?.authorityCode)
  if (!answersFor(officer, place.code)) throw data(null, { status: 403 })
  const { from, to } = ask
  const query = { authority: place.code, from, to, doubt, limit: mostBehind }
  const t = messages(page.locale)
  return {
    ...{ doubt, place: place.name },
    period: t('board.period.range', { from: dateText(from), to: dateText(to) }),
    rows: await rowsOf(page, await doubtfulDossiers(page.app.db.pool, query)),
    backHref: boardHref(indexPath, { ...ask, authority: place.code }),
  }
}

export function ErrorBoundary() {
  return <NotHereBoundary />
}

export default function DoubtsPage({ loaderData }: { loaderData: Loaded }) {
  const t = useT()
  const { doubt, place, period, rows, backHref } = loaderData
  const title = t(`doubts.kind.${doubt}`)
  const crumbs = useIndexCrumbs(backHref)
  return (
    <BehindFrame
      {...{ title, place }}
      said={[period]}
      crumbs={crumbs}
      back={{ href: backHref, text: t('score.behind.back') }}
    >
      <p>{t(`doubts.why.${doubt}`)}</p>
      {rows.length > 0 ? (
        <BehindTable caption={title} rows={rows} />
      ) : (
        <Empty title={t('score.behind.none')} />
      )}
    </BehindFrame>
  )
}
