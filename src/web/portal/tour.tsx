import { demoRoles } from 'motcua/modules/identity'
import { pageContext } from 'motcua/web/context'
import { data, type LoaderFunctionArgs, redirect } from 'react-router'
import { Button, LinkAction } from '../ui/button'
import { Door } from '../ui/door'
import { Main, tourStops } from '../ui/frame'
import { useT } from '../ui/shell'
import { Parts } from '../ui/steps'
import { Title } from '../ui/title'

/** Who plays each stop and where it happens; the words are in the message catalogue. */
const stops = [
  { key: 's1', role: 'mother', path: '/thu-tuc/1.001193' },
  { key: 's2', role: 'reception', path: '/can-bo/viec' },
  { key: 's3', role: 'civilStatus', path: '/can-bo/viec' },
  { key: 's4', role: 'chair', path: '/can-bo/ky' },
  { key: 's5', role: 'mother', path: '/ho-so' },
] as const

interface View {
  stop: number
  key: (typeof stops)[number]['key']
  role: string
  who: string
  path: string
  reached: number
}

const dayInSeconds = 24 * 3600

export async function loader(args: LoaderFunctionArgs) {
  const page = pageContext(args)
  if (!page.demonstration) throw data(null, { status: 404 })
  const { searchParams } = args.url
  if (searchParams.has('thoi')) return redirect('/', { headers: { 'set-cookie': tourCookie(0) } })
  const stop = clampStop(Number(searchParams.get('chang') ?? 1))
  const { key, role, path } = stops[stop - 1]!
  const who = demoRoles(page.locale).find((card) => card.key === role)
  const view: View = { stop, key, role, path, who: who?.title ?? '', reached: Math.max(stop, page.tourStop) }
  return data(view, { headers: { 'set-cookie': tourCookie(stop) } })
}

function clampStop(stop: number): number {
  return Number.isInteger(stop) && stop >= 1 && stop <= tourStops ? stop : 1
}

function tourCookie(stop: number): string {
  return `tham-quan=${stop}; Path=/; Max-Age=${stop === 0 ? 0 : dayInSeconds}; SameSite=Lax; HttpOnly`
}

export default function Tour({ loaderData: { stop, key, role, who, path, reached } }: { loaderData: View }) {
  const t = useT()
  return (
    <Main crumbs={[{ label: t('web.tour.title') }]}>
      <Title>{t(`web.tour.stops.${key}.title`)}</Title>
      <p className="soft">{t('web.tour.stop', { now: stop, all: tourStops })}</p>
      <h1 className="long-title">{t(`web.tour.stops.${key}.title`)}</h1>
      <div className="two mt-5">
        <Door>
          <p className="lead">{t(`web.tour.stops.${key}.story`)}</p>
          <p className="mt-4">
            <b>{t('web.tour.look')}:</b> {t(`web.tour.stops.${key}.look`)}
          </p>
          <form
            method="post"
            action={`/vao-vai/${role}?ve=${encodeURIComponent(path)}`}
            className="btn-row mt-5"
          >
            <Button>{t('web.tour.go')}</Button>
            <span className="soft">{t('web.tour.who', { who })}</span>
          </form>
          <p className="btn-row mt-3">
            {stop < tourStops ? (
              <LinkAction href={`/vong-tham-quan?chang=${stop + 1}`}>{t('web.tour.skip')}</LinkAction>
            ) : (
              <LinkAction href="/so-lieu">{t('web.home.figures')}</LinkAction>
            )}
            <LinkAction href="/vong-tham-quan?thoi=1">{t('web.tour.leave')}</LinkAction>
          </p>
        </Door>
        <nav aria-label={t('web.tour.title')}>
          <Parts
            steps={stops.map((each, index) => ({
              key: each.key,
              title: t(`web.tour.stops.${each.key}.title`),
              state: index + 1 === stop ? 'now' : index + 1 < reached ? 'done' : 'todo',
              href: index + 1 === stop ? undefined : `/vong-tham-quan?chang=${index + 1}`,
            }))}
          />
        </nav>
      </div>
    </Main>
  )
}
