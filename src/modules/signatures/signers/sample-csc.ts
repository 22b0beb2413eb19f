import type { KeyObject } from 'node:crypto'
import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { type DemonstrationAuthority, newKeys } from '../pki/demonstration-authority.ts'
import { readKeyFile } from '../pki/key-file.ts'
import type { CscService } from './csc-signer.ts'
import { type KeyFolder, keepKeyFile, passwordOf } from './key-file-signer.ts'
import { type ReferenceCredential, referenceCsc } from './reference-csc.ts'

/** The remote signing service of a demonstration, by the name that pages show. */
export const sampleService = 'dich-vu-mau'
/** The one-time code that it takes, where a certificate wants one; its page says so. */
export const sampleOtp = '246810'

const Kept = z.array(z.object({ id: z.string(), userId: z.string(), otp: z.boolean() }))
const dayMs = 86_400_000

/**
 * A service that signs for the people of a demonstration: the reference service, in this process, with keys of its own.
 * Whoever is introduced has three certificates there: one that a PIN opens, one that wants a one-time code as well, and
 * one that has ended.
 */
export function sampleCsc(parts: {
  authority: DemonstrationAuthority
  keys: KeyFolder
  pin: string
  now(): Date
}): { service: CscService; introduce(userId: string, name: string): Promise<void> } {
  const { authority, keys, pin, now } = parts
  const listed = join(keys.folder, 'csc.json')
  const opened = new Map<string, { key: KeyObject; chain: readonly Uint8Array[] }>()
  const known = () => (existsSync(listed) ? Kept.parse(JSON.parse(readFileSync(listed, 'utf8'))) : [])
  const open = async (id: string) => {
    const found =
      opened.get(id) ??
      (await readKeyFile(readFileSync(join(keys.folder, `${id}.p12`)), passwordOf(keys, id, pin)))
    if (found) opened.set(id, found)
    return found
  }
  const credentials = async (userId?: string): Promise<ReferenceCredential[]> => {
    const mine = known().filter((one) => userId === undefined || one.userId === userId)
    const all = await Promise.all(
      mine.map(async ({ id, otp }) => {
        const held = await open(id)
        return held ? [{ id, ...held, pin, ...(otp && { otp: sampleOtp }) }] : []
      }),
    )
    return all.flat()
  }
  const client = { id: 'motcua', secret: randomUUID() }
  const { routes } = referenceCsc({ client, credentials, timeStamps: authority.timeStamps(now) })
  const base = 'http://dich-vu-mau.invalid/csc/v2'
  const service: CscService = {
    ...{ name: sampleService, url: base, clientId: client.id, clientSecret: client.secret },
    fetch: async (input, init) => routes.request(String(input).replace(base, ''), init as RequestInit),
  }
  return {
    service,
    async introduce(userId, name) {
      const before = known()
      if (before.some((one) => one.userId === userId)) return
      const issue = async (days: { from: number; to: number }, otp: boolean) => {
        const { key, publicKey } = newKeys('rsa2048')
        const at = (offset: number) => new Date(now().getTime() + offset * dayMs)
        const subject = { commonName: name, title: otp ? 'Ký từ xa, mã dùng một lần' : 'Ký từ xa' }
        const chain = authority.issue({ subject, publicKey, from: at(days.from), to: at(days.to) })
        const id = `csc-${randomUUID()}`
        await keepKeyFile(keys, id, { key, chain }, pin)
        return { id, userId, otp }
      }
      const fresh = [
        await issue({ from: -30, to: 700 }, false),
        await issue({ from: -30, to: 700 }, true),
        await issue({ from: -800, to: -60 }, false),
      ]
      mkdirSync(keys.folder, { recursive: true, mode: 0o700 })
      writeFileSync(`${listed}.new`, JSON.stringify([...known(), ...fresh]), { mode: 0o600 })
      renameSync(`${listed}.new`, listed)
    },
  }
}
