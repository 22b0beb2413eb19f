import type { ResultDraftField } from 'motcua/modules/dossiers'
import { type ReactNode, useEffect, useRef } from 'react'
import { FilingField } from '../portal/filing/filing-field'
import { Button, LinkAction, LinkButton } from '../ui/button'
import { Select, TextArea, TextField } from '../ui/fields'
import { useShell, useT } from '../ui/shell'
import type { DossierPageView } from './dossier.view'
import type { ActView } from './dossier-acts.view'
import type { PanelChoices } from './dossier-choices'
import { type Askable, askId } from './dossier-request'
import { PanelFields } from './panel-fields'
import { PaperUpload } from './paper-upload'
import type { SupplementForm } from './record-supplement'
import { Thread } from './thread'
import { VaultOffers } from './vault-offers'

/** What was posted and refused: shown again as it was typed. */
export interface Posted {
  values: Record<string, string[]>
}

export interface PanelFacts {
  act: ActView
  askable: readonly Askable[]
  fields: readonly ResultDraftField[]
  draftStart: Record<string, string>
  refusalDraft: boolean
  choices: PanelChoices
  supplement: SupplementForm | null
}

interface Props {
  view: DossierPageView
  panel: PanelFacts
  posted: Posted | undefined
  closeHref: string
}

/** Where an act that needs words is written. One form, one button that says what happens. */
export function Panel(props: Props) {
  const { view, panel, closeHref } = props
  const t = useT()
  const { act } = panel
  const here = useRef<HTMLElement>(null)
  // Who pressed a key to come here goes on typing at once.
  useEffect(
    () => here.current?.querySelector<HTMLElement>('textarea, select, input:not([type=hidden])')?.focus(),
    [],
  )
  return (
    <section className="panel" id="viec" aria-labelledby="viec-ten" ref={here}>
      <h2 id="viec-ten">{act.label}</h2>
      <form
        method="post"
        noValidate
        encType={act.command === 'supplement' ? 'multipart/form-data' : undefined}
      >
        <input type="hidden" name="command" value={act.command} />
        <input type="hidden" name="sequence" value={view.sequence} />
        {act.taskNo !== null && panel.choices.tasks.length < 2 && (
          <input type="hidden" name="taskNo" value={act.taskNo} />
        )}
        {act.outcome && <input type="hidden" name="outcome" value={act.outcome} />}
        <Body {...props} />
        <p className="btn-row">
          {act.command === 'draftResult' ? (
            <>
              <Button name="pass" value="1" hotkey="F9">
                {t('desk.panel.saveAndPass')}
              </Button>
              <Button kind="second">{t('desk.panel.save')}</Button>
            </>
          ) : (
            <Button kind={act.kind === 'harm' ? 'harm' : 'main'} hotkey="F9">
              {act.command === 'requestSupplement' ? t('desk.panel.sendSupplement') : act.label}
            </Button>
          )}
          {panel.choices.previews.map(({ kind, label }) => (
            <Button
              key={kind}
              kind="second"
              icon="eye"
              name="_paper"
              value={kind}
              formAction={`/can-bo/ho-so/${view.code}/xem-ban-ky`}
              formTarget="_blank"
            >
              {t('signing.preview', { paper: label })}
            </Button>
          ))}
          <LinkButton kind="quiet" href={closeHref} hotkey="Escape">
            {t('desk.panel.cancel')}
          </LinkButton>
        </p>
      </form>
    </section>
  )
}

function Body({ view, panel, posted }: Props): ReactNode {
  const t = useT()
  const typed = (name: string) => posted?.values[name]?.[0]
  const { choices, act } = panel
  return (
    <>
      <Lead panel={panel} />
      {choices.about && <p className="panel__about">{choices.about}</p>}
      {choices.question && <blockquote className="panel__question">{choices.question}</blockquote>}
      {choices.tasks.length > 1 && (
        <Select
          id="taskNo"
          name="taskNo"
          label={t('life.field.task')}
          options={choices.tasks}
          defaultValue={typed('taskNo') ?? String(act.taskNo)}
          width="full"
        />
      )}
      {act.command === 'message' && <Thread lines={view.thread} />}
      {act.command === 'completeStep' && !act.signs && (
        <>
          <input type="hidden" name="noteRequired" value="1" />
          <TextArea
            id="note"
            name="note"
            label={t('desk.panel.outcomeNote')}
            defaultValue={typed('note')}
            rows={4}
            maxLength={4000}
          />
        </>
      )}
      {act.command === 'requestSupplement' && <SupplementFields panel={panel} posted={posted} />}
      {act.command === 'supplement' && <RecordFields form={panel.supplement} />}
      {act.command === 'handOver' && <input type="hidden" name="batch" value={choices.batch} />}
      {act.command === 'draftResult' && <DraftFields panel={panel} typed={typed} />}
      <PanelFields fields={choices.fields.filter((field) => !signs(field))} posted={posted?.values} />
      {act.command === 'correctResult' && <DraftFields panel={panel} typed={typed} />}
      {/* What opens the key comes last, beside the button that signs. */}
      <PanelFields fields={choices.fields.filter(signs)} posted={posted?.values} />
    </>
  )
}

const signs = ({ name }: { name: string }) => name === 'pin' || name === 'capacity'

function Lead({ panel: { act, refusalDraft, choices } }: { panel: PanelFacts }) {
  const t = useT()
  const lead = {
    ...(!act.signs && { completeStep: t('desk.panel.outcomeLead', { outcome: act.label }) }),
    draftResult: t(refusalDraft ? 'desk.panel.draftRefusalLead' : 'desk.panel.draftLead'),
    requestSupplement: t('desk.panel.supplementLead'),
    supplement: t('desk.panel.supplementAnswers'),
  }[act.command as string]
  const text = lead ?? choices.lead
  return text ? <p className="small soft">{text}</p> : null
}

function DraftFields({ panel, typed }: { panel: PanelFacts; typed: (name: string) => string | undefined }) {
  const { locale } = useShell()
  return (
    <>
      {panel.fields.map(({ key, label, type }) => {
        const common = {
          id: `draft-${key.replaceAll('.', '-')}`,
          name: `draft:${key}`,
          label: label[locale],
          defaultValue: typed(`draft:${key}`) ?? panel.draftStart[key],
          maxLength: 4000,
        }
        if (type === 'longtext') return <TextArea key={key} {...common} rows={key === 'reason' ? 5 : 2} />
        return (
          <TextField
            key={key}
            {...common}
            type={type === 'date' ? 'date' : 'text'}
            inputMode={type === 'number' ? 'decimal' : undefined}
            width={type === 'text' ? 'full' : 'mid'}
            autoComplete="off"
          />
        )
      })}
    </>
  )
}

/** Every field and paper with a box; what is marked opens its line, and all go out as one request. */
function SupplementFields({ panel, posted }: Pick<Props, 'panel' | 'posted'>) {
  const t = useT()
  const groups = [
    {
      title: t('desk.panel.supplementPapers'),
      items: panel.askable.filter(({ key }) => key.startsWith('component:')),
    },
    {
      title: t('desk.panel.supplementFields'),
      items: panel.askable.filter(({ key }) => key.startsWith('field:')),
    },
    { title: t('desk.panel.supplementOther'), items: panel.askable.filter(({ key }) => key === 'other') },
  ]
  const first = groups.flatMap(({ items }) => items)[0]?.key
  return (
    <>
      {groups.map(({ title, items }) => (
        <fieldset key={title} className="asklist">
          <legend>{title}</legend>
          {items.map(({ key, label, value }) => (
            <div key={key} className="asklist__item">
              <label className="asklist__mark">
                <input
                  type="checkbox"
                  className="box"
                  name="ask"
                  value={key}
                  id={key === first ? 'ask-0' : undefined}
                  defaultChecked={posted?.values.ask?.includes(key)}
                />
                <span>
                  {label}
                  {value && <span className="asklist__value">{value}</span>}
                </span>
              </label>
              <textarea
                className="input"
                id={askId(key)}
                name={`text:${key}`}
                rows={2}
                maxLength={4000}
                aria-label={t('desk.panel.supplementText', { what: label })}
                placeholder={t('desk.panel.supplementText', { what: label })}
                defaultValue={posted?.values[`text:${key}`]?.[0]}
              />
            </div>
          ))}
        </fieldset>
      ))}
      <TextArea
        id="reason"
        name="reason"
        label={t('desk.panel.supplementReason')}
        optional
        rows={2}
        defaultValue={posted?.values.reason?.[0]}
        maxLength={4000}
      />
    </>
  )
}

/** What the person brought: the fields asked for, to be typed again, and a file control for each paper. */
function RecordFields({ form }: { form: SupplementForm | null }) {
  const t = useT()
  if (!form) return null
  return (
    <>
      {form.fields.map((field) => (
        <div key={field.path}>
          <input type="hidden" name="_asked" value={field.path} />
          <FilingField field={field} hits={[]} most="100 MB" />
        </div>
      ))}
      {form.lookUpHref && (
        <p className="small">
          <LinkAction href={form.lookUpHref} icon="database" small>
            {t('vault.offer.look-up')}
          </LinkAction>{' '}
          {t('vault.offer.look-up-hint')}
        </p>
      )}
      {form.vaultLooked && (
        <p className="small" role="status">
          {t(
            form.papers.some(({ offers }) => offers.length > 0)
              ? 'vault.offer.counter-lead'
              : 'vault.offer.counter-none',
          )}
        </p>
      )}
      {form.papers.map(({ component, text, offers }, i) => (
        <div key={component + text} className="counter__paper">
          <label htmlFor={`bo-sung-${i}`}>{text}</label>
          <VaultOffers offers={offers} />
          <PaperUpload id={`bo-sung-${i}`} component={component} />
        </div>
      ))}
    </>
  )
}
