/*
 * Uploads of this site's own pages by the tus protocol: in parts, with numbers, going on where they stopped after a
 * lost connection or a reload. Runs in browsers only.
 */

export interface Sending {
  file: File
  /** Bytes that the server has. */
  onProgress(sent: number): void
  /** The connection is lost; it is tried again. */
  onLost(): void
}

/** `plain` says that resumable uploads do not pass here, so the page should send its form instead. */
export type Sent = { fileId: string } | { refused: string } | 'plain'

const door = '/files/tus'
const part = 4 * 1024 * 1024
const protocol = { 'tus-resumable': '1.0.0' }

export async function sendResumable(sending: Sending): Promise<Sent> {
  const { file } = sending
  const remembered = `tus:${file.name}:${file.size}:${file.lastModified}`
  let place = recall(remembered)
  let offset = place ? await offsetOf(place) : undefined
  if (place === null || offset === undefined) {
    const created = await create(file)
    if (typeof created !== 'string') return created
    place = created
    offset = 0
    remember(remembered, place)
  }
  for (let tries = 0; ; ) {
    const answer = await sendPart(place, offset, sending)
    if (answer === undefined) {
      sending.onLost()
      await again(tries++)
      const known = await offsetOf(place)
      if (known !== undefined) offset = known
      continue
    }
    tries = 0
    const fileId = answer.getResponseHeader('motcua-file-id')
    if (answer.status === 204 && fileId === null) {
      offset = Number(answer.getResponseHeader('upload-offset'))
      continue
    }
    remember(remembered, null)
    return fileId === null ? { refused: said(answer.responseText) } : { fileId }
  }
}

async function create(file: File): Promise<string | Sent> {
  const name = btoa(String.fromCharCode(...new TextEncoder().encode(file.name)))
  const headers = { ...protocol, 'upload-length': String(file.size), 'upload-metadata': `filename ${name}` }
  const answer = await fetch(door, { method: 'POST', headers }).catch(() => undefined)
  const place = answer?.headers.get('location')
  if (answer?.status === 201 && place) return new URL(place, location.href).pathname
  // Signed out, no network or a proxy in between: the form knows how to say it.
  return answer?.status === 413 ? { refused: said(await answer.text()) } : 'plain'
}

/** Where the server stands; undefined when it cannot be asked or knows nothing of it. */
async function offsetOf(place: string): Promise<number | undefined> {
  const answer = await fetch(place, { method: 'HEAD', headers: protocol }).catch(() => undefined)
  return answer?.ok ? Number(answer.headers.get('upload-offset')) : undefined
}

function sendPart(place: string, offset: number, { file, onProgress }: Sending) {
  return new Promise<XMLHttpRequest | undefined>((resolve) => {
    const request = new XMLHttpRequest()
    request.open('PATCH', place)
    request.setRequestHeader('tus-resumable', '1.0.0')
    request.setRequestHeader('upload-offset', String(offset))
    request.setRequestHeader('content-type', 'application/offset+octet-stream')
    request.upload.addEventListener('progress', ({ loaded }) =>
      onProgress(Math.min(offset + loaded, file.size)),
    )
    // 409 is another offset than ours: asked again, the server says where it stands.
    request.addEventListener('load', () =>
      resolve(request.status >= 500 || request.status === 409 ? undefined : request),
    )
    request.addEventListener('error', () => resolve(undefined))
    request.send(file.slice(offset, offset + part))
  })
}

/** Waits longer each time, at most half a minute, or until the browser says that there is a network again. */
function again(tries: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, Math.min(1000 * 2 ** tries, 30_000))
    addEventListener('online', () => resolve(), { once: true })
  })
}

function said(text: string): string {
  try {
    return String(JSON.parse(text).message ?? '')
  } catch {
    return ''
  }
}

// A private window may keep nothing: then an upload goes on only as long as its page is open.
function recall(name: string): string | null {
  try {
    return localStorage.getItem(name)
  } catch {
    return null
  }
}

function remember(name: string, place: string | null): void {
  try {
    if (place === null) localStorage.removeItem(name)
    else localStorage.setItem(name, place)
  } catch {
    // Nothing is kept.
  }
}
