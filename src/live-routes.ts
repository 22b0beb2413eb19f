import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { App } from './app.ts'
import { refusal } from './kernel/errors.ts'
import { letGoForHead } from './kernel/http.ts'
import { refuse } from './kernel/problem.ts'
import { clientAddress } from './kernel/rate-limit.ts'
import { changes } from './modules/indicators/index.ts'

/** Figures are on open pages within a second: half of it for telling, the rest for asking and drawing. */
const everyMs = 500
/** A browser comes back by itself when a stream ends; ending it frees what an abandoned tab would hold. */
const longestMs = 10 * 60_000
/** As many as one process holds open; a page without its stream still shows figures, as of when it was opened. */
const mostStreams = 2000
/** A few screens of one office. */
const mostOfOneAddress = 30

/** Server-sent events: a line each time the figures have moved; the page then asks for them. */
export function liveRoutes(app: App): Hono {
  const latest = askedOncePerBeat(() => changes(app.db.pool))
  const open = new Map<string, number>()
  let all = 0

  return new Hono().use(letGoForHead).get('/so-lieu/su-kien', (context) => {
    const address = clientAddress(context, app.config.trustProxy)
    const mine = open.get(address) ?? 0
    if (all >= mostStreams || mine >= mostOfOneAddress)
      return refuse(context, refusal('too-many', 'http.too-many', { retryAfterSeconds: 60 }))
    open.set(address, mine + 1)
    all += 1
    return streamSSE(context, async (stream) => {
      let told: number | undefined
      const until = Date.now() + longestMs
      try {
        while (!stream.aborted && Date.now() < until) {
          const version = await latest()
          if (version !== told)
            await stream.writeSSE({ event: 'figures', data: String(version), id: String(version) })
          told = version
          await stream.sleep(everyMs)
        }
      } finally {
        all -= 1
        const left = (open.get(address) ?? 1) - 1
        if (left > 0) open.set(address, left)
        else open.delete(address)
      }
    })
  })
}

// However many listen, the database is asked once a beat.
function askedOncePerBeat<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined
  let askedAt = 0
  return () => {
    if (answer === undefined || Date.now() - askedAt >= everyMs * 0.9) {
      askedAt = Date.now()
      answer = ask()
    }
    return answer
  }
}
