import type { PartKind } from 'motcua/modules/changes'
import { Icon } from '../../ui/icon'
import { Notice } from '../../ui/notice'
import { useT } from '../../ui/shell'
import type { BurdenFigure } from '../burden.view'
import { Counts } from './counts'
import type { ProblemLine } from './source'

/** Why the change is made, from what it was drafted, what the second person said, and how it was published. */
export function Why({
  reason,
  begun,
  base,
  review,
  publication,
  ended,
}: {
  reason: string
  begun: string
  base: string
  review: { text: string; note: string } | null
  publication: { text: string; versions: string } | null
  ended: { reason: string; by: string } | null
}) {
  const t = useT()
  return (
    <section>
      <h2>{t('studio.overview.why')}</h2>
      <p className="max-w-3xl">{reason}</p>
      <p className="small soft">
        {begun} · {base}
      </p>
      {review && (
        <Notice tone="plain" title={review.text}>
          {review.note || undefined}
        </Notice>
      )}
      {publication && (
        <Notice tone="ok" title={publication.text}>
          {publication.versions}
        </Notice>
      )}
      {ended && (
        <Notice tone="warn" title={ended.by}>
          {ended.reason}
        </Notice>
      )}
    </section>
  )
}

/** Whether it would run: what is to be mended with where, and how the test cases went. */
export function Ready({
  id,
  ready: { problems, advice, tests, unchanged },
}: {
  id: string
  ready: {
    problems: readonly ProblemLine[]
    advice: readonly ProblemLine[]
    tests: { passed: number; failed: number } | null
    unchanged: boolean
  }
}) {
  const t = useT()
  const none = tests !== null && tests.passed + tests.failed === 0
  const well = problems.length === 0 && tests?.failed === 0
  return (
    <section>
      <h2>{t('studio.overview.checks')}</h2>
      <p className="small">
        <Icon name={well ? 'circle-check' : 'octagon-alert'} /> {well && !none && t('studio.overview.ready')}
        {problems.length > 0 && t('studio.overview.notReady', { count: problems.length })}
        {none && t('studio.overview.noTests')}{' '}
        {tests && !none && (
          <a href={`/thiet-ke/thay-doi/${id}/kiem-thu`}>{t('studio.overview.tests', { ...tests })}</a>
        )}
      </p>
      {unchanged && <Notice tone="plain" title={t('studio.overview.unchanged')} />}
      <Lines lines={problems} />
      {advice.length > 0 && (
        <details className="mt-3">
          <summary>{t('studio.overview.advice', { count: advice.length })}</summary>
          <Lines lines={advice} />
        </details>
      )}
    </section>
  )
}

function Lines({ lines }: { lines: readonly ProblemLine[] }) {
  const t = useT()
  if (lines.length === 0) return null
  return (
    <ul className="studio__list">
      {lines.map(({ href, part, at, text }) => (
        <li key={part + at + text}>
          <a href={href}>{t(`studio.part.${part}`)}</a>: {text}
        </li>
      ))}
    </ul>
  )
}

/** What the form asks of people now, beside what it asked before. */
export function Burden({ burden }: { burden: { lines: readonly BurdenFigure[]; explained: string } | null }) {
  const t = useT()
  if (!burden) return null
  return (
    <section>
      <h2>{t('studio.overview.burden')}</h2>
      <Counts
        counts={burden.lines.map(({ label, now, before }) => ({
          label:
            before === null || before === now ? label : `${label} ${t('studio.overview.was', { before })}`,
          value: now,
        }))}
      />
      <p className="small soft mt-3">{burden.explained}</p>
    </section>
  )
}

/** Which parts were touched, each with its last saving. */
export function Parts({ parts }: { parts: readonly { part: PartKind; href: string; text: string }[] }) {
  const t = useT()
  return (
    <section>
      <h2>{t('studio.overview.parts')}</h2>
      {parts.length === 0 && <p className="small soft">{t('studio.overview.untouched')}</p>}
      <ul className="studio__list">
        {parts.map(({ part, href, text }) => (
          <li key={part}>
            <a href={href}>{t(`studio.part.${part}`)}</a> <span className="soft">{text}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Who did what, the newest first. */
export function Record({
  record,
}: {
  record: readonly { at: string; who: string; what: string; part: string }[]
}) {
  const t = useT()
  return (
    <section>
      <h2>{t('studio.overview.record')}</h2>
      <ul className="studio__list">
        {record.map(({ at, who, what, part }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: entries only grow at the other end and are never reordered
          <li key={record.length - i}>
            {at}: {who} {what} {part.toLowerCase()}
          </li>
        ))}
      </ul>
    </section>
  )
}
