import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'

export interface RateLimit {
  /** Counts one attempt of `key`; says whether it is within the limit, and if not, when to come back. */
  take(key: string, now: Date): { allowed: true } | { allowed: false; retryAfterSeconds: number }
}

const mostKeys = 50_000

/**
 * A fixed window in this process's memory: `limit` attempts of one key in `windowSeconds`.
 * Key it by route and network address or session; several processes count apart.
 */
export function rateLimit({ limit, windowSeconds }: { limit: number; windowSeconds: number }): RateLimit {
  const windowMs = windowSeconds * 1000
  let counts = new Map<string, number>()
  let window = -1
  return {
    take(key, now) {
      const current = Math.floor(now.getTime() / windowMs)
      // A full table is emptied rather than grown: memory stays bounded under a flood of addresses.
      if (current !== window || counts.size >= mostKeys) counts = new Map()
      window = current
      const count = (counts.get(key) ?? 0) + 1
      counts.set(key, count)
      if (count <= limit) return { allowed: true }
      return {
        allowed: false,
        retryAfterSeconds: Math.ceil(((current + 1) * windowMs - now.getTime()) / 1000),
      }
    },
  }
}

/**
 * The network address of the caller: the socket's, or behind a trusted proxy the last entry of
 * X-Forwarded-For (the one the proxy itself wrote). IPv6 callers count by their /64.
 */
export function clientAddress(c: Context, trustProxy: boolean): string {
  const forwarded = trustProxy ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined
  return network(forwarded ?? socketAddress(c))
}

function socketAddress(c: Context): string {
  // A request handed to the app without a server (tests, in-process calls) has no socket.
  if (!c.env?.incoming && !c.env?.server?.incoming) return 'local'
  return getConnInfo(c).remote.address ?? 'local'
}

function network(address: string): string {
  if (!address.includes(':') || address.startsWith('::ffff:')) return address
  const [head = '', tail = ''] = address.split('::')
  const front = head ? head.split(':') : []
  const back = tail ? tail.split(':') : []
  const zeros = address.includes('::') ? new Array(Math.max(0, 8 - front.length - back.length)).fill('0') : []
  return `${[...front, ...zeros, ...back].slice(0, 4).join(':')}::/64`
}
