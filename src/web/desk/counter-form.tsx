import type { FieldView, GroupView, KnownFact } from 'motcua/modules/forms'
import { AskedField } from '../portal/filing/filing-field'
import { ListRows } from '../portal/filing/list-rows'
import { LivePage, useLiveForm } from '../portal/filing/live-page'
import type { PlaceHit } from '../portal/filing/places'
import { Button } from '../ui/button'
import { ErrorSummary } from '../ui/error-summary'
import { TextField } from '../ui/fields'
import { Icon } from '../ui/icon'
import { Notice } from '../ui/notice'
import { useT } from '../ui/shell'
import type { CounterFormView } from './counter.view'
import { CounterHelp, CounterSettles } from './counter-settles'
import { DuplicateNotice } from './duplicates'
import { PaperUpload } from './paper-upload'
import { VaultOffers } from './vault-offers'

/** One form on one page: person, declaration, papers, fee. Enter re-reads the page and never files by accident. */
export function CounterForm({ view }: { view: CounterFormView }) {
  const t = useT()
  useLiveForm()
  return (
    <form method="post" encType="multipart/form-data" className="counter__form" noValidate>
      <input type="hidden" name="tt" value={view.procedure.code} />
      <input type="hidden" name="key" value={view.key} />
      {view.booking && <input type="hidden" name="hen" value={view.booking.code} />}
      {/* The first button is what Enter presses, and what a scanner presses at the end of a line. */}
      <button type="submit" name="command" value="recalc" className="vh" tabIndex={-1}>
        {t('desk.counter.scanUse')}
      </button>
      <header className="counter__head">
        <h1 className="desk__title">{view.procedure.name}</h1>
        <p className="small soft">
          <span className="tab">{view.procedure.code}</span> · {view.procedure.legal} ·{' '}
          <a href="/can-bo/tai-quay">{t('desk.counter.change')}</a>
        </p>
        {view.whileYouWait && <p className="small">{t('desk.counter.waitNote')}</p>}
      </header>
      {view.booking && <Notice icon="calendar" title={view.booking.text} />}
      <LivePage form={view.live} />
      <ErrorSummary problems={view.problems} />
      <DuplicateNotice duplicates={view.duplicates} />
      <div className="counter__two">
        <div>
          <VisitorFields view={view} />
          {view.pages.map((page) => (
            <section
              key={page.key}
              id={page.key === view.pages[0]?.key ? 'to-khai' : undefined}
              className="counter__page"
              data-page={page.key}
              hidden={page.hidden}
            >
              <h2>{page.title}</h2>
              {page.groups.map((group) => (
                <Group key={group.key} group={group} hits={view.hits} />
              ))}
              {page.known.length > 0 && (
                <details
                  className="more"
                  open={shownFacts(page.known) <= 4}
                  data-facts=""
                  hidden={shownFacts(page.known) === 0}
                >
                  <summary>
                    {t('desk.counter.known')} ({shownFacts(page.known)})
                  </summary>
                  <dl className="qa">
                    {page.known.map(({ key, label, text, hidden }) => (
                      <div key={key} data-fact={key} hidden={hidden}>
                        <dt>{label}</dt>
                        <dd>{text}</dd>
                      </div>
                    ))}
                  </dl>
                </details>
              )}
            </section>
          ))}
        </div>
        <aside className="counter__side">
          <Papers view={view} />
          <section>
            <h2>{t('desk.counter.fee')}</h2>
            <dl className="kv">
              {view.fees.map(({ label, value }) => (
                <div key={label}>
                  <dt>{label}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            </dl>
            <p className="counter__total">
              <b>{view.total}</b>{' '}
              <Button kind="quiet" size="small" name="command" value="recalc">
                {t('desk.counter.recalc')}
              </Button>
            </p>
          </section>
          <CounterSettles place={view.place} />
          <p className="counter__go">
            {view.place.receives && (
              <>
                <Button name="command" value="submit-accept" block hotkey="F9">
                  {t(view.whileYouWait ? 'desk.counter.submitWait' : 'desk.counter.submitAccept')}
                </Button>
                <Button name="command" value="submit" kind="second" block>
                  {t('desk.counter.submitOnly')}
                </Button>
              </>
            )}
            <CounterHelp place={view.place} />
          </p>
        </aside>
      </div>
    </form>
  )
}

function VisitorFields({ view }: { view: CounterFormView }) {
  const t = useT()
  const { visitor } = view
  return (
    <section className="counter__page">
      <h2>{t('desk.counter.person')}</h2>
      <TextField
        id="scan"
        name="scan"
        label={t('desk.counter.scan')}
        hint={t('desk.counter.scanHint')}
        error={view.scan === 'wrong' ? t('desk.counter.scanWrong') : undefined}
        autoComplete="off"
        autoFocus={visitor.name === ''}
        spellCheck={false}
        optional
      />
      {view.scan === 'read' && (
        <p className="small" role="status">
          <Icon name="circle-check" /> {t('desk.counter.scanDone', { name: visitor.name })}
        </p>
      )}
      <input type="hidden" name="visitor.dateOfBirth" value={visitor.dateOfBirth} />
      <div className="counter__person">
        <TextField
          id="visitor-name"
          name="visitor.name"
          label={t('desk.counter.name')}
          defaultValue={visitor.name}
          maxLength={200}
          autoComplete="off"
        />
        <TextField
          id="visitor-id"
          name="visitor.personalId"
          label={t('desk.counter.personalId')}
          defaultValue={visitor.personalId}
          inputMode="numeric"
          autoComplete="off"
          code
          optional
        />
        <TextField
          id="visitor-phone"
          name="visitor.phone"
          label={t('desk.counter.phone')}
          defaultValue={visitor.phone}
          inputMode="tel"
          maxLength={20}
          autoComplete="off"
          optional
        />
      </div>
    </section>
  )
}

const most = '100 MB'

const shownFacts = (facts: readonly KnownFact[]) => facts.filter(({ hidden }) => !hidden).length

function Group({ group, hits }: { group: GroupView; hits: Record<string, PlaceHit[]> }) {
  const ask = (field: FieldView) => (
    <AskedField key={field.path} field={field} hits={hits[field.path] ?? []} most={most} />
  )
  return (
    <div className="counter__group" data-group={group.key} hidden={group.hidden}>
      {group.title && <h3>{group.title}</h3>}
      {group.fields.map(ask)}
      {group.rows && <ListRows group={group} ask={ask} />}
    </div>
  )
}

function Papers({ view }: { view: CounterFormView }) {
  const t = useT()
  return (
    <section id="giay-to">
      <h2>{t('desk.counter.papers')}</h2>
      <p className="small soft">{t('desk.counter.papersLead')}</p>
      {view.vaultLooked && (
        <p className="small" role="status">
          <Icon name="database" />{' '}
          {t(
            view.papers.some(({ offers }) => offers.length > 0)
              ? 'vault.offer.counter-lead'
              : 'vault.offer.counter-none',
          )}
        </p>
      )}
      {view.papers.map(({ key, name, text, held, offers }) => (
        <div key={key} className="counter__paper">
          <label htmlFor={`giay-${key}`}>{name}</label>
          <small className="soft">{text}</small>
          <VaultOffers offers={offers} />
          <PaperUpload id={`giay-${key}`} component={key} />
          {held.map((file) => (
            <span key={file.fileId} className="counter__held">
              <input type="hidden" name="held" value={`${key}~${file.fileId}`} />
              <a href={`/tep/${file.fileId}?xem=1`}>{file.name}</a> <small>{file.state}</small>
              <Button kind="quiet" size="small" name="dropFile" value={file.fileId}>
                {t('desk.counter.removeFile')}
                <span className="vh"> {file.name}</span>
              </Button>
            </span>
          ))}
        </div>
      ))}
    </section>
  )
}
