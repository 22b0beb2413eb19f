import { Button } from '../ui/button'
import { errorAt, type Problem } from '../ui/error-summary'
import { Field, TextField } from '../ui/fields'
import { numberText } from '../ui/format'
import { Notice } from '../ui/notice'
import { useT } from '../ui/shell'
import { StateTag } from '../ui/state'
import { Table } from '../ui/table'
import { ProcessDrawing } from './process-drawing'
import type { StatedValues } from './process-import.view'
import type { CheckedFile } from './process-import-source'
import { LimitTable, StepTable } from './process-parts'

type Model = NonNullable<CheckedFile['model']>

/** Chooses the file to check. */
export function FileForm({ problems, again }: { problems: readonly Problem[]; again: boolean }) {
  const t = useT()
  const error = errorAt(problems, 'tep')
  return (
    <form method="post" encType="multipart/form-data" className="proc__form" noValidate>
      <Field
        id="tep"
        label={t('processPage.import.file')}
        hint={t('processPage.import.fileHint')}
        error={error}
      >
        <input className="proc__file" type="file" id="tep" name="file" accept=".bpmn,.xml" />
      </Field>
      <p className="btn-row mt-3">
        <Button name="_action" value="check" kind={again ? 'second' : 'main'} hotkey="X">
          {t(again ? 'processPage.import.checkOther' : 'processPage.import.check')}
        </Button>
      </p>
    </form>
  )
}

/** What the check found: everything to correct, or the model as it would be with the form that publishes it. */
export function CheckedModel({
  checked,
  mayPublish,
  values,
  problems,
}: {
  checked: CheckedFile
  mayPublish: boolean
  values: StatedValues | undefined
  problems: readonly Problem[]
}) {
  const t = useT()
  const { model, drawing, fileName } = checked
  const wrong = checked.problems.length
  return (
    <>
      {wrong > 0 && (
        <Notice
          tone="bad"
          role="alert"
          title={t('processPage.import.problems', { count: numberText(wrong) })}
        >
          <p>{t('processPage.import.problemsLead')}</p>
          <Lines lines={checked.problems} />
        </Notice>
      )}
      {model && <Ready model={model} />}
      {checked.warnings.length > 0 && (
        <Notice tone="warn" title={t('processPage.import.warnings')}>
          <Lines lines={checked.warnings} />
        </Notice>
      )}
      <section aria-labelledby="so-do">
        <h2 id="so-do">
          {t('processPage.drawing.title')}: {fileName}
        </h2>
        <ProcessDrawing svg={drawing} note={wrong > 0 ? t('processPage.drawing.problems') : undefined} />
      </section>
      {model && (
        <>
          <Changes model={model} />
          <section aria-labelledby="cac-buoc">
            <h2 id="cac-buoc">{t('processPage.steps.title')}</h2>
            <StepTable steps={model.steps} hours={model.hours} />
            <LimitTable limits={model.limits} />
          </section>
          {mayPublish ? (
            <PublishForm {...{ checked, model, values, problems }} />
          ) : (
            <Notice title={t('processPage.import.publishTitle')}>{t('processPage.import.checkOnly')}</Notice>
          )}
        </>
      )}
    </>
  )
}

function Lines({ lines }: { lines: readonly string[] }) {
  return (
    <ul className="proc__problems">
      {lines.map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  )
}

function Ready({ model }: { model: Model }) {
  const t = useT()
  const { key, name, steps, hours, next } = model
  const said = t('processPage.import.readyText', { name, steps: steps.length, hours })
  const becomes =
    next === 1
      ? t('processPage.import.newProcess', { key })
      : t('processPage.import.nextVersion', { version: next, key })
  return (
    <Notice tone="ok" role="status" title={t('processPage.import.ready')}>
      {`${said} ${becomes}`}
    </Notice>
  )
}

function Changes({ model }: { model: Model }) {
  const t = useT()
  const { changes, follows } = model
  if (changes === null || follows === null) return null
  const title = t('processPage.import.changes', { version: follows })
  return (
    <section aria-labelledby="khac">
      <h2 id="khac">{title}</h2>
      {changes.length === 0 ? (
        <p className="small soft">{t('processPage.import.noChanges', { version: follows })}</p>
      ) : (
        <Table
          caption={title}
          hideCaption
          stack
          rows={changes}
          rowKey={({ id }) => id}
          columns={[
            {
              key: 'step',
              title: t('processPage.import.column.step'),
              heading: true,
              cell: ({ name }) => name,
            },
            {
              key: 'change',
              title: t('processPage.import.column.change'),
              cell: ({ change, tone }) => <StateTag state={tone}>{change}</StateTag>,
            },
            {
              key: 'what',
              title: t('processPage.import.column.what'),
              cell: ({ details }) => details.join('; '),
            },
          ]}
        />
      )}
    </section>
  )
}

function PublishForm({
  checked,
  model,
  values,
  problems,
}: {
  checked: CheckedFile
  model: Model
  values: StatedValues | undefined
  problems: readonly Problem[]
}) {
  const t = useT()
  const field = (name: keyof StatedValues) => ({
    id: name,
    name,
    label: t(`processPage.import.${name}`),
    error: errorAt(problems, name),
    defaultValue: values?.[name],
    autoComplete: 'off',
  })
  return (
    <section className="proc__form" aria-labelledby="cong-bo">
      <h2 id="cong-bo">{t('processPage.import.publishTitle')}</h2>
      <form method="post" encType="multipart/form-data" noValidate>
        <input type="hidden" name="packed" value={checked.packed} />
        <input type="hidden" name="fileName" value={checked.fileName} />
        <input type="hidden" name="seen" value={model.seen} />
        <TextField
          {...field('validFrom')}
          type="date"
          width="mid"
          hint={t('processPage.import.validFromHint')}
        />
        <div className="proc__pair">
          <TextField {...field('decisionNumber')} maxLength={100} />
          <TextField {...field('decisionOn')} type="date" />
        </div>
        <TextField {...field('reason')} maxLength={500} />
        <p className="btn-row mt-3">
          <Button name="_action" value="publish">
            {t('processPage.import.publish', { version: model.next })}
          </Button>
        </p>
      </form>
    </section>
  )
}
