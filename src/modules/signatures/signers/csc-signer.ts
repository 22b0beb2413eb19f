import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Db } from '../../../kernel/db.ts'
import { isRefusal, type Outcome } from '../../../kernel/errors.ts'
import { readCertificate } from '../cms/certificate.ts'
import { oids } from '../cms/oids.ts'
import { refusals } from '../refusals.ts'
import { givePinTryBack, lockSigner, rightPin, type SignerRow, takePinTry } from '../signatures-store.ts'
import type { Authorisation, Signer, TimeStamps, ToSign } from '../types.ts'
import { mostWrongPins } from './key-file-signer.ts'

/** A remote signing service by the API of the Cloud Signature Consortium, version 2. */
export interface CscService {
  name: string
  /** With the version: `https://…/csc/v2`. */
  url: string
  clientId: string
  clientSecret: string
  fetch?: typeof fetch
  /** How long one call is waited for, in milliseconds. */
  timeoutMs?: number
}

const Token = z.object({ access_token: z.string(), expires_in: z.number().optional() })
const List = z.object({ credentialIDs: z.array(z.string()) })
const Info = z.object({
  key: z.object({ status: z.string(), algo: z.array(z.string()).optional() }),
  cert: z.object({ status: z.string().optional(), certificates: z.array(z.string()).min(1) }),
  auth: z.object({ objects: z.array(z.object({ id: z.string() })).optional() }).optional(),
  multisign: z.number().int().optional(),
})
const Authorised = z.object({ SAD: z.string(), expiresIn: z.number().optional() })
const Signatures = z.object({ signatures: z.array(z.string()) })
const Stamp = z.object({ timestamp: z.string() })
const Failure = z.object({ error: z.string(), error_description: z.string().optional() })

/** What a service says of one certificate that it holds. */
export interface CscCredential {
  /** DER, the signer's own first. */
  chain: Uint8Array[]
  isEnabled: boolean
  /** What opens the key. */
  needs: ('PIN' | 'OTP')[]
}

export interface CscClient {
  /** Of a user as the service knows them; without one those of our own account. */
  credentials(userId?: string): Promise<Outcome<string[]>>
  credential(credentialId: string): Promise<Outcome<CscCredential>>
  sign(
    credential: { id: string; isEc: boolean },
    wanted: readonly ToSign[],
    authorisation: Authorisation,
    requestId: string,
  ): Promise<Outcome<Uint8Array[]>>
  timeStamps: TimeStamps
}

const usualTimeoutMs = 10_000
/** A service that let us wait is left alone for a while: whoever signs by it may hold up a register meanwhile. */
const restMs = 30_000
/** How often an answer that got lost is asked for again, with the same request id, before the service counts as down. */
const mostTries = 3

export function cscClient(service: CscService, now: () => Date = () => new Date()): CscClient {
  const call = caller(service, now)
  return {
    async credentials(userId) {
      const list = await call('credentials/list', userId ? { userID: userId } : {}, List)
      return isRefusal(list) ? list : list.credentialIDs
    },
    async credential(credentialID) {
      const info = await call(
        'credentials/info',
        { credentialID, certificates: 'chain', certInfo: true, authInfo: true },
        Info,
      )
      if (isRefusal(info)) return info
      const chain = info.cert.certificates.map((one) => Buffer.from(one, 'base64'))
      if (!chain.every(isCertificate))
        return refusals.providerRefused({ provider: service.name, why: 'unexpected-answer' })
      const asked = new Set(info.auth?.objects?.map(({ id }) => id.toUpperCase()))
      const isEnabled = info.key.status === 'enabled' && (info.cert.status ?? 'valid') === 'valid'
      return { chain, isEnabled, needs: asked.has('OTP') ? ['PIN', 'OTP'] : ['PIN'] }
    },
    async sign({ id, isEc }, wanted, { pin, otp }, requestId) {
      const hashes = wanted.map(({ sha256 }) => Buffer.from(sha256).toString('base64'))
      const what = { credentialID: id, hashes, hashAlgorithmOID: oids.sha256 }
      const authData = [
        ...(pin ? [{ id: 'PIN', value: pin }] : []),
        ...(otp ? [{ id: 'OTP', value: otp }] : []),
      ]
      const authorised = await call(
        'credentials/authorize',
        { ...what, numSignatures: hashes.length, authData, clientData: requestId },
        Authorised,
      )
      if (isRefusal(authorised)) return authorised
      const signAlgo = isEc ? oids.ecdsaSha256 : oids.rsaSha256
      const signed = await call(
        'signatures/signHash',
        // The service knows a request by this: asked again, it gives what it gave.
        { ...what, SAD: authorised.SAD, signAlgo, clientData: requestId },
        Signatures,
      )
      return isRefusal(signed)
        ? signed
        : signed.signatures.map((one) => derSignature(Buffer.from(one, 'base64'), isEc))
    },
    async timeStamps(sha256) {
      const hash = Buffer.from(sha256).toString('base64')
      const stamp = await call('signatures/timestamp', { hash, hashAlgo: oids.sha256 }, Stamp)
      return isRefusal(stamp) ? refusals.timestampDown() : Buffer.from(stamp.timestamp, 'base64')
    },
  }
}

function isCertificate(der: Uint8Array): boolean {
  try {
    readCertificate(der)
    return true
  } catch {
    return false
  }
}

function caller(service: CscService, now: () => Date) {
  const { fetch: send = fetch, name: provider, timeoutMs = usualTimeoutMs } = service
  let restsUntil = Number.NEGATIVE_INFINITY
  let token: { value: string } | undefined
  const post = async (
    path: string,
    headers: Record<string, string>,
    body: string,
  ): Promise<Response | undefined> => {
    try {
      return await send(`${service.url}/${path}`, {
        ...{ method: 'POST', headers, body, redirect: 'error' },
        signal: AbortSignal.timeout(timeoutMs),
      })
    } catch (error) {
      if ((error as Error).name === 'TimeoutError') restsUntil = now().getTime() + restMs
      return undefined
    }
  }
  const isResting = () => now().getTime() < restsUntil
  const signIn = async (): Promise<string | undefined> => {
    if (token) return token.value
    const basic = Buffer.from(`${service.clientId}:${service.clientSecret}`).toString('base64')
    const response = await post(
      'oauth2/token',
      { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded' },
      'grant_type=client_credentials&scope=service',
    )
    const parsed = response?.ok ? Token.safeParse(await json(response)) : undefined
    token = parsed?.success ? { value: parsed.data.access_token } : undefined
    return token?.value
  }
  return async <T>(path: string, body: object, shape: z.ZodType<T>): Promise<Outcome<T>> => {
    for (let tries = 0; tries < mostTries && !isResting(); tries++) {
      const bearer = await signIn()
      if (!bearer) continue
      const headers = { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' }
      const response = await post(path, headers, JSON.stringify(body))
      if (response?.status === 401) token = undefined
      if (!response || response.status === 401 || response.status >= 500) continue
      const answer = await json(response)
      if (!response.ok) return refused(provider, answer)
      const parsed = shape.safeParse(answer)
      return parsed.success ? parsed.data : refusals.providerRefused({ provider, why: 'unexpected-answer' })
    }
    return refusals.providerDown({ provider })
  }
}

const json = (response: Response): Promise<unknown> => response.json().catch(() => undefined)

function refused(provider: string, answer: unknown) {
  const { data } = Failure.safeParse(answer)
  if (data?.error === 'invalid_pin' || data?.error === 'invalid_otp') return wrongPin()
  return refusals.providerRefused({ provider, why: (data?.error ?? 'unknown').slice(0, 100) })
}

// How many tries are left is counted here, whatever the service counts.
const wrongPin = () => refusals.wrongPin({ left: 0 })

/** Some services give ECDSA as two numbers side by side; CMS wants them in DER. */
function derSignature(bytes: Buffer, isEc: boolean): Uint8Array {
  if (!isEc || bytes.length !== 64) return bytes
  const number = (part: Buffer) => {
    const trimmed = part.subarray(part.findIndex((byte) => byte !== 0))
    const padded = trimmed[0]! >= 0x80 ? Buffer.concat([Buffer.of(0), trimmed]) : trimmed
    return Buffer.concat([Buffer.of(2, padded.length), padded])
  }
  const both = Buffer.concat([number(bytes.subarray(0, 32)), number(bytes.subarray(32))])
  return Buffer.concat([Buffer.of(0x30, both.length), both])
}

/** A signer whose key lies at a remote service. A PIN that is wrong thrice locks here too. */
export function cscSigner(db: Db, client: CscClient, row: SignerRow): Signer {
  const credentialId = String(row.settings.credentialId ?? '')
  return {
    id: row.id,
    label: row.label,
    kind: 'csc',
    certificates: async () => row.certificates,
    async sign(wanted, authorisation, requestId) {
      if (!authorisation.pin && !authorisation.otp) return refusals.authorisationNeeded()
      const taken = await takePinTry(db, row.id, mostWrongPins)
      if (!taken) return refusals.locked()
      const isEc = readCertificate(row.certificates[0]!).publicKey.asymmetricKeyType === 'ec'
      const signed = await client.sign({ id: credentialId, isEc }, wanted, authorisation, requestId)
      if (!isRefusal(signed)) {
        await rightPin(db, row.id)
        return signed
      }
      if (signed.code !== 'signatures.wrong-pin') {
        // A service that is down or wants something else takes no try away, and gives none that were used.
        await givePinTryBack(db, row.id)
        return signed
      }
      if (taken.left > 0) return refusals.wrongPin({ left: taken.left })
      await lockSigner(db, row.id)
      return refusals.locked()
    },
  }
}

/** The hash of everything asked for at once: what a confirmation is bound to. */
export const hashOfAll = (wanted: readonly ToSign[]): Buffer =>
  wanted.reduce((hash, { sha256 }) => hash.update(sha256), createHash('sha256')).digest()
