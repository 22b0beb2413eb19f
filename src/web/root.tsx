import { pageContext } from 'motcua/web/context'
import type { ReactNode } from 'react'
import {
  isRouteErrorResponse,
  Links,
  type LoaderFunctionArgs,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useMatches,
  useRouteError,
} from 'react-router'
import { ErrorPage } from './portal/error-page'
import latin400 from './ui/fonts/be-vietnam-pro-latin-400-normal.woff2?url'
import latin600 from './ui/fonts/be-vietnam-pro-latin-600-normal.woff2?url'
import vietnamese400 from './ui/fonts/be-vietnam-pro-vietnamese-400-normal.woff2?url'
import vietnamese600 from './ui/fonts/be-vietnam-pro-vietnamese-600-normal.woff2?url'
import { PageShell } from './ui/frame'
import mark from './ui/mark.svg?url'
import { type Shell, shellOf, useShell } from './ui/shell'
import styles from './ui/ui.css?url'

/** What a route may say about how it is rendered: `export const handle = { hydrate: true } satisfies RouteHandle`. */
export interface RouteHandle {
  /** Desk and internal board run in the browser too; everything else is a document. */
  hydrate?: boolean
  density?: 'desk' | 'board'
}

export function loader(args: LoaderFunctionArgs): Shell {
  return shellOf(pageContext(args), args.url)
}

export function Layout({ children }: { children: ReactNode }) {
  const { locale, reading } = useShell()
  const handles = useMatches().map(({ handle }) => (handle ?? {}) as RouteHandle)
  const density = handles.findLast((handle) => handle.density)?.density
  const hydrates = handles.some(({ hydrate }) => hydrate)
  return (
    <html lang={locale} data-text={reading.text} data-contrast={reading.contrast}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light" />
        <link rel="icon" href={mark} type="image/svg+xml" />
        {[latin400, vietnamese400, latin600, vietnamese600].map((font) => (
          <link key={font} rel="preload" as="font" type="font/woff2" href={font} crossOrigin="anonymous" />
        ))}
        <link rel="stylesheet" href={styles} />
        <Meta />
        <Links />
      </head>
      <body data-density={density}>
        {children}
        {hydrates && (
          <>
            <ScrollRestoration />
            <Scripts />
          </>
        )}
      </body>
    </html>
  )
}

export default function Root() {
  return <Outlet />
}

export function ErrorBoundary() {
  const error = useRouteError()
  const status = isRouteErrorResponse(error) ? error.status : 500
  return (
    <PageShell>
      <ErrorPage status={status} />
    </PageShell>
  )
}
