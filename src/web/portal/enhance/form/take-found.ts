import { type FieldState, fieldKinds, isBlank, isClosed } from 'motcua/modules/forms/browser'
import { labelOf, show } from './drawn.ts'
import type { Found } from './evaluate.ts'
import type { Live } from './live.ts'
import { messages } from './messages.ts'
import { takeProblems, tell } from './objections.ts'
import { showOptions } from './show-options.ts'
import { otherClosed, takeOver, takeSome } from './states.ts'
import { takeWarnings } from './warnings.ts'

/** Brings what an evaluation says onto the page: only what is otherwise than before is touched. */
export function take(
  live: Live,
  { states, problems, warnings, lists, whole }: Found,
  how: 'aloud' | 'silent' = 'aloud',
): void {
  const opened: string[] = []
  const closed: string[] = []
  const chosenAnew: string[] = []
  const changed = (now: FieldState, before: FieldState | undefined) => {
    if (otherClosed(now, before)) {
      const question = live.drawn.questions.get(now.path)
      if (question) showOptions(question, now)
      if (isClosed(now) || (before && isClosed(before))) chosenAnew.push(now.path)
    }
    if (isComputed(now)) showFact(live, now)
    if (isComputed(now) || (before?.visible === now.visible && before.required === now.required)) return
    const question = live.drawn.questions.get(now.path)
    for (const fact of live.drawn.facts.get(now.path) ?? []) show(fact, now.visible && !isBlank(now.value))
    if (!question) return
    if (show(question, now.visible)) (now.visible ? opened : closed).push(labelOf(question))
    showRequired(live, question, now.required)
  }
  if (whole) takeOver(live.states, states, changed)
  else takeSome(live.states, states, changed)
  if (whole) showParts(live, whole)
  for (const { path, shown } of lists) for (const part of live.drawn.groups.get(path) ?? []) show(part, shown)
  takeProblems(live, states, problems, whole !== undefined)
  takeWarnings(live, states, warnings, whole !== undefined)
  if (how === 'silent') return
  announce(live, opened, closed)
  for (const path of chosenAnew) tell(live, path)
}

function showParts({ form, drawn }: Live, { pages }: NonNullable<Found['whole']>): void {
  for (const { key, visible, fields } of pages) {
    show(drawn.pages.get(key), visible)
    if (!form.pageKeys.includes(key)) continue
    const groups = new Map<string, boolean>()
    for (const state of fields)
      if (state.row === undefined)
        groups.set(state.group.key, groups.get(state.group.key) || (state.visible && !isComputed(state)))
    for (const [group, shown] of groups) for (const part of drawn.groups.get(group) ?? []) show(part, shown)
  }
}

const isComputed = ({ field }: FieldState) => field.type === 'computed'

function showFact({ form, drawn, says }: Live, { path, field, visible, value }: FieldState): void {
  const text = isBlank(value) ? '' : fieldKinds[field.type].display(value, field, { locale: form.locale })
  for (const fact of drawn.facts.get(path) ?? []) {
    const words = fact.querySelector('dd')
    if (words && words.textContent !== text) {
      words.textContent = text
      if (visible && text)
        says.say(messages(form.locale)('live.worked', { label: field.label[form.locale], text }))
    }
    show(fact, visible && text !== '')
    const block = fact.closest<HTMLElement>('[data-facts]')
    if (block) block.hidden = !block.querySelector('[data-fact]:not([hidden])')
  }
}

function showRequired({ models }: Live, question: HTMLElement, required: boolean): void {
  const label = question.querySelector('.label')
  const mark = label?.querySelector('.optional')
  if (required) mark?.remove()
  else if (label && !mark) label.append(models.optional.cloneNode(true))
}

function announce({ form, says }: Live, opened: string[], closed: string[]): void {
  const t = messages(form.locale)
  const tell = (key: string, labels: string[]) => {
    if (labels.length > 3) says.say(t(`live.${key}-many`, { count: labels.length }))
    else if (labels.length > 0) says.say(t(`live.${key}`, { labels: labels.join(', ') }))
  }
  tell('shown', opened)
  tell('hidden', closed)
}
