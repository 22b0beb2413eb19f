import { isRouteErrorResponse, useRouteError } from 'react-router'
import { ErrorPage } from '../portal/error-page'
import { LinkAction } from '../ui/button'
import { Main } from '../ui/frame'
import { useT } from '../ui/shell'
import { Title } from '../ui/title'
import type { NotHere } from './not-here'

/** In place of a page of figures that was asked for and is not there: what is missing, and a way on. */
export function NotHereBoundary() {
  const t = useT()
  const error = useRouteError()
  const status = isRouteErrorResponse(error) ? error.status : 500
  const words = isRouteErrorResponse(error) ? (error.data as NotHere | null) : null
  if (status !== 404 || !words?.title) return <ErrorPage status={status} />
  return (
    <Main crumbs={[{ label: t('web.nav.figures'), href: '/so-lieu' }]}>
      <Title>{words.title}</Title>
      <div className="board">
        <h1>{words.title}</h1>
        <p className="lead">{words.text}</p>
        <p>
          <LinkAction href={words.link.href} icon="arrow-right">
            {words.link.text}
          </LinkAction>
        </p>
      </div>
    </Main>
  )
}
