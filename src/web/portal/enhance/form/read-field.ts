import { type Field, type FormReader, fieldKinds } from 'motcua/modules/forms/browser'

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement

/** What the controls of one question say, as the server reads it from a posted page. */
export function readField(
  question: HTMLElement,
  path: string,
  field: Field,
  offers: readonly unknown[] = [],
) {
  const form = readerOf(question)
  const offered = form.get(`${path}.offer`)
  const chosen = offered === undefined ? undefined : offers[Number(offered)]
  if (chosen !== undefined) return chosen
  const value = fieldKinds[field.type].fromForm(form, path, field)
  return field.type === 'address' ? placeAsTyped(question, path, value) : value
}

/** Every control of a question. */
export const controlsOf = (question: HTMLElement): Control[] => [
  ...question.querySelectorAll<Control>('input:not([name^="_"]), select, textarea'),
]

function readerOf(question: HTMLElement): FormReader {
  const said = controlsOf(question).filter((control) => {
    if (control instanceof HTMLInputElement && /^(radio|checkbox)$/.test(control.type)) return control.checked
    return control.type !== 'file'
  })
  const all = (name: string) =>
    said.filter((control) => control.name === name).map((control) => control.value)
  return { get: (name) => all(name)[0], all }
}

// The server looks up a place that is typed anew; until then no commune is known.
function placeAsTyped(question: HTMLElement, path: string, value: unknown): unknown {
  const written = question.querySelector<HTMLInputElement>(`input[name="${CSS.escape(path)}.written"]`)
  if (!written || written.value === written.defaultValue || typeof value !== 'object') return value
  const { communeCode: _, ...rest } = { ...value } as Record<string, unknown>
  return rest
}

/** Whether the controls say something else than the server drew: a browser puts back what was typed before. */
export const isTypedInto = (question: HTMLElement) =>
  controlsOf(question).some((control) => {
    if (control instanceof HTMLSelectElement)
      return [...control.options].some((one) => one.selected !== one.defaultSelected)
    if (control instanceof HTMLInputElement && control.checked !== control.defaultChecked) return true
    return control.value !== control.defaultValue
  })
