import { resolve } from 'node:path'
import { z } from 'zod'
import { type KeyRing, readKeyRing } from './kernel/files/key-ring.ts'
import type { S3Settings } from './kernel/files/s3.ts'

const flag = z.enum(['yes', 'no'])
const integer = z.coerce.number().int()

const Environment = z.object({
  MOTCUA_HOST: z.string().default('127.0.0.1'),
  MOTCUA_PORT: integer.min(0).max(65535).default(8026),
  MOTCUA_BASE_URL: z.url().optional(),
  MOTCUA_DATA: z.string().default('.data'),
  MOTCUA_DEMO: flag.default('yes'),
  MOTCUA_DEMO_DOSSIERS: integer.min(0).max(2_000_000).default(3000),
  MOTCUA_SECRET: z.string().min(32).optional(),
  MOTCUA_SEAL_PIN: z.string().min(4).max(100).optional(),
  MOTCUA_TRUST_PROXY: flag.default('no'),
  MOTCUA_MAX_FILE_MB: integer.min(1).max(4096).default(100),
  MOTCUA_LAYOUTS: z.string().optional(),
  MOTCUA_FILE_KEYS: z.string().optional(),
  MOTCUA_CLAMD: z.string().optional(),
  MOTCUA_OFFICE: z.string().optional(),
  MOTCUA_OCR: flag.default('no'),
  TSA_URL: z.url().optional(),
  CSC_SERVICES: z.string().optional(),
  MOTCUA_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('warn'),
  DATABASE_URL: z.string().optional(),
  OIDC_ISSUER: z.url().optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  SMTP_URL: z.string().optional(),
  MAIL_FROM: z.string().default('Một Cửa <khong-tra-loi@songmai.example>'),
  SMS_URL: z.url().optional(),
  SMS_TOKEN: z.string().optional(),
  S3_BUCKET: z.string().optional(),
  S3_ENDPOINT: z.url().optional(),
  S3_REGION: z.string().default('us-east-1'),
  S3_ACCESS_KEY: z.string().optional(),
  S3_SECRET_KEY: z.string().optional(),
})

const CscServices = z
  .array(
    z.strictObject({
      name: z.string().regex(/^[a-z0-9-]{1,40}$/),
      url: z.url(),
      clientId: z.string().min(1),
      clientSecret: z.string().min(1),
    }),
  )
  .max(20)

/** A remote signing service (API of the Cloud Signature Consortium), as the environment states it. */
export type CscSettings = z.infer<typeof CscServices>[number]

/** Every variable that the product reads; `.env.example` lists the same, and a test compares them. */
export const environmentNames: readonly string[] = Object.keys(Environment.shape)

export interface Config {
  host: string
  port: number
  baseUrl: string
  dataDir: string
  demonstration: { on: boolean; dossiers: number }
  /** Key of cookies and signed links; undefined lets the server make one and keep it in the data folder. */
  secret: string | undefined
  /** What opens the seals of authorities where their keys lie in files of the installation. */
  sealPin: string | undefined
  signing: {
    /** Time-stamping authority (RFC 3161); undefined: the demonstration's own, or none. */
    timeStampUrl: string | undefined
    services: readonly CscSettings[]
  }
  trustProxy: boolean
  maxFileBytes: number
  /** Editions of printed forms that this installation brings; undefined prints the shipped ones. */
  layoutsDir: string | undefined
  /** Keys that seal content at rest; undefined lets it lie as it is. */
  fileKeys: KeyRing | undefined
  /** Bucket that content goes to instead of the data folder. */
  s3: S3Settings | undefined
  intake: {
    /** Where clamd listens: `host:port` or the path of its socket. */
    clamd: string | undefined
    /** LibreOffice; undefined looks for `soffice` on the path. `no` never converts Office files. */
    office: string | undefined
    /** Whether letters of photographed and scanned papers are read. */
    readText: boolean
    /** Folders where programs of the machine are looked for. */
    searchPath: string
  }
  logLevel: string
  databaseUrl: string | undefined
  oidc: { issuer: string; clientId: string; clientSecret: string } | undefined
  mail: { smtpUrl: string | undefined; from: string }
  sms: { url: string; token: string | undefined } | undefined
}

/**
 * Reads the environment once, reports every problem by name, and gives each module its slice.
 * Defaults suit a laptop; an installation that is not a demonstration must state its secrets.
 */
export function readConfig(source: NodeJS.ProcessEnv = process.env): Config {
  const stated = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''))
  const parsed = Environment.safeParse(stated)
  if (!parsed.success) throw new ConfigError(z.prettifyError(parsed.error))
  const env = parsed.data
  const problems = [...crossChecks(env)]
  if (problems.length > 0) throw new ConfigError(problems.join('\n'))
  return {
    host: env.MOTCUA_HOST,
    port: env.MOTCUA_PORT,
    baseUrl: env.MOTCUA_BASE_URL ?? `http://localhost:${env.MOTCUA_PORT}`,
    dataDir: resolve(env.MOTCUA_DATA),
    demonstration: { on: env.MOTCUA_DEMO === 'yes', dossiers: env.MOTCUA_DEMO_DOSSIERS },
    secret: env.MOTCUA_SECRET,
    sealPin: env.MOTCUA_SEAL_PIN,
    signing: { timeStampUrl: env.TSA_URL, services: servicesOf(env.CSC_SERVICES) ?? [] },
    trustProxy: env.MOTCUA_TRUST_PROXY === 'yes',
    maxFileBytes: env.MOTCUA_MAX_FILE_MB * 1024 * 1024,
    layoutsDir: env.MOTCUA_LAYOUTS === undefined ? undefined : resolve(env.MOTCUA_LAYOUTS),
    fileKeys: keysOf(env.MOTCUA_FILE_KEYS),
    s3: s3Of(env),
    intake: {
      ...{ clamd: env.MOTCUA_CLAMD, office: env.MOTCUA_OFFICE, searchPath: source.PATH ?? '' },
      readText: env.MOTCUA_OCR === 'yes',
    },
    logLevel: env.MOTCUA_LOG_LEVEL,
    databaseUrl: env.DATABASE_URL,
    oidc: env.OIDC_ISSUER
      ? { issuer: env.OIDC_ISSUER, clientId: env.OIDC_CLIENT_ID!, clientSecret: env.OIDC_CLIENT_SECRET! }
      : undefined,
    mail: { smtpUrl: env.SMTP_URL, from: env.MAIL_FROM },
    sms: env.SMS_URL ? { url: env.SMS_URL, token: env.SMS_TOKEN } : undefined,
  }
}

function keysOf(text: string | undefined): KeyRing | undefined {
  const ring = text === undefined ? undefined : readKeyRing(text)
  return ring && 'wrong' in ring ? undefined : ring
}

// A service's address with the API's version and without the slash behind, as its paths are added to it.
function servicesOf(text: string | undefined): CscSettings[] | undefined {
  if (text === undefined) return []
  try {
    const parsed = CscServices.safeParse(JSON.parse(text))
    return parsed.data?.map((each) => ({ ...each, url: each.url.replace(/\/+$/, '') }))
  } catch {
    return undefined
  }
}

function s3Of(env: z.infer<typeof Environment>): S3Settings | undefined {
  if (!env.S3_BUCKET) return undefined
  const { S3_ENDPOINT: endpoint, S3_REGION: region, S3_BUCKET: bucket } = env
  return { endpoint, region, bucket, accessKey: env.S3_ACCESS_KEY!, secretKey: env.S3_SECRET_KEY! }
}

/** The environment says something that cannot be used; the message lists every problem by name. */
export class ConfigError extends Error {
  override name = 'ConfigError'
}

function* crossChecks(env: z.infer<typeof Environment>): Generator<string> {
  const production = env.MOTCUA_DEMO === 'no'
  if (production && !env.MOTCUA_SECRET) yield 'MOTCUA_SECRET is required when MOTCUA_DEMO=no'
  if (production && !env.OIDC_ISSUER) yield 'OIDC_ISSUER is required when MOTCUA_DEMO=no'
  if (env.OIDC_ISSUER && !(env.OIDC_CLIENT_ID && env.OIDC_CLIENT_SECRET))
    yield 'OIDC_CLIENT_ID and OIDC_CLIENT_SECRET are required with OIDC_ISSUER'
  yield* signingProblems(env, production)
  const ring = env.MOTCUA_FILE_KEYS === undefined ? undefined : readKeyRing(env.MOTCUA_FILE_KEYS)
  if (ring && 'wrong' in ring) yield `MOTCUA_FILE_KEYS: ${ring.wrong}`
  if (env.S3_BUCKET && !(env.S3_ACCESS_KEY && env.S3_SECRET_KEY))
    yield 'S3_ACCESS_KEY and S3_SECRET_KEY are required with S3_BUCKET'
}

// What is asked of these addresses is a PIN, a secret or a signature: in earnest only over TLS.
function* signingProblems(env: z.infer<typeof Environment>, production: boolean): Generator<string> {
  const services = servicesOf(env.CSC_SERVICES)
  // Nothing of the value is repeated: it holds secrets.
  if (!services) yield 'CSC_SERVICES is no list of {"name", "url", "clientId", "clientSecret"} in JSON'
  const names = (services ?? []).map(({ name }) => name)
  if (new Set(names).size < names.length) yield 'CSC_SERVICES states a name twice'
  const mayGo = production ? ['https:'] : ['https:', 'http:']
  const wanted = production ? 'https' : 'http or https'
  if (env.TSA_URL && !mayGo.includes(new URL(env.TSA_URL).protocol)) yield `TSA_URL has to be ${wanted}`
  for (const { name, url } of services ?? [])
    if (!mayGo.includes(new URL(url).protocol))
      yield `CSC_SERVICES: the address of ${name} has to be ${wanted}`
}
