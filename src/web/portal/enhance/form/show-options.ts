import type { FieldState } from 'motcua/modules/forms/browser'

/** Shows the choices that may be made now; one that was made stays to be seen until another is. */
export function showOptions(question: HTMLElement, { path, closed = [] }: FieldState): void {
  const named = `[name="${CSS.escape(path)}"]`
  for (const radio of question.querySelectorAll<HTMLInputElement>(`input[type="radio"]${named}`))
    open(
      radio,
      radio.closest<HTMLElement>('.choice') ?? radio,
      closed.includes(radio.value) && !radio.checked,
    )
  for (const option of question.querySelectorAll<HTMLOptionElement>(`select${named} option`))
    open(option, option, closed.includes(option.value) && !option.selected)
}

function open(control: { disabled: boolean }, drawn: HTMLElement, closed: boolean): void {
  control.disabled = closed
  drawn.hidden = closed
}
