import type { ReactNode } from 'react'
import { dateText, timeText, weekdayText } from '../ui/format'
import { Mark, SampleBar, SkipLink } from '../ui/frame'
import { Icon } from '../ui/icon'
import type { IconName } from '../ui/icons'
import { useShell, useT } from '../ui/shell'
import { KeysHelp } from './keys-help'

export interface DeskSection {
  href: string
  label: string
  count?: number | string
}

/** Everything around a desk page: the dark bar that says "you are inside", the sections, the search, who and when. */
export function DeskShell({
  sections,
  hoursLeft,
  banner,
  keys = [],
  status,
  children,
}: {
  sections: readonly DeskSection[]
  hoursLeft?: string
  /** What the officer must not forget on any page. */
  banner?: ReactNode
  keys?: readonly KeyHelp[]
  status?: ReactNode
  children: ReactNode
}) {
  return (
    <div className="desk">
      <SkipLink />
      <SampleBar wide />
      <DeskBar sections={sections} hoursLeft={hoursLeft} />
      {banner}
      {children}
      <KeyBar keys={keys} status={status} />
    </div>
  )
}

function DeskBar({ sections, hoursLeft }: { sections: readonly DeskSection[]; hoursLeft?: string }) {
  const t = useT()
  const { here, now, person, locale } = useShell()
  return (
    <header className="deskbar">
      <div className="deskbar__in">
        <Mark href="/can-bo" />
        <nav aria-label={t('web.desk.label')}>
          {sections.map(({ href, label, count }) => (
            <a key={href} href={href} aria-current={isUnder(here, href) ? 'page' : undefined}>
              {label} {count !== undefined && <span className="count">{count}</span>}
            </a>
          ))}
        </nav>
        <form className="deskbar__find" action="/can-bo/tra-cuu" method="get">
          <Icon name="search" />
          <input
            name="q"
            type="search"
            aria-label={t('web.desk.find')}
            placeholder={t('web.desk.find')}
            data-hotkey="/"
            autoComplete="off"
          />
          <kbd>/</kbd>
        </form>
        <div className="deskbar__who">
          <time dateTime={now}>
            {timeText(now)}, {weekdayText(now, locale)} {dateText(now)}
            {hoursLeft && (
              <>
                <br />
                {hoursLeft}
              </>
            )}
          </time>
          {person.kind !== 'anonymous' && (
            <span>
              <b>{person.name}</b>
              <small title={person.title}>{person.title}</small>
            </span>
          )}
          <form method="post" action="/dang-xuat">
            <button className="deskbar__out" type="submit">
              <Icon name="log-out" />
              <span className="vh">{t('web.nav.signOut')}</span>
            </button>
          </form>
        </div>
      </div>
    </header>
  )
}

function isUnder(here: string, href: string): boolean {
  return here === href || here.startsWith(`${href}/`) || here.startsWith(`${href}?`)
}

export interface KeyHelp {
  keys: readonly string[]
  does: string
}

/** A key, as it stands on the keyboard. */
export function KeyHint({ keys }: { keys: readonly string[] }) {
  return keys.map((key) => <kbd key={key}>{key}</kbd>)
}

/** The keys of this page and, on the right, what the page counts. */
export function KeyBar({ keys, status }: { keys: readonly KeyHelp[]; status?: ReactNode }) {
  const t = useT()
  return (
    <footer className="keys">
      <h2 className="vh">{t('web.desk.keys')}</h2>
      {keys.map(({ keys: names, does }) => (
        <span key={does}>
          <KeyHint keys={names} /> {does}
        </span>
      ))}
      <KeysHelp keys={keys} />
      {status && <span className="keys__status">{status}</span>}
    </footer>
  )
}

export interface RailGroup {
  title: string
  views: readonly {
    href: string
    label: string
    icon: IconName
    count?: number | string
    tone?: 'bad' | 'warn'
    /** Of a label. */
    colour?: string
    /** Said beside the name in small letters. */
    note?: string
    current?: boolean
  }[]
}

/** Views of the queue, each an address with its count. */
export function Rail({ groups, children }: { groups: readonly RailGroup[]; children?: ReactNode }) {
  const t = useT()
  return (
    <nav className="rail" aria-label={t('web.desk.views')}>
      {groups.map(({ title, views }) => (
        <div key={title}>
          <h2>{title}</h2>
          {views.map(({ href, label, icon, count, tone, colour, note, current }) => (
            <a key={href} href={href} className={tone} aria-current={current ? 'page' : undefined}>
              <span className={colour && `rail__label mark-ink--${colour}`}>
                <Icon name={icon} />
                {label}
                {note && <small className="faint">{note}</small>}
              </span>
              {count !== undefined && <span className="count">{count}</span>}
            </a>
          ))}
        </div>
      ))}
      {children}
    </nav>
  )
}

/** Rail on the left, one pane on the right. */
export function QueueLayout({ rail, children }: { rail: ReactNode; children: ReactNode }) {
  return (
    <div className="queue">
      {rail}
      <main className="pane" id="noi-dung">
        {children}
      </main>
    </div>
  )
}

/** Head of a dossier, then its panes side by side; below 1024 px they stack and nothing is lost. */
export function SplitView({
  head,
  person,
  answers,
  papers,
  below,
  actions,
}: {
  head: ReactNode
  person: ReactNode
  answers: ReactNode
  papers: ReactNode
  /** What needs the whole width. */
  below?: ReactNode
  actions?: ReactNode
}) {
  return (
    <main id="noi-dung" className="dossierpage">
      <div className="dhead">{head}</div>
      <div className="dossier">
        <div>{person}</div>
        <div>{answers}</div>
        <div className="viewer">{papers}</div>
      </div>
      {below}
      {actions && <div className="toolbar">{actions}</div>}
    </main>
  )
}
