import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react'
import { Button, LinkAction } from '../../ui/button'
import { Field } from '../../ui/fields'
import { useT } from '../../ui/shell'
import { CheckPanel } from './check'
import type { EditorView } from './source'

// The modeller is larger than all the rest: only who opens this view loads it.
const Modeller = lazy(() => import('./modeller'))

interface Given {
  view: EditorView
  here: string
  xml: string
  /** Our attributes, as the modeller reads and writes them. */
  moddle: object
  seen: number
  children: ReactNode
}

/** The drawing itself: a modeller where there is a script, and the file down and up where there is none. */
export function ExpertView({ view, here, xml, moddle, seen, children }: Given) {
  const t = useT()
  const [inBrowser, setInBrowser] = useState(false)
  useEffect(() => setInBrowser(true), [])
  const at = `${here}?xem=so-do`
  const open = view.editable && xml !== '' && inBrowser
  return (
    <>
      {open && (
        <Suspense fallback={<p role="status">{t('processEditor.modeler.loading')}</p>}>
          <Modeller {...{ xml, moddle, at, seen, view }}>{children}</Modeller>
        </Suspense>
      )}
      {!open && (
        <>
          {view.editable && xml !== '' && <p className="soft">{t('processEditor.modeler.noScript')}</p>}
          <CheckPanel checked={view.checked} />
        </>
      )}
      <FileForm {...{ view, here, at, seen }}>{open ? null : children}</FileForm>
    </>
  )
}

function FileForm({ view, here, at, seen, children }: Omit<Given, 'xml' | 'moddle'> & { at: string }) {
  const t = useT()
  return (
    <section className="studio__part" aria-labelledby="tep-h">
      <h2 id="tep-h">{t('processEditor.file.title')}</h2>
      <p>
        <LinkAction href={`${here}.bpmn`} icon="download" small>
          {t('processEditor.file.download')}
        </LinkAction>
      </p>
      {view.editable && (
        <form method="post" action={at} encType="multipart/form-data" className="studio__form" noValidate>
          {children}
          <input type="hidden" name="seen" value={seen} />
          <Field id="tep" label={t('processEditor.file.upload')} hint={t('processEditor.file.uploadHint')}>
            <input className="proc__file" type="file" id="tep" name="file" accept=".bpmn,.xml" />
          </Field>
          <p className="btn-row">
            <Button kind="second" size="small" name="_action" value="save-file">
              {t('processEditor.file.check')}
            </Button>
          </p>
        </form>
      )}
    </section>
  )
}
