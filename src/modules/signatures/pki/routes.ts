import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { DemonstrationAuthority } from './demonstration-authority.ts'
import { malformedOcsp } from './revocation-answers.ts'
import { grantedResponse, readTimeStampRequest, rejectedResponse } from './time-stamps.ts'

const largestRequest = 16 * 1024

/**
 * The doors of the demonstration's authorities: time stamps (RFC 3161), OCSP (RFC 6960), lists and certificates, for
 * anybody, as such services are. An installation with real signatures has none of them.
 */
export function pkiRoutes(authority: DemonstrationAuthority | undefined, now: () => Date): Hono {
  const routes = new Hono()
  if (!authority) return routes
  const small = bodyLimit({ maxSize: largestRequest, onError: (context) => context.body(null, 413) })
  routes.post('/pki/tsa', small, async (context) => {
    const asked = readTimeStampRequest(await bytesOf(context))
    const answer = asked
      ? grantedResponse(authority.stamp(asked.sha256, now(), asked.nonce))
      : rejectedResponse()
    return send(context, answer, 'application/timestamp-reply')
  })
  const ocsp = (context: Context, request: Uint8Array) =>
    send(context, answerOf(authority, request, now()), 'application/ocsp-response')
  routes.post('/pki/ocsp', small, async (context) => ocsp(context, await bytesOf(context)))
  routes.get('/pki/ocsp/:request{[A-Za-z0-9+/=%_-]{1,4000}}', (context) =>
    ocsp(context, Buffer.from(decodeURIComponent(context.req.param('request')), 'base64')),
  )
  for (const one of ['root', 'issuing'] as const) {
    routes.get(`/pki/${one}.crl`, (context) =>
      send(context, authority.crl(one, now()), 'application/pkix-crl'),
    )
    routes.get(`/pki/${one}.cer`, (context) => send(context, authority[one], 'application/pkix-cert'))
  }
  return routes
}

const bytesOf = async (context: Context) => new Uint8Array(await context.req.arrayBuffer())

function answerOf(authority: DemonstrationAuthority, request: Uint8Array, now: Date): Uint8Array {
  try {
    return authority.answerOcsp(request, now)
  } catch {
    return malformedOcsp()
  }
}

const send = (context: Context, bytes: Uint8Array, type: string): Response =>
  context.body(new Uint8Array(bytes), 200, {
    'content-type': type,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  })
