import { checkValue, isBlank, type LiveForm } from 'motcua/modules/forms/browser'
import { withValue } from './answers.ts'
import type { Live } from './live.ts'
import { readField } from './read-field.ts'
import { stateOf } from './states.ts'

/** Reads one question into the answers; false when nothing of it can have changed. */
export function takeQuestion(live: Live, question: HTMLElement): boolean {
  const path = question.dataset.field!
  const state = stateOf(live.states, path)
  const field = state?.field ?? fieldAt(live.form, path)
  if (!field || field.type === 'file' || isDisabled(question)) return false
  const offers = live.form.offers[path]?.map(({ value }) => value)
  const typed = readField(question, path, field, offers)
  const checked = isBlank(typed) ? undefined : checkValue(field, typed, live.form.context.today)
  const value = checked && 'value' in checked ? checked.value : typed
  live.answers = withValue(live.answers, path, value)
  if (state) live.states.list[live.states.at.get(path)!] = { ...state, value }
  return true
}

const isDisabled = (question: HTMLElement) => question instanceof HTMLFieldSetElement && question.disabled

function fieldAt({ compiled }: LiveForm, path: string) {
  const names = path.split(/\[\d+\]\./)
  const key = names.pop()
  let groups = compiled.definition.pages.flatMap((page) => page.groups)
  for (const name of names) {
    const list = groups.find((group) => group.key === name)
    if (names.at(-1) === name) return list?.fields.find((field) => field.key === key)
    groups = list?.groups ?? []
  }
  return groups.flatMap((group) => (group.repeat ? [] : group.fields)).find((field) => field.key === key)
}
