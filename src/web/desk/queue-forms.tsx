import type { Label, SavedView } from 'motcua/modules/dossiers'
import type { ReactNode } from 'react'
import { Button } from '../ui/button'
import type { Choice } from '../ui/fields'
import { Icon } from '../ui/icon'
import { useT } from '../ui/shell'
import type { BulkActs } from './queue.view'
import { BulkBar } from './queue-table'
import { SigningPin } from './signing-pin'
import type { SigningView } from './signing-source'

interface Choices {
  signing: SigningView | null
  assignees: readonly Choice[]
  receivers: readonly Choice[]
  labels: readonly Label[]
  batch: string
}

/** What the marked lines can do together: the usual acts as buttons, what needs a word in the drawer. */
export function BulkActions({
  acts,
  selected,
  onReset,
  signing,
  ...choices
}: Choices & { acts: BulkActs; selected: number | undefined; onReset: () => void }) {
  const t = useT()
  const buttons = [
    acts.accept && (['accept', t('desk.queue.acceptAll'), 'T'] as const),
    acts.approve &&
      (['approve', t(signing ? 'signing.approve' : 'work.bulk.approve'), acts.accept ? 'D' : 'T'] as const),
    acts.return && (['returnResult', t('desk.queue.returnAll'), 'R'] as const),
    acts.takeOver && (['takeOver', t('work.bulk.takeOver'), 'N'] as const),
    acts.complete && (['completeStep', t('work.bulk.completeStep'), 'H'] as const),
  ].filter((each) => each !== false)
  return (
    <BulkBar>
      <span>
        {selected === undefined
          ? t('desk.queue.selectedSome')
          : t('desk.queue.selected', { count: selected })}
      </span>
      {acts.approve && <SigningPin signing={signing} />}
      {buttons.map(([command, label, key], i) => (
        <Button key={command} name="command" value={command} kind={i === 0 ? 'main' : 'second'} hotkey={key}>
          {label}
        </Button>
      ))}
      <Button type="reset" kind="quiet" onClick={onReset}>
        {t('desk.queue.unselect')}
      </Button>
      <Drawer acts={acts} {...choices} />
    </BulkBar>
  )
}

function Drawer({
  acts,
  assignees,
  receivers,
  labels,
  batch,
}: Omit<Choices, 'signing'> & { acts: BulkActs }) {
  const t = useT()
  return (
    <details className="bulk__more" onToggle={focusFirst}>
      <summary data-hotkey="G">
        {t('work.bulk.more')} <kbd>G</kbd>
      </summary>
      <div className="bulk__drawer">
        {acts.assign && (
          <fieldset>
            <legend>{t('work.bulk.assign')}</legend>
            <Pick name="officer" label={t('work.bulk.assignTo')} options={assignees} />
            <Line name="reason" label={t('work.bulk.reasonForAll')} />
            <Small command="assign">{t('work.bulk.assign')}</Small>
            <Small command="reassign">{t('work.bulk.reassign')}</Small>
          </fieldset>
        )}
        <fieldset>
          <legend>{t('work.bulk.handOver')}</legend>
          <input type="hidden" name="batch" value={batch} />
          <Pick name="receiver" label={t('work.bulk.handOverTo')} options={receivers} />
          <Line name="sheets" label={t('work.bulk.sheets')} numeric />
          <Small command="handOver">{t('work.bulk.handOver')}</Small>
        </fieldset>
        {labels.length > 0 && (
          <fieldset>
            <legend>{t('work.filter.label')}</legend>
            <Pick
              name="label"
              label={t('work.label.choose')}
              options={labels.map(({ id, name }) => ({ value: id, label: name }))}
            />
            <Small command="putLabel">{t('work.label.put')}</Small>
            <Small command="takeLabelOff">{t('work.label.off')}</Small>
          </fieldset>
        )}
      </div>
    </details>
  )
}

// Whoever opened it by key goes on typing.
function focusFirst({ currentTarget }: { currentTarget: HTMLDetailsElement }) {
  if (!currentTarget.open) return
  // With nothing marked it is about the line under the cursor.
  if (!document.querySelector('input[name=code]:checked'))
    document.querySelector<HTMLElement>('tr.is-cursor input[name=code]')?.click()
  currentTarget.querySelector<HTMLElement>('select, input:not([type=hidden])')?.focus()
}

const Small = ({ command, children }: { command: string; children: ReactNode }) => (
  <Button name="command" value={command} kind="second" size="small">
    {children}
  </Button>
)

export function Pick({
  name,
  label,
  options,
  value = '',
  empty,
}: {
  name: string
  label: string
  options: readonly Choice[]
  value?: string
  empty?: string
}) {
  const t = useT()
  return (
    <label className="pick">
      <span>{label}</span>
      <select className="input" name={name} defaultValue={value}>
        <option value="">{empty ?? t('web.form.choose')}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  )
}

export function Line({ name, label, numeric }: { name: string; label: string; numeric?: boolean }) {
  return (
    <label className="pick">
      <span>{label}</span>
      <input
        className="input"
        name={name}
        maxLength={numeric ? 5 : 1000}
        {...(numeric && { inputMode: 'numeric' as const })}
        autoComplete="off"
      />
    </label>
  )
}

/** Keeps the filter under a name, and takes kept ones away. */
export function SavedViewForm({ query, open }: { query: string; open: SavedView | null }) {
  const t = useT()
  return (
    <details className="rail__form">
      <summary>
        <Icon name="bookmark" /> {t('work.saved.title')}
      </summary>
      <form method="post">
        <p className="small soft">{t('work.saved.lead')}</p>
        <input type="hidden" name="query" value={query} />
        <Line name="name" label={t('work.saved.name')} />
        <label className="choice choice--small">
          <input type="checkbox" name="shared" value="yes" />
          <span>{t('work.saved.shared')}</span>
        </label>
        <Small command="saveView">{t('work.saved.save')}</Small>
      </form>
      {open && (
        <form method="post">
          <input type="hidden" name="view" value={open.id} />
          <Small command={open.isDefault ? 'unsetDefault' : 'setDefault'}>
            {t(open.isDefault ? 'work.saved.unmakeDefault' : 'work.saved.makeDefault')}
          </Small>
          {open.own && <Small command="deleteView">{t('work.saved.remove')}</Small>}
        </form>
      )}
    </details>
  )
}

/** Makes and takes away the labels of the unit. */
export function LabelForm({
  labels,
  colours,
}: {
  labels: readonly Label[]
  colours: readonly Label['colour'][]
}) {
  const t = useT()
  return (
    <details className="rail__form">
      <summary>
        <Icon name="flag" /> {t('work.label.title')}
      </summary>
      <form method="post">
        <p className="small soft">{t('work.label.lead')}</p>
        <Line name="name" label={t('work.label.name')} />
        <Pick
          name="colour"
          label={t('work.label.colour')}
          value="blue"
          options={colours.map((value) => ({ value, label: t(`work.label.colours.${value}`) }))}
        />
        <Small command="createLabel">{t('work.label.create')}</Small>
      </form>
      {labels.map(({ id, name }) => (
        <form key={id} method="post">
          <input type="hidden" name="label" value={id} />
          <Small command="deleteLabel">{t('work.label.remove', { name })}</Small>
        </form>
      ))}
    </details>
  )
}
