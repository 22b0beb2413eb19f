import { createHash, createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readCertificate } from '../cms/certificate.ts'
import { oids } from '../cms/oids.ts'
import type { RevocationSource, TimeStamps } from '../types.ts'
import {
  type CertId,
  certIdOf,
  type OcspState,
  type Revocation,
  readOcspRequest,
  writeCrl,
  writeOcspResponse,
} from './revocation-answers.ts'
import { derivedKey, seal, unseal } from './sealed.ts'
import { writeTimeStamp } from './time-stamps.ts'
import { type Name, type Purpose, writeCertificate } from './write-certificate.ts'

export type KeyType = 'p256' | 'rsa2048' | 'rsa3072'
const holders = ['root', 'issuing', 'tsa', 'ocsp'] as const
type HolderName = (typeof holders)[number]

interface Holder {
  certificate: Uint8Array
  key: KeyObject
}

/** The authorities of a demonstration: they sign for nobody else, and say so in their names. */
export interface DemonstrationAuthority {
  root: Uint8Array
  issuing: Uint8Array
  /** A fresh certificate with its chain. */
  issue(request: { subject: Name; publicKey: KeyObject; from: Date; to: Date }): Uint8Array[]
  revoke(serial: string, at: Date): void
  timeStamps(now: () => Date): TimeStamps
  /** The DER of a time-stamp token, for what asks over HTTP with a nonce. */
  stamp(sha256: Uint8Array, now: Date, nonce?: Uint8Array): Uint8Array
  revocation(now: () => Date): RevocationSource
  /** Answers a request of RFC 6960; throws for what is none. */
  answerOcsp(request: Uint8Array, now: Date): Uint8Array
  crl(of: 'root' | 'issuing', now: Date): Uint8Array
}

const yearMs = 365.25 * 86_400_000

/** A new pair of keys of a kind. */
export function newKeys(type: KeyType): { key: KeyObject; publicKey: KeyObject } {
  const { privateKey, publicKey } =
    type === 'p256'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('rsa', { modulusLength: type === 'rsa2048' ? 2048 : 3072 })
  return { key: privateKey, publicKey }
}

/**
 * Opens the demonstration's authorities in a folder, or makes them at the first start. Their keys lie sealed with a key
 * of the installation. Two processes that start at once end with the same authorities: the folder appears in one move.
 */
export function openDemonstrationAuthority(options: {
  folder: string
  secret: string
  baseUrl: string
  now: Date
}): DemonstrationAuthority {
  const { folder, baseUrl } = options
  const sealing = derivedKey(options.secret, 'authorities')
  if (!existsSync(folder)) makeInOneMove(folder, sealing, urlsOf(baseUrl, 'root'), options.now)
  const held = Object.fromEntries(holders.map((one) => [one, readHolder(folder, one, sealing)])) as Record<
    HolderName,
    Holder
  >
  const revoked = revocationsIn(folder)
  const crls = new Map<string, { hour: number; count: number; der: Uint8Array }>()
  const crl = (of: 'root' | 'issuing', now: Date): Uint8Array => {
    const [hour, list] = [Math.floor(now.getTime() / 3_600_000), of === 'issuing' ? revoked.list() : []]
    const kept = crls.get(of)
    if (kept?.hour === hour && kept.count === list.length) return kept.der
    const der = writeCrl(held[of], list, new Date(hour * 3_600_000))
    crls.set(of, { hour, count: list.length, der })
    return der
  }
  const stateOf = (serial: string): OcspState => {
    const found = revoked.list().find((one) => one.serial === serial)
    return found ? { state: 'revoked', at: new Date(found.at) } : { state: 'good' }
  }
  const stamp = (sha256: Uint8Array, now: Date, nonce?: Uint8Array) =>
    writeTimeStamp(
      { chain: [held.tsa.certificate, held.issuing.certificate], key: held.tsa.key },
      { sha256, now, serial: randomSerial(), nonce },
    )
  const isOurs = (issuer: Uint8Array) => Buffer.compare(issuer, held.issuing.certificate) === 0
  return {
    root: held.root.certificate,
    issuing: held.issuing.certificate,
    issue: (request) => [
      writeCertificate({
        ...request,
        serial: randomSerial(),
        purpose: 'signing',
        issuer: held.issuing,
        urls: urlsOf(baseUrl, 'issuing'),
      }),
      held.issuing.certificate,
    ],
    revoke: (serial, at) => revoked.add({ serial, at: at.toISOString() }),
    timeStamps: (now) => async (sha256) => stamp(sha256, now()),
    stamp,
    revocation: (now) => ({
      ocsp: async (certificate, issuer) =>
        isOurs(issuer)
          ? writeOcspResponse(
              held.ocsp,
              [
                {
                  certId: certIdOf(certificate, issuer),
                  status: stateOf(readCertificate(certificate).serial),
                },
              ],
              now(),
            )
          : undefined,
      crl: async (_certificate, issuer) => {
        if (isOurs(issuer)) return crl('issuing', now())
        return Buffer.compare(issuer, held.root.certificate) === 0 ? crl('root', now()) : undefined
      },
    }),
    answerOcsp: (request, now) => {
      const { asked, nonce } = readOcspRequest(request)
      const ours = readCertificate(held.issuing.certificate).keyBits
      return writeOcspResponse(
        held.ocsp,
        asked.map((one) => ({
          certId: one.der,
          status: isAbout(one, ours) ? stateOf(one.serial) : { state: 'unknown' },
        })),
        now,
        nonce,
      )
    },
    crl,
  }
}

const hashNames: Record<string, string> = { [oids.sha1]: 'sha1', [oids.sha256]: 'sha256' }

function isAbout(asked: CertId, keyBits: Uint8Array): boolean {
  const hash = hashNames[asked.hash]
  return hash !== undefined && asked.issuerKeyHash === createHash(hash).update(keyBits).digest('hex')
}

function makeInOneMove(folder: string, sealing: Buffer, urls: Urls, now: Date): void {
  const making = `${folder}.${randomBytes(6).toString('hex')}`
  mkdirSync(making, { recursive: true, mode: 0o700 })
  makeHolders(making, sealing, urls, now)
  try {
    renameSync(making, folder)
  } catch (error) {
    rmSync(making, { recursive: true, force: true })
    if (!existsSync(folder)) throw error
  }
}

function makeHolders(folder: string, sealing: Buffer, urls: Urls, now: Date): void {
  // Long before: an invented past was signed as well.
  const from = new Date(now.getTime() - 10 * yearMs)
  const to = new Date(now.getTime() + 20 * yearMs)
  const organisation = 'Một Cửa (thử nghiệm, không có giá trị pháp lý)'
  const make = (
    holder: HolderName,
    commonName: string,
    purpose: Purpose,
    issuer?: Holder,
    pathLength?: number,
  ) => {
    const { key, publicKey } = newKeys('p256')
    const certificate = writeCertificate({
      ...{ subject: { commonName, organisation }, publicKey, key, from, to, purpose, pathLength, issuer },
      serial: randomSerial(),
      urls: issuer && holder !== 'issuing' ? issuingUrls(urls) : urls,
    })
    writeFileSync(join(folder, `${holder}.pem`), pem(certificate))
    writeFileSync(
      join(folder, `${holder}.key`),
      seal(sealing, key.export({ type: 'pkcs8', format: 'der' })),
      {
        mode: 0o600,
      },
    )
    return { certificate, key }
  }
  const root = make('root', 'Gốc thử nghiệm Một Cửa', 'authority')
  const issuing = make('issuing', 'Cấp chứng thư thử nghiệm Một Cửa', 'authority', root, 0)
  make('tsa', 'Dấu thời gian thử nghiệm Một Cửa', 'time-stamping', issuing)
  make('ocsp', 'Trạng thái chứng thư thử nghiệm Một Cửa', 'ocsp', issuing)
}

interface Urls {
  ocsp: string
  crl: string
  issuer: string
}

const urlsOf = (baseUrl: string, issuer: 'root' | 'issuing'): Urls => ({
  ocsp: `${baseUrl}/pki/ocsp`,
  crl: `${baseUrl}/pki/${issuer}.crl`,
  issuer: `${baseUrl}/pki/${issuer}.cer`,
})

const issuingUrls = ({ ocsp, crl, issuer }: Urls): Urls => ({
  ocsp,
  crl: crl.replace('/root.', '/issuing.'),
  issuer: issuer.replace('/root.', '/issuing.'),
})

function readHolder(folder: string, holder: HolderName, sealing: Buffer): Holder {
  const certificate = derOf(readFileSync(join(folder, `${holder}.pem`), 'utf8'))
  const der = Buffer.from(unseal(sealing, readFileSync(join(folder, `${holder}.key`))))
  return { certificate, key: createPrivateKey({ key: der, type: 'pkcs8', format: 'der' }) }
}

// The list is a file, so that server and worker see the same; it is read again when it changed.
function revocationsIn(folder: string) {
  const file = join(folder, 'revoked.json')
  let read: { mtimeMs: number; size: number; list: Revocation[] } = { mtimeMs: -1, size: 0, list: [] }
  const list = (): readonly Revocation[] => {
    const stat = statSync(file, { throwIfNoEntry: false })
    if (stat && (stat.mtimeMs !== read.mtimeMs || stat.size !== read.size))
      read = { mtimeMs: stat.mtimeMs, size: stat.size, list: JSON.parse(readFileSync(file, 'utf8')) }
    return read.list
  }
  return {
    list,
    add(one: Revocation) {
      if (list().some(({ serial }) => serial === one.serial)) return
      const making = `${file}.${randomBytes(6).toString('hex')}`
      writeFileSync(making, JSON.stringify([...list(), one], null, 2))
      renameSync(making, file)
    },
  }
}

/** Sixteen random bytes that are positive and keep their length. */
function randomSerial(): Uint8Array {
  const bytes = randomBytes(16)
  bytes[0] = (bytes[0]! & 0x3f) | 0x40
  return bytes
}

export const pem = (der: Uint8Array): string =>
  `-----BEGIN CERTIFICATE-----\n${Buffer.from(der)
    .toString('base64')
    .replace(/.{64}(?=.)/g, '$&\n')}\n-----END CERTIFICATE-----\n`

export const derOf = (text: string): Uint8Array =>
  Buffer.from(text.replace(/-----[^-]+-----|\s/g, ''), 'base64')
