import type { Locale, Translate } from 'motcua/kernel/i18n'
import type { FormDraft } from 'motcua/modules/forms/editing'
import { type Dispatch, useCallback, useEffect, useRef, useState } from 'react'
import { timeText } from '../../ui/format'
import type { Meanwhile } from './conflict'
import type { BuilderProblem } from './form-builder.view'
import type { BurdenLine } from './side'
import type { BuilderAct, BuilderState } from './state'

/** What the server says of a draft: what to look at, and what it asks of people. */
export interface CheckedDraft {
  problems: BuilderProblem[]
  burden: BurdenLine[]
}

/** The answer to a saving. */
export type SaveAnswer = { seen: number; at: string } | { said: string; meanwhile: Meanwhile | null }

const pauseMs = 450

async function post<T>(door: string, fields: Record<string, string>, signal?: AbortSignal): Promise<T> {
  const response = await fetch(door, {
    method: 'POST',
    body: new URLSearchParams(fields),
    ...(signal ? { signal } : {}),
  })
  if (!response.ok && response.status !== 409 && response.status !== 422)
    throw new Error(String(response.status))
  return response.json() as Promise<T>
}

/** Has every draft checked once typing pauses; what was said last stays until the next answer. */
export function useLiveCheck(door: string, draft: FormDraft, first: CheckedDraft) {
  const [checked, setChecked] = useState(first)
  const [checking, setChecking] = useState(false)
  const last = useRef(draft)
  useEffect(() => {
    if (last.current === draft) return
    last.current = draft
    const ending = new AbortController()
    setChecking(true)
    const timer = setTimeout(() => {
      post<CheckedDraft>(door, { _action: 'check', content: JSON.stringify(draft) }, ending.signal)
        .then(setChecked)
        // Checks come again with the next change; typing goes on meanwhile.
        .catch(() => undefined)
        .finally(() => {
          if (!ending.signal.aborted) setChecking(false)
        })
    }, pauseMs)
    return () => {
      clearTimeout(timer)
      ending.abort()
    }
  }, [door, draft])
  return { checked, checking }
}

/** Saves with the revision that was seen; what somebody else saved meanwhile is shown and joined. */
export function useSaving(
  door: string,
  state: BuilderState,
  dispatch: Dispatch<BuilderAct>,
  { t }: { t: Translate; locale: Locale },
) {
  const [saving, setSaving] = useState(false)
  const [meanwhile, setMeanwhile] = useState<Meanwhile | null>(null)
  const [savedAt, setSavedAt] = useState('')
  const save = async () => {
    if (saving) return
    setSaving(true)
    const { draft, seen } = state
    try {
      const content = JSON.stringify(draft)
      const answer = await post<SaveAnswer>(door, { _action: 'save', seen: String(seen), content })
      if ('seen' in answer) {
        dispatch({ do: 'saved', draft, seen: answer.seen, said: t('formBuilder.said.saved') })
        setSavedAt(timeText(answer.at))
        setMeanwhile(null)
      } else {
        dispatch({ do: 'say', said: answer.said })
        setMeanwhile(answer.meanwhile)
      }
    } catch {
      dispatch({ do: 'say', said: t('formBuilder.said.notSaved') })
    } finally {
      setSaving(false)
    }
  }
  /** Goes on from what is stored now, with the joined draft in hand. */
  const settle = ({ revision, theirs }: Meanwhile, next: FormDraft) => {
    const said = t('formBuilder.said.merged')
    dispatch({ do: 'saved', draft: theirs, seen: revision, said })
    dispatch({ do: 'edit', draft: next, said, fresh: true })
    setMeanwhile(null)
  }
  return { saving, save, meanwhile, settle, savedAt }
}

/** Asks before a page with unsaved work is left. */
export function useLeaveWarning(dirty: boolean): void {
  useEffect(() => {
    if (!dirty) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', warn)
    return () => removeEventListener('beforeunload', warn)
  }, [dirty])
}

/** Ctrl+S, Ctrl+Z and Ctrl+Y. */
export function useBuilderKeys({
  save,
  dispatch,
  editable,
  t,
}: {
  save: () => void
  dispatch: (act: { do: 'undo' | 'redo'; said: string }) => void
  editable: boolean
  t: Translate
}): void {
  const onKey = useCallback(
    (event: KeyboardEvent) => {
      if (!editable || !(event.ctrlKey || event.metaKey) || event.altKey) return
      const key = event.key.toLowerCase()
      const isUndo = key === 'z' && !event.shiftKey
      const isRedo = key === 'y' || (key === 'z' && event.shiftKey)
      if (key !== 's' && !isUndo && !isRedo) return
      event.preventDefault()
      if (key === 's') save()
      else if (isUndo) dispatch({ do: 'undo', said: t('formBuilder.said.undone') })
      else dispatch({ do: 'redo', said: t('formBuilder.said.redone') })
    },
    [save, dispatch, editable, t],
  )
  useEffect(() => {
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [onKey])
}
