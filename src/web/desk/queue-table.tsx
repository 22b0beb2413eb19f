import type { ReactNode } from 'react'
import { Icon } from '../ui/icon'
import type { IconName } from '../ui/icons'
import { useT } from '../ui/shell'
import { ClockChip, type ClockView } from '../ui/state'

export interface QueueRow {
  /** Two tasks of one dossier are two lines; the code when absent. */
  key?: string
  code: string
  /** What the check box posts; the code when absent. */
  value?: string
  href: string
  clock: ClockView
  /** "15:05" or "17:30 T2 23/11" */
  due: string
  applicant: string
  procedure: string
  channel: { icon: IconName; label: string }
  step: string
  /** The next action of whoever looks; without a key it is only watched. */
  next: { key?: string; label: string }
  labels?: readonly { name: string; colour: string }[]
  /** Says that the applicant waits for an answer. */
  question?: string
  selected?: boolean
}

export interface QueueGroup {
  title: string
  rows: readonly QueueRow[]
}

/**
 * Work sorted by the clock that runs out first, in groups. All bars have one width, so the column reads as a
 * chart. Check boxes carry the name `code`; the bulk bar posts them. J and K move, Enter opens, X selects, A selects all.
 */
export function QueueTable({
  caption,
  groups,
  codePrefix = '',
}: {
  caption: string
  groups: readonly QueueGroup[]
  codePrefix?: string
}) {
  const t = useT()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="table-scroll queue__scroll" aria-label={caption} tabIndex={0}>
      <table className="table table--dense q">
        <caption className="vh">{caption}</caption>
        <thead>
          <tr>
            <th className="q__box">
              <span className="vh">{t('web.desk.select')}</span>
            </th>
            <th className="q__clock" aria-sort="ascending">
              {t('web.desk.left')}
              <Icon name="arrow-up" />
            </th>
            <th className="q__due">{t('web.desk.due')}</th>
            <th className="q__who">{t('web.desk.applicant')}</th>
            <th>{t('web.desk.procedure')}</th>
            <th className="q__code">
              {t('web.desk.code')} {codePrefix && <span className="faint">{codePrefix}</span>}
            </th>
            <th className="q__channel">{t('web.desk.channel')}</th>
            <th className="q__step">{t('web.desk.step')}</th>
            <th className="q__next">{t('web.desk.next')}</th>
          </tr>
        </thead>
        <tbody>{groups.map((group) => groupRows(group, codePrefix))}</tbody>
      </table>
    </section>
  )
}

function groupRows({ title, rows }: QueueGroup, codePrefix: string): ReactNode {
  if (rows.length === 0) return null
  return [
    <tr className="group-row" key={title}>
      <th colSpan={9} scope="rowgroup">
        {title} <span className="count">{rows.length}</span>
      </th>
    </tr>,
    ...rows.map((row) => <Row key={row.key ?? row.code} row={row} codePrefix={codePrefix} />),
  ]
}

function Row({ row, codePrefix }: { row: QueueRow; codePrefix: string }) {
  const t = useT()
  const short = row.code.startsWith(codePrefix) ? row.code.slice(codePrefix.length) : row.code
  return (
    <tr data-row={row.code}>
      <td>
        <input
          className="box"
          type="checkbox"
          name="code"
          value={row.value ?? row.code}
          defaultChecked={row.selected}
          aria-label={t('web.desk.selectOne', { code: row.code })}
        />
      </td>
      <td>
        <ClockChip clock={row.clock} />
      </td>
      <td className="soft">{row.due}</td>
      <th scope="row" className="clip">
        <a href={row.href} data-open="">
          <b>{row.applicant || row.code}</b>
        </a>
        {row.question && (
          <span className="q__question" title={row.question}>
            <Icon name="message-square" />
            <span className="vh">{row.question}</span>
          </span>
        )}
      </th>
      <td className="clip" title={row.procedure}>
        {row.labels?.map(({ name, colour }) => (
          <span key={name} className={`mark-label mark-label--${colour}`}>
            {name}
          </span>
        ))}
        {row.procedure}
      </td>
      <td className="faint code">
        {short !== row.code && <span className="vh">{codePrefix}</span>}
        {short}
      </td>
      <td className="soft">
        <Icon name={row.channel.icon} />
        <span className="ch"> {row.channel.label}</span>
      </td>
      <td className="clip soft">{row.step}</td>
      <td>
        <span className={row.next.key ? 'nextstep' : 'nextstep faint'}>
          {row.next.key && <kbd>{row.next.key}</kbd>}
          {row.next.label}
        </span>
      </td>
    </tr>
  )
}

/** What the selected rows can do together; each outcome is reported by dossier afterwards. */
export function BulkBar({ children }: { children: ReactNode }) {
  const t = useT()
  return (
    <section className="bulk" aria-label={t('web.desk.bulk')}>
      {children}
    </section>
  )
}

/** The outcome of the last bulk action: stays until read. */
export function BulkOutcome({ tone = 'warn', children }: { tone?: 'ok' | 'warn'; children: ReactNode }) {
  return (
    <p className={`outcome outcome--${tone}`} role="status">
      <Icon name={tone === 'ok' ? 'circle-check' : 'clock-alert'} />
      <span>{children}</span>
    </p>
  )
}
