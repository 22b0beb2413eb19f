/**
 * Keeps a form while it is typed: `<form data-autosave="/address">`. Sends what was typed a moment after the last
 * change and when the page is left; says so in `[data-saved]`. Without this script the button saves.
 */
const form = document.querySelector<HTMLFormElement>('form[data-autosave]')
const status = document.querySelector<HTMLElement>('[data-saved]')
const quietMs = 1500

let waiting: ReturnType<typeof setTimeout> | undefined
let unsaved = false

if (form?.dataset.autosave) {
  form.addEventListener('input', () => later(form))
  form.addEventListener('submit', () => {
    clearTimeout(waiting)
    unsaved = false
  })
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden' && unsaved) void save(form, true)
  })
  addEventListener('online', () => unsaved && save(form))
}

function later(saved: HTMLFormElement): void {
  unsaved = true
  clearTimeout(waiting)
  waiting = setTimeout(() => save(saved), quietMs)
}

async function save(saved: HTMLFormElement, leaving = false): Promise<void> {
  clearTimeout(waiting)
  try {
    const response = await fetch(saved.dataset.autosave ?? '', {
      method: 'POST',
      body: typed(saved),
      keepalive: leaving,
    })
    if (!response.ok) return
    const { savedAt } = (await response.json()) as { savedAt?: string }
    unsaved = false
    say(savedAt)
  } catch {
    // No connection: what was typed is still on the page, and the next change or the button tries again.
  }
}

// Files go with the button or with the drop zone, not with every keystroke.
function typed(saved: HTMLFormElement): FormData {
  const data = new FormData(saved)
  for (const input of saved.querySelectorAll<HTMLInputElement>('input[type=file]')) data.delete(input.name)
  return data
}

function say(savedAt: string | undefined): void {
  if (!status || !savedAt) return
  status.textContent = (status.dataset.saved || '{time}').replace('{time}', savedAt)
}

// A module of its own: nothing here is global.
export {}
