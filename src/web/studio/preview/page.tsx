import { type ActionFunctionArgs, createContext, data, type LoaderFunctionArgs } from 'react-router'
import { CounterForm } from '../../desk/counter-form'
import deskStyles from '../../desk/desk.css?url'
import dossierStyles from '../../desk/dossier.css?url'
import { AnswersPane } from '../../desk/dossier-panes'
import { Groups, Known } from '../../portal/filing/form-parts'
import { LivePage } from '../../portal/filing/live-page'
import { Audience, Facts, Papers, Times } from '../../portal/procedure-page'
import { Button, ButtonRow } from '../../ui/button'
import { ErrorSummary } from '../../ui/error-summary'
import { Enhance, Main } from '../../ui/frame'
import { Icon } from '../../ui/icon'
import { Notice } from '../../ui/notice'
import { useT } from '../../ui/shell'
import { Steps } from '../../ui/steps'
import { SummaryList } from '../../ui/summary-list'
import { Title } from '../../ui/title'
import { type Drawn, drawCitizen, drawCounter, drawSpecialist, firstShown, takePosted } from './draw'
import styles from './preview.css?url'
import { openPreview, type Preview, type Viewer } from './source'

/** What was posted, for the loader of the same request to draw. */
const posted = createContext<FormData | null>(null)

interface View {
  viewer: Viewer
  /** Where this preview begins anew. */
  here: string
  person: string
  drawn: Drawn | null
  /** Why the form cannot be drawn. */
  problems: string[]
  tooMuch: boolean
}

export const links = () => [deskStyles, dossierStyles, styles].map((href) => ({ rel: 'stylesheet', href }))

export async function loader(args: LoaderFunctionArgs): Promise<View> {
  const preview = await openPreview(args)
  const { viewer, drawable, problems } = preview
  const { pathname, searchParams } = new URL(args.request.url)
  const here = `${pathname}?${new URLSearchParams({ nhu: viewer })}`
  if (!drawable) return { viewer, here, person: '', drawn: null, problems, tooMuch: false }
  const form = args.context.get(posted)
  const { drawn, tooMuch } = await drawnAs(preview, searchParams.get('trang'), form)
  return { viewer, here, person: drawable.person.name, drawn, problems: [], tooMuch }
}

async function drawnAs(preview: Preview, asked: string | null, form: FormData | null) {
  const drawable = preview.drawable!
  if (preview.viewer === 'quay')
    return { drawn: await drawCounter(preview, drawable, form ?? undefined), tooMuch: false }
  if (preview.viewer === 'chuyen-vien')
    return { drawn: await drawSpecialist(preview, drawable), tooMuch: false }
  const shown = form ? await takePosted(preview, drawable, asked, form) : firstShown(drawable, asked)
  return { drawn: await drawCitizen(preview, drawable, shown), tooMuch: shown.tooMuch }
}

/** Shows what a page of the draft makes of an answer. Nothing is stored, whoever posts it. */
export async function action(args: ActionFunctionArgs) {
  await openPreview(args)
  args.context.set(posted, await args.request.formData())
  return data(null)
}

/** A page of a draft as somebody would see it, alone: it stands in the frame of another page. */
export default function PreviewPage({ loaderData: view }: { loaderData: View }) {
  const t = useT()
  return (
    <>
      <Title>{t('preview.title')}</Title>
      <div className="preview-bar" role="note">
        <Icon name="eye" />
        <span>
          <b>{t('preview.bar')}</b> {view.person && t('preview.person', { name: view.person })}
        </span>
        <a href={view.here}>{t('preview.again')}</a>
      </div>
      <div
        className={view.viewer === 'cong-dan' ? undefined : 'preview-desk'}
        data-density={view.viewer === 'cong-dan' ? undefined : 'desk'}
      >
        {view.drawn ? <Page view={view} drawn={view.drawn} /> : <NotDrawn view={view} />}
      </div>
      <Enhance name="place-search" />
      <Enhance name="form" />
    </>
  )
}

function NotDrawn({ view }: { view: View }) {
  const t = useT()
  if (view.problems.length === 0)
    return (
      <Main>
        <h1>{t('preview.no-procedure')}</h1>
        <p className="lead mt-3">{t('preview.no-procedure-text')}</p>
      </Main>
    )
  return (
    <Main>
      <h1>{t('preview.no-form')}</h1>
      <p className="lead mt-3">{t('preview.no-form-text')}</p>
      <ul className="mt-4">
        {view.problems.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </Main>
  )
}

function Page({ view, drawn }: { view: View; drawn: Drawn }) {
  switch (drawn.kind) {
    case 'start':
      return <Start drawn={drawn} here={view.here} />
    case 'page':
      return <FormPage drawn={drawn} tooMuch={view.tooMuch} />
    case 'review':
      return <Review drawn={drawn} />
    case 'counter':
      return <Counter drawn={drawn} />
    case 'specialist':
      return <Specialist drawn={drawn} />
    default:
      return drawn satisfies never
  }
}

type Of<K extends Drawn['kind']> = { drawn: Extract<Drawn, { kind: K }> }

function Start({ drawn: { procedure, first }, here }: Of<'start'> & { here: string }) {
  const t = useT()
  return (
    <Main>
      <h1>{procedure.title}</h1>
      <p className="lead mt-3">{procedure.lead}</p>
      <Facts procedure={procedure} />
      <p className="mt-5">
        <a className="btn btn--start" href={`${here}&trang=${encodeURIComponent(first)}`}>
          {t('preview.begin')}
        </a>
      </p>
      <Audience procedure={procedure} />
      <Papers procedure={procedure} />
      <Times procedure={procedure} />
    </Main>
  )
}

function FormPage({ drawn: { view, state, back }, tooMuch }: Of<'page'> & { tooMuch: boolean }) {
  const t = useT()
  return (
    <Main>
      <div className="form-page">
        <Steps steps={view.steps} />
        <ErrorSummary problems={view.problems} />
        {tooMuch && <Notice tone="warn" title={t('preview.too-much')} />}
        <p className="small faint">{view.procedure.title}</p>
        <h1>{view.title}</h1>
        {view.intro && <p className="lead mt-3">{view.intro}</p>}
        {view.countText && (
          <p className="saved">
            <Icon name="database" />
            <span>{view.countText}</span>
          </p>
        )}
        <form method="post" encType="multipart/form-data" noValidate>
          <button className="vh" type="submit" name="_action" value="save" tabIndex={-1} aria-hidden="true" />
          <Carried state={state} page={view.key} />
          <Groups view={view} />
          <Known view={view} />
          <LivePage form={view.live} />
          <Ways back={back} />
        </form>
      </div>
    </Main>
  )
}

function Carried({ state, page }: { state: string; page: string }) {
  return (
    <>
      <input type="hidden" name="_state" value={state} />
      <input type="hidden" name="_page" value={page} />
    </>
  )
}

function Ways({ back }: { back: string | null }) {
  const t = useT()
  return (
    <div className="mt-6">
      <ButtonRow>
        <Button name="_action" value="save">
          {t('preview.next')}
        </Button>
        {back && (
          <button className="btn btn--quiet" type="submit" name="_action" value={`to:${back}`} formNoValidate>
            {t('preview.back')}
          </button>
        )}
      </ButtonRow>
    </div>
  )
}

function Review({ drawn }: Of<'review'>) {
  const t = useT()
  return (
    <Main>
      <div className="form-page" id="kiem-tra">
        <ErrorSummary problems={drawn.problems} />
        {drawn.problems.length === 0 && (
          <Notice tone="ok" title={t('preview.accepted')}>
            {t('preview.accepted-text')}
          </Notice>
        )}
        <h1>{t('filing.review.title')}</h1>
        <div className="stack-l mt-5">
          {drawn.sections.map(({ key, title, rows }) => (
            <section key={key}>
              <h2>{title}</h2>
              <SummaryList rows={rows} />
            </section>
          ))}
        </div>
        <p className="soft mt-5">{drawn.assurance}</p>
        <form method="post" className="mt-5">
          <Carried state={drawn.state} page={drawn.back} />
          <button className="btn btn--quiet" type="submit" name="_action" value={`to:${drawn.back}`}>
            {t('preview.back')}
          </button>
        </form>
      </div>
    </Main>
  )
}

function Counter({ drawn: { view, accepted } }: Of<'counter'>) {
  const t = useT()
  return (
    <main id="noi-dung" className="pane counter">
      {accepted && (
        <Notice tone="ok" title={t('preview.accepted')}>
          {t('preview.accepted-text')}
        </Notice>
      )}
      <CounterForm view={view} />
    </main>
  )
}

function Specialist({ drawn: { sections, papers } }: Of<'specialist'>) {
  const t = useT()
  const view = { openRequest: [], thread: [], awaitsAnswer: false, draft: [], sections }
  return (
    <main id="noi-dung" className="pane preview-two">
      <h1 className="desk__title">{t('preview.who.chuyen-vien')}</h1>
      <AnswersPane view={view} />
      <section aria-labelledby="giay-to">
        <h2 id="giay-to">{t('preview.papers')}</h2>
        {papers.length === 0 && <p>{t('preview.no-papers')}</p>}
        <ul className="preview-papers">
          {papers.map(({ key, name, note }) => (
            <li key={key}>
              <Icon name="file-check" />
              <b>{name}</b>
              <span>{note}</span>
              <small>{t('preview.paper')}</small>
            </li>
          ))}
        </ul>
      </section>
    </main>
  )
}
