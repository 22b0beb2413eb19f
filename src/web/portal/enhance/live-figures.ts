/**
 * Keeps a board up to date: `<div data-live="/address of events" data-version="12">`. When the figures have moved it
 * asks for this same page and takes its figures over. Rests while nobody looks; without it the page is as of its time.
 */
const board = document.querySelector<HTMLElement>('[data-live]')
let events: EventSource | undefined
/** Of the newest figures that were told of: their number only grows. */
let told: string | undefined
let running = false

if (board) {
  document.addEventListener('visibilitychange', () => (document.hidden ? rest() : listen()))
  if (!document.hidden) listen()
}

function listen(): void {
  if (events || !board?.dataset.live) return
  events = new EventSource(board.dataset.live)
  events.addEventListener('figures', (event) => {
    told = (event as MessageEvent<string>).data
    if (told !== board?.dataset.version) void refresh()
  })
}

function rest(): void {
  events?.close()
  events = undefined
}

const soonMs = 400

// One request at a time. A page may have been read a moment before the newest figures came: then it is asked for again.
async function refresh(): Promise<void> {
  if (running) return
  running = true
  let isTaken = false
  try {
    const response = await fetch(location.href, { cache: 'no-cache' })
    if (response.ok) isTaken = take(new DOMParser().parseFromString(await response.text(), 'text/html'))
  } catch {
    // No connection: the page says of what time it is, and the next event tries again.
  } finally {
    running = false
  }
  if (isTaken && events && isBehind()) setTimeout(() => void refresh(), soonMs)
}

const isBehind = () => Number(board?.dataset.version) < Number(told)

/** Takes the figures over; not while somebody chooses a period or reads a link with the keyboard. */
function take(page: Document): boolean {
  const fresh = page.querySelector<HTMLElement>('[data-live]')
  if (!board || !fresh) return false
  keepOpen(board, fresh)
  const focused = document.activeElement
  if (focused && board.contains(focused) && focused.closest('form')) return false
  const path = focused && board.contains(focused) ? pathTo(focused) : undefined
  board.replaceChildren(...fresh.childNodes)
  board.dataset.version = fresh.dataset.version ?? ''
  if (path) at(path)?.focus({ preventScroll: true })
  return true
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
