import { Form } from 'react-router'
import { Button } from '../ui/button'
import type { Problem } from '../ui/error-summary'
import { RadioGroup, TextArea, TextField } from '../ui/fields'
import { useT } from '../ui/shell'
import { errorOf, fieldIds, type StartValues } from './start.view'

/** Begins a change: what it is called and why; of a procedure that is new here also its code. */
export function StartForm({
  withCode = false,
  withKind = false,
  values,
  problems,
}: {
  withCode?: boolean
  withKind?: boolean
  values?: StartValues | undefined
  problems: readonly Problem[]
}) {
  const t = useT()
  const error = (field: 'code' | 'title' | 'reason') => {
    const text = errorOf(problems, field)
    return text === undefined ? {} : { error: text }
  }
  return (
    <Form method="post" className="studio__form">
      {withCode && (
        <TextField
          id={fieldIds.code}
          name="code"
          label={t('studio.procedure.code')}
          hint={t('studio.procedure.codeHint')}
          width="mid"
          defaultValue={values?.code ?? ''}
          {...error('code')}
        />
      )}
      {withKind && (
        <RadioGroup
          id="loai"
          name="kind"
          label={t('studio.procedure.kind')}
          value="amend"
          options={(['amend', 'abolish'] as const).map((kind) => ({
            value: kind,
            label: t(`studio.kind.${kind}`),
          }))}
        />
      )}
      <TextField
        id={fieldIds.title}
        name="title"
        label={t('studio.procedure.titleOf')}
        hint={t('studio.procedure.titleHint')}
        maxLength={200}
        defaultValue={values?.title ?? ''}
        {...error('title')}
      />
      <TextArea
        id={fieldIds.reason}
        name="reason"
        label={t('studio.procedure.reason')}
        hint={t('studio.procedure.reasonHint')}
        defaultValue={values?.reason ?? ''}
        {...error('reason')}
      />
      <p>
        <Button size="small">{t('studio.procedure.start')}</Button>
      </p>
    </Form>
  )
}
