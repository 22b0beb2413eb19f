import { pageContext } from 'motcua/web/context'
import { type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { LinkAction, LinkButton } from '../ui/button'
import { useT } from '../ui/shell'
import { Title } from '../ui/title'
import { DeskPage } from './desk-page'
import { officerOf, worksOnDossiers } from './officer'

/** Everybody begins where their work is; who holds no dossiers is shown to the boards. */
export function loader(args: LoaderFunctionArgs) {
  const officer = officerOf(args)
  const isProvince = officer.posts.every(({ authorityCode }) => authorityCode === 'H99')
  if (worksOnDossiers(officer) && !isProvince) throw redirect('/can-bo/viec')
  return { name: officer.name, demonstration: pageContext(args).demonstration }
}

export default function DeskHome() {
  const t = useT()
  const { name, demonstration } = useLoaderData<typeof loader>()
  return (
    <DeskPage>
      <Title>{t('desk.other.title', { name })}</Title>
      <main id="noi-dung" className="wrap main">
        <h1>{t('desk.other.title', { name })}</h1>
        <p className="lead">{t('desk.other.lead')}</p>
        <p className="btn-row mt-5">
          <LinkButton href="/bang">{t('desk.other.board')}</LinkButton>
        </p>
        <p className="mt-4">
          <LinkAction href="/so-lieu" icon="table">
            {t('desk.other.figures')}
          </LinkAction>
          {demonstration && (
            <LinkAction href="/kham-pha" icon="code">
              {t('desk.other.explore')}
            </LinkAction>
          )}
        </p>
      </main>
    </DeskPage>
  )
}
