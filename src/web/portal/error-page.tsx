import { Door } from '../ui/door'
import { Main, signInPath } from '../ui/frame'
import { useShell, useT } from '../ui/shell'

/** What a person sees instead of a page: what happened, whose fault it is, and where to go from here. */
export function ErrorPage({ status }: { status: number }) {
  const t = useT()
  const { reference, here, person } = useShell()
  const kind = status === 404 ? '404' : status === 403 || status === 401 ? '403' : '500'
  return (
    <Main>
      <title>{`${t(`web.error.title${kind}`)} · ${t('web.shell.suffix')}`}</title>
      <h1>{t(`web.error.title${kind}`)}</h1>
      <p className="lead mt-3">{t(`web.error.lead${kind}`)}</p>
      <div className="mt-6 max-w-xl">
        <Door>
          {kind === '500' && (
            <p className="mb-4">
              <b className="code">{t('web.error.reference', { reference })}</b>
            </p>
          )}
          <div className="btn-row">
            <a className="btn" href="/">
              {t('web.error.home')}
            </a>
            {kind === '403' && (
              <a className="link-action" href={person.kind === 'anonymous' ? signInPath(here) : '/vao-vai'}>
                {person.kind === 'anonymous' ? t('web.nav.signIn') : t('web.error.signIn')}
              </a>
            )}
            {kind === '404' && (
              <a className="link-action" href="/tim">
                {t('web.error.search')}
              </a>
            )}
          </div>
        </Door>
      </div>
    </Main>
  )
}
