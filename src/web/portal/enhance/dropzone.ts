import { sendResumable } from '../../ui/tus'
import { watchFiles } from '../../ui/watch-files'

/**
 * Sends a file as soon as it is chosen or dropped, with numbers, and goes on where it stopped when a lost connection
 * comes back. Works on any form that has a button `name="_action" value="upload"`; without this script that button
 * sends. Files that have arrived are named to the form, whose answer is the same page again: its content takes the
 * place of the old one.
 */
watchFiles()

document.addEventListener('change', (event) => {
  const input = event.target
  if (input instanceof HTMLInputElement && input.type === 'file' && input.files?.length) start(input)
})

document.addEventListener('dragover', (event) => {
  const zone = zoneOf(event.target)
  if (!zone) return
  event.preventDefault()
  zone.classList.add('is-over')
})
document.addEventListener('dragleave', (event) => zoneOf(event.target)?.classList.remove('is-over'))
document.addEventListener('drop', (event) => {
  const zone = zoneOf(event.target)
  const input = zone?.querySelector<HTMLInputElement>('input[type=file]')
  if (!zone || !input || !event.dataTransfer?.files.length) return
  event.preventDefault()
  zone.classList.remove('is-over')
  input.files = event.dataTransfer.files
  start(input)
})

function zoneOf(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[data-dropzone]') : null
}

function start(input: HTMLInputElement): void {
  const zone = zoneOf(input)
  const form = input.form
  const files = [...(input.files ?? [])]
  if (!zone || !form?.querySelector('button[name="_action"][value="upload"]')) return
  const body = new FormData(form)
  body.set('_action', 'upload')
  void sendFiles(form.action, { input, zone, files, body })
}

interface Chosen {
  input: HTMLInputElement
  zone: HTMLElement
  files: File[]
  body: FormData
}

async function sendFiles(address: string, { input, zone, files, body }: Chosen): Promise<void> {
  const progress = showProgress(zone)
  const size = files.reduce((sum, file) => sum + file.size, 0)
  const refused: string[] = []
  const sent: string[] = []
  let before = 0
  for (const file of files) {
    const onProgress = (bytes: number) => tell(progress, 'sending', before + bytes, size)
    const onLost = () => tell(progress, 'lost', before, size)
    const outcome = await sendResumable({ file, onProgress, onLost })
    // Resumable uploads do not pass here: the form carries the files itself.
    if (outcome === 'plain') return send(address, body, progress, size)
    if ('fileId' in outcome) sent.push(outcome.fileId)
    else refused.push(outcome.refused || file.name)
    before += file.size
  }
  body.delete(input.name)
  for (const fileId of sent) body.append(`_sent:${input.name}`, fileId)
  send(address, body, progress, size, () => sayRefused(input.id, refused))
}

// After the page took its new content: what was not taken is said beside the question it was for.
function sayRefused(id: string, refused: readonly string[]): void {
  if (refused.length === 0) return
  const words = document.createElement('p')
  words.className = 'field-error'
  words.setAttribute('role', 'alert')
  words.textContent = refused.join(' ')
  zoneOf(document.getElementById(id))?.before(words)
}

interface Progress {
  bar: HTMLProgressElement
  words: HTMLElement
  zone: HTMLElement
}

function showProgress(zone: HTMLElement): Progress {
  zone.querySelector('.sending')?.remove()
  const box = document.createElement('div')
  box.className = 'sending'
  const words = document.createElement('p')
  words.setAttribute('role', 'status')
  const bar = document.createElement('progress')
  bar.max = 100
  bar.setAttribute('aria-label', zone.dataset.sendingLabel ?? '')
  box.append(words, bar)
  zone.append(box)
  return { bar, words, zone }
}

function send(
  address: string,
  body: FormData,
  progress: Progress,
  size: number,
  after: () => void = () => undefined,
): void {
  const request = new XMLHttpRequest()
  request.open('POST', address)
  // A form of numbers and ids is small: only files are worth telling of.
  if ([...body.values()].some((value) => value instanceof File && value.size > 0))
    request.upload.addEventListener('progress', ({ loaded }) =>
      tell(progress, 'sending', Math.min(loaded, size), size),
    )
  request.addEventListener('load', () => {
    takeAnswer(request)
    after()
  })
  request.addEventListener('error', () => {
    tell(progress, 'lost', 0, size)
    addEventListener('online', () => send(address, body, progress, size, after), { once: true })
  })
  request.send(body)
}

function tell({ bar, words, zone }: Progress, state: 'sending' | 'lost', sent: number, size: number): void {
  bar.value = size > 0 ? (100 * sent) / size : 0
  const text = zone.dataset[state] ?? '{sent} / {size}'
  words.textContent = text
    .replace('{sent}', megabytes(sent))
    .replace('{size}', megabytes(size))
    .replace('{percent}', String(Math.floor(bar.value)))
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 })} MB`
}

function takeAnswer(request: XMLHttpRequest): void {
  const page = new DOMParser().parseFromString(request.responseText, 'text/html')
  const fresh = page.querySelector('main')
  const old = document.querySelector('main')
  if (!fresh || !old) {
    location.reload()
    return
  }
  old.replaceWith(fresh)
  document.title = page.title
  fresh.querySelector<HTMLElement>('.error-summary')?.focus()
  watchFiles()
}
