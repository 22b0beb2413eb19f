import { pageContext } from 'motcua/web/context'
import { type LoaderFunctionArgs, redirect } from 'react-router'
import { Button, LinkAction } from '../../ui/button'
import { Main, signInPath } from '../../ui/frame'
import { Source } from '../../ui/known'
import { useT } from '../../ui/shell'
import { SummaryList } from '../../ui/summary-list'
import { Title } from '../../ui/title'
import { type AccountView, accountView } from './account.view'

export function loader(args: LoaderFunctionArgs): AccountView {
  const { actor, locale } = pageContext(args)
  if (actor.kind === 'anonymous') throw redirect(signInPath(args.url.pathname))
  return accountView(actor, locale)
}

export default function AccountPage({ loaderData: account }: { loaderData: AccountView }) {
  const t = useT()
  return (
    <Main crumbs={[{ label: t('tracking.account.title') }]}>
      <Title>{t('tracking.account.title')}</Title>
      <h1>{t('tracking.account.title')}</h1>
      <p className="lead mt-3">{t('tracking.account.lead')}</p>
      <div className="mt-5 max-w-3xl stack-l">
        <section aria-labelledby="da-biet">
          <h2 id="da-biet">{t('tracking.account.known')}</h2>
          <p className="mt-2">
            <Source>{t('tracking.account.source')}</Source>
          </p>
          <div className="mt-3">
            <SummaryList rows={account.rows} />
          </div>
          <p className="small soft mt-3">{t('tracking.account.wrong')}</p>
        </section>
        {account.kind === 'person' && (
          <section aria-labelledby="cua-toi">
            <h2 id="cua-toi">{t('tracking.account.links')}</h2>
            <div className="btn-row">
              <LinkAction href="/ho-so" icon="file-text">
                {t('tracking.mine.title')}
              </LinkAction>
              <LinkAction href="/thong-bao" icon="message-square">
                {t('tracking.messages.title')}
              </LinkAction>
            </div>
          </section>
        )}
        <section aria-labelledby="thoat">
          <h2 id="thoat">{t('tracking.account.leaveTitle')}</h2>
          <div className="btn-row mt-3">
            <form method="post" action="/dang-xuat">
              <Button kind="second">{t('tracking.account.here')}</Button>
            </form>
            <form method="post" action="/dang-xuat?moi-noi">
              <Button kind="harm">{t('tracking.account.everywhere')}</Button>
            </form>
          </div>
          <p className="small soft mt-3">{t('tracking.account.everywhereText')}</p>
        </section>
      </div>
    </Main>
  )
}
