import fc from 'fast-check'
import { accepted } from 'motcua/kernel/errors'
import { changeForm, type FormDraft } from 'motcua/modules/forms/editing'
import { expect, test } from 'vitest'
import { formJson } from '../../../../test/builders/packages.ts'
import { type BuilderAct, beginBuilding, build, isDirty, mostSteps } from './state'

const draft: FormDraft = formJson('birth-registration')
const named = (of: FormDraft, vi: string) => accepted(changeForm(of, { title: { vi, en: vi } }))
const edit = (of: FormDraft, vi: string, more = {}): BuilderAct => ({
  do: 'edit',
  draft: named(of, vi),
  ...more,
})
const undo: BuilderAct = { do: 'undo', said: 'undone' }
const redo: BuilderAct = { do: 'redo', said: 'redone' }

test('undo gives back the very draft of before, with what was open then; redo goes forward again', () => {
  const start = beginBuilding(draft, 3)
  const edited = build(start, edit(draft, 'A', { selected: 'em-be' }))
  expect(edited).toMatchObject({ selected: 'em-be', seen: 3 })
  const back = build(edited, undo)
  expect(back.draft).toBe(draft)
  expect(back.selected).toBe('form')
  const again = build(back, redo)
  expect(again.draft).toBe(edited.draft)
  expect(again.selected).toBe('em-be')
  expect(build(build(back, undo), undo).draft).toBe(draft)
})

test('letters typed into one text are one step, those of another text the next', () => {
  let state = beginBuilding(draft, 0)
  for (const word of ['a', 'ab', 'abc']) state = build(state, edit(state.draft, word, { tag: 'title' }))
  state = build(state, edit(state.draft, 'x', { tag: 'other' }))
  expect(state.past.length).toBe(2)
  state = build(state, undo)
  expect(state.draft.title.vi).toBe('abc')
  // After an undo the same text begins a step of its own.
  state = build(state, edit(state.draft, 'abcd', { tag: 'title' }))
  expect(build(state, undo).draft.title.vi).toBe('abc')
})

test('opening something else ends the step of a text', () => {
  let state = build(beginBuilding(draft, 0), edit(draft, 'a', { tag: 'title' }))
  state = build(state, { do: 'select', id: 'em-be' })
  state = build(state, edit(state.draft, 'ab', { tag: 'title' }))
  expect(state.past.length).toBe(2)
})

test('a saving makes the draft the stored one and keeps the steps', () => {
  const edited = build(beginBuilding(draft, 0), edit(draft, 'A'))
  expect(isDirty(edited)).toBe(true)
  const saved = build(edited, { do: 'saved', draft: edited.draft, seen: 1, said: 'saved' })
  expect(isDirty(saved)).toBe(false)
  expect(saved.seen).toBe(1)
  const back = build(saved, undo)
  expect(isDirty(back)).toBe(true)
  // What was typed while the saving was under way is still unsaved.
  const later = build(build(edited, edit(edited.draft, 'B')), {
    do: 'saved',
    draft: edited.draft,
    seen: 1,
    said: '',
  })
  expect(isDirty(later)).toBe(true)
})

test('the same words are said again', () => {
  const first = build(beginBuilding(draft, 0), { do: 'say', said: 'x' })
  expect(build(first, { do: 'say', said: 'x' }).said).toEqual({ text: 'x', no: first.said.no + 1 })
})

test('any edits are taken back one by one, up to the most that are kept', () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { maxLength: 30 }), (words) => {
      let state = beginBuilding(draft, 0)
      const seen = [state.draft]
      for (const word of words) {
        state = build(state, edit(state.draft, word))
        seen.push(state.draft)
      }
      for (const before of seen.slice(0, -1).toReversed()) {
        state = build(state, undo)
        expect(state.draft).toBe(before)
      }
      for (const after of seen.slice(1)) {
        state = build(state, redo)
        expect(state.draft).toBe(after)
      }
    }),
    { numRuns: 50 },
  )
  let state = beginBuilding(draft, 0)
  for (let i = 0; i < mostSteps + 5; i++) state = build(state, edit(state.draft, String(i)))
  expect(state.past.length).toBe(mostSteps)
})
