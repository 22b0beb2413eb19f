/**
 * Offers communes while a place is typed: inside `[data-place]`, the text field whose name ends in `.written` gets
 * a list of its own. Without this script the server finds the commune from what was typed.
 */
interface Hit {
  code: string
  text: string
  /** With the old commune that was typed, where it is one. */
  label: string
}

const quietMs = 200
let waiting: ReturnType<typeof setTimeout> | undefined

// Rows of a list come while the page is open, so a place is found when somebody enters it.
document.addEventListener('focusin', ({ target }) => {
  if (!(target instanceof HTMLInputElement) || !target.matches('[data-place] input[name$=".written"]')) return
  if (!target.list) watch(target)
})

function watch(input: HTMLInputElement): void {
  const list = document.createElement('datalist')
  list.id = `${input.id}-list`
  input.setAttribute('list', list.id)
  input.after(list)
  input.addEventListener('input', () => {
    clearTimeout(waiting)
    waiting = setTimeout(() => offer(input, list), quietMs)
  })
}

async function offer(input: HTMLInputElement, list: HTMLDataListElement): Promise<void> {
  const typed = input.value.trim()
  if (typed.length < 2) return
  try {
    const response = await fetch(`/tim-noi?q=${encodeURIComponent(typed)}`)
    if (!response.ok) return
    const hits = (await response.json()) as Hit[]
    list.replaceChildren(...hits.map(({ text, label }) => new Option(label, text)))
  } catch {
    // The server finds the place when the page is sent.
  }
}

// A module of its own: nothing here is global.
export {}
