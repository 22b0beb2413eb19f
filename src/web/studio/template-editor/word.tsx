import { Button } from '../../ui/button'
import { Notice } from '../../ui/notice'
import { useT } from '../../ui/shell'
import type { EditorView } from './source'
import type { TemplateAnswer } from './template-editor'

/** Takes a Word file in; the page that answers shows its blocks. */
export function WordView({
  view,
  here,
  seen,
  answer,
}: {
  view: EditorView
  here: string
  seen: number
  answer: TemplateAnswer | undefined
}) {
  const t = useT()
  return (
    <form method="post" action={here} encType="multipart/form-data" className="studio__form studio__part">
      <h3>{t('templateEditor.word.title')}</h3>
      <p className="small">{t('templateEditor.word.text')}</p>
      {answer?.refused && (
        <Notice tone="bad" role="alert" title={t('templateEditor.word.refused')}>
          {answer.refused.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </Notice>
      )}
      <input type="hidden" name="seen" value={seen} />
      <input type="hidden" name="_action" value="word" />
      <div className="field">
        <label className="label" htmlFor="tep">
          {t('templateEditor.word.file')}
        </label>
        <input
          id="tep"
          className="input"
          type="file"
          name="file"
          required
          accept=".docx,application/vnd.openxmlformats-officedocument.wordprocessingml.document"
          disabled={!view.editable}
        />
      </div>
      <p className="btn-row">
        <Button disabled={!view.editable}>{t('templateEditor.word.read')}</Button>
      </p>
    </form>
  )
}
