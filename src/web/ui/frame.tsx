import type { ReactNode } from 'react'
import { Icon } from './icon'
import { useShell, useT } from './shell'

/** The mark: an open door. Drawn for this project; no emblem of the State. */
export function Mark({ href = '/', body }: { href?: string; body?: string }) {
  return (
    <a className="mark" href={href}>
      <svg viewBox="0 0 32 32" aria-hidden="true">
        <path d="M13 26V5h14v21" fill="none" stroke="currentColor" strokeWidth="3" strokeLinejoin="miter" />
        <path d="M13 3.5v22.5L3.5 30V7.5z" fill="currentColor" />
      </svg>
      <span>
        <span className="mark__name">Một Cửa</span>
        {body && <span className="mark__body">{body}</span>}
      </span>
    </a>
  )
}

/** Gold means "sample data" and nothing else; the bar exists in the demonstration only. */
export function SampleBar({ wide = false }: { wide?: boolean }) {
  const t = useT()
  const { demonstration, person, tourStop, here } = useShell()
  if (!demonstration) return null
  return (
    <>
      <section className="demo" aria-label={t('web.sample.label')}>
        <div className={wide ? 'demo__in demo__in--wide' : 'wrap demo__in'}>
          <span>
            <b>{t('web.sample.notice')}</b> <span className="demo__more">{t('web.sample.more')}</span>
          </span>
          <span className="demo__as">
            {person.kind !== 'anonymous' && (
              <span className="demo__who">
                {t('web.sample.as')} <b>{person.title ? `${person.title}, ${person.name}` : person.name}</b>
              </span>
            )}
            <a href="/vao-vai">
              <Icon name="id-card-lanyard" />
              {person.kind === 'anonymous' ? t('web.sample.take') : t('web.sample.change')}
            </a>
          </span>
        </div>
      </section>
      {tourStop > 0 && !here.startsWith('/vong-tham-quan') && <TourBar stop={tourStop} wide={wide} />}
    </>
  )
}

/** On the tour this line follows the visitor through every page, so that one can leave and go on. */
function TourBar({ stop, wide }: { stop: number; wide: boolean }) {
  const t = useT()
  return (
    <nav className="tourbar" aria-label={t('web.tour.title')}>
      <div className={wide ? 'tourbar__in demo__in--wide' : 'wrap tourbar__in'}>
        <b>{t('web.tour.banner', { now: stop, all: tourStops })}</b>
        <a href={`/vong-tham-quan?chang=${stop}`}>{t('web.tour.what')}</a>
        {stop < tourStops && <a href={`/vong-tham-quan?chang=${stop + 1}`}>{t('web.tour.next')}</a>}
        <a href="/vong-tham-quan?thoi=1">{t('web.tour.leave')}</a>
      </div>
    </nav>
  )
}

/** How many stops the tour has. */
export const tourStops = 5

export function SampleTag({ children }: { children?: ReactNode }) {
  const t = useT()
  const { demonstration } = useShell()
  return demonstration ? <span className="sample-tag">{children ?? t('web.sample.tag')}</span> : null
}

export function SkipLink() {
  const t = useT()
  return (
    <a className="skip" href="#noi-dung">
      {t('web.shell.skip')}
    </a>
  )
}

const sections = [
  { key: 'web.nav.procedures', href: '/tim', under: ['/tim', '/thu-tuc', '/viec-trong-doi'] },
  { key: 'web.nav.mine', href: '/ho-so', under: ['/ho-so', '/nop'] },
  { key: 'web.nav.vault', href: '/kho', under: ['/kho'] },
  { key: 'web.nav.lookup', href: '/tra-cuu', under: ['/tra-cuu'] },
  { key: 'web.nav.centres', href: '/trung-tam', under: ['/trung-tam'] },
  { key: 'web.nav.figures', href: '/so-lieu', under: ['/so-lieu'] },
] as const

export function Header() {
  const t = useT()
  const { here, person, locale } = useShell()
  const isHere = (under: readonly string[]) =>
    under.some((path) => here === path || here.startsWith(`${path}/`) || here.startsWith(`${path}?`))
  const links = sections.map(({ key, href, under }) => (
    <a key={href} href={href} aria-current={isHere(under) ? 'page' : undefined}>
      {t(key)}
    </a>
  ))
  return (
    <header className="header">
      <div className="wrap header__in">
        <Mark body={t('web.owner.name')} />
        <nav className="header__nav" aria-label={t('web.nav.label')}>
          {links}
        </nav>
        {person.kind === 'anonymous' ? (
          <a className="btn btn--second btn--small header__sign" href={signInPath(here)}>
            {t('web.nav.signIn')}
          </a>
        ) : (
          <AccountMenu name={person.name} />
        )}
        <details className="header__menu header__menu--phone">
          <summary>
            <Icon name="menu" />
            {t('web.nav.menu')}
          </summary>
          <ul>
            <li>
              <a href="/">{t('web.nav.home')}</a>
            </li>
            {links.map((link) => (
              <li key={link.key}>{link}</li>
            ))}
            {person.kind === 'anonymous' && (
              <li>
                <a href={signInPath(here)}>{t('web.nav.signIn')}</a>
              </li>
            )}
            <li>
              <a href={otherLanguage(here, locale)} lang={locale === 'vi' ? 'en' : 'vi'}>
                {t('web.nav.otherLanguage')}
              </a>
            </li>
          </ul>
        </details>
      </div>
    </header>
  )
}

function AccountMenu({ name }: { name: string }) {
  const t = useT()
  const { person, unread } = useShell()
  return (
    <details className="header__menu header__account">
      <summary>
        <Icon name="user-round" />
        <span className="header__name">{name}</span>
        {unread > 0 && (
          <span className="header__unread">
            <span className="vh">{t('tracking.mine.unread', { count: unread })}</span>
            <span aria-hidden="true">{unread}</span>
          </span>
        )}
      </summary>
      <ul>
        {person.kind === 'officer' && (
          <li>
            <a href="/can-bo">{t('web.nav.desk')}</a>
          </li>
        )}
        {person.kind === 'person' && (
          <>
            <li>
              <a href="/ho-so">{t('web.nav.mine')}</a>
            </li>
            <li>
              <a href="/kho">{t('web.nav.vault')}</a>
            </li>
            <li>
              <a href="/thong-bao">
                {t('web.nav.messages')}
                {unread > 0 && ` (${unread})`}
              </a>
            </li>
          </>
        )}
        <li>
          <a href="/tai-khoan">{t('tracking.account.title')}</a>
        </li>
        <li>
          <form method="post" action="/dang-xuat">
            <button type="submit">{t('web.nav.signOut')}</button>
          </form>
        </li>
      </ul>
    </details>
  )
}

/** Where signing in begins, and the page that it comes back to. */
export function signInPath(here: string): string {
  return `/dang-nhap?${new URLSearchParams({ ve: here })}`
}

function otherLanguage(here: string, locale: 'vi' | 'en'): string {
  const url = new URL(here, 'http://here')
  url.searchParams.set('lang', locale === 'vi' ? 'en' : 'vi')
  return url.pathname + url.search
}

export interface Crumb {
  label: string
  href?: string
}

/** Where this page is; the last one is the page itself and is not a link. */
export function Crumbs({ items }: { items: readonly Crumb[] }) {
  const t = useT()
  return (
    <div className="wrap">
      <nav className="crumbs" aria-label={t('web.shell.crumbs')}>
        <ol>
          <li>
            <a href="/">{t('web.nav.home')}</a>
          </li>
          {items.map(({ label, href }) => (
            <li key={label} aria-current={href ? undefined : 'page'}>
              {href ? <a href={href}>{label}</a> : label}
            </li>
          ))}
        </ol>
      </nav>
    </div>
  )
}

/** The content of an ordinary page: crumbs, then one column that everything stands in. */
export function Main({ crumbs, children }: { crumbs?: readonly Crumb[]; children: ReactNode }) {
  return (
    <>
      {crumbs && <Crumbs items={crumbs} />}
      <main className={crumbs ? 'wrap main main--crumbs' : 'wrap main'} id="noi-dung">
        {children}
      </main>
    </>
  )
}

export function Footer() {
  const t = useT()
  const { here, locale } = useShell()
  return (
    <footer className="footer">
      <div className="wrap footer__grid">
        <div>
          <h2>
            {t('web.owner.label')} {t('web.owner.name')}
          </h2>
          <p>{t('web.owner.responsible')}</p>
          <p>
            {t('web.owner.address')} ·{' '}
            <a href="tel:02993000000" className="num">
              0299 3000 000
            </a>{' '}
            · lienhe@songmai.example
          </p>
          <p className="mt-2">
            <SampleTag />
          </p>
        </div>
        <div>
          <h2>{t('web.footer.help')}</h2>
          <ul>
            <FooterLink href="/tro-giup" label={t('web.footer.questions')} />
            <FooterLink href="/trung-tam" label={t('web.nav.centres')} />
            <FooterLink href="/co-chu-tuong-phan" label={t('web.footer.reading')} />
            <FooterLink
              href={otherLanguage(here, locale)}
              label={t('web.nav.otherLanguage')}
              lang={locale === 'vi' ? 'en' : 'vi'}
            />
          </ul>
        </div>
        <div>
          <h2>{t('web.footer.about')}</h2>
          <ul>
            <FooterLink href="/gioi-thieu" label={t('web.footer.introduction')} />
            <FooterLink href="/so-do-trang" label={t('web.footer.siteMap')} />
            <FooterLink href="/quyen-rieng-tu" label={t('web.footer.privacy')} />
            <FooterLink href="/api" label={t('web.footer.api')} />
          </ul>
        </div>
      </div>
    </footer>
  )
}

function FooterLink({ href, label, lang }: { href: string; label: string; lang?: string }) {
  return (
    <li>
      <a href={href} lang={lang}>
        {label}
      </a>
    </li>
  )
}

/** Everything around a portal or public page. */
export function PageShell({ children }: { children: ReactNode }) {
  return (
    <>
      <SkipLink />
      <SampleBar />
      <Header />
      {children}
      <Footer />
    </>
  )
}

/** Loads one of the small scripts of `portal/enhance`; the page works without it. */
export function Enhance({ name }: { name: string }) {
  const { enhancements } = useShell()
  const src = enhancements[name]
  return src ? <script type="module" src={src} /> : null
}
