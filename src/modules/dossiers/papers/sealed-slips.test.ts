import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { morning } from '../../../../test/builders/a-desk.ts'
import { livesOf } from '../../../../test/builders/a-life.ts'
import { aSigningDesk } from '../../../../test/builders/a-signing-desk.ts'
import { accepted } from '../../../kernel/errors.ts'
import {
  claimUnsealed,
  contentOf,
  documentsOfDossier,
  findByVerifyCode,
  identifyFile,
  sealSlips,
} from '../../documents/index.ts'
import { verifyPdf } from '../../signatures/index.ts'
import type { Dossier } from '../dossier.ts'
import { controlSlip } from './control-slip.ts'
import { logBookPaper, logBookPdf } from './log-book-paper.ts'
import type { IssuedKind } from './paper-kinds.ts'
import { issuePaper, type PaperDoor, sealingOf } from './slips.ts'

const { desk, door, bytesOf, viewOf, close } = await aSigningDesk()
const { inProgress, does, specialist, head, reception, citizen } = livesOf(desk)
const { pool } = desk.db
afterAll(close)

const acts = {
  receipt: 'dossiers.accepted',
  supplement: 'dossiers.supplement-requested',
  stop: 'dossiers.stopped',
  refusal: 'dossiers.refused',
} as const
async function issued(dossier: Dossier, kind: keyof typeof acts = 'receipt', by: PaperDoor = door) {
  const seen = await viewOf(dossier, citizen)
  const { sequence } = seen.history.findLast((each) => each.kind === acts[kind])!
  return accepted((await issuePaper(by, seen, kind satisfies IssuedKind, sequence))!)
}
/** A key that nobody opens: slips are issued all the same. */
const shut = { ...door, sealing: {} }
const checked = async (pdf: Uint8Array) => verifyPdf(door.signatures, pdf, { at: morning })

describe('a receipt', () => {
  test('that is opened at once bears the seal of its authority', async () => {
    const document = await issued(await inProgress())
    expect(document).toMatchObject({
      sealedAt: expect.any(String),
      signatures: [{ role: 'seal', name: 'Ủy ban nhân dân phường Hoa Sen', level: 'B-LT' }],
    })
    const report = await checked(await bytesOf(document))
    expect(report).toMatchObject({ verdict: 'valid', problems: [], signatures: [{ field: 'seal' }] })
  })

  test('is issued with its number when nothing can seal it, says so, and is sealed later', async () => {
    const dossier = await inProgress()
    const bare = await issued(dossier, 'receipt', shut)
    expect(bare).toMatchObject({ signatures: [], sealedAt: null, number: expect.stringMatching(/^\d{5}\//) })
    const printed = await bytesOf(bare)
    expect((await checked(printed)).verdict).toBe('unsigned')
    // A minute passes before somebody tries again.
    await desk.database.pool.query(
      'update documents.issued_document set sealing_since = null where id = $1',
      [bare.id],
    )
    const document = await issued(dossier)
    expect(document).toMatchObject({ id: bare.id, number: bare.number, signatures: [{ role: 'seal' }] })
    const sealed = await bytesOf(document)
    expect(sealed.subarray(0, printed.length).equals(printed)).toBe(true)
    expect((await checked(sealed)).verdict).toBe('valid')
    expect(await issued(dossier)).toEqual(document)
  })

  test('that was taken away before its seal is the same genuine paper', async () => {
    const dossier = await inProgress()
    const bare = await issued(dossier, 'receipt', shut)
    const printed = accepted({ pdf: (await contentOf(door.files, bare.sha256))! }).pdf
    await desk.database.pool.query(
      'update documents.issued_document set sealing_since = null where id = $1',
      [bare.id],
    )
    const document = await issued(dossier)
    for (const pdf of [printed, await bytesOf(document)])
      expect(await identifyFile({ db: pool, check: door.signatures }, pdf, morning)).toMatchObject({
        isWhole: true,
        document: { id: bare.id },
      })
    expect(await findByVerifyCode(pool, bare.verifyCode)).toMatchObject({ id: bare.id, status: 'valid' })
  })

  test('that many open at one moment is sealed once', async () => {
    const dossier = await inProgress()
    const all = await Promise.all(Array.from({ length: 6 }, () => issued(dossier)))
    expect(new Set(all.map(({ sha256 }) => sha256)).size).toBe(1)
    expect(all[0]!.signatures).toHaveLength(1)
    expect(await documentsOfDossier(pool, dossier.id)).toHaveLength(1)
  })

  test('is sealed by the job where nobody opens it again, in batches of its authority', async () => {
    const waiting = []
    for (let i = 0; i < 4; i++) waiting.push(await issued(await inProgress(), 'receipt', shut))
    await desk.database.pool.query('update documents.issued_document set sealing_since = null')
    const refused: string[] = []
    const note = ({ code }: { code: string }) => refused.push(code)
    expect(await sealSlips(sealingOf(shut)!, note)).toBe(0)
    expect(refused).toContain('signatures.authorisation-needed')
    await desk.database.pool.query('update documents.issued_document set sealing_since = null')
    expect(await sealSlips(sealingOf(door)!)).toBeGreaterThanOrEqual(4)
    for (const { verifyCode } of waiting)
      expect((await findByVerifyCode(pool, verifyCode))!.signatures).toHaveLength(1)
    expect(await sealSlips(sealingOf(door)!)).toBe(0)
  })

  test('that somebody is sealing is left to them for a minute', async () => {
    const bare = await issued(await inProgress(), 'receipt', shut)
    const later = (seconds: number) => new Date(morning.getTime() + seconds * 1000)
    expect(await claimUnsealed(pool, { id: bare.id, most: 1, now: later(30) })).toEqual([])
    expect(await claimUnsealed(pool, { id: bare.id, most: 1, now: later(61) })).toHaveLength(1)
  })

  test('waits for no seal where nothing is signed', async () => {
    const { signatures: _, ...plain } = door
    const document = await issued(await inProgress(), 'receipt', plain)
    expect(document).toMatchObject({ sealPlace: null, signatures: [] })
  })
})

test.each([
  ['supplement', () => asked()],
  ['stop', () => stopped()],
  ['refusal', () => refused()],
] as const)('a slip for the citizen is sealed as well: %s', async (kind, make) => {
  const document = await issued(await make(), kind)
  expect(document.signatures).toMatchObject([{ role: 'seal' }])
  expect((await checked(await bytesOf(document))).verdict).toBe('valid')
})

const items = [{ target: null, text: 'Bổ sung bản chụp rõ hơn' }]
const asked = async () => does(specialist, await inProgress(), { command: 'requestSupplement', items })
const stopped = async () => does(head, await inProgress(), { command: 'stop', reason: 'Trùng hồ sơ' })
const refused = async () =>
  does(reception, (await desk.file()).dossier, { command: 'refuse', reason: 'Không thuộc thẩm quyền' })

test.skipIf(!hasPdfsig())('poppler says that the seal of a receipt is valid', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'motcua-receipt-'))
  const file = join(folder, 'receipt.pdf')
  writeFileSync(file, await bytesOf(await issued(await inProgress())))
  const said = execFileSync('pdfsig', ['-nocert', file], { encoding: 'utf8' })
  expect(said).toContain('Signature is Valid.')
})

describe('slips of work', () => {
  let last = 20
  const slips = {
    'Mẫu 06': async (by: PaperDoor) => controlSlip(by, await viewOf(await inProgress(), reception)),
    'Mẫu 07': async (by: PaperDoor) => {
      // What was sealed once in this very moment is given again; other days are another book.
      const days = { from: '2026-11-01', to: `2026-11-${last++}`, limit: 50 }
      const { data } = await logBookPaper(desk.db, { authority: 'H99.12', ...days }, morning)
      return logBookPdf(by, data, 'H99.12')
    },
  }

  test.each(Object.entries(slips))(
    '%s bears the seal of its authority, genuine to whoever checks',
    async (_, print) => {
      const pdf = accepted(await print(door))
      const report = await checked(pdf)
      expect(report).toMatchObject({ verdict: 'valid', problems: [], signatures: [{ field: 'seal' }] })
      const changed = Buffer.from(pdf)
      changed[600]! ^= 1
      expect((await checked(changed)).verdict).toBe('invalid')
    },
  )

  test.each(Object.entries(slips))(
    '%s is printed without a seal where nothing opens one, and says so',
    async (_, print) => {
      const pdf = accepted(await print(shut))
      expect((await checked(pdf)).verdict).toBe('unsigned')
      const { signatures: _none, ...bare } = door
      expect((await checked(accepted(await print(bare)))).verdict).toBe('unsigned')
      expect(Buffer.from(pdf).includes('/FT /Sig')).toBe(true)
    },
  )

  test('are in no register, however often they are printed', async () => {
    const count = async () =>
      (await pool.query('select count(*)::int as n from documents.issued_document')).rows[0].n
    const dossier = await inProgress()
    const before = await count()
    for (let i = 0; i < 2; i++) accepted(await controlSlip(door, await viewOf(dossier, reception)))
    expect(await count()).toBe(before)
  })
})

function hasPdfsig(): boolean {
  try {
    execFileSync('pdfsig', ['-v'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
