import { library } from 'motcua/modules/indicators'
import { pageContext } from 'motcua/web/context'
import type { LoaderFunctionArgs } from 'react-router'
import { Button, LinkAction } from '../../ui/button'
import { TextField } from '../../ui/fields'
import { Main } from '../../ui/frame'
import { useT } from '../../ui/shell'
import { Title } from '../../ui/title'
import { ScoreNav } from '../score/score-frame'
import { type ListView, listView } from './library.view'

export async function loader(args: LoaderFunctionArgs) {
  const { locale } = pageContext(args)
  const asked = new URL(args.request.url).searchParams.get('q')?.slice(0, 100) ?? ''
  return listView(await library(), asked, locale)
}

/** Every figure that is shown anywhere, by kind, and what it means. */
export default function LibraryPage({ loaderData: view }: { loaderData: ListView }) {
  const t = useT()
  return (
    <Main crumbs={[{ label: t('web.nav.figures'), href: '/so-lieu' }]}>
      <Title>{t('library.title')}</Title>
      <ScoreNav current="/so-lieu/thu-vien" />
      <div className="board library">
        <h1>{t('library.title')}</h1>
        <p className="soft">{t('library.lead')}</p>
        <search>
          <form method="get" className="library__find no-print">
            <TextField id="q" name="q" label={t('library.find')} defaultValue={view.asked} maxLength={100} />
            <Button kind="second">{t('library.search')}</Button>
          </form>
        </search>
        <p className="soft" role="status">
          {view.groups.length === 0 ? t('library.none') : view.count}
        </p>
        {view.groups.map(({ kind, title, rows }) => (
          <section key={kind} aria-labelledby={kind}>
            <h2 id={kind}>{title}</h2>
            <dl className="library__list">
              {rows.map(({ key, name, words }) => (
                <div key={key}>
                  <dt>
                    <a href={`/so-lieu/thu-vien/${key}`}>{name}</a>
                  </dt>
                  <dd>{words}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        <p className="no-print">
          <LinkAction href="/api/board/figures" icon="download">
            {t('library.json')}
          </LinkAction>
        </p>
      </div>
    </Main>
  )
}
