import type { ReactNode } from 'react'
import { DeskPage } from '../desk/desk-page'
import { LinkAction } from '../ui/button'
import { useT } from '../ui/shell'
import { Title } from '../ui/title'

/** A page of the studio that belongs to no change: where it hangs, its title, what it is for, and its body. */
export function StudioPage({
  title,
  tab = title,
  back,
  lead,
  tools,
  children,
}: {
  title: string
  /** What the browser's tab says, where the title alone would not tell. */
  tab?: string
  /** The page above; the first page of the studio unless stated, null where there is none. */
  back?: { href: string; label: ReactNode } | null
  lead?: ReactNode
  /** Further pages that begin here. */
  tools?: { label: string; links: readonly { href: string; label: string }[] }
  children: ReactNode
}) {
  const t = useT()
  const above = back === undefined ? { href: '/thiet-ke', label: t('studio.title') } : back
  return (
    <DeskPage>
      <Title>{tab}</Title>
      <main id="noi-dung" className="pane studio">
        <div className="pane__head">
          {above && (
            <LinkAction href={above.href} icon="chevron-left" small>
              {above.label}
            </LinkAction>
          )}
          <h1 className="desk__title">{title}</h1>
          {lead && <p className="small soft max-w-3xl">{lead}</p>}
          {tools && tools.links.length > 0 && (
            <nav className="btn-row mt-3" aria-label={tools.label}>
              {tools.links.map(({ href, label }) => (
                <a key={href} href={href}>
                  {label}
                </a>
              ))}
            </nav>
          )}
        </div>
        <div className="studio__body">{children}</div>
      </main>
    </DeskPage>
  )
}
