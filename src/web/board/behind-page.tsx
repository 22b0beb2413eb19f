import { findMessage } from 'motcua/kernel/i18n'
import { answersFor, measures } from 'motcua/modules/indicators'
import { pageContext } from 'motcua/web/context'
import { data, type LoaderFunctionArgs } from 'react-router'
import { z } from 'zod'
import { officerOf } from '../desk/officer'
import { dateText } from '../ui/format'
import { useT } from '../ui/shell'
import { Empty } from '../ui/table'
import type { BehindRow } from './behind.view'
import { BehindFrame } from './behind-frame'
import { mostBehind, readBehind } from './behind-source'
import { BehindTable } from './behind-table'
import { boardHref } from './board-query'
import { askOf } from './open-board'

const Asked = z.enum([...measures, 'in-time'])

interface BehindPage {
  rows: BehindRow[]
  isCut: boolean
  most: number
  measure: string
  place: string
  from: string
  to: string
  backHref: string
}

/** The dossiers behind a figure of the board; for officers who answer for the authority. */
export async function loader(args: LoaderFunctionArgs): Promise<BehindPage> {
  const officer = officerOf(args)
  const page = pageContext(args)
  const measure = Asked.safeParse(new URL(args.request.url).searchParams.get('so'))
  if (!measure.success) throw data(null, { status: 404 })
  const { ask, place } = await askOf(page, args.request, officer.posts[0]?.authorityCode)
  if (!answersFor(officer, place.code)) throw data(null, { status: 403 })
  const rows = await readBehind(page, {
    measure: measure.data,
    authority: place.code || null,
    from: ask.from,
    to: ask.to,
  })
  const key = measure.data === 'in-time' ? 'board.where.inTime' : `indicators.measure.${measure.data}`
  return {
    rows,
    isCut: rows.length >= mostBehind,
    most: mostBehind,
    measure: findMessage(page.locale, key) ?? measure.data,
    place: place.name,
    from: dateText(ask.from),
    to: dateText(ask.to),
    backHref: boardHref('/bang', { ...ask, authority: place.code }),
  }
}

export default function BehindPageView({ loaderData }: { loaderData: BehindPage }) {
  const t = useT()
  const { rows, measure, place, from, to, backHref, isCut, most } = loaderData
  return (
    <BehindFrame
      title={measure}
      place={place}
      said={[t('board.period.range', { from, to }), t('board.inside.found', { count: rows.length })]}
      crumbs={[{ label: t('board.titleInside'), href: backHref }, { label: measure }]}
      back={{ href: backHref, text: t('board.inside.back') }}
    >
      {isCut && <p>{t('board.inside.atMost', { count: most })}</p>}
      {rows.length > 0 ? (
        <BehindTable caption={t('board.inside.list')} rows={rows} />
      ) : (
        <Empty title={t('board.inside.none')}>
          <p>{t('board.inside.noneMore')}</p>
        </Empty>
      )}
    </BehindFrame>
  )
}
