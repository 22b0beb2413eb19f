import { useT } from '../ui/shell'
import { StateTag } from '../ui/state'
import { type Column, Table } from '../ui/table'
import { type LimitLine, phaseTone, type StepLine, type VersionLine } from './processes.view'

/** The steps of a process, and what they take together. */
export function StepTable({ steps, hours }: { steps: readonly StepLine[]; hours: string }) {
  const t = useT()
  const columns: Column<StepLine>[] = [
    { key: 'step', title: t('processPage.steps.step'), heading: true, cell: ({ name }) => name },
    {
      key: 'who',
      title: t('processPage.steps.who'),
      cell: ({ who, where }) => (
        <>
          {who}
          <span className="proc__note">{where}</span>
        </>
      ),
    },
    { key: 'hours', title: t('processPage.steps.hours'), numeric: true, cell: (step) => step.hours },
    {
      key: 'outcomes',
      title: t('processPage.steps.outcomes'),
      cell: ({ outcomes }) => outcomes.join('; '),
    },
  ]
  return (
    <Table
      caption={t('processPage.steps.title')}
      hideCaption
      stack
      columns={columns}
      rows={steps}
      rowKey={({ id }) => id}
      total={[t('processPage.steps.total'), '', t('processPage.steps.hoursText', { hours }), '']}
    />
  )
}

/** Whether the hours of the steps fit the legal limits. */
export function LimitTable({ limits }: { limits: readonly LimitLine[] }) {
  const t = useT()
  if (limits.length === 0) return null
  const columns: Column<LimitLine>[] = [
    { key: 'what', title: t('processPage.steps.procedure'), heading: true, cell: (line) => line.procedure },
    { key: 'case', title: t('processPage.steps.case'), cell: ({ caseName }) => caseName },
    { key: 'limit', title: t('processPage.steps.limit'), numeric: true, cell: ({ limit }) => limit },
    {
      key: 'said',
      title: t('processPage.steps.limits'),
      cell: ({ said, above }) => <StateTag state={above ? 'bad' : 'ok'}>{said}</StateTag>,
    },
  ]
  return (
    <>
      <h3>{t('processPage.steps.limits')}</h3>
      <Table
        caption={t('processPage.steps.limits')}
        hideCaption
        stack
        columns={columns}
        rows={limits}
        rowKey={({ id }) => id}
      />
    </>
  )
}

/** Every version and who published it. */
export function VersionTable({ history }: { history: readonly VersionLine[] }) {
  const t = useT()
  const columns: Column<VersionLine>[] = [
    {
      key: 'version',
      title: t('processPage.history.version'),
      heading: true,
      cell: ({ version, href, current }) =>
        current ? (
          <b aria-current="page">{t('processPage.list.version', { version })}</b>
        ) : (
          <a href={href}>{t('processPage.list.version', { version })}</a>
        ),
    },
    {
      key: 'period',
      title: t('processPage.history.period'),
      cell: ({ period, phase, state }) => (
        <>
          {period} <StateTag state={phaseTone[phase]}>{state}</StateTag>
        </>
      ),
    },
    { key: 'by', title: t('processPage.history.by'), cell: ({ by }) => by },
    {
      key: 'decision',
      title: t('processPage.history.decision'),
      cell: ({ decision, withdrawn }) => (
        <>
          {decision}
          {withdrawn && <span className="proc__note">{withdrawn}</span>}
        </>
      ),
    },
  ]
  return (
    <Table
      caption={t('processPage.history.title')}
      hideCaption
      stack
      columns={columns}
      rows={history}
      rowKey={({ version }) => String(version)}
    />
  )
}
