import { isRefusal } from 'motcua/kernel/errors'
import {
  duplicateField,
  type FieldPlace,
  type FormDraft,
  type Place,
  placeId,
  placeOfId,
  removeAt,
  shift as shifted,
  type Use,
  usesOf,
} from 'motcua/modules/forms/editing'
import { type ActionDispatch, useState } from 'react'
import { useShell, useT } from '../../ui/shell'
import { type Builder, refusedText } from './context'
import { nameOf, type Selected, whereText } from './form-builder.view'
import { besideRemoved, dropped, firstClosed, focusTree, isPlace, without } from './places'
import type { BuilderAct, BuilderState } from './state'

/**
 * What can be done to a form in the builder, by keys, buttons and dragging alike, and what is open meanwhile: folded
 * parts of the outline, the box for a new question, the question whether to remove what is still in use.
 */
export function useBuilderActs(
  { editable, elsewhere }: Pick<Builder, 'editable' | 'elsewhere'>,
  {
    state,
    dispatch,
    problems,
  }: { state: BuilderState; dispatch: ActionDispatch<[BuilderAct]>; problems: Builder['problems'] },
) {
  const t = useT()
  const { locale } = useShell()
  const { draft, selected } = state
  const [closed, setClosed] = useState<ReadonlySet<Selected>>(
    () => new Set([...firstClosed(state.draft), 'rules']),
  )
  const [adding, setAdding] = useState<Place | null>(null)
  const [asked, setAsked] = useState<{ id: Selected; uses: Use[] } | null>(null)
  const nameIn = (of: FormDraft, id: Selected) => nameOf(of, id, t, locale)
  const toggle = (id: Selected, isOpen: boolean) =>
    setClosed((now) => (isOpen ? without(now, id) : new Set([...now, id])))
  const builder: Builder = {
    ...{ draft, selected, editable, problems, t, locale, epoch: state.epoch, elsewhere },
    edit: (next, more = {}) => {
      if (isRefusal(next)) {
        dispatch({ do: 'say', said: refusedText(next, locale) })
        return false
      }
      dispatch({ do: 'edit', draft: next, ...more })
      if (more.selected) toggle(more.selected, true)
      return true
    },
    select: (id) => {
      dispatch({ do: 'select', id })
      setAdding(null)
      setAsked(null)
    },
    shift: (id, by) => {
      if (!isPlace(id)) return
      const next = shifted(draft, placeOfId(id), by)
      const name = nameIn(draft, id)
      if (isRefusal(next)) return void builder.edit(next)
      const moved = placeId(next.place)
      const stayed = JSON.stringify(next.draft) === JSON.stringify(draft)
      if (stayed) return builder.say(t('formBuilder.said.edge', { name }))
      const where = whereText(next.draft, moved, t, locale)
      const said = t(by < 0 ? 'formBuilder.said.up' : 'formBuilder.said.down', { name, where })
      builder.edit(next.draft, { selected: moved, said })
    },
    copy: (id) => {
      const place = placeOfId(id)
      if (!isPlace(id) || place.field === undefined) return
      const next = duplicateField(draft, place as FieldPlace)
      if (isRefusal(next)) return void builder.edit(next)
      const name = next.place.field
      builder.edit(next.draft, {
        selected: placeId(next.place),
        said: t('formBuilder.said.copied', { name }),
      })
    },
    remove: (id) => {
      if (!isPlace(id)) return
      const uses = usesOf(draft, placeOfId(id))
      const mentioned = (elsewhere[placeOfId(id).field ?? ''] ?? []).length > 0
      if (uses.length > 0 || mentioned) setAsked({ id, uses })
      else removeNow(id)
    },
    startAdding: (at) => setAdding(at),
    say: (text) => dispatch({ do: 'say', said: text }),
  }

  const removeNow = (id: Selected) => {
    setAsked(null)
    const place = placeOfId(id)
    const done = builder.edit(removeAt(draft, place, { anyway: true }), {
      selected: besideRemoved(draft, place),
      said: t('formBuilder.said.removed', { name: nameIn(draft, id) }),
    })
    if (done) requestAnimationFrame(focusTree)
  }

  const drop = (moved: Selected, onto: Selected) => {
    const next = dropped(draft, moved, onto)
    if (!next) return
    const where = isRefusal(next.draft) ? '' : whereText(next.draft, next.id, t, locale)
    builder.edit(next.draft, {
      selected: next.id,
      said: t('formBuilder.said.moved', { name: nameIn(draft, moved), where }),
    })
  }

  return { builder, closed, toggle, adding, setAdding, asked, setAsked, removeNow, drop }
}
