import { randomBytes } from 'node:crypto'
import { readCertificate } from '../cms/certificate.ts'
import { Parts, readWhole, tags } from '../cms/read-der.ts'
import { readTimeStamp } from '../cms/read-time-stamp.ts'
import { refusals } from '../refusals.ts'
import type { RevocationSource, TimeStamps } from '../types.ts'
import { ocspRequest } from './revocation-answers.ts'
import { timeStampRequest } from './time-stamps.ts'

const timeoutMs = 5_000
const largestAnswer = 16 * 1024 * 1024
const keptMs = 5 * 60_000
/** Who was silent is asked again after this, and by nobody before. */
const restMs = 60_000
const mostKept = 1_000
const makeRoom = (map: Map<string, unknown>) => map.size >= mostKept && map.delete(map.keys().next().value!)

/**
 * Asks authorities about revocation at the addresses that certificates state. Only certificates below a trusted
 * authority are asked about, so the addresses are theirs; answers are kept for minutes, because one authority stands
 * behind many papers. Whoever does not answer gives undefined, and is left alone for a minute.
 */
export function askAuthorities(now: () => Date, send: typeof fetch = fetch): RevocationSource {
  const kept = new Map<string, { at: number; answer: Promise<Uint8Array | undefined> }>()
  const silentSince = new Map<string, number>()
  const isResting = (url: string) => now().getTime() - (silentSince.get(url) ?? -restMs) < restMs
  const remember = (key: string, url: string, ask: () => Promise<Uint8Array | undefined>) => {
    const known = kept.get(key)
    if (known && now().getTime() - known.at < keptMs) return known.answer
    if (isResting(url)) return undefined
    makeRoom(kept)
    const answer = ask().then((said) => {
      if (said !== undefined) return said
      kept.delete(key)
      makeRoom(silentSince)
      silentSince.set(url, now().getTime())
      return undefined
    })
    kept.set(key, { at: now().getTime(), answer })
    return answer
  }
  return {
    async ocsp(certificate, issuer) {
      const { sha256, ocspUrls } = readCertificate(certificate)
      const [url] = ocspUrls
      const body = url && ocspRequest(certificate, issuer)
      if (!url || !body) return undefined
      return remember(`${sha256} ${url}`, url, () => post(send, url, body, 'application/ocsp-request'))
    },
    async crl(certificate) {
      const [url] = readCertificate(certificate).crlUrls
      if (!url) return undefined
      return remember(url, url, () =>
        answerOf(send(url, { redirect: 'error', signal: AbortSignal.timeout(timeoutMs) })),
      )
    },
  }
}

/** A time-stamping authority over HTTP (RFC 3161, 3.4). What it gives is looked at before it is believed. */
export function timeStampsOver(url: string, send: typeof fetch = fetch): TimeStamps {
  return async (sha256) => {
    const request = timeStampRequest(sha256, randomBytes(8))
    const answer = await post(send, url, request, 'application/timestamp-query')
    const token = answer && tokenIn(answer)
    const stamp = token && readTimeStamp(token)
    return stamp && Buffer.compare(stamp.hash, sha256) === 0 ? token : refusals.timestampDown()
  }
}

/** The token of an answer that was granted (status 0 or 1). */
function tokenIn(answer: Uint8Array): Uint8Array | undefined {
  try {
    const parts = new Parts(readWhole(answer))
    const status = new Parts(parts.take(tags.sequence)).take(tags.integer).content[0]
    return status === 0 || status === 1 ? parts.take(tags.sequence).whole : undefined
  } catch {
    return undefined
  }
}

const post = (send: typeof fetch, url: string, body: Uint8Array, type: string) =>
  answerOf(
    send(url, {
      ...{ method: 'POST', redirect: 'error', headers: { 'content-type': type } },
      body: new Uint8Array(body),
      signal: AbortSignal.timeout(timeoutMs),
    }),
  )

async function answerOf(sent: Promise<Response>): Promise<Uint8Array | undefined> {
  try {
    const response = await sent
    if (!response.ok || !response.body) return undefined
    const parts: Uint8Array[] = []
    let size = 0
    for await (const part of response.body) {
      size += part.length
      if (size > largestAnswer) return undefined
      parts.push(part)
    }
    return Buffer.concat(parts)
  } catch {
    return undefined
  }
}
