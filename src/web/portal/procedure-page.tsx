import type { Db } from 'motcua/kernel/db'
import { dateOfLaw } from 'motcua/kernel/time'
import {
  findListedProcedure,
  findVersion,
  listVersions,
  type ProcedureVersion,
  resultsOf,
} from 'motcua/modules/catalogue'
import { certifiesCopies } from 'motcua/modules/dossiers'
import { pageContext } from 'motcua/web/context'
import { data, type LoaderFunctionArgs } from 'react-router'
import { LinkAction, LinkButton } from '../ui/button'
import { type Crumb, Main } from '../ui/frame'
import { Icon } from '../ui/icon'
import { Notice } from '../ui/notice'
import { Qr } from '../ui/qr'
import { useT } from '../ui/shell'
import { StateTag } from '../ui/state'
import { Table } from '../ui/table'
import { More } from '../ui/timeline'
import { Title } from '../ui/title'
import { type Listed, ListedProcedurePage } from './listed-procedure'
import { type Paper, type ProcedureView, procedureView } from './procedure.view'
import { type GroupGuide, groupsWith } from './procedure-group.view'

interface Together {
  href: string
  title: string
}

type View =
  /** `page`: the whole address of this page, for its QR code. */
  | { kind: 'full'; procedure: ProcedureView; together: Together[]; page: string; bookable: boolean }
  | { kind: 'listed'; listed: Listed }

export async function loader(args: LoaderFunctionArgs): Promise<View> {
  const { app, now, locale, actor, baseUrl } = pageContext(args)
  const code = args.params.code ?? ''
  const today = dateOfLaw(now)
  const version = await findVersion(app.db, code, today)
  if (version?.kind === 'internal' && actor.kind !== 'officer') throw data(null, { status: 404 })
  if (version) {
    const [branches, all] = await Promise.all([
      branchesOf(app.db, version, today),
      listVersions(app.db, today),
    ])
    const together = groupsWith(all, code).map(({ procedureCode, plainName, plainNameEn }) => ({
      href: `/thu-tuc/${procedureCode}`,
      title: locale === 'en' ? plainNameEn : plainName,
    }))
    const page = `${baseUrl}/thu-tuc/${code}`
    return {
      kind: 'full',
      procedure: procedureView(version, today, locale, branches),
      together,
      page,
      bookable: certifiesCopies(version),
    }
  }
  const procedure = await findListedProcedure(app.db, code)
  if (!procedure) throw data(null, { status: 404 })
  const results = await resultsOf(app.db, code)
  return { kind: 'listed', listed: { procedure, results: results.map(({ name }) => name) } }
}

async function branchesOf(db: Db, { linked }: ProcedureVersion, on: string) {
  const codes = linked?.branches.map(({ procedureCode }) => procedureCode) ?? []
  const found = await Promise.all(codes.map((code) => findVersion(db, code, on)))
  return new Map(found.flatMap((each) => (each ? [[each.procedureCode, each] as const] : [])))
}

export default function ProcedurePage({ loaderData }: { loaderData: View }) {
  return loaderData.kind === 'full' ? (
    <Guide {...loaderData} />
  ) : (
    <ListedProcedurePage listed={loaderData.listed} />
  )
}

function Guide({
  procedure,
  together,
  page,
  bookable,
}: {
  procedure: ProcedureView
  together: readonly Together[]
  page: string
  bookable: boolean
}) {
  const t = useT()
  const crumbs: Crumb[] = [{ label: t('web.nav.procedures'), href: '/tim' }, { label: procedure.title }]
  return (
    <Main crumbs={crumbs}>
      <Title>{procedure.title}</Title>
      <div className="two guide">
        <div>
          <h1>{procedure.title}</h1>
          <p className="lead mt-3">{procedure.lead}</p>
          <p className="small faint mt-2">
            {t('web.procedure.fullName', { name: procedure.fullName })} · {t('web.procedure.codeOf')}{' '}
            <span className="code">{procedure.code}</span> ·{' '}
            {t('web.procedure.fieldOf', { field: procedure.field })}
          </p>
          <Facts procedure={procedure} />
          {together.length > 0 && (
            <div className="together">
              <Notice icon="info" title={t('branches.guide.together')}>
                {together.map(({ href, title }) => (
                  <p key={href}>
                    <LinkAction href={href}>{title}</LinkAction>
                  </p>
                ))}
              </Notice>
            </div>
          )}
          {procedure.group && <GroupParts group={procedure.group} />}
          <Audience procedure={procedure} />
          <Papers procedure={procedure} />
          <Times procedure={procedure} />
          {procedure.local.length > 0 && <Local procedure={procedure} />}
          <Places procedure={procedure} />
          {procedure.changes.length > 0 && <Changes procedure={procedure} />}
          {procedure.questions.length > 0 && <Questions procedure={procedure} />}
          <Basis procedure={procedure} />
          <section className="section" id="ma-qr">
            <h2>{t('web.procedure.qrTitle')}</h2>
            <p className="small soft mt-2">{t('web.procedure.qrText')}</p>
            <Qr text={page} label={t('web.procedure.qrLabel', { code: procedure.code })} />
          </section>
        </div>
        <Start procedure={procedure} bookable={bookable} />
      </div>
    </Main>
  )
}

type PartProps = { procedure: ProcedureView }

/** The four questions that people ask first. */
export function Facts({ procedure }: PartProps) {
  return (
    <dl className="facts mt-5">
      {procedure.facts.map(({ icon, label, value, note }) => (
        <div key={label}>
          <dt>
            <Icon name={icon} />
            {label}
          </dt>
          <dd>
            {value}
            {note && <small>{note}</small>}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function GroupParts({ group }: { group: GroupGuide }) {
  const t = useT()
  return (
    <section className="section" id="gom-gi">
      <h2>{t('branches.guide.title')}</h2>
      <p className="soft mt-2">
        {group.lead} {group.total}
      </p>
      <ol className="stages">
        {group.stages.map(({ key, title, parts }) => (
          <li key={key}>
            <h3 className="stages__title">{title}</h3>
            <ul className="branches">
              {parts.map((part) => (
                <li key={part.key} className="branch">
                  <h4>{part.name}</h4>
                  <p>{part.result}</p>
                  <p className="small soft">{part.by}</p>
                  {part.optional && <p className="mt-2">{t('branches.guide.only')}</p>}
                  <p className="branch__links">
                    <a className="link-action small" href={part.href}>
                      {t('branches.guide.alone')}
                      <span className="vh">: {part.name}</span>
                    </a>
                  </p>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
      <p className="soft mt-4">{t('branches.guide.fails')}</p>
    </section>
  )
}

/** Whom it is for. */
export function Audience({ procedure }: PartProps) {
  const t = useT()
  return (
    <section className="section" id="ai">
      <h2>{t('web.procedure.who')}</h2>
      <div className="prose mt-4">
        <p>{procedure.audience}</p>
        {procedure.conditions && <p>{procedure.conditions}</p>}
      </div>
    </section>
  )
}

/** What to prepare. */
export function Papers({ procedure }: PartProps) {
  const t = useT()
  return (
    <section className="section" id="can-gi">
      <h2>{t('web.procedure.prepare')}</h2>
      <p className="soft mt-2 mb-4">
        {t(procedure.papers.length > 0 ? 'web.procedure.prepareLead' : 'web.procedure.prepareNone')}
      </p>
      {procedure.papers.length > 0 && (
        <ul className="prep">
          {procedure.papers.map((paper) => (
            <PaperLine key={paper.key} paper={paper} />
          ))}
        </ul>
      )}
      {procedure.specialPapers.length > 0 && (
        <div className="mt-5">
          <More summary={t('web.procedure.special')}>
            <ul>
              {procedure.specialPapers.map(({ key, name, help }) => (
                <li key={key}>
                  {name}
                  {help && <span className="soft"> {help}</span>}
                </li>
              ))}
            </ul>
          </More>
        </div>
      )}
    </section>
  )
}

function PaperLine({ paper }: { paper: Paper }) {
  const t = useT()
  return (
    <li>
      <div>
        <b>{paper.name}</b>
        {paper.help && <p className="soft">{paper.help}</p>}
        {paper.alternatives.length > 0 && (
          <details className="alternatives">
            <summary>{t('web.procedure.alternatives', { count: paper.alternatives.length })}</summary>
            <ul className="list soft">
              {paper.alternatives.map(({ name, help }) => (
                <li key={name}>
                  {name}
                  {help && `: ${help}`}
                </li>
              ))}
            </ul>
          </details>
        )}
      </div>
      <StateTag state={paper.tag.state} icon={paper.tag.icon}>
        {paper.tag.text}
      </StateTag>
    </li>
  )
}

/** How long and how much, case by case. */
export function Times({ procedure }: PartProps) {
  const t = useT()
  return (
    <section className="section" id="bao-lau">
      <h2>{t('web.procedure.time')}</h2>
      <div className="mt-4">
        <Table
          caption={t('web.procedure.time')}
          hideCaption
          stack
          rows={procedure.cases}
          rowKey={({ code }) => code}
          columns={[
            { key: 'name', title: t('web.procedure.caseColumn'), heading: true, cell: ({ name }) => name },
            { key: 'limit', title: t('web.procedure.limitColumn'), cell: ({ limit }) => limit },
            { key: 'fee', title: t('web.procedure.feeColumn'), cell: ({ fee }) => fee },
          ]}
        />
      </div>
    </section>
  )
}

/** What the province has set; everything else is as published for the country. */
function Local({ procedure }: PartProps) {
  const t = useT()
  return (
    <div className="mt-5">
      <Notice tone="plain" icon="map-pin" title={t('provinceRules.local.title')}>
        {procedure.local.map((text) => (
          <p key={text}>{text}</p>
        ))}
      </Notice>
    </div>
  )
}

function Places({ procedure }: PartProps) {
  const t = useT()
  return (
    <section className="section" id="o-dau">
      <h2>{t('web.procedure.places')}</h2>
      <div className="prose mt-4">
        <ul>
          {procedure.online && (
            <li>
              <b>{t('web.procedure.online')}</b> {t('web.procedure.onlineText')}
            </li>
          )}
          <li>
            <b>{t('web.procedure.counter')}</b> {t('web.procedure.counterText')}{' '}
            <a href="/trung-tam">{t('web.procedure.findCentre')}</a>
          </li>
          {procedure.post && (
            <li>
              <b>{t('web.procedure.post')}</b> {t('web.procedure.postText')}
            </li>
          )}
          <li>
            <b>{t('web.procedure.decides')}</b> {procedure.executing}
          </li>
        </ul>
      </div>
    </section>
  )
}

function Changes({ procedure }: PartProps) {
  const t = useT()
  return (
    <section className="section" id="thay-doi">
      <h2>{t('web.procedure.news')}</h2>
      <ol className="changes">
        {procedure.changes.map(({ on, date, text, coming }) => (
          <li key={on}>
            <time dateTime={on}>{date}</time>
            <div>
              {coming && <StateTag state="info">{t('web.procedure.coming')}</StateTag>} {text}
            </div>
          </li>
        ))}
      </ol>
    </section>
  )
}

function Questions({ procedure }: PartProps) {
  const t = useT()
  return (
    <section className="section" id="hoi-dap">
      <h2>{t('web.procedure.questions')}</h2>
      <div className="mt-4">
        {procedure.questions.map(({ question, answer }) => (
          <More key={question} summary={question}>
            <p>{answer}</p>
          </More>
        ))}
      </div>
    </section>
  )
}

function Basis({ procedure }: PartProps) {
  const t = useT()
  return (
    <section className="section" id="can-cu">
      <h2>{t('web.procedure.basis')}</h2>
      <div className="mt-4">
        <More summary={t('web.procedure.legalBases')}>
          <ul>
            {procedure.legalBases.map(({ number, title }) => (
              <li key={number}>
                <span className="nowrap">{number}</span>: {title}
              </li>
            ))}
          </ul>
        </More>
        <More summary={t('web.procedure.steps')}>
          <ol>
            {procedure.steps.map(({ name, text }) => (
              <li key={name}>
                <b>{name}.</b> {text}
              </li>
            ))}
          </ol>
        </More>
      </div>
      <p className="small faint mt-4">
        {t('web.procedure.source', { source: procedure.source.text, on: procedure.source.on })}
      </p>
      <Doubts notes={procedure.source.doubts} />
    </section>
  )
}

function Start({ procedure, bookable }: PartProps & { bookable: boolean }) {
  const t = useT()
  return (
    <aside className="stick start" aria-labelledby="bat-dau">
      <div className="door">
        <h2 id="bat-dau">{t(procedure.online ? 'web.procedure.start' : 'web.procedure.notOnline')}</h2>
        <p className="soft mt-2 mb-4">
          {t(procedure.online ? 'web.procedure.startEffortUnknown' : 'web.procedure.notOnlineText')}
        </p>
        {procedure.online ? (
          <>
            <LinkButton size="start" block after="arrow-right" href={`/thu-tuc/${procedure.code}/nop`}>
              {t('web.procedure.begin')}
            </LinkButton>
            <ul className="ticks">
              {(['tickSignIn', 'tickSaved', 'tickCode'] as const).map((tick) => (
                <li key={tick}>
                  <Icon name="check" />
                  {t(`web.procedure.${tick}`)}
                </li>
              ))}
            </ul>
          </>
        ) : (
          <LinkButton block icon="map-pin" href="/trung-tam">
            {t('web.procedure.findCentre')}
          </LinkButton>
        )}
      </div>
      {bookable && (
        <p className="start__alt">
          <LinkAction href="/hen/dat" icon="calendar">
            {t('appointments.guide.title')}
          </LinkAction>
          <span className="small soft"> {t('appointments.guide.text')}</span>
        </p>
      )}
      {procedure.asksFirst && (
        <p className="start__alt">
          <LinkAction href={`/thu-tuc/${procedure.code}/co-duoc-khong`} icon="circle-check">
            {t('eligibility.link')}
          </LinkAction>
          <span className="small soft"> {t('eligibility.linkText')}</span>
        </p>
      )}
      <p className="start__alt">
        <LinkAction href="/trung-tam" icon="users">
          {t('web.procedure.helper')}
        </LinkAction>
      </p>
      <nav className="toc" aria-label={t('web.procedure.onThisPage')}>
        <h2>{t('web.procedure.onThisPage')}</h2>
        <ul>
          {tocOf(procedure).map(([id, key]) => (
            <li key={id}>
              <a href={`#${id}`}>{t(key)}</a>
            </li>
          ))}
        </ul>
      </nav>
    </aside>
  )
}

function tocOf({ changes, questions, group }: ProcedureView) {
  return (
    [
      ['gom-gi', 'branches.guide.toc'],
      ['ai', 'web.procedure.who'],
      ['can-gi', 'web.procedure.prepare'],
      ['bao-lau', 'web.procedure.time'],
      ['o-dau', 'web.procedure.places'],
      ['thay-doi', 'web.procedure.news'],
      ['hoi-dap', 'web.procedure.questions'],
      ['can-cu', 'web.procedure.basis'],
    ] as const
  ).filter(
    ([id]) =>
      (id !== 'thay-doi' || changes.length > 0) &&
      (id !== 'hoi-dap' || questions.length > 0) &&
      (id !== 'gom-gi' || group !== null),
  )
}

/** What is not sure yet: one note as it is, several behind one line. */
function Doubts({ notes }: { notes: readonly string[] }) {
  const t = useT()
  if (notes.length === 0) return null
  if (notes.length === 1)
    return <p className="small faint mt-2">{t('web.procedure.doubt', { note: notes[0]! })}</p>
  return (
    <details className="small faint mt-2">
      <summary>{t('web.procedure.doubts', { count: notes.length })}</summary>
      <ul>
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </details>
  )
}
