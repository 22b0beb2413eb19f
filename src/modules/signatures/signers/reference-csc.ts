import { constants, createHash, type KeyObject, privateEncrypt, randomBytes } from 'node:crypto'
import { Hono } from 'hono'
import { z } from 'zod'
import { signBytes } from '../cms/raw-signature.ts'
import type { TimeStamps } from '../types.ts'

export interface ReferenceCredential {
  id: string
  key: KeyObject
  chain: readonly Uint8Array[]
  pin: string
  /** A one-time code that is wanted beside the PIN. */
  otp?: string
  isEnabled?: boolean
}

const List = z.object({ userID: z.string().optional() })
const Authorize = z.object({
  credentialID: z.string(),
  numSignatures: z.number().int().min(1).max(100),
  hashes: z.array(z.base64()).min(1).max(100),
  authData: z.array(z.object({ id: z.string(), value: z.string() })).default([]),
})
const SignHash = z.object({
  credentialID: z.string(),
  SAD: z.string(),
  hashes: z.array(z.base64()).min(1).max(100),
  clientData: z.string().optional(),
})

/**
 * A remote signing service as the API of the Cloud Signature Consortium describes it, small and in memory: what the
 * client is tried with. RSA keys sign bare hashes; for elliptic curves Node signs none, so the bytes behind a hash are
 * handed over by the test.
 */
export function referenceCsc(parts: {
  client: { id: string; secret: string }
  /** Of everybody, or of one user where that is stated. */
  credentials(userId?: string): Promise<readonly ReferenceCredential[]>
  timeStamps: TimeStamps
  /** The bytes of a hash that is to be signed by an elliptic curve. */
  bytesOf?(sha256: Uint8Array): Uint8Array | undefined
}) {
  const routes = new Hono()
  const tokens = new Set<string>()
  const authorised = new Map<string, string>()
  const answered = new Map<string, { hashes: string; signatures: string[] }>()
  const made = { signatures: 0 }
  const find = async (id: unknown) => (await parts.credentials()).find((one) => one.id === id)
  const no = (error: string) => Response.json({ error, error_description: error }, { status: 400 })

  routes.post('/oauth2/token', async (context) => {
    const expected = Buffer.from(`${parts.client.id}:${parts.client.secret}`).toString('base64')
    if (context.req.header('authorization') !== `Basic ${expected}`)
      return Response.json({ error: 'invalid_client' }, { status: 400 })
    const token = randomBytes(24).toString('base64url')
    tokens.add(token)
    return context.json({ access_token: token, token_type: 'Bearer', expires_in: 3600 })
  })
  routes.use(async (context, next) => {
    const bearer = context.req.header('authorization')?.replace(/^Bearer /, '')
    if (!bearer || !tokens.has(bearer)) return Response.json({ error: 'invalid_token' }, { status: 401 })
    await next()
  })
  routes.post('/credentials/list', async (context) => {
    const { userID } = List.parse(await context.req.json())
    return context.json({ credentialIDs: (await parts.credentials(userID)).map(({ id }) => id) })
  })
  routes.post('/credentials/info', async (context) => {
    const held = await find((await context.req.json()).credentialID)
    if (!held) return no('invalid_request')
    const certificates = held.chain.map((der) => Buffer.from(der).toString('base64'))
    return context.json({
      key: { status: held.isEnabled === false ? 'disabled' : 'enabled', algo: [] },
      cert: { status: 'valid', certificates },
      auth: {
        mode: 'explicit',
        expression: held.otp ? 'PIN AND OTP' : 'PIN',
        objects: ['PIN', ...(held.otp ? ['OTP'] : [])].map((id) => ({ type: 'Password', id })),
      },
      SCAL: '2',
      multisign: 100,
    })
  })
  routes.post('/credentials/authorize', async (context) => {
    const asked = Authorize.safeParse(await context.req.json())
    const held = asked.success ? await find(asked.data.credentialID) : undefined
    if (!asked.success || !held) return no('invalid_request')
    const given = (id: string) => asked.data.authData.find((one) => one.id === id)?.value
    if (given('PIN') !== held.pin) return no('invalid_pin')
    if (held.otp && given('OTP') !== held.otp) return no('invalid_otp')
    const sad = randomBytes(24).toString('base64url')
    authorised.set(sad, asked.data.hashes.join())
    return context.json({ SAD: sad, expiresIn: 300 })
  })
  routes.post('/signatures/signHash', async (context) => {
    const asked = SignHash.safeParse(await context.req.json())
    const held = asked.success ? await find(asked.data.credentialID) : undefined
    if (!asked.success || !held) return no('invalid_request')
    const hashes = asked.data.hashes.join()
    const known = answered.get(asked.data.clientData ?? '')
    if (known)
      return known.hashes === hashes ? context.json({ signatures: known.signatures }) : no('invalid_request')
    if (authorised.get(asked.data.SAD) !== hashes) return no('invalid_sad')
    authorised.delete(asked.data.SAD)
    const signed = asked.data.hashes.map((hash) =>
      signHash(held.key, Buffer.from(hash, 'base64'), parts.bytesOf),
    )
    if (signed.some((one) => one === undefined)) return no('invalid_request')
    const signatures = signed.map((one) => Buffer.from(one!).toString('base64'))
    made.signatures += signatures.length
    if (asked.data.clientData) answered.set(asked.data.clientData, { hashes, signatures })
    return context.json({ signatures })
  })
  routes.post('/signatures/timestamp', async (context) => {
    const { hash } = z.object({ hash: z.base64() }).parse(await context.req.json())
    const token = await parts.timeStamps(Buffer.from(hash, 'base64'))
    return token instanceof Uint8Array
      ? context.json({ timestamp: Buffer.from(token).toString('base64') })
      : no('server_error')
  })
  return { routes, made }
}

/** The head of a SHA-256 hash in a signature by PKCS#1 v1.5 (RFC 8017, 9.2). */
const digestInfo = Buffer.from('3031300d060960864801650304020105000420', 'hex')

function signHash(
  key: KeyObject,
  sha256: Uint8Array,
  bytesOf: ((sha256: Uint8Array) => Uint8Array | undefined) | undefined,
): Uint8Array | undefined {
  if (key.asymmetricKeyType === 'rsa')
    return privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, Buffer.concat([digestInfo, sha256]))
  const bytes = bytesOf?.(sha256)
  return bytes && signBytes(key, bytes)
}

/** Remembers bytes by their hash, for the reference service. */
export function bytesByHash() {
  const known = new Map<string, Uint8Array>()
  return {
    remember: (bytes: Uint8Array) =>
      void known.set(createHash('sha256').update(bytes).digest('base64'), bytes),
    of: (sha256: Uint8Array) => known.get(Buffer.from(sha256).toString('base64')),
  }
}
