import type { ReactNode } from 'react'
import { Button, LinkAction } from '../ui/button'
import { ErrorSummary } from '../ui/error-summary'
import { SampleTag } from '../ui/frame'
import { Icon } from '../ui/icon'
import { useShell, useT } from '../ui/shell'
import { Tabs } from '../ui/table'
import { type BoardAsk, boardHref, stepWords } from './board-query'
import type { Choice } from './board-source'

/** What every page of figures says at its top: which period, and of when the figures are. */
export interface HeadView {
  ask: BoardAsk
  tabs: { label: string; href: string; current: boolean }[]
  asAt: { time: string; date: string }
  /** The period has not ended. */
  isMoving: boolean
}

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
      <Chooser ask={view.ask} path={path} {...{ choices, top }} />
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

/** Choosing another authority or stretch of time; a plain form. */
function Chooser({
  ask,
  path,
  choices,
  top,
}: {
  ask: BoardAsk
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
        <label htmlFor="co-quan">
          <span>{t('board.choose.authority')}</span>
          <select className="input" id="co-quan" name="co-quan" defaultValue={ask.authority ?? ''}>
            <option value={top.code}>{t('board.choose.all', { place: top.name })}</option>
            {choices.map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
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
