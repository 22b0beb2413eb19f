import type { ReactNode } from 'react'

/** The open frame around the one thing that matters on a page. Never twice in one view. */
export function Door({ children, labelledBy }: { children: ReactNode; labelledBy?: string }) {
  return labelledBy ? (
    <section className="door" aria-labelledby={labelledBy}>
      {children}
    </section>
  ) : (
    <div className="door">{children}</div>
  )
}
