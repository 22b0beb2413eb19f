import { isRefusal } from 'motcua/kernel/errors'
import type { Locale } from 'motcua/kernel/i18n'
import { httpStatus } from 'motcua/kernel/problem'
import { Request as Act, type CommandName, digitiserAt } from 'motcua/modules/dossiers'
import { outcomesOf } from 'motcua/modules/processes'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { LinkAction, LinkButton } from '../ui/button'
import { Icon } from '../ui/icon'
import { Notice } from '../ui/notice'
import { useT } from '../ui/shell'
import { ClockChip, StateTag } from '../ui/state'
import { Title } from '../ui/title'
import { refusalText } from './acting'
import { BelongingNotice } from './belonging'
import { belongingOf } from './belonging-source'
import { DeskPage } from './desk-page'
import { destroyedOf } from './destroyed-source'
import styles from './dossier.css?url'
import { dossierView } from './dossier.view'
import { choicesFor } from './dossier-choices'
import { AnswersPane, PersonPane, ViewerPane } from './dossier-panes'
import { readAct } from './dossier-request'
import { type Conflict, type OpenDossier, openDossier, pageFactsOf, queueOf } from './dossier-source'
import { DuplicateNotice } from './duplicates'
import { duplicatesOfDossier } from './duplicates-source'
import { flashHeader, takeFlash } from './flash'
import { LinkedPanel } from './linked'
import { linkedOf } from './linked-source'
import { Outcome } from './outcome'
import { outcomeView } from './outcome.view'
import { Panel, type Posted } from './panels'
import { askPhone } from './phone-signing'
import { ProcessPicture, ProcessPlace } from './process-place'
import { isMine } from './queue.view'
import { readSupplement, supplementForm } from './record-supplement'
import { SplitView } from './shell'
import { authorisationIn } from './signing-source'
import { Toolbar } from './toolbar'

export const links = () => [{ rel: 'stylesheet', href: styles }]

export async function loader(args: LoaderFunctionArgs) {
  const open = await openDossier(args)
  if ('conflict' in open) return data(open, { status: 403 })
  const facts = await pageFactsOf(open)
  const query = new URL(args.request.url).searchParams
  const { flash, headers } = takeFlash(args.request)
  const { view, sections, acts, drafted, from } = open
  const panel = acts.find((act) => act.panel !== undefined && act.panel === query.get('viec'))
  return data(
    {
      ...dossierView({
        ...facts,
        view,
        sections,
        acts,
        drafted,
        from,
        paper: query.get('giay') ?? undefined,
      }),
      panel: panel && {
        act: panel,
        askable: open.askable,
        fields: open.fields,
        draftStart: open.draftStart,
        refusalDraft: open.refusalDraft,
        choices: await choicesFor(open, panel),
        supplement: panel.command === 'supplement' ? await supplementForm(open, query) : null,
      },
      inProcess: facts.inProcess,
      // Panels and papers are chosen in the address, so that they work without script and survive a reload.
      query: query.toString(),
      // Whether the same was asked for before matters while it is looked at for the first time.
      duplicates:
        view.dossier.state === 'submitted' ? await duplicatesOfDossier(open.page, open.officer, view) : [],
      destroyed: await destroyedOf(open.page, open.officer, view),
      linked: await linkedOf(open.page, open.officer, view.dossier),
      belonging: await belongingOf(open.page, view),
      certifies: open.certifies,
      digitises: digitiserAt(open.officer, view.dossier) !== undefined,
      outcome: outcomeView(flash, facts.locale),
    },
    { headers },
  )
}

/** Does one act on the dossier that the officer saw, and goes on to the next of the queue. */
export async function action(args: ActionFunctionArgs) {
  const open = await openDossier(args)
  if ('conflict' in open) throw data(null, { status: 403 })
  const { page, view, from } = open
  const form = await page.posted(args.request)
  const posted = postedOf(form)
  const read =
    form.get('command') === 'supplement'
      ? await readSupplement(open, form)
      : readAct(form, {
          askable: open.askable,
          draftFields: open.fields,
          delivery: view.dossier.delivery,
          fees: view.dossier.fees,
          newFact: open.newFact,
          signs: open.signs,
          locale: page.locale,
        })
  if ('problems' in read) return data({ ...posted, problems: read.problems }, { status: 422 })
  const unclean = uncleanOf(read.act, page.locale)
  if (unclean.length > 0) return data({ ...posted, problems: unclean }, { status: 422 })
  const { command: asked } = read.act
  if (open.onPhone.some((each) => each === asked)) return askOnPhone(open, read.act, form)
  const next = await nextOf(open)
  const done = await doAct(open, read.act, Number(form.get('sequence')), form)
  if (isRefusal(done)) {
    const text = refusalText(done, page.locale)
    return data({ ...posted, problems: [{ href: '#viec', text }] }, { status: httpStatus[done.kind] })
  }
  const command = form.has('pass') ? 'completeStep' : read.act.command
  const flash = {
    at: page.now.toISOString(),
    command,
    done: [view.dossier.code],
    refused: [],
    ...(command === 'accept' && { receipt: done.sequence }),
  }
  return redirect(whereTo(command, view.dossier.code, next, from), {
    headers: { 'set-cookie': flashHeader(flash) },
  })
}

/** Asks the officer's phone, and goes to the page that waits for it. */
async function askOnPhone({ page, officer, view }: OpenDossier, request: Act, form: FormData) {
  const { code } = view.dossier
  const asked = await askPhone(page, officer, [{ code, sequence: Number(form.get('sequence')), request }])
  return redirect('waitsAt' in asked ? asked.waitsAt : `/can-bo/ho-so/${code}`, {
    headers: { 'set-cookie': flashHeader(asked.flash) },
  })
}

// What cannot be stored, makes no sense or is far too long is told where it stands, not thrown.
function uncleanOf(act: Act, locale: Locale) {
  const parsed = Act.safeParse(act)
  const issues = parsed.success ? [] : parsed.error.issues
  const problems = issues.map(({ code, path }) => ({
    href: path.length > 0 ? `#${fieldAt(String(path[0]))}` : '#viec',
    text: refusalText({ code: `dossiers.input-${code}` }, locale),
  }))
  return problems.filter(({ href }, i) => problems.findIndex((each) => each.href === href) === i)
}

/** The field of the page behind a field of the request. */
const fieldAt = (name: string) =>
  ({ outcome: 'visited', name: 'feeName', draft: 'viec', items: 'ask-0' })[name] ?? name

// A draft may be passed on in the same press: two acts, the second on what the first made.
async function doAct(
  { page, officer, view, process }: OpenDossier,
  act: Act,
  sequence: number,
  form: FormData,
) {
  const { app, now } = page
  const { code } = view.dossier
  const done = await app.dossiers.act(officer, code, act, {
    ...{ now, expectedSequence: sequence },
    ...authorisationIn(form),
  })
  if (isRefusal(done) || !form.has('pass') || act.command !== 'draftResult') return done
  const stepId = done.tasks.find(({ no }) => no === act.taskNo)?.stepId
  const outcome = (stepId && outcomesOf(process, stepId)[0]) || 'ok'
  const onward: Act = { command: 'completeStep', ...(act.taskNo && { taskNo: act.taskNo }), outcome }
  return app.dossiers.act(officer, code, onward, { now, expectedSequence: done.sequence })
}

/** The dossier after this one that waits for the same officer; looked up before acting. */
async function nextOf({ page, officer, view, from }: OpenDossier): Promise<string | undefined> {
  const queue = await queueOf(page, officer, from)
  const at = queue.findIndex(({ code }) => code === view.dossier.code)
  const inOrder = [...queue.slice(at + 1), ...queue.slice(0, Math.max(at, 0))]
  return inOrder.find((item) => item.code !== view.dossier.code && isMine(item, officer))?.code
}

function whereTo(command: string, code: string, next: string | undefined, from: string): string {
  const query = from ? `?tu=${encodeURIComponent(from)}` : ''
  if (stays.has(command)) return `/can-bo/ho-so/${code}${query}`
  return next ? `/can-bo/ho-so/${next}${query}` : `/can-bo/viec${from ? `?${from}` : ''}`
}

/** Acts after which the officer still has the dossier to work on. */
const stays = new Set<string>([
  'note',
  'message',
  'assign',
  'reassign',
  'bar',
  'draftResult',
  'consult',
  'endConsult',
  'opine',
  'planVisit',
  'recordVisit',
  'confirm',
  'confirmObligation',
  'waiveObligation',
  'extend',
  'apologise',
  'explainDelay',
  'correctFees',
  'dispatchResult',
  'correctResult',
  'revokeResult',
  'takeOver',
  'handOver',
  'restore',
  'receiveMessage',
  'compensate',
] satisfies CommandName[])

/** What was typed, to show it again when the act was refused. */
function postedOf(form: FormData): Posted {
  const values: Record<string, string[]> = {}
  for (const name of new Set(form.keys()))
    if (name !== 'pin') values[name] = form.getAll(name).filter((value) => typeof value === 'string')
  return { values }
}

type Shown = ReturnType<typeof useLoaderData<typeof loader>>
type OpenView = Exclude<Shown, Conflict>

interface PageProps {
  actionData?: Posted & { problems: { href: string; text: string }[] }
}

export default function DossierPage({ actionData }: PageProps) {
  const view = useLoaderData<typeof loader>()
  return 'conflict' in view ? (
    <ConflictPage code={view.conflict} />
  ) : (
    <OpenPage view={view} actionData={actionData} />
  )
}

function OpenPage({ view, actionData }: PageProps & { view: OpenView }) {
  const t = useT()
  const problems = actionData?.problems ?? []
  const keys = [
    ...(view.papers.length > 1 ? [{ keys: ['1', '2'], does: t('desk.keys.papers') }] : []),
    ...(view.acts.some(({ rare }) => rare) ? [{ keys: ['.'], does: t('desk.keys.otherActs') }] : []),
    ...(view.digitises ? [{ keys: ['Z'], does: t('digitise.open') }] : []),
    { keys: ['[', ']'], does: t('desk.keys.neighbours') },
    { keys: ['Q'], does: t('desk.keys.back') },
    { keys: ['/'], does: t('desk.keys.find') },
  ]
  return (
    <DeskPage keys={keys}>
      <Title>{view.title}</Title>
      <Outcome outcome={view.outcome} />
      <SplitView
        head={<Head view={view} />}
        person={
          <PersonPane view={view} process={<ProcessPlace place={view.inProcess} />}>
            {view.linked?.filing && <LinkedPanel linked={view.linked} />}
          </PersonPane>
        }
        answers={
          <>
            <Problems problems={problems} />
            {view.destroyed && <Destroyed destroyed={view.destroyed} />}
            <DuplicateNotice duplicates={view.duplicates} />
            <BelongingNotice belonging={view.belonging} sequence={view.sequence} />
            {view.difference && (
              <Notice tone="warn" title={view.difference.title}>
                {view.difference.text}
              </Notice>
            )}
            {view.wordOfRecord && <Notice title={t('routing.partner.title')}>{view.wordOfRecord}</Notice>}
            {view.panel ? (
              <Panel
                key={view.panel.act.key}
                view={view}
                panel={view.panel}
                posted={actionData}
                closeHref={without(view.query, 'viec', view.code)}
              />
            ) : (
              actionData && <KeptWords posted={actionData} />
            )}
            {view.linked?.filing === null && <LinkedPanel linked={view.linked} />}
            {view.panel?.act.command === 'requestSupplement' ? null : <AnswersPane view={view} />}
          </>
        }
        papers={
          <>
            {(view.digitises || view.certifies) && (
              <p className="viewer__acts small">
                {view.digitises && (
                  <a href={`/can-bo/ho-so/${view.code}/so-hoa`} data-hotkey="Z">
                    {t('digitise.open')} <kbd>Z</kbd>
                  </a>
                )}
                {view.certifies && <a href={`/can-bo/ho-so/${view.code}/chung-thuc`}>{t('certify.open')}</a>}
              </p>
            )}
            <ViewerPane view={view} />
          </>
        }
        below={<ProcessPicture drawing={view.drawing} place={view.inProcess} />}
        actions={<Toolbar view={view} />}
      />
    </DeskPage>
  )
}

/** What was destroyed at the end of its period, and what is left. */
function Destroyed({ destroyed }: { destroyed: NonNullable<OpenView['destroyed']> }) {
  const t = useT()
  const { title, lines, certificate } = destroyed
  return (
    <Notice title={title}>
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
      {certificate && (
        <LinkAction href={certificate} icon="download">
          {t('retention.left.certificate')}
        </LinkAction>
      )}
    </Notice>
  )
}

/** The address of this page without one part of its query. */
function without(query: string, name: string, code: string): string {
  const rest = new URLSearchParams(query)
  rest.delete(name)
  const text = rest.toString()
  return `/can-bo/ho-so/${code}${text ? `?${text}` : ''}`
}

function Problems({ problems }: { problems: readonly { href: string; text: string }[] }) {
  const t = useT()
  if (problems.length === 0) return null
  return (
    <div className="error-summary" role="alert" tabIndex={-1}>
      <h2>
        <Icon name="octagon-alert" />
        {t('desk.panel.problems')}
      </h2>
      <ul>
        {problems.map(({ href, text }) => (
          <li key={href + text}>{href === '#viec' ? text : <a href={href}>{text}</a>}</li>
        ))}
      </ul>
    </div>
  )
}

/** Somebody else acted, and what was being written has no place any more: the words are not lost. */
function KeptWords({ posted }: { posted: Posted }) {
  const t = useT()
  const words = Object.entries(posted.values)
    .filter(([name]) => /^(reason|note|text|question|findings|newFact|text:.*|draft:.*)$/.test(name))
    .flatMap(([, values]) => values.filter((value) => value.trim() !== ''))
  if (words.length === 0) return null
  return (
    <section className="panel" aria-labelledby="da-go">
      <h2 id="da-go">{t('life.kept.title')}</h2>
      <p className="small soft">{t('life.kept.lead')}</p>
      {words.map((text) => (
        <blockquote key={text} className="panel__question">
          {text}
        </blockquote>
      ))}
    </section>
  )
}

/** Says to an officer with an interest of their own why the dossier stays closed, and what to do. */
function ConflictPage({ code }: { code: string }) {
  const t = useT()
  return (
    <DeskPage>
      <Title>{t('life.conflict.title')}</Title>
      <main className="conflict" id="noi-dung">
        <h1>{t('life.conflict.title')}</h1>
        <p>{t('life.conflict.why', { code })}</p>
        <p>
          <a href={`/ho-so/${code}`}>{t('life.conflict.own')}</a>
        </p>
        <p>{t('life.conflict.wrong')}</p>
        <p>
          <LinkButton kind="second" href="/can-bo/viec" hotkey="Q">
            {t('life.conflict.back')}
          </LinkButton>
        </p>
      </main>
    </DeskPage>
  )
}

function Head({ view }: { view: OpenView }) {
  const t = useT()
  return (
    <>
      <div>
        <p className="tiny">
          <a href={view.backHref} data-hotkey="Q">
            {t('desk.dossier.crumb')}
          </a>
          {view.place && (
            <>
              {' · '}
              {view.place}{' '}
              {view.previousHref && (
                <a href={view.previousHref} data-hotkey="[" rel="prev">
                  <kbd>[</kbd>
                  <span className="vh">{t('desk.keys.neighbours')}</span>
                </a>
              )}{' '}
              {view.nextHref && (
                <a href={view.nextHref} data-hotkey="]" rel="next">
                  <kbd>]</kbd>
                  <span className="vh">{t('desk.keys.neighbours')}</span>
                </a>
              )}
            </>
          )}
        </p>
        <h1>{view.title}</h1>
        <p className="small soft">
          <span className="tab">{view.code}</span> · {view.subtitle}
        </p>
      </div>
      <div className="dhead__right">
        <StateTag state={view.state.kind}>{view.state.text}</StateTag>
        <div className="dclock">
          <ClockChip clock={view.clock} big />
          <small>
            {view.dueText}
            {view.why.length > 0 && (
              <>
                {' · '}
                <a href="#vi-sao">{t('desk.dossier.why')}</a>
              </>
            )}
          </small>
        </div>
      </div>
    </>
  )
}
