import { pageContext } from 'motcua/web/context'
import type { LoaderFunctionArgs, MiddlewareFunction } from 'react-router'
import { Main, SampleTag } from '../../ui/frame'
import { useT } from '../../ui/shell'
import { Title } from '../../ui/title'
import { cachedBoard } from '../board-cache'
import { ScoreNav } from '../score/score-frame'
import { TargetTable } from './target-table'
import styles from './targets.css?url'
import type { TargetsView } from './targets.view'
import { readTargets } from './targets-source'

export const links = () => [{ rel: 'stylesheet', href: styles }]

export const middleware: MiddlewareFunction<Response>[] = [cachedBoard]

export async function loader(args: LoaderFunctionArgs) {
  const { view, place } = await readTargets(pageContext(args))
  return { view, place }
}

/** What was set out, by which document, and whether it will be reached in time. */
export default function TargetsPage({ loaderData }: { loaderData: { view: TargetsView; place: string } }) {
  const t = useT()
  const { view, place } = loaderData
  return (
    <Main crumbs={[{ label: t('web.nav.figures'), href: '/so-lieu' }]}>
      <Title>{t('targets.title')}</Title>
      <ScoreNav current="/so-lieu/chi-tieu" />
      <div className="board targets">
        <h1>{t('targets.title')}</h1>
        <p className="soft">{t('targets.lead')}</p>
        <p className="asat">
          {view.asAt} <SampleTag />
        </p>
        {view.own.length > 0 && (
          <section>
            <h2>{t('targets.own', { place })}</h2>
            <TargetTable caption={t('targets.own', { place })} rows={view.own} />
          </section>
        )}
        <section>
          <h2>{t('targets.national')}</h2>
          <TargetTable caption={t('targets.national')} rows={view.national} />
        </section>
      </div>
    </Main>
  )
}
