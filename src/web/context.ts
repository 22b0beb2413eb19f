import type { App } from 'motcua/app'
import type { Locale } from 'motcua/kernel/i18n'
import type { Actor } from 'motcua/modules/identity'
import { createContext, type RouterContextProvider } from 'react-router'

/** The reader's own wish about text (cookies of the page "Cỡ chữ và tương phản"). */
export interface Reading {
  text: 'normal' | 'large' | 'larger'
  contrast: 'normal' | 'more'
}

/** What the composition root looks up for every request of a page. */
export interface RequestFacts {
  /** Who is asking; anonymous when nobody signed in. */
  actor: Actor
  /** The use cases and reads that pages may call. */
  app: App
  /** Whether this installation is the demonstration: sample bar, roles, tour, outbox. */
  demonstration: boolean
  /** Where the site answers, for links in sitemaps and QR codes. */
  baseUrl: string
  /** The instant of the request; nothing below reads the clock. */
  now: Date
  /** Writes a breakdown to the log; the person is shown the same reference. */
  reportBreakdown(error: unknown, about: { reference: string; path: string }): void
}

/** What every loader and action finds under `appContext`. */
export interface PageContext extends RequestFacts {
  locale: Locale
  reading: Reading
  /** Network address of the caller, for limits on tries. */
  address: string
  /** One-time word that lets our own inline script run. */
  nonce: string
  /** What a person reads to the help line when this request breaks, and what the log line carries. */
  reference: string
  /** Messages that this person has not read; 0 for everybody else. */
  unread: number
  /** The stop of the tour that the visitor is at; 0 when not on the tour. */
  tourStop: number
  /**
   * The form of this request. Its files lie on disk, not in memory, until the answer is sent; then those that nobody
   * kept are forgotten. Throws `UnreadableForm`.
   */
  posted(request: Request): Promise<FormData>
  /** Address of each small enhancement script, by name. */
  enhancements: Readonly<Record<string, string>>
}

/** The one key under which pages find their context. Import it as `motcua/web/context`, never by path. */
export const appContext = createContext<PageContext>()

/** The page context of a loader or action. */
export function pageContext(args: { context: Readonly<RouterContextProvider> }): PageContext {
  return args.context.get(appContext)
}
