import { useState } from 'react'
import { useT } from '../../ui/shell'
import type { LabelledChoice } from './choices'

const groups = ['form', 'dossier', 'draft'] as const

/** Every merge field under its plain label; pressing one puts it where the cursor was. */
export function MergeFields({
  choices,
  hint,
  onInsert,
}: {
  choices: readonly LabelledChoice[]
  hint: string
  onInsert: (choice: LabelledChoice) => void
}) {
  const t = useT()
  const [sought, setSought] = useState('')
  const [said, setSaid] = useState('')
  const wanted = plain(sought)
  const found = choices.filter(({ label }) => plain(label).includes(wanted))
  return (
    <section className="tpl__merge" aria-labelledby="o-tron">
      <h3 id="o-tron">{t('templateEditor.merge.title')}</h3>
      <p className="studio__note">{hint}</p>
      <input
        type="search"
        className="input"
        aria-label={t('templateEditor.merge.find')}
        placeholder={t('templateEditor.merge.find')}
        value={sought}
        onChange={({ target }) => setSought(target.value)}
      />
      <p role="status" className="vh">
        {said}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className="tpl__merge-list" tabIndex={0} aria-labelledby="o-tron">
        {found.length === 0 && <p className="soft small">{t('templateEditor.merge.none')}</p>}
        {groups.map((group) => {
          const inside = found.filter((choice) => choice.group === group)
          if (inside.length === 0) return null
          return (
            <div key={group}>
              <h4>{t(`templateEditor.merge.group.${group}`)}</h4>
              <ul>
                {inside.map((choice) => (
                  <li key={choice.label}>
                    <button
                      type="button"
                      className="tpl__merge-field"
                      aria-label={t('templateEditor.merge.insert', { label: choice.label })}
                      onClick={() => {
                        onInsert(choice)
                        setSaid(t('templateEditor.merge.inserted', { label: choice.label }))
                      }}
                    >
                      {choice.label}
                      {choice.type === 'table' && (
                        <span className="soft"> ({t('templateEditor.merge.table')})</span>
                      )}
                    </button>
                  </li>
                ))}
              </ul>
            </div>
          )
        })}
      </section>
    </section>
  )
}

/** Without accents and capitals, as people search. */
const plain = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replace(/đ/gi, 'd')
    .toLowerCase()
