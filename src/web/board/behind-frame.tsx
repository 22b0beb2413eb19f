import type { ReactNode } from 'react'
import { LinkAction } from '../ui/button'
import { type Crumb, Main } from '../ui/frame'
import { useT } from '../ui/shell'
import { Title } from '../ui/title'

/** A page of what stands behind a figure, in its frame: which figure, of where and when, and the way back to it. */
export function BehindFrame({
  title,
  place,
  said,
  crumbs,
  back,
  more,
  children,
}: {
  title: string
  place: string
  /** Said after the place, such as the period. */
  said: readonly string[]
  crumbs: readonly Crumb[]
  back: { href: string; text: string }
  /** The next lines, where there are more. */
  more?: string | null
  children: ReactNode
}) {
  const t = useT()
  return (
    <Main crumbs={crumbs}>
      <Title>{`${title}, ${place}`}</Title>
      <div className="board">
        <div>
          <h1>{title}</h1>
          <p className="soft bhead__lead">{[place, ...said].join(' · ')}</p>
        </div>
        {children}
        <p className="no-print">
          {more && (
            <LinkAction href={more} icon="arrow-right">
              {t('web.table.next')}
            </LinkAction>
          )}{' '}
          <LinkAction href={back.href} icon="arrow-left">
            {back.text}
          </LinkAction>
        </p>
      </div>
    </Main>
  )
}

/** The way down to a page behind the index. */
export function useIndexCrumbs(href: string): [figures: Crumb, index: Crumb] {
  const t = useT()
  return [
    { label: t('web.nav.figures'), href: '/so-lieu' },
    { label: t('score.nav.index'), href },
  ]
}
