import { Notice } from '../../ui/notice'
import { useT } from '../../ui/shell'
import type { LabelledChoice } from './choices'

/** Merge fields that are tied to nothing: each is tied to a source by hand, guessed by its name. */
export function TiePanel({
  untied,
  choices,
}: {
  untied: readonly { field: string; guess: string }[]
  choices: readonly LabelledChoice[]
}) {
  const t = useT()
  if (untied.length === 0) return null
  return (
    <Notice tone="warn" title={t('templateEditor.tie.title')}>
      <p>{t('templateEditor.tie.text')}</p>
      <div className="tpl__ties">
        {untied.map(({ field, guess }, i) => (
          <div key={field}>
            <label htmlFor={`tie-${i}`}>{t('templateEditor.tie.field', { field })}</label>
            <input type="hidden" name={`tie.${i}.field`} value={field} />
            <select id={`tie-${i}`} name={`tie.${i}.to`} className="input" defaultValue={guess}>
              <option value="">{t('templateEditor.tie.none')}</option>
              {choices.map(({ label }) => (
                <option key={label} value={label}>
                  {label === guess ? `${label} (${t('templateEditor.tie.guess')})` : label}
                </option>
              ))}
            </select>
          </div>
        ))}
      </div>
    </Notice>
  )
}
