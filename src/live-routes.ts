import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { App } from './app.ts'
import { changes } from './modules/indicators/index.ts'

const everyMs = 1000
/** A browser comes back by itself when a stream ends; ending it frees what an abandoned tab would hold. */
const longestMs = 10 * 60_000

/** Server-sent events: a line each time the figures have moved; the page then asks for them. */
export function liveRoutes(app: App): Hono {
  return new Hono().get('/so-lieu/su-kien', (context) =>
    streamSSE(context, async (stream) => {
      let open = true
      stream.onAbort(() => {
        open = false
      })
      const until = Date.now() + longestMs
      let told: number | undefined
      while (open && Date.now() < until) {
        const version = await changes(app.db.pool)
        if (version !== told)
          await stream.writeSSE({ event: 'figures', data: String(version), id: String(version) })
        told = version
        await stream.sleep(everyMs)
      }
    }),
  )
}
