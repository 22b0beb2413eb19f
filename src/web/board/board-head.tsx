import type { ReactNode } from 'react'
import { Button, LinkAction } from '../ui/button'
import { ErrorSummary } from '../ui/error-summary'
import { dateText } from '../ui/format'
import { SampleTag } from '../ui/frame'
import { Icon } from '../ui/icon'
import { useShell, useT } from '../ui/shell'
import { Tabs } from '../ui/table'
import { boardHref, stepWords } from './board-query'
import type { Choice } from './board-source'
import type { HeadView } from './head.view'
import { UnitHistory } from './unit-history'

/** Heading, period, the time that the figures are of, and the choice of another unit. */
export function BoardHead({
  view,
  title,
  lead,
  path,
  choices,
  top,
  children,
}: {
  view: HeadView
  title: string
  lead: string
  path: string
  choices: readonly Choice[]
  top: Choice
  /** Said after the time of the figures. */
  children?: ReactNode
}) {
  const t = useT()
  return (
    <>
      <div className="bhead">
        <div>
          <h1>{title}</h1>
          <p className="soft bhead__lead">{lead}</p>
        </div>
        <Tabs label={t('board.period.label')} tabs={view.tabs} />
      </div>
      <p className="asat">
        <Icon name="clock" />
        <span>
          {t('board.asAt.read')}{' '}
          <b className="num">
            {view.asAt.time} {t('board.asAt.on')} {view.asAt.date}
          </b>
          . {view.isMoving && t('board.asAt.moving')} {children}
          <SampleTag />
        </span>
      </p>
      {view.history && <UnitHistory history={view.history} />}
      {view.set && <SetLine set={view.set} />}
      <Chooser view={view} path={path} {...{ choices, top }} />
      {view.ask.wall && (
        <p className="no-print">
          <LinkAction href={boardHref(path, view.ask, { wall: false })} icon="x">
            {t('board.open.leave')}
          </LinkAction>
        </p>
      )}
    </>
  )
}

/** By which set points are given, on which decision and for how long, and the other sets that hold here. */
function SetLine({ set: { name, text, choices } }: { set: NonNullable<HeadView['set']> }) {
  const t = useT()
  return (
    <div className="asat setline">
      <Icon name="file-text" />
      <div>
        <p>
          {t('board.set.by')} <b>{name}</b>. {text}
        </p>
        {choices.length > 1 && (
          <nav className="setline__choices no-print" aria-label={t('board.set.choose')}>
            {choices.map(({ key, name: each, href, current }) => (
              <a key={key} href={href} aria-current={current ? 'true' : undefined}>
                {each}
              </a>
            ))}
          </nav>
        )}
      </div>
    </div>
  )
}

/** Choosing another authority or stretch of time; a plain form that keeps what else the page asks for. */
function Chooser({
  view: { ask, more },
  path,
  choices,
  top,
}: {
  view: HeadView
  path: string
  choices: readonly Choice[]
  top: Choice
}) {
  const t = useT()
  return (
    <details
      className="chooser no-print"
      data-keep="chon"
      open={ask.kind === 'khac' || ask.problems.length > 0}
    >
      <summary>
        <Icon name="chevron-down" />
        {t('board.choose.open')}
      </summary>
      <form method="get" action={path} className="chooser__form">
        <Hidden values={Object.entries({ bo: ask.set ?? '', ...more })} />
        <label htmlFor="co-quan">
          <span>{t('board.choose.authority')}</span>
          <select className="input" id="co-quan" name="co-quan" defaultValue={ask.authority ?? ''}>
            <option value={top.code}>{t('board.choose.all', { place: top.name })}</option>
            {choices.map(({ code, name, until }) => (
              <option key={code} value={code}>
                {until ? t('board.choose.until', { name, on: dateText(until) }) : name}
              </option>
            ))}
          </select>
        </label>
        <label htmlFor="tu">
          <span>{t('board.choose.from')}</span>
          <input className="input" type="date" id="tu" name="tu" defaultValue={ask.from} />
        </label>
        <label htmlFor="den">
          <span>{t('board.choose.to')}</span>
          <input className="input" type="date" id="den" name="den" defaultValue={ask.to} />
        </label>
        <label htmlFor="buoc">
          <span>{t('board.choose.step')}</span>
          <select className="input" id="buoc" name="buoc" defaultValue={stepWords[ask.step]}>
            <option value="">{t('board.choose.auto')}</option>
            <option value="ngay">{t('board.choose.day')}</option>
            <option value="tuan">{t('board.choose.week')}</option>
            <option value="thang">{t('board.choose.month')}</option>
          </select>
        </label>
        <Button kind="second">{t('board.choose.show')}</Button>
      </form>
    </details>
  )
}

/** What a form sends along unseen; what is empty is left out. */
export function Hidden({ values }: { values: readonly (readonly [name: string, value: string])[] }) {
  return values.flatMap(([name, value]) =>
    value ? [<input key={name} type="hidden" name={name} value={value} />] : [],
  )
}

/** What was wrong with the address, with links to where it is put right. */
export function AskProblems({ view }: { view: Pick<HeadView, 'ask'> }) {
  const t = useT()
  const text = {
    period: { href: '#tu', text: t('board.choose.period') },
    authority: { href: '#co-quan', text: t('board.choose.unknownAuthority') },
  }
  return <ErrorSummary problems={view.ask.problems.map((problem) => text[problem])} />
}

/** What to keep in mind about figures, with a sign for warning or reassurance. */
export function NoteList({
  notes,
  sample,
}: {
  notes: readonly { key: string; tone: 'warn' | 'ok'; title: string; text: string }[]
  /** What is said of figures that are made up for trying. */
  sample: { title: string; text: string }
}) {
  const { demonstration } = useShell()
  return (
    <ul>
      {demonstration && (
        <li className="dq">
          <Icon name="info" />
          <span>
            <b>{sample.title}</b> {sample.text}
          </span>
        </li>
      )}
      {notes.map(({ key, tone, title, text }) => (
        <li key={key} className={tone === 'ok' ? 'dq ok' : 'dq'}>
          <Icon name={tone === 'ok' ? 'circle-check' : 'triangle-alert'} />
          <span>
            <b>{title}</b> {text}
          </span>
        </li>
      ))}
    </ul>
  )
}
