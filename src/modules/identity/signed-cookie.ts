import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'

/** Signs what browsers keep: a forged cookie is refused before the database is asked. */
export interface CookieKeys {
  sign(value: string): string
  /** The value inside a signed cookie, or undefined when the signature is not ours. */
  verify(signed: string | undefined): string | undefined
  /** Encrypts a small JSON value that the browser carries but must not read or change. */
  seal(value: unknown): string
  open(sealed: string | undefined): unknown
}

/** Derives a signing key and a sealing key from the installation's secret. */
export function cookieKeys(secret: string): CookieKeys {
  const signing = keyFor(secret, 'motcua session cookie')
  const sealing = keyFor(secret, 'motcua sign-in attempt')
  const signature = (value: string) => createHmac('sha256', signing).update(value).digest()
  return {
    sign: (value) => `${value}.${signature(value).toString('base64url')}`,
    verify(signed) {
      const [value, given, ...rest] = signed?.split('.') ?? []
      if (!value || !given || rest.length > 0) return undefined
      const mac = Buffer.from(given, 'base64url')
      return mac.length === 32 && timingSafeEqual(mac, signature(value)) ? value : undefined
    },
    seal: (value) => seal(sealing, value),
    open: (sealed) => open(sealing, sealed),
  }
}

/** What the database keeps of a token. Tokens are 256 random bits, so a plain hash suffices. */
export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

function keyFor(secret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', purpose, 32))
}

function seal(key: Buffer, value: unknown): string {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, iv)
  const body = Buffer.concat([cipher.update(JSON.stringify(value)), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')
}

function open(key: Buffer, sealed: string | undefined): unknown {
  const bytes = Buffer.from(sealed ?? '', 'base64url')
  if (bytes.length < 29) return undefined
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12))
  decipher.setAuthTag(bytes.subarray(12, 28))
  try {
    return JSON.parse(Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString())
  } catch {
    return undefined
  }
}
