import signs from 'bpmn-js/dist/assets/bpmn-font/css/bpmn.css?url'
import frames from 'bpmn-js/dist/assets/bpmn-js.css?url'
import tools from 'bpmn-js/dist/assets/diagram-js.css?url'
import BpmnModeler from 'bpmn-js/lib/Modeler'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useFetcher } from 'react-router'
import { Button } from '../../ui/button'
import { Notice } from '../../ui/notice'
import { useShell, useT } from '../../ui/shell'
import type { ModelElement, Modeller } from './bpmn'
import { CheckPanel } from './check'
import { ours } from './ours'
import { Properties } from './properties'
import type { EditorView } from './source'

interface Given {
  xml: string
  moddle: object
  at: string
  seen: number
  view: EditorView
  children: ReactNode
}

const checkAfterMs = 800

/**
 * The modeller of bpmn.io with a panel of our own: what may be said of an element are the attributes that run here.
 * Elements and attributes of others stay in the file.
 */
export default function ProcessModeller({ xml, moddle, at, seen, view, children }: Given) {
  const t = useT()
  const { locale } = useShell()
  const canvas = useRef<HTMLDivElement>(null)
  const form = useRef<HTMLFormElement>(null)
  const [modeller, setModeller] = useState<Modeller>()
  const [failed, setFailed] = useState('')
  const [picked, setPicked] = useState<ModelElement>()
  const [changes, setChanges] = useState(0)
  useEffect(() => {
    const container = canvas.current
    if (!container) return
    const made = new BpmnModeler({
      container,
      moddleExtensions: { motcua: moddle },
      additionalModules: [ours(locale)],
    }) as unknown as Modeller
    made.on('selection.changed', ({ newSelection = [] }) =>
      setPicked(newSelection.length === 1 ? newSelection[0] : undefined),
    )
    made.on('commandStack.changed', () => setChanges((count) => count + 1))
    made.importXML(xml).then(
      () => {
        made.get('canvas').zoom('fit-viewport')
        setModeller(made)
      },
      (error: unknown) => setFailed(error instanceof Error ? error.message : String(error)),
    )
    return () => made.destroy()
  }, [xml, moddle, locale])
  const checker = useChecks(modeller, changes, at)
  useWarning(changes > 0)
  const save = async (event: React.FormEvent<HTMLFormElement>) => {
    const box = form.current?.elements.namedItem('xml') as HTMLInputElement | null
    if (!modeller || !box || box.value !== '') return
    event.preventDefault()
    const submitter = (event.nativeEvent as SubmitEvent).submitter
    box.value = (await modeller.saveXML({ format: true })).xml
    // Once this event is over: a form that is still being submitted is not submitted again.
    setTimeout(() => form.current?.requestSubmit(submitter))
  }
  return (
    <section aria-labelledby="ve" className="modeller">
      {[tools, frames, signs].map((href) => (
        <link key={href} rel="stylesheet" href={href} precedence="default" />
      ))}
      <h2 id="ve">{t('processEditor.modeler.title')}</h2>
      {failed !== '' && (
        <Notice tone="bad" role="alert" title={t('processEditor.modeler.failed', { detail: failed })} />
      )}
      <form
        ref={form}
        method="post"
        action={at}
        encType="multipart/form-data"
        onSubmit={(event) => void save(event)}
      >
        {children}
        <input type="hidden" name="seen" value={seen} />
        <input type="hidden" name="xml" defaultValue="" />
        <p className="btn-row">
          <Button name="_action" value="save-xml" hotkey="S" disabled={!modeller}>
            {t('processEditor.saveDrawing')}
          </Button>
          <span role="status">{changes > 0 ? t('processEditor.modeler.unsaved') : ''}</span>
        </p>
      </form>
      <p className="studio__note">{t('processEditor.modeler.hint')}</p>
      <div className="modeller__panes">
        <div className="modeller__canvas" ref={canvas} />
        {modeller && (
          <Properties
            {...{ modeller, picked, changes }}
            pick={(element) => modeller.get('selection').select(element)}
          />
        )}
      </div>
      <CheckPanel drawn={false} checked={checker.answer ?? view.checked} busy={checker.busy} />
    </section>
  )
}

/** Asks the server what it thinks of the drawing, a moment after the last change. */
function useChecks(modeller: Modeller | undefined, changes: number, at: string) {
  const checker = useFetcher<{ checked?: EditorView['checked'] }>({ key: 'check-drawing' })
  const submit = useRef(checker.submit)
  submit.current = checker.submit
  useEffect(() => {
    if (!modeller || changes === 0) return
    const timer = setTimeout(async () => {
      const { xml } = await modeller.saveXML({ format: true })
      void submit.current(
        { _action: 'check-xml', xml },
        { method: 'post', action: at, encType: 'multipart/form-data' },
      )
    }, checkAfterMs)
    return () => clearTimeout(timer)
  }, [modeller, changes, at])
  return { answer: checker.data?.checked, busy: checker.state !== 'idle' }
}

/** Whoever leaves with changes is asked by the browser; saving is no leaving. */
function useWarning(changed: boolean): void {
  useEffect(() => {
    if (!changed) return
    let saving = false
    const onSubmit = () => {
      saving = true
    }
    const onLeave = (event: BeforeUnloadEvent) => {
      if (!saving) event.preventDefault()
    }
    document.addEventListener('submit', onSubmit)
    window.addEventListener('beforeunload', onLeave)
    return () => {
      document.removeEventListener('submit', onSubmit)
      window.removeEventListener('beforeunload', onLeave)
    }
  }, [changed])
}
