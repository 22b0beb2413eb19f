import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { testDatabase } from '../../../../test/harness/database.ts'
import { openDatabase } from '../../../kernel/db.ts'
import { accepted, isRefusal } from '../../../kernel/errors.ts'
import { signPdf } from '../pades/sign-pdf.ts'
import { refusals } from '../refusals.ts'
import { aPaper, aSigning, now } from '../signatures.builder.ts'
import { createSignatures, demonstrationPin } from '../signatures.ts'
import { type CscClient, cscSigner } from './csc-signer.ts'

const { url } = await testDatabase()
const db = openDatabase(url, { role: 'motcua_app' })
const dataDir = mkdtempSync(join(tmpdir(), 'motcua-tries-'))
afterAll(async () => {
  await db.close()
  rmSync(dataDir, { recursive: true, force: true })
})
const signatures = createSignatures({
  ...{ db, dataDir, secret: 'x'.repeat(40), baseUrl: 'http://localhost:8026', demonstration: true },
  now: () => now,
})

test('a service asked for something else in between does not give back tries of the PIN', async () => {
  const row = (await signatures.signerFor({ kind: 'officer', id: 'guessed', name: 'Bị dò' }))!
  const client: Pick<CscClient, 'sign'> = {
    sign: async (_credential, _wanted, { pin }) =>
      pin
        ? refusals.wrongPin({ left: 0 })
        : refusals.providerRefused({ provider: 'csc', why: 'invalid_request' }),
  }
  const signer = cscSigner(db, client as CscClient, row)
  const codes: string[] = []
  for (const authorisation of [
    { pin: '1' },
    { otp: 'x' },
    { pin: '2' },
    { otp: 'x' },
    { pin: '3' },
    { pin: '4' },
  ]) {
    const answer = await signer.sign([], authorisation, 'a request')
    codes.push(isRefusal(answer) ? answer.code : 'signed')
  }
  expect(codes.filter((code) => code === 'signatures.wrong-pin')).toHaveLength(2)
  expect(codes.slice(-2)).toEqual(['signatures.locked', 'signatures.locked'])
})

test('a wrong PIN of the configuration is tried once, so that a job does not lock the key of an authority', async () => {
  const { id } = (await signatures.signerFor({ kind: 'authority', id: 'H99.98', name: 'Cơ quan' }))!
  const signing = aSigning(await aPaper(), { signerId: id })
  for (let run = 0; run < 5; run++)
    expect(await signPdf(signatures, signing, { pin: '0000', standing: true })).toEqual(
      refusals.standingPinWrong(),
    )
  accepted(await signPdf(signatures, signing, { pin: demonstrationPin, standing: true }))
})
