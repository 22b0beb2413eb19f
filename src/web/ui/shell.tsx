import { type Locale, messages, type Translate } from 'motcua/kernel/i18n'
import { createContext, use } from 'react'
import { useRouteLoaderData } from 'react-router'
import type { PageContext, Reading } from '../context'

/** What every part of a page may know about the request: plain data, so that it survives hydration. */
export interface Shell {
  locale: Locale
  demonstration: boolean
  person: { kind: 'anonymous' } | { kind: 'person' | 'officer' | 'system'; name: string; title: string }
  reading: Reading
  reference: string
  /** Path and query of this page, for links that come back to it. */
  here: string
  /** Where this installation is reached, for what is printed or copied elsewhere. */
  origin: string
  tourStop: number
  unread: number
  enhancements: Readonly<Record<string, string>>
  now: string
}

/** Set while rendering on the server, so that even a page that broke down knows its language and reference. */
export const ShellContext = createContext<Shell | null>(null)

const nobody: Shell = {
  locale: 'vi',
  demonstration: false,
  person: { kind: 'anonymous' },
  reading: { text: 'normal', contrast: 'normal' },
  reference: '',
  here: '/',
  origin: '',
  tourStop: 0,
  unread: 0,
  enhancements: {},
  now: '1970-01-01T00:00:00Z',
}

/** The shell of this page, on the server and after hydration. */
export function useShell(): Shell {
  const fromServer = use(ShellContext)
  const fromLoader = useRouteLoaderData('root') as Shell | undefined
  return fromServer ?? fromLoader ?? nobody
}

/** The sentences of this page's language: `const t = useT()`. */
export function useT(): Translate {
  return messages(useShell().locale)
}

/** Reduces the request's context to what components may know. */
export function shellOf(page: PageContext, url: URL): Shell {
  return {
    locale: page.locale,
    demonstration: page.demonstration,
    person: personOf(page.actor),
    reading: page.reading,
    reference: page.reference,
    here: url.pathname.replace(/\.data$/, '') + url.search,
    origin: page.baseUrl,
    tourStop: page.tourStop,
    unread: page.unread,
    enhancements: page.enhancements,
    now: page.now.toISOString(),
  }
}

function personOf(actor: PageContext['actor']): Shell['person'] {
  if (actor.kind === 'anonymous') return { kind: 'anonymous' }
  const title = actor.kind === 'officer' ? (actor.posts[0]?.title ?? '') : ''
  return { kind: actor.kind, name: actor.name, title }
}
