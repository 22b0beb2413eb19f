import { formPageView, liveForm } from 'motcua/modules/forms'
import { pageContext } from 'motcua/web/context'
import { type ActionFunctionArgs, createContext, data, type LoaderFunctionArgs, redirect } from 'react-router'
import { Button, ButtonRow, LinkAction } from '../../ui/button'
import { ErrorSummary } from '../../ui/error-summary'
import { Enhance, Main } from '../../ui/frame'
import { Icon } from '../../ui/icon'
import { Notice } from '../../ui/notice'
import { useT } from '../../ui/shell'
import { Steps } from '../../ui/steps'
import { Title } from '../../ui/title'
import { personOnly } from '../person-only'
import { type Answered, answerPage, choicesOf, openPlaces } from './answer-page'
import { type Filing, namesOfPlaces, openFiling, stepsOf } from './filing-source'
import { around, pagePath, reviewKey } from './filing-steps'
import { type FilingPageView, filingPageView, savedText } from './form-page.view'
import { Groups, Known } from './form-parts'
import { LivePage } from './live-page'
import { endedAnswer, findTyped, forgetTyped, sessionEnded } from './session-ended'
import { SessionEnded } from './session-ended-page'
import { Side } from './side'
import { mostText, postedForm, tooLargeText } from './uploads'

/** What the action found, for the loader of the same request to show. */
const answered = createContext<Answered | null>(null)

type View =
  | { ended: true; here: string; kept: boolean }
  | ({ ended: false; restored: boolean } & FilingPageView)

export async function loader(args: LoaderFunctionArgs): Promise<View> {
  const url = new URL(args.request.url)
  const ended = args.context.get(sessionEnded)
  if (ended) return { ended: true, here: url.pathname, kept: ended === 'kept' }
  personOnly(args)
  const result = args.context.get(answered)
  const filing = result?.filing ?? (await openFiling(args))
  if (filing.draft.submittedCode) throw redirect(pagePath(filing.draft.id, 'xong'))
  if (!result) await restoreTyped(args, filing)
  const key = pageKeyOf(args, filing)
  const editing = url.searchParams.getAll('sua')
  const view = await viewOf(filing, key, editing, result)
  return { ended: false, restored: url.searchParams.has('da-khoi-phuc'), ...view }
}

export async function action(args: ActionFunctionArgs) {
  const page = pageContext(args)
  const form = await postedForm(args.request, pageContext(args))
  if (page.actor.kind === 'anonymous') return endedAnswer(args, form)
  const filing = await openFiling(args)
  if (filing.draft.submittedCode) return redirect(pagePath(filing.draft.id, 'xong'), 303)
  const key = pageKeyOf(args, filing)
  const result = await answerPage(filing, key, form)
  const tooLarge = tooLargeText(form, page)
  if (tooLarge) result.refusedFiles[''] = [tooLarge]
  const wrong = result.problems.length > 0 || Object.keys(result.refusedFiles).length > 0
  if (result.action.kind === 'later') return redirect(`/nop/${filing.draft.id}?da-luu=1`, 303)
  if (result.action.kind === 'save' && !wrong) return redirect(nextPath(result.filing, key), 303)
  const edited = /^edit:(.+)$/.exec(String(form.get('_action')))?.[1]
  if (edited) return redirect(editPath(args.request.url, edited), 303)
  args.context.set(answered, result)
  return data(null, { status: wrong ? 422 : 200 })
}

function editPath(here: string, path: string): string {
  const { pathname, searchParams } = new URL(here)
  if (!searchParams.getAll('sua').includes(path)) searchParams.append('sua', path)
  return `${pathname}?${searchParams}#f-${path.replace(/[^A-Za-z0-9]+/g, '-')}`
}

async function restoreTyped(args: LoaderFunctionArgs, filing: Filing): Promise<void> {
  const found = await findTyped(filing.page, args.request, filing.draft.id)
  if (!found) return
  if (hasPage(filing, found.pageKey)) await answerPage(filing, found.pageKey, found.form)
  const back = `${pagePath(filing.draft.id, found.pageKey)}?da-khoi-phuc=1`
  throw redirect(back, { headers: { 'set-cookie': forgetTyped(filing.page) } })
}

function pageKeyOf(args: LoaderFunctionArgs, filing: Filing): string {
  const key = args.params.page ?? ''
  if (!hasPage(filing, key)) throw data(null, { status: 404 })
  return key
}

const hasPage = ({ form }: Filing, key: string) => form.definition.pages.some((page) => page.key === key)

async function viewOf(
  filing: Filing,
  key: string,
  editing: string[],
  result: Answered | null,
): Promise<FilingPageView> {
  const { page, form, draft, today, rules } = filing
  const [places, hits] = await Promise.all([namesOfPlaces(filing), result?.hits ?? openPlaces(filing, key)])
  const { answers, origins, offers, agencies } = filing
  const { locale, now } = page
  const problems = result?.problems ?? []
  const view = formPageView(form, key, {
    answers,
    origins,
    offers,
    agencies,
    places,
    choices: choicesOf(hits),
    problems,
    locale,
    today,
    editing,
    live: true,
  })
  const refused = Object.entries(result?.refusedFiles ?? {})
  for (const field of view.groups.flatMap((group) => group.fields)) {
    const texts = refused.find(([path]) => path === field.path)?.[1]
    if (texts) field.error = texts.join(' ')
  }
  const { version } = rules
  return filingPageView(view, {
    draftId: draft.id,
    steps: stepsOf(filing, key),
    hits,
    most: mostText(page),
    live: liveForm(form, [key], { answers, offers, locale, today }),
    savedAt: savedText(draft.updatedAt, now, locale),
    procedure: {
      code: version.procedureCode,
      title: locale === 'en' ? version.plainNameEn : version.plainName,
    },
    extraProblems: refused.flatMap(([path, texts]) =>
      texts.map((text) => ({ href: `#f-${path.replace(/[^A-Za-z0-9]+/g, '-')}`, text })),
    ),
  })
}

// What was just answered may open or close pages, so the way on is asked anew.
function nextPath(filing: Filing, key: string): string {
  const { after = reviewKey } = around(stepsOf(filing, key), key)
  return pagePath(filing.draft.id, after)
}

export default function FormPage({ loaderData: view }: { loaderData: View }) {
  return view.ended ? <SessionEnded here={view.here} kept={view.kept} /> : <Page view={view} />
}

function Page({ view }: { view: Extract<View, { ended: false }> }) {
  const t = useT()
  return (
    <Main>
      <Title>{`${view.title} · ${view.procedure.title}`}</Title>
      <div className="form-page">
        <LinkAction href={view.backHref} icon="arrow-left" small>
          {t('web.nav.back')}
        </LinkAction>
        <Steps steps={view.steps} savedAt={view.savedAt} />
        <ErrorSummary problems={view.problems} />
        {view.restored && (
          <Notice tone="ok" title={t('filing.restored.title')} role="status">
            {t('filing.restored.text')}
          </Notice>
        )}
        <div className={isWide(view) ? 'two form-two form-two--wide' : 'two form-two'}>
          <div>
            <p className="small faint">{view.procedure.title}</p>
            <h1>{view.title}</h1>
            {view.intro && <p className="lead mt-3">{view.intro}</p>}
            {view.countText && (
              <p className="saved">
                <Icon name="database" />
                <span>{view.countText}</span>
              </p>
            )}
            <form
              method="post"
              encType="multipart/form-data"
              noValidate
              data-autosave={`/nop/${view.draftId}/${view.key}/tu-luu`}
            >
              <DefaultButton />
              <Groups view={view} />
              <Known view={view} />
              <LivePage form={view.live} />
              <div className="mt-6">
                <ButtonRow>
                  <Button name="_action" value="save">
                    {t('web.form.continue')}
                  </Button>
                  <button
                    className="btn btn--quiet"
                    type="submit"
                    name="_action"
                    value="later"
                    formNoValidate
                  >
                    {t('filing.later')}
                  </button>
                </ButtonRow>
              </div>
            </form>
          </div>
          <Side steps={view.steps} />
        </div>
      </div>
      <Enhance name="autosave" />
      <Enhance name="place-search" />
      <Enhance name="form" />
    </Main>
  )
}

// A table needs the room of the side column, which then stands below.
const isWide = ({ groups }: FilingPageView) => groups.some(({ columns }) => columns !== undefined)

// The Enter key presses the first button of a form: that must be "continue", never "remove".
function DefaultButton() {
  return <button className="vh" type="submit" name="_action" value="save" tabIndex={-1} aria-hidden="true" />
}
