import { type FormDraft, readDraftText } from 'motcua/modules/forms/editing'
import { useState } from 'react'
import { Button } from '../../ui/button'
import { Field } from '../../ui/fields'
import { useT } from '../../ui/shell'
import { textProblem } from './form-builder.view'

/**
 * The definition as text. With the script it goes into the builder and back; without it the text is saved by an
 * ordinary post.
 */
export function ExpertView({
  text: given,
  seen,
  open,
  error: refused,
  editable,
  use,
}: {
  text: string
  seen: number
  open?: boolean
  error?: string
  editable: boolean
  /** Takes the text over into the builder. */
  use?: (draft: FormDraft) => void
}) {
  const t = useT()
  const [typed, setTyped] = useState<string | null>(null)
  const [error, setError] = useState(refused ?? '')
  const text = typed ?? given
  const take = () => {
    const problem = textProblem(text, t)
    setError(problem ?? '')
    const read = readDraftText(text)
    if (problem || !('pages' in read)) return
    use?.(read)
    setTyped(null)
  }
  return (
    <details className="fb__expert" open={open}>
      <summary>{t('formBuilder.expert.title')}</summary>
      <form method="post">
        <input type="hidden" name="_action" value="save" />
        <input type="hidden" name="seen" value={seen} />
        <Field
          id="fb-json"
          label={t('formBuilder.expert.text')}
          hint={t('formBuilder.expert.hint')}
          {...(error ? { error } : {})}
        >
          <textarea
            id="fb-json"
            name="content"
            className="input fb__json"
            rows={24}
            spellCheck={false}
            readOnly={!editable}
            value={text}
            aria-describedby={error ? 'fb-json-h fb-json-e' : 'fb-json-h'}
            aria-invalid={error ? true : undefined}
            onChange={(event) => setTyped(event.target.value)}
          />
        </Field>
        {editable && (
          <p className="btn-row mt-3">
            {use && (
              <Button type="button" kind="second" size="small" onClick={take}>
                {t('formBuilder.expert.use')}
              </Button>
            )}
            <Button kind="quiet" size="small">
              {t('formBuilder.expert.save')}
            </Button>
          </p>
        )}
      </form>
    </details>
  )
}
