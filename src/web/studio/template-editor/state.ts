import { type ReactNode, type RefObject, useEffect, useRef } from 'react'
import { useFetcher } from 'react-router'
import type { EditorView, Preview } from './source'
import type { TemplateAnswer } from './template-editor'
import type { EditorDraft } from './template-editor.view'

/** What each way of editing a template is given. */
export interface EditorViewProps {
  view: EditorView
  here: string
  draft: EditorDraft
  seen: number
  answer: TemplateAnswer | undefined
  children: ReactNode
}

const previewAfterMs = 700

/** Draws the template as it stands, a moment after the last change; `ask` draws it now. */
export function usePreview(
  form: RefObject<HTMLFormElement | null>,
  { here, changed, first }: { here: string; changed: unknown; first: Preview | undefined },
) {
  const drawer = useFetcher<TemplateAnswer>({ key: 'draw-template' })
  const ask = () => {
    if (!form.current) return
    const sent = new FormData(form.current)
    sent.set('_action', 'preview')
    void drawer.submit(sent, { method: 'post', action: here })
  }
  const latest = useRef(ask)
  latest.current = ask
  // biome-ignore lint/correctness/useExhaustiveDependencies: drawn again whenever the template changes
  useEffect(() => {
    const timer = setTimeout(() => latest.current(), previewAfterMs)
    return () => clearTimeout(timer)
  }, [changed])
  return {
    preview: drawer.data?.preview ?? first,
    problem: drawer.data?.problem,
    busy: drawer.state !== 'idle',
    ask: () => latest.current(),
  }
}

type TextBox = HTMLTextAreaElement | HTMLInputElement

/** Remembers the text that the cursor was last in, and puts words there as if they were typed. */
export function useInsertion() {
  const last = useRef<TextBox | null>(null)
  const remember = (target: EventTarget) => {
    if (target instanceof HTMLElement && target.dataset.merge !== undefined) last.current = target as TextBox
  }
  const insert = (words: string): boolean => {
    const box = last.current?.isConnected ? last.current : document.querySelector<TextBox>('[data-merge]')
    if (!box) return false
    box.focus()
    box.setRangeText(
      words,
      box.selectionStart ?? box.value.length,
      box.selectionEnd ?? box.value.length,
      'end',
    )
    box.dispatchEvent(new Event('input', { bubbles: true }))
    return true
  }
  return { remember, insert }
}

/** Puts the cursor into an element once it stands on the page. */
export function useFocus(): (id: string) => void {
  const wanted = useRef('')
  useEffect(() => {
    if (wanted.current === '') return
    document.getElementById(wanted.current)?.focus()
    wanted.current = ''
  })
  return (id) => {
    wanted.current = id
  }
}
