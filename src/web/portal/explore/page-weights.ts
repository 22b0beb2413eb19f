import { z } from 'zod'

/** What one page costs a phone, in bytes as sent. */
export interface PageWeight {
  path: string
  html: number
  styles: number
  fonts: number
  scripts: number
}

const weighed = ['/', '/tim', '/thu-tuc/1.001193', '/tra-cuu', '/so-lieu'] as const
const keptMs = 10 * 60_000

let kept: { at: number; weights: Promise<PageWeight[] | null> } | undefined

/** Weighs the main pages as this server sends them just now; null when it cannot reach itself. */
export function pageWeights(origin: string, now: Date): Promise<PageWeight[] | null> {
  if (kept === undefined || now.getTime() - kept.at > keptMs) {
    kept = { at: now.getTime(), weights: weighAll(origin).catch(() => null) }
  }
  return kept.weights
}

async function weighAll(origin: string): Promise<PageWeight[]> {
  const sizes = new Map<string, Promise<number>>()
  const sizeOf = (url: string) => {
    if (!sizes.has(url))
      sizes.set(
        url,
        sent(`${origin}${url}`).then(({ bytes }) => bytes),
      )
    return sizes.get(url)!
  }
  const weights: PageWeight[] = []
  for (const path of weighed) {
    const { text, bytes } = await sent(`${origin}${path}`)
    const parts = partsOf(text)
    const total = async (urls: string[]) => (await Promise.all(urls.map(sizeOf))).reduce((a, b) => a + b, 0)
    weights.push({
      path,
      html: bytes,
      styles: await total(parts.styles),
      fonts: await total(parts.fonts),
      scripts: await total(parts.scripts),
    })
  }
  return weights
}

const Length = z.coerce.number().int().positive()

async function sent(url: string): Promise<{ text: string; bytes: number }> {
  const response = await fetch(url, {
    headers: { 'accept-encoding': 'gzip' },
    signal: AbortSignal.timeout(5000),
  })
  if (!response.ok) throw new Error(`${url}: ${response.status}`)
  const body = new Uint8Array(await response.arrayBuffer())
  // The stated length is that of the compressed body; without one the body went as it is.
  const stated = Length.safeParse(response.headers.get('content-length'))
  return { text: new TextDecoder().decode(body), bytes: stated.success ? stated.data : body.byteLength }
}

/** Addresses of what a page loads besides itself, each once. */
export function partsOf(html: string): { styles: string[]; fonts: string[]; scripts: string[] } {
  const found = (pattern: RegExp) => [...new Set([...html.matchAll(pattern)].map((match) => match[1]!))]
  return {
    styles: found(/<link[^>]+href="(\/[^"]+\.css)"/g),
    fonts: found(/<link[^>]+href="(\/[^"]+\.woff2)"/g),
    scripts: found(/<script[^>]+src="(\/[^"]+)"/g),
  }
}
