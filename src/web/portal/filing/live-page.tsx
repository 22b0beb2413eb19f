import type { FieldView, GroupView, LiveForm } from 'motcua/modules/forms'
import { type ReactNode, useEffect } from 'react'
import { FieldError, Optional } from '../../ui/fields'
import { KnownFact } from '../../ui/known'
import { useShell, useT } from '../../ui/shell'
import { RowFrame } from './filing-field'

/** What the script `form` needs inside the form element: the form as data, what it copies and where it speaks. */
export function LivePage({ form }: { form: LiveForm }) {
  return (
    <>
      <script
        type="application/json"
        data-live-form=""
        // biome-ignore lint/security/noDangerouslySetInnerHtml: data, not markup; no "<" can end the element.
        dangerouslySetInnerHTML={{ __html: JSON.stringify(form).replaceAll('<', '\\u003c') }}
      />
      <div hidden data-live-models="">
        <Optional />
        <FieldError id="live">{''}</FieldError>
      </div>
      <p className="vh" role="status" data-live-says="" />
    </>
  )
}

/** Runs the script on a page that hydrates, after React has found what it drew. */
export function useLiveForm(): void {
  const src = useShell().enhancements.form
  useEffect(() => {
    if (src) void import(/* @vite-ignore */ src).then(({ startForms }) => startForms())
  })
}

/** The row that the script copies when one is added. Hidden and disabled: without script it is not there. */
export function BlankRow({ group, ask }: { group: GroupView; ask: (field: FieldView) => ReactNode }) {
  const t = useT()
  if (!group.blank) return null
  const rowName = `${group.key}[${group.blank.index}]`
  const what = group.title ?? ''
  const title = t('filing.rows.title', { what, number: '{number}' })
  return (
    <fieldset
      hidden
      disabled
      role="none"
      data-blank={group.key}
      data-title={title}
      data-remove={t('filing.rows.remove', { what: title })}
    >
      <RowFrame title={title} rowName={rowName} removeValue={`remove:${rowName}`}>
        {group.blank.known.length > 0 && (
          <dl className="known">
            {group.blank.known.map(({ key, ...fact }) => (
              <KnownFact key={key} path={key} {...fact} />
            ))}
          </dl>
        )}
        {group.blank.fields.map(ask)}
      </RowFrame>
    </fieldset>
  )
}
