import type { LiveForm } from 'motcua/modules/forms'
import { useEffect } from 'react'
import { FieldError, FieldWarning, Optional } from '../../ui/fields'
import { useShell } from '../../ui/shell'

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
        <FieldWarning>{''}</FieldWarning>
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
