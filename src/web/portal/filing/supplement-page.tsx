import { isRefusal } from 'motcua/kernel/errors'
import { messages } from 'motcua/kernel/i18n'
import { isId } from 'motcua/kernel/ids'
import { httpStatus } from 'motcua/kernel/problem'
import { dateOfLaw } from 'motcua/kernel/time'
import { getVersion } from 'motcua/modules/catalogue'
import { listAuthorities } from 'motcua/modules/directory'
import { fileState, findFiles, type StoredFile } from 'motcua/modules/documents'
import type { DossierView, PaperInput } from 'motcua/modules/dossiers'
import {
  type Answers,
  findForm,
  formPageView,
  type LiveForm,
  liveForm,
  reviewView,
  validateAnswers,
} from 'motcua/modules/forms'
import { pageContext } from 'motcua/web/context'
import { type ActionFunctionArgs, createContext, data, type LoaderFunctionArgs, redirect } from 'react-router'
import { Button, ButtonRow, LinkAction, LinkButton } from '../../ui/button'
import { ErrorSummary, type Problem } from '../../ui/error-summary'
import { FileField } from '../../ui/fields'
import { Enhance, Main } from '../../ui/frame'
import { Notice } from '../../ui/notice'
import { useT } from '../../ui/shell'
import { Title } from '../../ui/title'
import { asShown } from '../own-dossier'
import { personOnly } from '../person-only'
import { type Asked, takePage } from './answer-page'
import { AskedField } from './filing-field'
import { namesOfPlaces } from './filing-source'
import { LivePage } from './live-page'
import { Known, VaultOffers } from './paper-question'
import type { PlaceHit } from './places'
import { refusalProblems } from './refusal-texts'
import { endedAnswer, sessionEnded } from './session-ended'
import { SessionEnded } from './session-ended-page'
import { otherPaper, type SupplementView, supplementView } from './supplement-page.view'
import { mostText, postedForm, takeUploads, tooLargeText } from './uploads'
import { type Asker, chosenFor, isKnown, takeFromVault, vaultOffers } from './vault-offers'

interface Opened extends Asked {
  view: DossierView
  title: string
  paperNames: Record<string, string>
  /** Papers that are asked for and that the vault may have. */
  lines: { key: string; code: string | null }[]
  agencies: { code: string; name: string }[]
}

/** What was posted and could not be sent on: shown again, all kept. */
interface Posted {
  opened: Opened
  problems: Problem[]
  fieldProblems: ReturnType<typeof validateAnswers>['problems']
  hits: Record<string, PlaceHit[]>
  kept: StoredFile[]
  /** Papers of the vault that were ticked, by the paper they serve as. */
  ticked: Record<string, string[]>
  refused: Record<string, string[]>
}

const posted = createContext<Posted | null>(null)

type View =
  | { kind: 'ended'; here: string }
  | { kind: 'nothing'; code: string }
  | ({ kind: 'asked'; live: LiveForm } & SupplementView)

export async function loader(args: LoaderFunctionArgs): Promise<View> {
  if (args.context.get(sessionEnded)) return { kind: 'ended', here: new URL(args.request.url).pathname }
  personOnly(args)
  const result = args.context.get(posted)
  const opened = result?.opened ?? (await open(args))
  if (opened.view.openRequest === null) return { kind: 'nothing', code: opened.view.dossier.code }
  return { kind: 'asked', live: liveOf(opened), ...(await viewOf(opened, result)) }
}

async function open(args: LoaderFunctionArgs): Promise<Opened> {
  const page = pageContext(args)
  const person = personOnly(args)
  const { app, locale, now } = page
  const view = await app.dossiers.view(person, args.params.code ?? '')
  if (isRefusal(view) || !maySupplement(view)) throw data(null, { status: 404 })
  const { dossier, answers } = view
  const [version, form] = await Promise.all([
    getVersion(app.db, dossier.procedureCode, dossier.procedureVersion),
    findForm(app.db, dossier.formKey, { version: dossier.formVersion }),
  ])
  if (form === undefined) throw data(null, { status: 404 })
  const agencies = await listAuthorities(app.db, { kinds: [version.executing.kind] })
  const names = version.components.map(({ key, name, nameEn }) => [key, locale === 'en' ? nameEn : name])
  return {
    page,
    person,
    view,
    title: locale === 'en' ? version.plainNameEn : version.plainName,
    paperNames: Object.fromEntries(names),
    lines: version.components.filter(({ key }) => componentsAsked(view).has(key)),
    agencies,
    form: form.compiled,
    answers: answers as Answers,
    origins: {},
    today: dateOfLaw(now),
  }
}

const componentsAsked = ({ openRequest }: DossierView) =>
  new Set(
    openRequest?.items.flatMap(({ target }) => (target && 'component' in target ? [target.component] : [])),
  )

// The applicant reads that nothing is asked any more; a representative may answer what is.
const maySupplement = ({ asApplicant, actions }: DossierView) =>
  asApplicant || actions.some(({ command }) => command === 'supplement')

export async function action(args: ActionFunctionArgs) {
  const page = pageContext(args)
  if (page.actor.kind === 'anonymous') return endedAnswer(args)
  const form = await postedForm(args.request, pageContext(args))
  const opened = await open(args)
  const { code } = opened.view.dossier
  if (opened.view.openRequest === null) return data(null, { status: 409 })
  const { answers, hits } = await takeAnswers(opened, form)
  const { kept, refused } = await takePapers(opened, form)
  const offers = await vaultOffers(askerFor(opened), opened.lines)
  const ticked = Object.fromEntries(opened.lines.map(({ key }) => [key, chosenFor(form, key, offers[key])]))
  const again = (problems: Problem[], status: number, fieldProblems: Posted['fieldProblems'] = []) => {
    args.context.set(posted, {
      opened: { ...opened, answers },
      problems,
      fieldProblems,
      hits,
      kept,
      ticked,
      refused,
    })
    return data(null, { status })
  }
  const tooLarge = tooLargeText(form, page)
  if (tooLarge) return again([{ href: '#viec-1', text: tooLarge }], 413)
  if (Object.keys(refused).length > 0) return again([], 422)
  if (form.get('_action') !== 'send') return again([], 200)
  const wrong = askedProblems(opened, answers)
  if (wrong.length > 0) return again([], 422, wrong)
  const changed = changedAnswers(opened, answers)
  const chosen = Object.values(ticked).flat()
  if (changed === undefined && kept.length === 0 && chosen.length === 0)
    return again([{ href: '#viec-1', text: messages(page.locale)('filing.supplement.nothing') }], 422)
  const uploads = kept.map(toPaper)
  const untold = opened.lines.some(({ key }) => {
    const own = uploads.filter(({ component }) => component === key)
    return isKnown(own, offers[key]) && ticked[key]?.length === 0 && !form.has(`known.${key}`)
  })
  if (untold) return again([], 200)
  const papers = [...uploads]
  for (const { key } of opened.lines) {
    const taken = await takeFromVault(opened, key, ticked[key] ?? [])
    papers.push(...taken.papers)
    if (taken.refusals.length > 0) refused[key] = taken.refusals
  }
  if (Object.keys(refused).length > 0) return again([], 422)
  const request = { command: 'supplement' as const, ...(changed && { answers: changed }), papers }
  const done = await page.app.dossiers.act(opened.person, code, request, asShown(form, page.now))
  if (isRefusal(done))
    return again(
      refusalProblems(done, page.locale, { hrefOf: () => '#noi-dung', labelOf: (field) => field }),
      httpStatus[done.kind],
    )
  return redirect(`/ho-so/${code}?da-bo-sung=1`, 303)
}

const askerFor = ({ page, person, view: { party, dossier }, today }: Opened): Asker => ({
  ...{ page, person, filedFor: party.filedFor, procedureCode: dossier.procedureCode, today },
})

/** The pages that hold what is asked, for the script of this page. */
function liveOf(opened: Opened): LiveForm {
  const { form, answers, today, page } = opened
  const roots = new Set([...askedPaths(opened)].map((path) => path.split('[')[0] ?? path))
  const keys = form.definition.pages
    .filter(({ groups }) =>
      groups.some(({ key, fields }) => roots.has(key) || fields.some((field) => roots.has(field.key))),
    )
    .map(({ key }) => key)
  return liveForm(form, keys, { answers, today, locale: page.locale })
}

/** Paths of the questions that the request is about. */
function askedPaths({ view }: Opened): Set<string> {
  const items = view.openRequest?.items ?? []
  return new Set(items.flatMap(({ target }) => (target && 'field' in target ? [target.field] : [])))
}

async function takeAnswers(
  opened: Opened,
  form: FormData,
): Promise<{ answers: Answers; hits: Record<string, PlaceHit[]> }> {
  // Only what the authority asked about may change here.
  const paths = askedPaths(opened)
  const asked = form.getAll('_asked').filter((path) => paths.has(String(path)))
  form.delete('_asked')
  for (const path of asked) form.append('_asked', path)
  let answers = opened.answers
  const hits: Record<string, PlaceHit[]> = {}
  for (const { key } of opened.form.definition.pages) {
    const taken = await takePage({ ...opened, answers }, key, form)
    answers = taken.answers
    Object.assign(hits, taken.hits)
  }
  return { answers, hits }
}

async function takePapers(opened: Opened, form: FormData) {
  const { page, person, paperNames } = opened
  const removed = String(form.get('_action') ?? '').replace(/^remove:/, '')
  const kept = (await ownFiles(opened, form.getAll('_kept').map(String))).filter(
    ({ fileId }) => fileId !== removed,
  )
  const refused: Record<string, string[]> = {}
  for (const key of [...Object.keys(paperNames), otherPaper]) {
    const { files, refusals } = await takeUploads(page, person, form, `paper.${key}`, `component:${key}`)
    kept.push(...files)
    if (refusals.length > 0) refused[key] = refusals
  }
  return { kept, refused }
}

// Files sent a moment ago come back by number; only the sender's own count.
async function ownFiles({ page, person }: Opened, fileIds: string[]): Promise<StoredFile[]> {
  const known = fileIds.filter(isId).slice(0, 100)
  const files = known.length > 0 ? await findFiles(page.app.db.pool, known) : []
  return files.filter(
    ({ owner, purpose }) =>
      owner.kind === 'person' && owner.id === person.personId && purpose.startsWith('component:'),
  )
}

function toPaper({ fileId, sha256, name, mediaType, purpose }: StoredFile): PaperInput {
  return { component: componentOf(purpose), fileId, sha256, name, mediaType, source: 'upload' }
}

const componentOf = (purpose: string) => purpose.slice('component:'.length)

function askedProblems(opened: Opened, answers: Answers) {
  const paths = askedPaths(opened)
  const { problems } = validateAnswers(opened.form, answers, { today: opened.today })
  return problems.filter(({ field }) => paths.has(field))
}

function changedAnswers(opened: Opened, answers: Answers): Answers | undefined {
  const same = (key: string) => JSON.stringify(answers[key]) === JSON.stringify(opened.answers[key])
  const changed = Object.keys(answers).filter((key) => !same(key))
  return changed.length > 0 ? Object.fromEntries(changed.map((key) => [key, answers[key]])) : undefined
}

async function viewOf(opened: Opened, result: Posted | null): Promise<SupplementView> {
  const { page, view, form, answers, today, agencies, title, paperNames } = opened
  const { locale } = page
  const places = await namesOfPlaces(opened)
  const given = { answers, origins: {}, locale, today, places, agencies }
  const problems = result?.fieldProblems ?? []
  const pages = form.definition.pages.map(({ key }) => formPageView(form, key, { ...given, problems }))
  const told = pages.flatMap((each) => each.problems.filter(({ pageKey }) => pageKey === each.key))
  return supplementView({
    code: view.dossier.code,
    title,
    sequence: view.dossier.sequence,
    request: view.openRequest ?? { items: [], reason: null },
    pages,
    review: reviewView(form, { ...given, answers: view.answers as Answers }),
    paperNames,
    kept: Object.groupBy(
      (result?.kept ?? []).map((file) => ({ ...file, state: fileState(file, locale) })),
      ({ purpose }) => componentOf(purpose),
    ) as Record<string, StoredFile[]>,
    offers: await vaultOffers(askerFor(opened), opened.lines),
    ticked: result?.ticked,
    today,
    refused: result?.refused ?? {},
    problems: [...told.map(({ href, text }) => ({ href, text })), ...(result?.problems ?? [])],
    hits: result?.hits ?? {},
    most: mostText(page),
    locale,
  })
}

export default function SupplementPage({ loaderData: view }: { loaderData: View }) {
  if (view.kind === 'ended') return <SessionEnded here={view.here} kept={false} />
  return view.kind === 'nothing' ? <NothingAsked code={view.code} /> : <Page view={view} />
}

function NothingAsked({ code }: { code: string }) {
  const t = useT()
  return (
    <Main
      crumbs={[
        { label: t('web.nav.mine'), href: '/ho-so' },
        { label: code, href: `/ho-so/${code}` },
        { label: t('filing.supplement.title') },
      ]}
    >
      <Title>{t('filing.supplement.no-request')}</Title>
      <h1>{t('filing.supplement.no-request')}</h1>
      <p className="lead mt-3 mb-6">{t('filing.supplement.no-request-text')}</p>
      <LinkButton href={`/ho-so/${code}`}>{t('filing.supplement.back')}</LinkButton>
    </Main>
  )
}

function Page({ view }: { view: SupplementView & { live: LiveForm } }) {
  const t = useT()
  const crumbs = [
    { label: t('web.nav.mine'), href: '/ho-so' },
    { label: view.code, href: `/ho-so/${view.code}` },
    { label: t('filing.supplement.title') },
  ]
  return (
    <Main crumbs={crumbs}>
      <Title>{`${t('filing.supplement.title')} · ${view.title}`}</Title>
      <ErrorSummary problems={view.problems} />
      <p className="small faint">
        {view.title} · <span className="code">{view.code}</span>
      </p>
      <h1>{t('filing.supplement.title')}</h1>
      <p className="lead mt-3">{t('filing.supplement.lead', { count: view.items.length })}</p>
      <p className="small soft mt-2">{t('filing.supplement.clock')}</p>
      {view.newFact && (
        <div className="mt-5 max-w-xl">
          <Notice title={t('filing.supplement.new-fact')}>{view.newFact}</Notice>
        </div>
      )}
      {view.reason && (
        <div className="mt-5 max-w-xl">
          <Notice title={t('filing.supplement.reason')}>{view.reason}</Notice>
        </div>
      )}
      <form method="post" encType="multipart/form-data" noValidate className="mt-6">
        <input type="hidden" name="_sequence" value={view.sequence} />
        <button className="vh" type="submit" name="_action" value="send" tabIndex={-1} aria-hidden="true" />
        <ol className="supplement">
          {view.items.map((item) => (
            <Item key={item.key} item={item} view={view} />
          ))}
        </ol>
        <LivePage form={view.live} />
        <div className="mt-6">
          <ButtonRow>
            <Button size="start" name="_action" value="send">
              {t('filing.supplement.send')}
            </Button>
            {view.items.some(({ paper }) => paper) && (
              <Button kind="second" name="_action" value="upload">
                {t('filing.papers.upload')}
              </Button>
            )}
            <LinkAction href={`/ho-so/${view.code}`}>{t('filing.supplement.back')}</LinkAction>
          </ButtonRow>
        </div>
      </form>
      <Enhance name="dropzone" />
      <Enhance name="place-search" />
      <Enhance name="form" />
    </Main>
  )
}

function Item({ item, view }: { item: SupplementView['items'][number]; view: SupplementView }) {
  const t = useT()
  const { field, paper } = item
  return (
    <li id={item.key}>
      <h2>{item.text}</h2>
      <p className="small soft mt-2">
        {item.about}
        {item.before && `. ${t('filing.supplement.known', { text: item.before })}`}
      </p>
      <div className="mt-4">
        {field && <AskedField field={field} hits={view.hits[field.path] ?? []} most={view.most} />}
        {paper && (
          <>
            {paper.files.map(({ fileId }) => (
              <input key={fileId} type="hidden" name="_kept" value={fileId} />
            ))}
            <VaultOffers paper={paper} />
            {paper.known && <Known paperKey={paper.key} />}
            <FileField
              id={paper.id}
              name={`paper.${paper.key}`}
              label={paper.name}
              hint={paper.offers.length > 0 ? t('vault.offer.or-upload') : undefined}
              error={paper.error}
              most={view.most}
              removeName="_action"
              stored={paper.files.map(({ fileId, name, state }) => ({
                fileId: `remove:${fileId}`,
                name,
                href: `/tep/${fileId}?xem=1`,
                ...(state && { state: { ...state, of: fileId } }),
              }))}
            />
          </>
        )}
      </div>
    </li>
  )
}
