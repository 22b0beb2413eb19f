import { type FormDraft, mergeForms, type Side } from 'motcua/modules/forms/editing'
import { useState } from 'react'
import { Button } from '../../ui/button'
import { Notice } from '../../ui/notice'
import { useBuilder } from './context'
import { clashLines } from './form-builder.view'
import { Pick } from './inputs'

/** What somebody else saved meanwhile. */
export interface Meanwhile {
  revision: number
  savedByName: string
  at: string
  theirs: FormDraft
}

/** Both drafts, question by question: what only one touched is joined, where both changed one chooses. */
export function Conflict({
  meanwhile,
  base,
  join,
  takeTheirs,
}: {
  meanwhile: Meanwhile
  /** The draft that both began with. */
  base: FormDraft
  join: (merged: FormDraft) => void
  takeTheirs: () => void
}) {
  const { draft, t, locale } = useBuilder()
  const [choices, setChoices] = useState<Record<string, Side>>({})
  const { savedByName: name, at, theirs } = meanwhile
  const { merged, clashes } = mergeForms({ base, mine: draft, theirs }, choices)
  return (
    <Notice tone="warn" role="alert" title={t('formBuilder.conflict.title', { name, at })}>
      <p>
        {clashes.length === 0
          ? t('formBuilder.conflict.apart')
          : t('formBuilder.conflict.clash', { count: clashes.length })}
      </p>
      <ul className="fb__clashes">
        {clashes.map((clash) => (
          <li key={clash.id}>
            <Pick
              label={clashName(clash.mine ?? clash.theirs) || t('formBuilder.conflict.whole')}
              value={choices[clash.id] ?? 'mine'}
              options={[
                { value: 'mine', label: t('formBuilder.conflict.mine') },
                { value: 'theirs', label: t('formBuilder.conflict.theirs', { name }) },
              ]}
              onChange={(side) => setChoices({ ...choices, [clash.id]: side as Side })}
            />
            <ClashTable {...clash} name={name} />
          </li>
        ))}
      </ul>
      <p className="btn-row">
        <Button type="button" size="small" kind="second" onClick={() => join(merged)}>
          {t('formBuilder.conflict.merge')}
        </Button>
        <Button type="button" size="small" kind="quiet" onClick={takeTheirs}>
          {t('formBuilder.conflict.takeTheirs', { name })}
        </Button>
      </p>
    </Notice>
  )

  function clashName(content: unknown): string {
    const { label, title, message } = (content ?? {}) as Record<
      string,
      { vi: string; en: string } | undefined
    >
    return (label ?? title ?? message)?.[locale] ?? ''
  }
}

function ClashTable({ mine, theirs, name }: { mine: unknown; theirs: unknown; name: string }) {
  const { t, locale } = useBuilder()
  if (mine === null || theirs === null)
    return (
      <p className="small">
        {mine === null ? t('formBuilder.conflict.mine') : t('formBuilder.conflict.theirs', { name })}:{' '}
        {t('formBuilder.conflict.removed')}
      </p>
    )
  return (
    <table className="table fb__clash">
      <thead>
        <tr>
          <td />
          <th scope="col">{t('formBuilder.conflict.mine')}</th>
          <th scope="col">{t('formBuilder.conflict.theirs', { name })}</th>
        </tr>
      </thead>
      <tbody>
        {clashLines(mine, theirs, t, locale).map((line) => (
          <tr key={line.id}>
            <th scope="row">{line.name}</th>
            <td>{line.mine}</td>
            <td>{line.theirs}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
