import { Button, LinkAction } from '../ui/button'
import { Select, TextArea, TextField } from '../ui/fields'
import { useT } from '../ui/shell'
import { Table } from '../ui/table'
import { More } from '../ui/timeline'
import type { retentionPage } from './retention-source'

type View = Awaited<ReturnType<typeof retentionPage>>
interface Typing {
  view: View
  /** What was typed before a refusal. */
  typed: Record<string, string>
}

/** Proposes everything of the authority that may go today. */
export function ProposeForm({ view, typed }: Typing) {
  const t = useT()
  return (
    <form method="post" action="/can-bo/luu-tru" className="powers__form">
      <input type="hidden" name="_action" value="propose" />
      <input type="hidden" name="authority" value={view.place} />
      <h3>{t('retention.batch.add')}</h3>
      <p className="small soft">
        {t('retention.batch.lead', { count: view.mayGo, place: view.placeName })}{' '}
        {t('retention.batch.irreversible')}
      </p>
      <TextField
        id="basis"
        name="basis"
        label={t('retention.batch.basis')}
        defaultValue={typed.basis}
        maxLength={1000}
        autoComplete="off"
      />
      <p className="btn-row mt-5">
        <Button>{t('retention.batch.save')}</Button>
      </p>
    </form>
  )
}

/** Batches with how far they are; a leader who did not propose one decides on it here. */
export function Batches({ view }: { view: View }) {
  const t = useT()
  if (view.batches.length === 0) return <p className="soft">{t('retention.batch.none')}</p>
  return (
    <Table
      caption={t('retention.batch.title')}
      hideCaption
      stack
      rows={view.batches}
      rowKey={({ id }) => id}
      columns={[
        {
          ...{ key: 'proposed', title: t('retention.batch.proposed'), heading: true },
          cell: ({ proposed, basis, lines }) => (
            <>
              {proposed} <small className="soft block">{basis}</small>
              {lines.length > 0 && <Lines lines={lines} />}
            </>
          ),
        },
        { key: 'count', title: t('retention.batch.count'), numeric: true, cell: ({ count }) => count },
        {
          ...{ key: 'state', title: t('retention.batch.state') },
          cell: ({ state, progress, certificate }) => (
            <>
              {state} <small className="soft block">{progress}</small>
              {certificate && (
                <LinkAction href={certificate} icon="download">
                  {t('retention.batch.certificate')}
                </LinkAction>
              )}
            </>
          ),
        },
        {
          ...{ key: 'decision', title: t('retention.batch.decision') },
          cell: ({ id, mayDecide }) => mayDecide && <DecisionForm id={id} place={view.place} />,
        },
      ]}
    />
  )
}

/** The dossiers of a batch: whoever decides on it has to see what it is about. */
function Lines({ lines }: { lines: View['batches'][number]['lines'] }) {
  const t = useT()
  return (
    <More summary={t('retention.lines', { count: lines.length })}>
      <ul className="small">
        {lines.map(({ code, until, state }) => (
          <li key={code}>
            <a href={`/can-bo/ho-so/${code}`}>{code}</a> <span className="soft">{state ?? until}</span>
          </li>
        ))}
      </ul>
    </More>
  )
}

function DecisionForm({ id, place }: { id: string; place: string }) {
  const t = useT()
  return (
    <form method="post" action="/can-bo/luu-tru">
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="authority" value={place} />
      <TextField
        id={`decision-${id}`}
        name="decision"
        label={t('retention.batch.decision')}
        hint={t('retention.batch.irreversible')}
        maxLength={1000}
        autoComplete="off"
      />
      <p className="btn-row mt-5">
        <Button name="_action" value="approve" size="small">
          {t('retention.batch.approve')}
        </Button>
        <Button name="_action" value="decline" kind="second" size="small">
          {t('retention.batch.decline')}
        </Button>
      </p>
    </form>
  )
}

/** What is held, by whom and why; lifting is asked for by one and done by another. */
export function Holds({ view }: { view: View }) {
  const t = useT()
  if (view.holds.length === 0) return <p className="soft">{t('retention.hold.none')}</p>
  return (
    <Table
      caption={t('retention.hold.title')}
      hideCaption
      stack
      rows={view.holds}
      rowKey={({ id }) => id}
      columns={[
        {
          ...{ key: 'kind', title: t('retention.hold.kind'), heading: true },
          cell: ({ kind, reason }) => (
            <>
              {kind} <small className="soft block">{reason}</small>
            </>
          ),
        },
        {
          ...{ key: 'codes', title: t('retention.hold.dossiers') },
          cell: ({ codes }) =>
            codes.map((code) => (
              <a key={code} href={`/can-bo/ho-so/${code}`} className="block">
                {code}
              </a>
            )),
        },
        { key: 'since', title: t('retention.hold.since'), cell: ({ since }) => since },
        {
          ...{ key: 'state', title: t('retention.hold.state') },
          cell: ({ id, state, mayAsk, mayLift }) => (
            <>
              {state}
              {mayAsk && <LiftForm id={id} place={view.place} act="ask" />}
              {mayLift && <LiftForm id={id} place={view.place} act="lift" />}
            </>
          ),
        },
      ]}
    />
  )
}

function LiftForm({ id, place, act }: { id: string; place: string; act: 'ask' | 'lift' }) {
  const t = useT()
  return (
    <form method="post" action="/can-bo/luu-tru">
      <input type="hidden" name="_action" value={act} />
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="authority" value={place} />
      {act === 'ask' && (
        <TextField
          id={`why-${id}`}
          name="reason"
          label={t('retention.hold.why')}
          maxLength={1000}
          autoComplete="off"
        />
      )}
      <p className="btn-row mt-5">
        <Button kind="second" size="small">
          {t(`retention.hold.${act}`)}
        </Button>
      </p>
    </form>
  )
}

/** Holds dossiers of the authority. */
export function HoldForm({ view, typed }: Typing) {
  const t = useT()
  return (
    <form method="post" action="/can-bo/luu-tru" className="powers__form">
      <input type="hidden" name="_action" value="hold" />
      <input type="hidden" name="authority" value={view.place} />
      <h3 className="mt-5">{t('retention.hold.add')}</h3>
      <Select
        id="kind"
        name="kind"
        label={t('retention.hold.kind')}
        options={view.holdKinds}
        defaultValue={typed.kind ?? 'appeal'}
      />
      <TextArea
        id="codes"
        name="codes"
        label={t('retention.hold.codes')}
        defaultValue={typed.codes}
        rows={2}
      />
      <TextField
        id="reason"
        name="reason"
        label={t('retention.hold.reason')}
        defaultValue={typed.reason}
        maxLength={1000}
        autoComplete="off"
      />
      <TextField
        id="until"
        name="until"
        type="date"
        label={t('retention.hold.until')}
        defaultValue={typed.until}
        width="mid"
      />
      <p className="btn-row mt-5">
        <Button kind="second">{t('retention.hold.save')}</Button>
      </p>
    </form>
  )
}

/** Takes ended dossiers out as one archive. */
export function ExportForm({ place }: { place: string }) {
  const t = useT()
  return (
    <form method="post" action="/can-bo/luu-tru/xuat" className="powers__form">
      <input type="hidden" name="authority" value={place} />
      <TextArea id="export-codes" name="codes" label={t('retention.export.codes')} rows={2} />
      <TextField
        id="purpose"
        name="purpose"
        label={t('retention.export.purpose')}
        maxLength={500}
        autoComplete="off"
      />
      <p className="btn-row mt-5">
        <Button kind="second">{t('retention.export.save')}</Button>
      </p>
    </form>
  )
}
