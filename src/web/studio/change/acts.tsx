import type { ChangeAct, ProcedureChange } from 'motcua/modules/changes'
import type { ReactNode } from 'react'
import { Form } from 'react-router'
import { Button, type ButtonKind } from '../../ui/button'
import { DayField } from '../../ui/day-field'
import type { Problem } from '../../ui/error-summary'
import { RadioGroup, TextArea, TextField } from '../../ui/fields'
import { useT } from '../../ui/shell'
import { errorOf, fieldIds } from '../start.view'

/** What is typed with an act. */
export interface ActValues {
  note: string
  validFrom: string
  decisionNumber: string
  decisionOn: string
  open: string
  /** When that which the second person read had been handed in. */
  seen: string
}

interface ActsProps {
  acts: readonly ChangeAct[]
  state: ProcedureChange['state']
  today: string
  publication: { validFrom: string } | null
  /** What taking it back does to dossiers that it moved. */
  moveBack: string | null
  submittedAt: string | null
  problems: readonly Problem[]
  values: ActValues | undefined
}

/** What this person can do with the change now, the way forward first. */
export function Acts({
  acts,
  state,
  today,
  publication,
  moveBack,
  submittedAt,
  problems,
  values,
}: ActsProps) {
  const t = useT()
  const may = (act: ChangeAct) => acts.includes(act)
  const begun = publication !== null && publication.validFrom < today
  if (acts.length === 0) return null
  return (
    <section className="studio__part studio__acts">
      <h2>{t('studio.overview.next')}</h2>
      {may('submit') && (
        <Simple act="submit" kind="main">
          <p className="small soft">{t('studio.act.submitText')}</p>
        </Simple>
      )}
      {may('publish') && <Publish {...{ today, problems, values }} />}
      {may('approve') && <Review {...{ problems, values, submittedAt }} />}
      {may('withdraw') && !begun && (
        <Reasoned act="withdraw" {...{ problems, values }}>
          <p className="small soft">{t('studio.act.withdrawText')}</p>
          {moveBack && <p className="small">{moveBack}</p>}
        </Reasoned>
      )}
      {may('withdraw') && begun && (
        <Form method="post" className="studio__form">
          <p className="small soft">{t('studio.act.rollBackText', { on: publication.validFrom })}</p>
          <p>
            <Button kind="second" size="small" name="_action" value="roll-back">
              {t('studio.act.rollBack')}
            </Button>
          </p>
        </Form>
      )}
      {may('take-back') && <Simple act="take-back" kind="second" />}
      {may('rebase') && problems.length > 0 && <Simple act="rebase" kind="second" />}
      {may('abandon') && state === 'draft' && (
        <details>
          <summary>{t('studio.act.abandon')}</summary>
          <Reasoned act="abandon" {...{ problems, values }} />
        </details>
      )}
    </section>
  )
}

function Simple({
  act,
  kind,
  children,
}: {
  act: 'submit' | 'take-back' | 'rebase'
  kind: ButtonKind
  children?: ReactNode
}) {
  const t = useT()
  return (
    <Form method="post">
      {children}
      <Button kind={kind} size="small" name="_action" value={act}>
        {t(`studio.act.${act}`)}
      </Button>
    </Form>
  )
}

type Typed = Pick<ActsProps, 'problems' | 'values'>

function Reasoned({
  act,
  problems,
  values,
  children,
}: Typed & { act: 'withdraw' | 'abandon'; children?: ReactNode }) {
  const t = useT()
  const error = errorOf(problems, 'note')
  return (
    <Form method="post" className="studio__form">
      {children}
      <TextArea
        id={fieldIds.note}
        name="note"
        label={t('studio.act.reason')}
        rows={2}
        defaultValue={values?.note ?? ''}
        {...(error && { error })}
      />
      <p>
        <Button kind="harm" size="small" name="_action" value={act}>
          {t(`studio.act.${act}`)}
        </Button>
      </p>
    </Form>
  )
}

function Review({ problems, values, submittedAt }: Typed & Pick<ActsProps, 'submittedAt'>) {
  const t = useT()
  const error = errorOf(problems, 'note')
  return (
    <Form method="post" className="studio__form">
      <TextArea
        id={fieldIds.note}
        name="note"
        label={t('studio.act.note')}
        rows={3}
        defaultValue={values?.note ?? ''}
        {...(error && { error })}
      />
      <input type="hidden" name="seen" value={submittedAt ?? ''} />
      <p className="btn-row">
        <Button size="small" name="_action" value="approve">
          {t('studio.act.approve')}
        </Button>
        <Button kind="second" size="small" name="_action" value="return">
          {t('studio.act.return')}
        </Button>
      </p>
    </Form>
  )
}

const openChoices = ['stay', 'move-not-accepted', 'move-all'] as const

function Publish({ today, problems, values }: Typed & { today: string }) {
  const t = useT()
  const error = (field: 'validFrom' | 'decisionNumber' | 'decisionOn') => {
    const text = errorOf(problems, field)
    return text === undefined ? {} : { error: text }
  }
  return (
    <Form method="post" className="studio__form">
      <h3>{t('studio.act.publishTitle')}</h3>
      <DayField
        id={fieldIds.validFrom}
        name="validFrom"
        width="mid"
        label={t('studio.act.validFrom')}
        hint={t('studio.act.validFromHint')}
        defaultValue={values?.validFrom ?? today}
        {...error('validFrom')}
      />
      <TextField
        id={fieldIds.decisionNumber}
        name="decisionNumber"
        width="mid"
        label={t('studio.act.decisionNumber')}
        hint={t('studio.act.decisionNumberHint')}
        defaultValue={values?.decisionNumber ?? ''}
        {...error('decisionNumber')}
      />
      <DayField
        id={fieldIds.decisionOn}
        name="decisionOn"
        width="mid"
        label={t('studio.act.decisionOn')}
        defaultValue={values?.decisionOn ?? today}
        {...error('decisionOn')}
      />
      <RadioGroup
        id="ho-so-dang-giai-quyet"
        name="open"
        label={t('studio.act.open')}
        value={values?.open || 'stay'}
        options={openChoices.map((value) => ({ value, label: t(`studio.act.openChoice.${value}`) }))}
      />
      <p>
        <Button name="_action" value="publish">
          {t('studio.act.publish')}
        </Button>
      </p>
    </Form>
  )
}
