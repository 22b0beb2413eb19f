import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { testDatabase } from '../../../../test/harness/database.ts'
import { openDatabase } from '../../../kernel/db.ts'
import { accepted } from '../../../kernel/errors.ts'
import { changeSigner } from '../administration.ts'
import { signPdf } from '../pades/sign-pdf.ts'
import { verifyPdf } from '../pades/verify-pdf.ts'
import { newKeys } from '../pki/demonstration-authority.ts'
import { refusals } from '../refusals.ts'
import { aPaper, aSigning, daysLater, now } from '../signatures.builder.ts'
import { createSignatures, demonstrationPin } from '../signatures.ts'
import { endSigner, evidenceOf, unlockSigner } from '../signatures-store.ts'
import type { CscService } from './csc-signer.ts'
import {
  answerConfirmation,
  closeConfirmation,
  describeConfirmation,
  findConfirmation,
  waitingConfirmations,
} from './mobile-signer.ts'
import { bytesByHash, referenceCsc } from './reference-csc.ts'

const { url } = await testDatabase()
const db = openDatabase(url, { role: 'motcua_app' })
afterAll(() => db.close())

const clock = { now }
const base = {
  ...{ db, secret: 'x'.repeat(40), baseUrl: 'http://localhost:8026', demonstration: true },
  dataDir: mkdtempSync(join(tmpdir(), 'motcua-signers-')),
  now: () => clock.now,
}
const signatures = createSignatures(base)
const officer = (id: string) => ({ kind: 'officer' as const, id, name: `Cán bộ ${id}` })

test('a demonstration makes a certificate for whom it asks, once', async () => {
  const [first, second] = await Promise.all([
    signatures.signerFor(officer('1')),
    signatures.signerFor(officer('1')),
  ])
  expect(first?.id).toBe(second?.id)
  expect((await createSignatures(base).signerFor(officer('1')))?.id).toBe(first?.id)
  expect(await createSignatures({ ...base, demonstration: false }).signerFor(officer('2'))).toBeUndefined()
})

test('signs with the right PIN and keeps what it made and what it checked', async () => {
  const signer = (await signatures.signerFor(officer('3')))!
  const { pdf, evidence } = accepted(
    await signPdf(signatures, aSigning(await aPaper(), { signerId: signer.id, level: 'B-LT' }), {
      pin: demonstrationPin,
    }),
  )
  expect((await verifyPdf(signatures, pdf, { at: now })).verdict).toBe('valid')
  const kept = await evidenceOf(db, evidence.sha256)
  expect(kept.map((one) => ('made' in one ? 'made' : 'checked')).sort()).toEqual(['checked', 'made'])
})

test('a wrong PIN three times locks the signer, also when the tries come at once', async () => {
  const signer = (await signatures.signerFor(officer('4')))!
  const signing = aSigning(await aPaper(), { signerId: signer.id })
  expect(await signPdf(signatures, signing)).toEqual(refusals.authorisationNeeded())
  expect(await signPdf(signatures, signing, { pin: '0000' })).toEqual(refusals.wrongPin({ left: 2 }))
  accepted(await signPdf(signatures, signing, { pin: demonstrationPin }))
  const tries = ['1', '2', '3', '4', '5'].map((pin) => signPdf(signatures, signing, { pin }))
  const answers = (await Promise.all(tries)).map((one) => ('code' in one ? one.code : 'signed'))
  expect(answers.filter((code) => code === 'signatures.wrong-pin')).toHaveLength(2)
  expect(await signPdf(signatures, signing, { pin: demonstrationPin })).toEqual(refusals.locked())
  await unlockSigner(db, signer.id)
  accepted(await signPdf(signatures, signing, { pin: demonstrationPin }))
})

test('the same request keeps its signature in the database; another signer cannot take it', async () => {
  const [one, two] = [
    (await signatures.signerFor(officer('5')))!,
    (await signatures.signerFor(officer('6')))!,
  ]
  const signing = aSigning(await aPaper(), { signerId: one.id, requestId: 'yêu cầu 5' })
  const first = accepted(await signPdf(signatures, signing, { pin: demonstrationPin }))
  // Known already: not even a PIN is needed, because nothing is signed.
  const again = accepted(await signPdf(signatures, { ...signing, now: daysLater(1) }))
  expect(Buffer.compare(first.pdf, again.pdf)).toBe(0)
  const other = await signPdf(signatures, { ...signing, signerId: two.id }, { pin: demonstrationPin })
  expect(other).toEqual(refusals.requestDiffers())
})

test('on a phone: waits with the same code, signs once confirmed, and not after a refusal or too late', async () => {
  const signer = (await signatures.mobileSignerFor(officer('7')))!
  const ask = async (requestId: string, pin?: string) =>
    signPdf(signatures, aSigning(await paper, { signerId: signer.id, requestId }), { ...(pin && { pin }) })
  const paper = aPaper()
  const waiting = await ask('m1')
  const [shown] = await waitingConfirmations(db, signer.id, now)
  expect(waiting).toEqual(refusals.waiting({ requestId: 'm1', code: shown!.code }))
  expect(await ask('m1')).toEqual(waiting)
  accepted(await answerConfirmation(db, { requestId: 'm1', signerId: signer.id, confirm: true }, now))
  // The phone alone signs nothing, and neither does somebody who guesses.
  expect(await ask('m1')).toEqual(refusals.authorisationNeeded())
  expect(await ask('m1', '0000')).toEqual(refusals.wrongPin({ left: 2 }))
  expect(await signatures.checkPin(signer.id, '0000')).toEqual(refusals.wrongPin({ left: 1 }))
  expect(await signatures.checkPin(signer.id, demonstrationPin)).toBeUndefined()
  const { pdf } = accepted(await ask('m1', demonstrationPin))
  expect((await verifyPdf(signatures, pdf, { at: now })).signatures[0]?.integrity).toBe(true)

  await ask('m2')
  await answerConfirmation(db, { requestId: 'm2', signerId: signer.id, confirm: false }, now)
  expect(await ask('m2')).toEqual(refusals.declined())
  await ask('m3')
  clock.now = new Date(now.getTime() + 6 * 60_000)
  const late = await answerConfirmation(
    db,
    { requestId: 'm3', signerId: signer.id, confirm: true },
    clock.now,
  )
  expect(late).toEqual(refusals.confirmationExpired())
  expect(await ask('m3')).toEqual(refusals.confirmationExpired())
  clock.now = now
})

test('a new round asks again for what was declined, and says what it is about and what came of it', async () => {
  const signer = (await signatures.mobileSignerFor(officer('8')))!
  const paper = await aPaper()
  const ask = (confirmation: string) =>
    signPdf(signatures, aSigning(paper, { signerId: signer.id, requestId: 'm8' }), {
      ...{ confirmation, pin: demonstrationPin },
    })
  const of = (requestId: string) => ({ requestId, signerId: signer.id })
  await ask('vòng 1')
  accepted(await answerConfirmation(db, { ...of('vòng 1'), confirm: false, reason: 'Sai tên' }, now))
  expect(await ask('vòng 1')).toEqual(refusals.declined())
  expect(await findConfirmation(db, of('vòng 1'))).toMatchObject({ state: 'declined', reason: 'Sai tên' })

  await ask('vòng 2')
  await describeConfirmation(db, { ...of('vòng 2'), about: { marked: ['a'] } })
  await describeConfirmation(db, { ...of('vòng 2'), about: { marked: ['b'] } })
  await closeConfirmation(db, { ...of('vòng 2'), outcome: 'too early' })
  accepted(await answerConfirmation(db, { ...of('vòng 2'), confirm: true }, now))
  accepted(await ask('vòng 2'))
  expect((await findConfirmation(db, of('vòng 2')))?.about).toEqual({ marked: ['a'] })
  await closeConfirmation(db, { ...of('vòng 2'), outcome: { done: ['a'] } })
  expect(await findConfirmation(db, of('vòng 2'))).toMatchObject({
    ...{ about: null, outcome: { done: ['a'] }, reason: null },
  })
  expect(
    await findConfirmation(db, { requestId: 'vòng 2', signerId: '00000000-0000-7000-8000-000000000000' }),
  ).toBe(undefined)
})

test('an officer signs by the means they chose last, and by the other once that is ended', async () => {
  const [key, phone] = [
    (await signatures.signerFor(officer('9')))!,
    (await signatures.mobileSignerFor(officer('9')))!,
  ]
  const means = async () => (await signatures.signerFor(officer('9')))?.id
  expect(await means()).toBe(key.id)
  await changeSigner(db, { id: phone.id, act: 'chosen', by: { officerId: '9', name: 'Chín' } }, now)
  expect(await means()).toBe(phone.id)
  await changeSigner(db, { id: key.id, act: 'chosen', by: { officerId: '9', name: 'Chín' } }, daysLater(1))
  expect(await means()).toBe(key.id)
  await endSigner(db, key.id, daysLater(1))
  expect(await means()).toBe(phone.id)
})

/** A remote service, with a network that can lose answers. */
async function remote(id: string, keyType: 'p256' | 'rsa2048') {
  const { key, publicKey } = newKeys(keyType)
  const chain = signatures.authority!.issue({
    ...{ subject: { commonName: `Từ xa ${id}` }, publicKey, from: daysLater(-1), to: daysLater(100) },
  })
  const bytes = bytesByHash()
  const service = referenceCsc({
    client: { id: 'motcua', secret: 'bí mật' },
    credentials: async () => [{ id: 'chứng thư', key, chain, pin: '1357' }],
    timeStamps: signatures.timeStamps!,
    bytesOf: bytes.of,
  })
  const network = { lose: 0, isDown: false }
  const settings: CscService = {
    ...{ name: id, url: 'http://remote/csc/v2', clientId: 'motcua', clientSecret: 'bí mật' },
    fetch: async (input, init) => {
      if (network.isDown) throw new TypeError('fetch failed')
      const path = String(input).replace('http://remote/csc/v2', '')
      const answer = await service.routes.request(path, init as RequestInit)
      if (path === '/signatures/signHash' && network.lose-- > 0) throw new TypeError('connection lost')
      return answer
    },
  }
  const door = createSignatures({ ...base, services: [settings] })
  const by = { officerId: id, name: 'Người gắn' }
  const row = accepted(await door.attachRemote(officer(id), { service: id, credentialId: 'chứng thư', by }))
  const find = door.findSigner
  door.findSigner = async (signerId) => {
    const signer = accepted(await find(signerId))
    return {
      ...signer,
      sign: (wanted, ...rest) => {
        for (const one of wanted) bytes.remember(one.bytes)
        return signer.sign(wanted, ...rest)
      },
    }
  }
  return { door, row, service, network }
}

test.each(['p256', 'rsa2048'] as const)('a remote service signs hashes (%s)', async (keyType) => {
  const { door, row } = await remote(`remote-${keyType}`, keyType)
  const signing = aSigning(await aPaper(), { signerId: row.id, level: 'B-T' })
  const { pdf } = accepted(await signPdf(door, signing, { pin: '1357' }))
  expect((await verifyPdf(door, pdf, { at: now })).verdict).toBe('valid')
})

test('an answer that got lost is asked for again, and nothing is signed twice', async () => {
  const { door, row, service, network } = await remote('lossy', 'p256')
  network.lose = 1
  accepted(await signPdf(door, aSigning(await aPaper(), { signerId: row.id }), { pin: '1357' }))
  expect(service.made.signatures).toBe(1)
  network.lose = 3
  const signing = aSigning(await aPaper(), { signerId: row.id, requestId: 'mất trả lời' })
  expect(await signPdf(door, signing, { pin: '1357' })).toEqual(refusals.providerDown({ provider: 'lossy' }))
  accepted(await signPdf(door, { ...signing, now: daysLater(1) }, { pin: '1357' }))
  expect(service.made.signatures).toBe(2)
})

test('a remote service that is down is named, and takes no try of the PIN away', async () => {
  const { door, row, network } = await remote('down', 'p256')
  const signing = aSigning(await aPaper(), { signerId: row.id })
  network.isDown = true
  for (let i = 0; i < 4; i++)
    expect(await signPdf(door, signing, { pin: '1357' })).toEqual(refusals.providerDown({ provider: 'down' }))
  network.isDown = false
  expect(await signPdf(door, signing, { pin: '0' })).toEqual(refusals.wrongPin({ left: 2 }))
  expect(await signPdf(door, signing, { pin: '0' })).toEqual(refusals.wrongPin({ left: 1 }))
  expect(await signPdf(door, signing, { pin: '0' })).toEqual(refusals.locked())
})
