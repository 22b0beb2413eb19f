import { readFeed } from 'motcua/kernel/feed'
import { messages } from 'motcua/kernel/i18n'
import { rateLimit } from 'motcua/kernel/rate-limit'
import { dateOfLaw } from 'motcua/kernel/time'
import { verifyDossiers } from 'motcua/modules/dossiers'
import { recompute, rememberedSummary } from 'motcua/modules/indicators'
import { type PageContext, pageContext } from 'motcua/web/context'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from 'react-router'
import { Button, LinkAction } from '../../ui/button'
import { numberText } from '../../ui/format'
import { Main } from '../../ui/frame'
import { Notice } from '../../ui/notice'
import { useT } from '../../ui/shell'
import { StateTag } from '../../ui/state'
import { SummaryList } from '../../ui/summary-list'
import { Table } from '../../ui/table'
import { Title } from '../../ui/title'
import {
  type ExploreView,
  exploreView,
  type FunctionLine,
  type Proof,
  type ProofView,
  proofView,
  type WeightLine,
  weightLines,
} from './explore.view'
import { requiredFunctions } from './functions'
import { pageWeights } from './page-weights'
import { SourceText } from './source-text'

interface EntryView {
  rows: { label: string; text: string }[]
  data: string
}

interface Loaded {
  functions: ExploreView
  entries: string
  example: EntryView | null
  weights: WeightLine[] | null
  demonstration: boolean
}

export async function loader(args: LoaderFunctionArgs): Promise<Loaded> {
  const page = pageContext(args)
  const { app, now, locale, demonstration } = page
  const today = dateOfLaw(now)
  const [{ asAt }, weights] = await Promise.all([
    rememberedSummary(app.db.pool, { from: today, to: today, now }),
    pageWeights(`http://localhost:${app.config.port}`, now),
  ])
  return {
    functions: exploreView(requiredFunctions, locale),
    entries: numberText(asAt.position, locale),
    // An entry names nobody, yet the code of a real dossier is not for everybody.
    example: demonstration ? await newestEntry(page, asAt.position) : null,
    weights: weights && weightLines(weights, locale),
    demonstration,
  }
}

async function newestEntry({ app, locale }: PageContext, position: number): Promise<EntryView | null> {
  const [entry] = await readFeed(app.db.pool, Math.max(0, position - 1), 1)
  if (entry === undefined) return null
  const t = messages(locale)
  return {
    rows: [
      { label: t('explore.entry.kind'), text: entry.kind },
      { label: t('explore.entry.at'), text: entry.at.toISOString() },
      { label: t('explore.entry.actor'), text: `${entry.actor.kind} ${entry.actor.id}` },
      { label: t('explore.entry.place'), text: `${entry.stream} #${entry.sequence}` },
      { label: t('explore.entry.before'), text: entry.previousHash?.toString('hex') ?? '–' },
      { label: t('explore.entry.hash'), text: entry.hash.toString('hex') },
    ],
    data: JSON.stringify(entry.data, null, 2),
  }
}

// Reading every dossier costs seconds of work: those who ask meanwhile share one reading, and then it rests.
const proofs = rateLimit({ limit: 2, windowSeconds: 60 })
let running: Promise<Proof> | undefined

/** Recomputes everything before the visitor's eyes: what `motcua verify` does. */
export async function action(args: ActionFunctionArgs) {
  const { app, locale, demonstration } = pageContext(args)
  if (!demonstration) throw data(null, { status: 404 })
  if (running === undefined) {
    if (!proofs.take('all', app.now()).allowed) return data({ wait: true as const }, { status: 429 })
    running = prove(app).finally(() => {
      running = undefined
    })
  }
  return data({ proof: proofView(await running, locale) })
}

async function prove({ db }: PageContext['app']): Promise<Proof> {
  const begun = performance.now()
  const dossiers = await verifyDossiers(db.pool)
  const figures = await recompute(db)
  return {
    dossiers: dossiers.streams,
    entries: dossiers.entries,
    brokenChains: dossiers.chainFaults.length,
    differingRows: dossiers.differingRows.length,
    differingFigures: figures.length,
    ms: Math.round(performance.now() - begun),
  }
}

type Answer = { proof: ProofView } | { wait: true }

export default function ExplorePage({ loaderData, actionData }: { loaderData: Loaded; actionData?: Answer }) {
  const t = useT()
  return (
    <Main crumbs={[{ label: t('explore.title') }]}>
      <Title>{t('explore.title')}</Title>
      <h1>{t('explore.title')}</h1>
      <p className="lead mt-3">{t('explore.lead')}</p>
      <nav className="btn-row mt-3" aria-label={t('explore.parts')}>
        <LinkAction href="#chuc-nang">{t('explore.cio')}</LinkAction>
        <LinkAction href="#kiem-chung">{t('explore.verify')}</LinkAction>
        <LinkAction href="#thiet-ke">{t('explore.designer')}</LinkAction>
        <LinkAction href="#lap-trinh">{t('explore.developer')}</LinkAction>
      </nav>
      <Functions view={loaderData.functions} />
      <Verify loaded={loaderData} answer={actionData} />
      <Design weights={loaderData.weights} />
      <Develop demonstration={loaderData.demonstration} />
    </Main>
  )
}

function Functions({ view }: { view: ExploreView }) {
  const t = useT()
  return (
    <section className="section" aria-labelledby="chuc-nang">
      <h2 id="chuc-nang">{t('explore.cio')}</h2>
      <p className="soft mt-2">{t('explore.source')}</p>
      <p className="mt-2">
        <b>{view.counts}</b>
      </p>
      {view.groups.map(({ key, title, lines }) => (
        <details key={key} className="more" open={key === 'F4'}>
          <summary>
            {title} <span className="faint num">({lines.length})</span>
          </summary>
          <div>
            <ul className="rows">
              {lines.map((line) => (
                <FunctionRow key={line.id} line={line} />
              ))}
            </ul>
          </div>
        </details>
      ))}
    </section>
  )
}

function FunctionRow({ line }: { line: FunctionLine }) {
  const t = useT()
  return (
    <li className="function">
      <div>
        <p>
          <span className="code faint">{line.id}</span> <b>{line.name}</b>
        </p>
        {line.note && <p className="small soft">{line.note}</p>}
        <p className="small function__where">
          {line.link && <a href={line.link}>{t('explore.see', { path: line.link })}</a>}
          {line.test && <span className="faint">{t('explore.proved', { file: line.test })}</span>}
        </p>
      </div>
      <StateTag state={line.tag.state}>{line.tag.text}</StateTag>
    </li>
  )
}

function Verify({ loaded, answer }: { loaded: Loaded; answer?: Answer }) {
  const t = useT()
  return (
    <section className="section" aria-labelledby="kiem-chung">
      <h2 id="kiem-chung">{t('explore.verify')}</h2>
      <p className="mt-2">{t('explore.verifyText', { count: loaded.entries })}</p>
      {answer && 'proof' in answer && (
        <div className="mt-4 max-w-3xl">
          <Notice tone={answer.proof.sound ? 'ok' : 'bad'} role="status" title={answer.proof.title}>
            <ul>
              {answer.proof.lines.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </Notice>
        </div>
      )}
      {answer && 'wait' in answer && (
        <div className="mt-4 max-w-3xl">
          <Notice tone="warn" role="alert" title={t('explore.proof.wait')} />
        </div>
      )}
      <div className="btn-row mt-4">
        {loaded.demonstration && (
          <form method="post" action="#kiem-chung">
            <Button kind="second" icon="rotate-cw">
              {t('explore.proof.do')}
            </Button>
          </form>
        )}
        <LinkAction href="/api/v1/board/summary" icon="code">
          {t('explore.summary')}
        </LinkAction>
      </div>
      {loaded.example && (
        <div className="mt-5 max-w-3xl">
          <h3>{t('explore.entry.title')}</h3>
          <p className="small soft mb-3">{t('explore.entry.text')}</p>
          <SummaryList
            rows={loaded.example.rows.map(({ label, text }) => ({
              label,
              text: <span className="fingerprint">{text}</span>,
            }))}
          />
          <SourceText label={t('explore.entry.title')}>{loaded.example.data}</SourceText>
        </div>
      )}
    </section>
  )
}

function Design({ weights }: { weights: readonly WeightLine[] | null }) {
  const t = useT()
  return (
    <section className="section" aria-labelledby="thiet-ke">
      <h2 id="thiet-ke">{t('explore.designer')}</h2>
      <p className="mt-2">{t('explore.designText')}</p>
      <LinkAction href="/thanh-phan" icon="eye">
        {t('explore.components')}
      </LinkAction>
      {weights ? (
        <Table
          caption={t('explore.weight.caption')}
          rows={weights}
          rowKey={({ path }) => path}
          columns={[
            {
              key: 'path',
              title: t('explore.weight.page'),
              heading: true,
              cell: ({ path }) => (
                <LinkAction href={path} small>
                  {path}
                </LinkAction>
              ),
            },
            { key: 'html', title: 'HTML', numeric: true, cell: ({ html }) => html },
            { key: 'css', title: 'CSS', numeric: true, cell: ({ styles }) => styles },
            { key: 'fonts', title: t('explore.weight.fonts'), numeric: true, cell: ({ fonts }) => fonts },
            { key: 'js', title: 'Script', numeric: true, cell: ({ scripts }) => scripts },
            {
              key: 'total',
              title: t('explore.weight.total'),
              numeric: true,
              cell: ({ total }) => <b>{total}</b>,
            },
          ]}
        />
      ) : (
        <p className="small soft">{t('explore.weight.none')}</p>
      )}
    </section>
  )
}

function Develop({ demonstration }: { demonstration: boolean }) {
  const t = useT()
  return (
    <section className="section" aria-labelledby="lap-trinh">
      <h2 id="lap-trinh">{t('explore.developer')}</h2>
      <p className="mt-2">{t('explore.developText')}</p>
      <div className="btn-row mt-3">
        <LinkAction href="/api" icon="code">
          {t('explore.apiPage')}
        </LinkAction>
        {demonstration && (
          <LinkAction href="/api#khoa" icon="lock">
            {t('explore.sandbox')}
          </LinkAction>
        )}
      </div>
    </section>
  )
}
