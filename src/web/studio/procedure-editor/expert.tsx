import { readJsonObject } from 'motcua/kernel/read-json'
import { useState } from 'react'
import { Button } from '../../ui/button'
import { useT } from '../../ui/shell'

/** The same terms as JSON, for those who read it; taken over only when it can be read. */
export function ExpertJson({
  draft,
  editable,
  write,
}: {
  draft: unknown
  editable: boolean
  write: (draft: unknown) => void
}) {
  const t = useT()
  const [text, setText] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const take = () => {
    const read = readJsonObject(text ?? '')
    if (read === undefined) return setProblem(t('procedureEditor.expert.unreadable'))
    write(read)
    setText(null)
    setProblem(null)
  }
  return (
    <details className="pe__expert">
      <summary>{t('procedureEditor.expert.title')}</summary>
      <p className="small soft">{t('procedureEditor.expert.lead')}</p>
      <label htmlFor="json" className="vh">
        {t('procedureEditor.expert.title')}
      </label>
      <textarea
        className="input input--code pe__json"
        id="json"
        rows={24}
        spellCheck={false}
        readOnly={!editable}
        aria-describedby="json-e"
        value={text ?? JSON.stringify(draft, null, 2)}
        onChange={({ target }) => setText(target.value)}
      />
      <p id="json-e" role="status" className="pe__bad">
        {problem}
      </p>
      {editable && (
        <Button type="button" kind="second" size="small" onClick={take}>
          {t('procedureEditor.expert.take')}
        </Button>
      )}
    </details>
  )
}
