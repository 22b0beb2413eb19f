/**
 * Sends a file as soon as it is chosen or dropped, with numbers, and again by itself when a lost connection comes
 * back. Works on any form that has a button `name="_action" value="upload"`; without this script that button sends.
 * The answer is the same page again: its content takes the place of the old one.
 */
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
  if (!zone || !form?.querySelector('button[name="_action"][value="upload"]')) return
  const body = new FormData(form)
  body.set('_action', 'upload')
  send(
    form.action,
    body,
    showProgress(zone),
    [...(input.files ?? [])].reduce((sum, file) => sum + file.size, 0),
  )
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

function send(address: string, body: FormData, progress: Progress, size: number): void {
  const request = new XMLHttpRequest()
  request.open('POST', address)
  request.upload.addEventListener('progress', ({ loaded }) =>
    tell(progress, 'sending', Math.min(loaded, size), size),
  )
  request.addEventListener('load', () => takeAnswer(request))
  request.addEventListener('error', () => {
    tell(progress, 'lost', 0, size)
    addEventListener('online', () => send(address, body, progress, size), { once: true })
  })
  request.send(body)
}

function tell({ bar, words, zone }: Progress, state: 'sending' | 'lost', sent: number, size: number): void {
  bar.value = size > 0 ? (100 * sent) / size : 0
  const text = zone.dataset[state] ?? '{sent} / {size}'
  words.textContent = text.replace('{sent}', megabytes(sent)).replace('{size}', megabytes(size))
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
}

// A module of its own: nothing here is global.
export {}
