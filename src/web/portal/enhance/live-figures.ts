/**
 * Keeps a board up to date: `<div data-live="/address of events" data-version="12">`. When the figures have moved it
 * asks for this same page and takes its figures over. Rests while nobody looks; without it the page is as of its time.
 */
const board = document.querySelector<HTMLElement>('[data-live]')
let events: EventSource | undefined
let running = false
let again = false

if (board) {
  document.addEventListener('visibilitychange', () => (document.hidden ? rest() : listen()))
  if (!document.hidden) listen()
}

function listen(): void {
  if (events || !board?.dataset.live) return
  events = new EventSource(board.dataset.live)
  events.addEventListener('figures', (event) => {
    if ((event as MessageEvent<string>).data !== board?.dataset.version) void refresh()
  })
}

function rest(): void {
  events?.close()
  events = undefined
}

// One request at a time; what moves meanwhile is asked for once more after it.
async function refresh(): Promise<void> {
  again = running
  if (running) return
  running = true
  try {
    const response = await fetch(location.href, { cache: 'no-cache' })
    if (response.ok) take(new DOMParser().parseFromString(await response.text(), 'text/html'))
  } catch {
    // No connection: the page says of what time it is, and the next event tries again.
  } finally {
    running = false
  }
  if (again) void refresh()
}

function take(page: Document): void {
  const fresh = page.querySelector<HTMLElement>('[data-live]')
  if (!board || !fresh) return
  keepOpen(board, fresh)
  const focused = document.activeElement
  // Somebody is choosing a period or reading a link with the keyboard: do not pull it away from under them.
  if (focused && board.contains(focused) && focused.closest('form')) return
  const path = focused && board.contains(focused) ? pathTo(focused) : undefined
  board.replaceChildren(...fresh.childNodes)
  board.dataset.version = fresh.dataset.version ?? ''
  if (path) at(path)?.focus({ preventScroll: true })
}

function keepOpen(old: HTMLElement, fresh: HTMLElement): void {
  for (const details of fresh.querySelectorAll<HTMLDetailsElement>('details[data-keep]')) {
    const before = old.querySelector<HTMLDetailsElement>(`details[data-keep="${details.dataset.keep}"]`)
    if (before) details.open = before.open
  }
}

function pathTo(element: Element): number[] {
  const steps: number[] = []
  for (let here = element; here !== board && here.parentElement; here = here.parentElement)
    steps.unshift([...here.parentElement.children].indexOf(here))
  return steps
}

function at(path: readonly number[]): HTMLElement | undefined {
  const found = path.reduce<Element | undefined>((here, step) => here?.children[step], board ?? undefined)
  return found instanceof HTMLElement ? found : undefined
}

// A module of its own: nothing here is global.
export {}
