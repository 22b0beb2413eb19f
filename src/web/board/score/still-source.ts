import { messages } from 'motcua/kernel/i18n'
import { type BehindCount, countStill, mostCounted } from 'motcua/modules/indicators'
import type { PageContext } from 'motcua/web/context'
import type { BehindRow } from '../behind.view'
import { rowsOf } from '../behind-source'
import { overduePath } from '../overdue/overdue-source'

type Asked = Parameters<typeof countStill>[1]

/** Which part of what does not count is shown, and the way to the other. */
export interface Split {
  /** What may still count, or what nothing changes any more. */
  still: boolean
  tabs: { label: string; href: string; count?: number; current: boolean }[]
  note: string
  /** Where to keep dates, when nothing of the past can be mended. */
  keepHref: string | null
}

/** What may still count comes first; where nothing may, what is lost, and where the next ones can be kept. */
export async function splitOf({ app, locale }: PageContext, url: URL, query: Asked): Promise<Split> {
  const t = messages(locale)
  const count = await countStill(app.db, query)
  const asked = url.searchParams.get('con')
  const still = asked === null ? count > 0 : asked === '1'
  const tab = (value: boolean, label: string) => {
    const search = new URLSearchParams(url.searchParams)
    search.set('con', value ? '1' : '0')
    search.delete('trang')
    return { label, href: `?${search}`, current: value === still }
  }
  return {
    still,
    tabs: [
      count > mostCounted
        ? tab(true, t('score.behind.stillOver', { count: mostCounted }))
        : { ...tab(true, t('score.behind.still')), count },
      tab(false, t('score.behind.gone')),
    ],
    note: t(still ? 'score.behind.stillNote' : 'score.behind.goneNote'),
    keepHref: query.key === 'onTime' ? `${overduePath}?con=both&co-quan=${query.authority}` : null,
  }
}

/** The dossiers behind a figure as rows, each with why it does not count. */
export async function rowsWithReasons(page: PageContext, { items }: BehindCount): Promise<BehindRow[]> {
  const t = messages(page.locale)
  const reasons = new Map(items.map(({ code, reason }) => [code, reason]))
  const rows = await rowsOf(
    page,
    items.flatMap(({ dossierId }) => dossierId ?? []),
  )
  return rows.map((row) => {
    const reason = reasons.get(row.code)
    return reason ? { ...row, reason: t(`score.behind.why.${reason}`) } : row
  })
}
