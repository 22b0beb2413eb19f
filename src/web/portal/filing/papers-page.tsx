import type { PaperInput } from 'motcua/modules/dossiers'
import { pageContext } from 'motcua/web/context'
import { type ActionFunctionArgs, createContext, data, type LoaderFunctionArgs, redirect } from 'react-router'
import { Button, ButtonRow, LinkAction } from '../../ui/button'
import { ErrorSummary } from '../../ui/error-summary'
import { Enhance, Main } from '../../ui/frame'
import { KnownFacts } from '../../ui/known'
import { useT } from '../../ui/shell'
import { Steps } from '../../ui/steps'
import { More } from '../../ui/timeline'
import { Title } from '../../ui/title'
import { personOnly } from '../person-only'
import { type Filing, keep, namesOfPapers, openFiling, papersToSend, stepsOf } from './filing-source'
import { pagePath, papersKey, reviewKey } from './filing-steps'
import { savedText } from './form-page.view'
import { missingPapers } from './paper-lines'
import { PaperQuestion } from './paper-question'
import { type PapersView, papersView } from './papers-page.view'
import { endedAnswer, sessionEnded } from './session-ended'
import { SessionEnded } from './session-ended-page'
import { Side } from './side'
import { mostText, postedForm, statesOf, takeUploads, tooLargeText } from './uploads'
import { askerOf, chosenFor, isKnown, takeFromVault, vaultOffers } from './vault-offers'

interface Sent {
  filing: Filing
  refused: Record<string, string[]>
  /** Whether missing papers are to be told. */
  judged: boolean
}

const sent = createContext<Sent | null>(null)

type View = { ended: true; here: string } | ({ ended: false } & PapersView)

export async function loader(args: LoaderFunctionArgs): Promise<View> {
  if (args.context.get(sessionEnded)) return { ended: true, here: new URL(args.request.url).pathname }
  personOnly(args)
  const result = args.context.get(sent)
  const filing = result?.filing ?? (await openFiling(args))
  if (filing.draft.submittedCode) throw redirect(pagePath(filing.draft.id, 'xong'))
  return { ended: false, ...(await viewOf(filing, result)) }
}

export async function action(args: ActionFunctionArgs) {
  const { actor } = pageContext(args)
  if (actor.kind === 'anonymous') return endedAnswer(args)
  const form = await postedForm(args.request, pageContext(args))
  const filing = await openFiling(args)
  if (filing.draft.submittedCode) return redirect(pagePath(filing.draft.id, 'xong'), 303)
  const tooLarge = tooLargeText(form, filing.page)
  const action = tooLarge ? 'upload' : String(form.get('_action') ?? 'save')
  const { papers, refused, known } = await takePapers(filing, form, action)
  if (tooLarge) refused[papersToSend(filing, filing.page.locale)[0]?.key ?? ''] = [tooLarge]
  const kept = await keep(filing, { papers })
  if (action === 'later') return redirect(`/nop/${filing.draft.id}?da-luu=1`, 303)
  const judged = action === 'save'
  const missing = missingPapers(papersToSend(kept, filing.page.locale), papers)
  const wrong = Object.keys(refused).length > 0 || (judged && missing.length > 0)
  // What the vault has already is said once; whoever goes on all the same has decided.
  const untold = judged && known.some((key) => !form.has(`known.${key}`))
  if (judged && !wrong && !untold) return redirect(pagePath(filing.draft.id, reviewKey), 303)
  args.context.set(sent, { filing: kept, refused, judged })
  return data(null, { status: wrong ? 422 : 200 })
}

async function takePapers(filing: Filing, form: FormData, action: string) {
  const removed = action.startsWith('remove:') ? action.slice('remove:'.length) : undefined
  const papers: PaperInput[] = filing.draft.papers.filter(({ fileId }) => fileId !== removed)
  const refused: Record<string, string[]> = {}
  const lines = papersToSend(filing, filing.page.locale)
  const offers = await vaultOffers(askerOf(filing), lines)
  for (const { key } of lines) {
    const { files, refusals } = await takeUploads(
      filing.page,
      filing.person,
      form,
      `paper.${key}`,
      `component:${key}`,
    )
    for (const { fileId, sha256, name, mediaType } of files)
      papers.push({ component: key, fileId, sha256, name, mediaType, source: 'upload' })
    const had = new Set(papers.map(({ vaultItemId }) => vaultItemId))
    const chosen = chosenFor(form, key, offers[key]).filter((id) => removed === undefined && !had.has(id))
    const taken = await takeFromVault(filing, key, chosen)
    papers.push(...taken.papers)
    if (refusals.length + taken.refusals.length > 0) refused[key] = [...refusals, ...taken.refusals]
  }
  // The wish holds for what was uploaded before as well.
  const kept = papers.map(({ keep: _, ...paper }) =>
    paper.source === 'upload' && form.has(`keep.${paper.component}`) ? { ...paper, keep: true } : paper,
  )
  const ofLine = (key: string) => kept.filter(({ component }) => component === key)
  const known = lines.filter(({ key }) => isKnown(ofLine(key), offers[key])).map(({ key }) => key)
  return { papers: kept, refused, known }
}

async function viewOf(filing: Filing, result: Sent | null): Promise<PapersView> {
  const { page, draft, rules, today } = filing
  const { locale, now } = page
  const lines = papersToSend(filing, locale)
  const missing = missingPapers(lines, draft.papers)
  return papersView({
    draftId: draft.id,
    title: locale === 'en' ? rules.version.plainNameEn : rules.version.plainName,
    lines,
    papers: draft.papers,
    names: namesOfPapers(filing, locale),
    missing: result?.judged ? missing : [],
    refused: result?.refused ?? {},
    states: await statesOf(page, draft.papers),
    offers: await vaultOffers(askerOf(filing), lines),
    // Whoever has unticked a proposal is not asked again.
    propose: result === null,
    today,
    steps: stepsOf(filing, papersKey),
    most: mostText(page),
    savedAt: savedText(draft.updatedAt, now, locale),
    locale,
  })
}

export default function PapersPage({ loaderData: view }: { loaderData: View }) {
  return view.ended ? <SessionEnded here={view.here} kept /> : <Page view={view} />
}

function Page({ view }: { view: PapersView }) {
  const t = useT()
  const question = (paper: PapersView['must'][number]) => (
    <PaperQuestion key={paper.key} paper={paper} most={view.most} />
  )
  return (
    <Main>
      <Title>{`${t('filing.papers.title')} · ${view.title}`}</Title>
      <div className="form-page">
        <LinkAction href={view.backHref} icon="arrow-left" small>
          {t('web.nav.back')}
        </LinkAction>
        <Steps steps={view.steps} savedAt={view.savedAt} />
        <ErrorSummary problems={view.problems} />
        <div className="two form-two">
          <div>
            <p className="small faint">{view.title}</p>
            <h1>{t('filing.papers.title')}</h1>
            <p className="lead mt-3 mb-6">
              {t(view.must.length > 0 ? 'filing.papers.lead' : 'filing.papers.lead-none')}
            </p>
            {view.have.length > 0 && (
              <div className="mb-6">
                <KnownFacts id="co-san" title={t('filing.papers.have')} facts={view.have} />
              </div>
            )}
            <form method="post" encType="multipart/form-data" noValidate>
              <button
                className="vh"
                type="submit"
                name="_action"
                value="save"
                tabIndex={-1}
                aria-hidden="true"
              />
              {view.must.map(question)}
              {view.may.length > 0 && (
                <div className="mt-6">
                  <More
                    summary={t('filing.papers.may', { count: view.may.length })}
                    open={view.may.some(({ files, error }) => files.length > 0 || error)}
                  >
                    {view.may.map(question)}
                  </More>
                </div>
              )}
              <div className="mt-6">
                <ButtonRow>
                  <Button name="_action" value="save">
                    {t('web.form.continue')}
                  </Button>
                  <Button kind="second" name="_action" value="upload">
                    {t('filing.papers.upload')}
                  </Button>
                  <button className="btn btn--quiet" type="submit" name="_action" value="later">
                    {t('filing.later')}
                  </button>
                </ButtonRow>
              </div>
            </form>
          </div>
          <Side steps={view.steps} />
        </div>
      </div>
      <Enhance name="dropzone" />
    </Main>
  )
}
