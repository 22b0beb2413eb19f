import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { unzipSync } from 'fflate'
import { PDFDocument } from 'pdf-lib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accepted, isRefusal } from '../src/kernel/errors.ts'
import { drainFeed } from '../src/kernel/feed.ts'
import { filesOnDisk } from '../src/kernel/files.ts'
import { newId } from '../src/kernel/ids.ts'
import { migrateJobs } from '../src/kernel/jobs.ts'
import { contentOf, insertDocument, keepContent, newVerifyCode } from '../src/modules/documents/index.ts'
import {
  certificationsOf,
  type Dossier,
  issuePaper,
  readersOf,
  verifyDossiers,
} from '../src/modules/dossiers/index.ts'
import { verifyRetention } from '../src/modules/retention/check.ts'
import { type PurgeParts, runPurges } from '../src/modules/retention/purge-run.ts'
import { createRetention } from '../src/modules/retention/retention.ts'
import { destructionOf, purgedOf } from '../src/modules/retention/retention-store.ts'
import { placesOfRetention } from '../src/modules/retention/rights.ts'
import {
  createSignatures,
  demonstrationPin,
  lengthenWaiting,
  signPdf,
  verifyPdf,
} from '../src/modules/signatures/index.ts'
import { aSigning } from '../src/modules/signatures/signatures.builder.ts'
import { aDesk, morning, staff } from './builders/a-desk.ts'

const desk = await aDesk()
const folder = mkdtempSync(join(tmpdir(), 'motcua-retention-'))
const files = filesOnDisk(folder)
let now = new Date('2037-02-02T02:00:00Z')
const parts: PurgeParts = { db: desk.db, files, now: () => now, baseUrl: 'http://localhost', rest: 0 }
const retention = createRetention(parts)
const control = desk.officer(staff.control)
const leader = desk.officer(staff.leader)
const authority = 'H99.12'
const owner = desk.database.pool
await migrateJobs(desk.database.url)
afterAll(async () => {
  await desk.db.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A dossier that its citizen withdrew in 2026: five years, so it may go from 2032 on. */
async function withdrawn(): Promise<Dossier> {
  const { dossier } = await desk.file()
  return accepted(await desk.act(desk.citizen(), dossier, { command: 'withdraw', reason: 'Không cần nữa' }))
}

/** Hands content in as a paper of a dossier; the same bytes are the same content. */
async function paperOf(dossier: Dossier, words: string) {
  const { sha256, size } = accepted(await keepContent(files, new TextEncoder().encode(words)))
  const { rows } = await owner.query(
    `insert into documents.stored_file (file_id, sha256, size, media_type, name, owner_kind, owner_id, purpose, scan_state,
       created_at) values (gen_random_uuid(), $1, $2, 'text/plain', 'giay.txt', 'person', 'somebody', 'x', 'clean', $3)
     returning file_id`,
    [sha256, size, morning],
  )
  await owner.query(
    `insert into dossiers.paper (dossier_id, no, component, file_id, sha256, name, media_type, source, added_at)
     values ($1, (select coalesce(max(no), 0) + 1 from dossiers.paper where dossier_id = $1), 'evidence', $2, $3,
       'giay.txt', 'text/plain', 'upload', $4)`,
    [dossier.id, rows[0].file_id, sha256, morning],
  )
  return sha256
}

const inStore = (sha256: string) => existsSync(join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256))
const codeOf = (outcome: unknown) => (isRefusal(outcome) ? outcome.code : 'done')
const propose = (...dossiers: Dossier[]) =>
  retention.propose(control, { authority, basis: 'Bảng thời hạn', codes: dossiers.map(({ code }) => code) })
const approve = (id: string) => retention.decide(leader, { id, approve: true, decision: 'Đồng ý' })
const sound = async () => {
  const { chainFaults, differingRows } = await verifyDossiers(owner, (ids) => purgedOf(owner, ids))
  const { unexplained, lingering } = await verifyRetention(owner, now)
  return { chainFaults, differingRows, unexplained, lingering }
}
const soundly = { chainFaults: [], differingRows: [], unexplained: [], lingering: 0 }

describe('who may', () => {
  test('only control proposes, only a leader of the authority approves, never the same person', async () => {
    const dossier = await withdrawn()
    const raw = { authority, basis: 'x', codes: [dossier.code] }
    for (const other of [
      leader,
      desk.officer(staff.reception),
      desk.officer(staff.elsewhere),
      desk.citizen(),
    ])
      expect(codeOf(await retention.propose(other, raw))).toBe('retention.not-yours')
    const batch = accepted(await propose(dossier))
    for (const other of [control, desk.officer(staff.head), desk.officer(staff.elsewhere)])
      expect(codeOf(await retention.decide(other, { id: batch.id, approve: true, decision: 'x' }))).toBe(
        'retention.not-yours',
      )
    const both = { ...leader, officerId: control.officerId }
    expect(codeOf(await retention.decide(both, { id: batch.id, approve: true, decision: 'x' }))).toBe(
      'retention.same-person',
    )
    expect(codeOf(await propose(dossier))).toBe('retention.in-a-batch')
    expect(codeOf(await retention.decide(leader, { id: batch.id, approve: false, decision: 'Chưa' }))).toBe(
      'done',
    )
    expect(codeOf(await approve(batch.id))).toBe('retention.not-now')
  })

  test('another authority is not told what comes due here', async () => {
    expect(codeOf(await retention.due(desk.officer(staff.elsewhere), authority, 30))).toBe(
      'retention.not-yours',
    )
    expect(codeOf(await retention.due(control, authority, 30))).toBe('done')
  })

  test.each([
    ['control of the province', 'officer-control-1', ['H99', 'H99.02', 'H99.12', 'H99.13']],
    ['control of a commune', staff.control, ['H99.12']],
    ['a leader of a commune', staff.leader, ['H99.12']],
    ['reception', staff.reception, []],
    ['a head of a division', staff.head, []],
  ])("%s reads its own, and all of a province only where it is the province's", async (_, who, places) => {
    const officer = desk.officer(who as typeof staff.control)
    const found = await placesOfRetention(desk.db, officer)
    expect(found.slice(0, 2)).toEqual(places.slice(0, 2))
    for (const code of ['H99', 'H99.02', 'H99.12', 'H99.13'])
      expect([code, codeOf(await retention.due(officer, code, 30))]).toEqual([
        code,
        places.includes(code) ? 'done' : 'retention.not-yours',
      ])
    expect(codeOf(await retention.propose(officer, { authority: 'H99.13', basis: 'x' }))).toBe(
      'retention.not-yours',
    )
  })

  test('dossiers of another authority are none of this one', async () => {
    expect(codeOf(await retention.propose(control, { authority: 'H99.13', basis: 'x' }))).toBe(
      'retention.not-yours',
    )
    const raw = { authority, basis: 'x', codes: ['H99.13-261119-00001'] }
    expect(codeOf(await retention.propose(control, raw))).toBe('retention.unknown-dossiers')
  })
})

describe('what may not go', () => {
  test('open dossiers and those within their period are refused', async () => {
    const { dossier } = await desk.file()
    expect(codeOf(await propose(dossier))).toBe('retention.not-due')
    const young = await withdrawn()
    const then = now
    now = new Date('2030-01-01T02:00:00Z')
    expect(codeOf(await propose(young))).toBe('retention.not-due')
    now = then
  })

  test('what is held stays, also when the hold comes after the approval', async () => {
    const dossier = await withdrawn()
    const batch = accepted(await propose(dossier))
    accepted(await approve(batch.id))
    const raw = { authority, kind: 'appeal', reason: 'Khiếu nại số 5', codes: [dossier.code] }
    expect(codeOf(await retention.placeHold(leader, raw))).toBe('retention.not-yours')
    const hold = accepted(await retention.placeHold(control, raw))
    await runPurges(parts)
    const { lines } = accepted(await retention.batch(control, batch.id))
    expect(lines).toMatchObject([{ state: 'skipped', why: 'held' }])
    expect(codeOf(await propose(dossier))).toBe('retention.not-due')

    expect(codeOf(await retention.liftHold(leader, hold.id))).toBe('retention.not-now')
    accepted(await retention.askToLift(control, { id: hold.id, reason: 'Đã giải quyết xong' }))
    expect(codeOf(await propose(dossier))).toBe('retention.not-due')
    expect(codeOf(await retention.liftHold({ ...leader, officerId: control.officerId }, hold.id))).toBe(
      'retention.same-person',
    )
    expect(codeOf(await retention.liftHold(control, hold.id))).toBe('retention.not-yours')
    accepted(await retention.liftHold(leader, hold.id))
    expect(codeOf(await propose(dossier))).toBe('done')
    expect(await sound()).toEqual(soundly)
  })

  test('the application itself can delete nothing', async () => {
    const dossier = await withdrawn()
    const as = desk.db.pool
    await expect(as.query('delete from dossiers.paper')).rejects.toThrow(/permission denied/)
    await expect(as.query('delete from documents.issued_document')).rejects.toThrow(/permission denied/)
    const erase = (batch: string) =>
      as.query('select retention.erase($1, $2, $3, $4)', [batch, dossier.id, [], now])
    await expect(erase('0199d000-0000-7000-8000-0000000000aa')).rejects.toThrow(/no approved batch/)
    const batch = accepted(await propose(dossier))
    await expect(erase(batch.id)).rejects.toThrow(/no approved batch/)
    await owner.query('update dossiers.dossier set closed_at = null, state = $2 where id = $1', [
      dossier.id,
      'submitted',
    ])
    accepted(await approve(batch.id))
    await expect(erase(batch.id)).rejects.toThrow(/open/)
    await owner.query(`update dossiers.dossier set closed_at = $2, state = 'withdrawn' where id = $1`, [
      dossier.id,
      dossier.closedAt,
    ])
    await runPurges(parts)
  })
})

describe('what goes, and what stays', () => {
  let first: Dossier
  let second: Dossier
  let own: string
  let shared: string
  let batch: string

  beforeAll(async () => {
    first = await withdrawn()
    second = await withdrawn()
    own = await paperOf(first, 'giấy của riêng hồ sơ này')
    shared = await paperOf(first, 'giấy chung')
    for (const { id } of [first, second])
      await owner.query(
        `insert into dossiers.reading (dossier_id, quarter, reader_kind, reader_id, how, read_at)
         values ($1, $2, 'officer', 'o', 'opened', $2)`,
        [id, morning],
      )
    expect(await paperOf(second, 'giấy chung')).toBe(shared)
    batch = accepted(await propose(first)).id
    accepted(await approve(batch))
    await runPurges(parts)
  })

  test('everything personal is gone, the journal stays and verifies', async () => {
    const { rows } = await owner.query(
      `select (select count(*)::int from dossiers.private where dossier_id = $1) as privates,
         (select count(*)::int from dossiers.paper where dossier_id = $1) as papers,
         (select count(*)::int from journal.entry where stream = $1) as entries,
         (select to_jsonb(p) - 'dossier_id' - 'person_id' from dossiers.party p where dossier_id = $1) as party`,
      [first.id],
    )
    expect(rows[0]).toMatchObject({
      privates: 0,
      papers: 0,
      entries: 2,
      party: { name: '', personal_id: null, phone: null },
    })
    expect(await sound()).toEqual(soundly)
  })

  test('who read it is forgotten with it, and with nothing else', async () => {
    const { rows } = await owner.query(
      'select dossier_id from dossiers.reading where dossier_id = any ($1)',
      [[first.id, second.id]],
    )
    expect(rows).toEqual([{ dossier_id: second.id }])
  })

  test('content that another dossier has stays until that one goes too', async () => {
    expect([inStore(own), inStore(shared)]).toEqual([false, true])
    accepted(await approve(accepted(await propose(second)).id))
    await runPurges(parts)
    expect(inStore(shared)).toBe(false)
  })

  test('the certificate says the journal was whole before and after', async () => {
    const { batch: done } = accepted(await retention.batch(control, batch))
    expect(done).toMatchObject({ state: 'done', purged: 1, skipped: 0 })
    expect(done.before).toMatchObject({ faults: 0 })
    expect(done.after).toMatchObject({ faults: 0, heads: done.before!.heads })
    const pdf = await buffer(accepted(await retention.certificate(leader, batch)))
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    expect(createHash('sha256').update(pdf).digest('hex')).toBe(done.certificate)
    expect(codeOf(await retention.certificate(desk.officer(staff.elsewhere), batch))).toBe(
      'retention.unknown',
    )
  })

  test('what is purged cannot be held or purged again', async () => {
    const raw = { authority, kind: 'court', reason: 'x', codes: [first.code] }
    expect(codeOf(await retention.placeHold(control, raw))).toBe('retention.purged-already')
    expect(codeOf(await propose(first))).toBe('retention.in-a-batch')
  })

  test('the feed can be replayed: nobody is told anew, and figures stay', async () => {
    const { notificationsConsumer } = await import('../src/modules/notifications/index.ts')
    const { indicatorsConsumer, recompute } = await import('../src/modules/indicators/index.ts')
    const { vaultConsumer, papersConsumer } = await import('../src/modules/dossiers/index.ts')
    const told = {
      names: {
        authority: async () => undefined,
        procedure: async () => undefined,
        officer: async () => undefined,
      },
      baseUrl: 'http://localhost',
      now: () => now,
    }
    const consumers = [
      notificationsConsumer(told),
      indicatorsConsumer,
      vaultConsumer(desk.db),
      papersConsumer(() => now),
    ]
    await drainFeed(desk.db, consumers)
    await owner.query('update feed.cursor set position = 0')
    await drainFeed(desk.db, consumers)
    const { rows } = await owner.query(
      'select (select count(*)::int from notifications.message where dossier_id = $1) as told, (select count(*)::int from indicators.contribution where dossier_id = $1) as counted, (select count(*)::int from vault.item where dossier_code = $2) as kept',
      [first.id, first.code],
    )
    expect(rows[0]).toEqual({ told: 0, counted: 1, kept: 0 })
    expect(await recompute(desk.db)).toEqual([])
    expect(await sound()).toEqual(soundly)
  })
})

test('erasing without an entry is a fault, and so is an entry without erasing', async () => {
  const dossier = await withdrawn()
  await owner.query('create table public.saved as select * from dossiers.private where dossier_id = $1', [
    dossier.id,
  ])
  await owner.query('delete from dossiers.private where dossier_id = $1', [dossier.id])
  expect((await sound()).differingRows).toEqual([
    { code: dossier.code, fields: expect.arrayContaining(['erased without an entry: answers']) },
  ])
  await owner.query('insert into dossiers.private select * from public.saved')
  accepted(await approve(accepted(await propose(dossier)).id))
  await runPurges(parts)
  await owner.query('insert into dossiers.private select * from public.saved')
  expect((await sound()).differingRows).toEqual([
    { code: dossier.code, fields: expect.arrayContaining(['not erased: answers']) },
  ])
  await owner.query('delete from dossiers.private where dossier_id = $1', [dossier.id])
  expect(await sound()).toEqual(soundly)
})

test('a run that ended in the middle goes on where it was', async () => {
  const all = [await withdrawn(), await withdrawn(), await withdrawn()]
  const { id } = accepted(await propose(...all))
  accepted(await approve(id))
  const dying = { ...parts, onDossier: () => Promise.reject(new Error('the power went')) }
  await expect(runPurges(dying)).rejects.toThrow('the power went')
  expect(accepted(await retention.batch(control, id)).batch).toMatchObject({
    state: 'approved',
    purged: 1,
    waiting: 2,
  })
  expect(await sound()).toEqual(soundly)
  await runPurges(parts)
  expect(accepted(await retention.batch(control, id)).batch).toMatchObject({
    state: 'done',
    purged: 3,
    waiting: 0,
  })
  expect(await sound()).toEqual(soundly)
})

test('a worker that is killed in the middle leaves nothing half done, and the next one goes on', async () => {
  const all = [await withdrawn(), await withdrawn(), await withdrawn()]
  const papers = await Promise.all(all.map((dossier) => paperOf(dossier, `giấy của ${dossier.code}`)))
  const { id } = accepted(await propose(...all))
  accepted(await approve(id))
  const script = join(import.meta.dirname, 'crash/purge-child.ts')
  const worker = spawn(process.execPath, [script, desk.database.url, folder, now.toISOString()])
  await once(worker.stdout, 'data')
  expect(await runPurges(parts)).toBe(false)
  worker.kill('SIGKILL')
  await once(worker, 'exit')
  expect(accepted(await retention.batch(control, id)).batch).toMatchObject({
    state: 'approved',
    purged: 1,
    waiting: 2,
  })
  expect(await sound()).toEqual(soundly)
  // The server notices that the killed one is gone when it next reads from it.
  await expect.poll(() => runPurges(parts), { timeout: 20_000 }).toBe(true)
  expect(accepted(await retention.batch(control, id)).batch).toMatchObject({
    state: 'done',
    purged: 3,
    waiting: 0,
  })
  expect(papers.filter(inStore)).toEqual([])
  expect(await sound()).toEqual(soundly)
})

test('pages captured to be certified and a slip as it was before its seal go too', async () => {
  const dossier = await withdrawn()
  const other = await withdrawn()
  const keep = async (words: string) =>
    accepted(await keepContent(files, new TextEncoder().encode(words))).sha256
  const [page, common, scan] = [await keep('trang một'), await keep('trang chung'), await keep('bản quét')]
  const [printed, sealed] = [await keep('giấy in ra'), await keep('giấy đã đóng dấu')]
  const { rows: scanned } = await owner.query(
    `insert into documents.stored_file (file_id, sha256, size, media_type, name, owner_kind, owner_id, purpose, scan_state,
       created_at) values (gen_random_uuid(), $1, 8, 'image/jpeg', 'quet.jpg', 'officer', 'o', 'x', 'clean', $2)
     returning file_id`,
    [scan, morning],
  )
  const capture = (id: string, pages: readonly string[]) =>
    owner.query(
      `insert into dossiers.captured_original (id, dossier_id, place, name, pages, captured_by, captured_at)
       values (gen_random_uuid(), $1, 0, 'Bằng tốt nghiệp', $2, 'o', $3)`,
      [id, JSON.stringify(pages.map((sha256) => ({ sha256, fileId: scanned[0].file_id }))), morning],
    )
  await capture(dossier.id, [page, common])
  await capture(other.id, [common])
  await owner.query(
    `insert into documents.issued_document (id, dossier_id, dossier_code, kind, cause, number, title, sha256, size, standard,
       verify_code, issued_at, authority_code, authority_name, signer_name, sample, sealed_at, printed_sha256)
     values (gen_random_uuid(), $1, $2, 'receipt', 'c', '1', 'Giấy tiếp nhận', $3, 8, 'PDF/A-2a', 'PURGEPRINT', $4, $5,
       'Phường', 'Ai', true, $4, $6)`,
    [dossier.id, dossier.code, sealed, morning, authority, printed],
  )
  accepted(await approve(accepted(await propose(dossier)).id))
  await runPurges(parts)
  expect([page, printed, sealed, common, scan].map(inStore)).toEqual([false, false, false, true, true])
  const { rows } = await owner.query(
    'select name, pages from dossiers.captured_original where dossier_id = $1',
    [dossier.id],
  )
  expect(rows).toEqual([{ name: 'Bằng tốt nghiệp', pages: [] }])
  accepted(await approve(accepted(await propose(other)).id))
  await runPurges(parts)
  expect([common, scan].map(inStore)).toEqual([false, false])
  expect(await sound()).toEqual(soundly)
})

describe('what is left of a purged dossier', () => {
  let left: Dossier
  const reception = desk.officer(staff.reception)

  beforeAll(async () => {
    const { dossier } = await desk.file()
    accepted(await desk.act(reception, dossier, { command: 'accept' }))
    left = accepted(await desk.act(desk.citizen(), dossier, { command: 'withdraw', reason: 'Thôi' }))
    await owner.query(
      `insert into dossiers.certification (id, authority, year, n, dossier_id, dossier_code, source, paper_name, requester,
         pages, fee_vnd, file_id, sha256, size, officer_id, signer_name, signer_title, certified_at)
       values (gen_random_uuid(), $1, 2026, 1, $2, $3, $4, 'Bằng tốt nghiệp', 'Nguyễn Thị Quầy', 2, 4000,
         gen_random_uuid(), $4, 10, 'o', 'Lê Thị Ký', 'Phó Chủ tịch', $5)`,
      [authority, left.id, left.code, 'a'.repeat(64), morning],
    )
    accepted(await approve(accepted(await propose(left)).id))
    await runPurges(parts)
  })

  test('it says so, and how it was decided', async () => {
    expect(accepted(await desk.dossiers.view(control, left.code))).toMatchObject({
      destroyed: true,
      answers: {},
      party: { name: '' },
    })
    expect(await destructionOf(owner, left.id)).toMatchObject({
      authority,
      basis: 'Bảng thời hạn',
      decidedBy: leader.officerId,
      erased: { contents: expect.any(Number), kept: 0 },
    })
    const { dossier: whole } = await desk.file()
    expect(accepted(await desk.dossiers.view(control, whole.code))).not.toHaveProperty('destroyed')
    expect(await destructionOf(owner, whole.id)).toBeUndefined()
  })

  test('no paper is printed from it that was never issued', async () => {
    const view = accepted(await desk.dossiers.view(control, left.code))
    const door = { db: desk.db, files, baseUrl: 'http://localhost', now: () => now }
    expect(codeOf(await issuePaper(door, view, 'receipt', 2))).toBe('dossiers.content-destroyed')
    const { rows } = await owner.query('select from documents.issued_document where dossier_id = $1', [
      left.id,
    ])
    expect(rows).toEqual([])
  })

  test('nothing can be added to it', async () => {
    expect(accepted(await desk.dossiers.view(control, left.code)).actions).toEqual([])
    for (const officer of [control, leader, reception])
      expect(codeOf(await desk.act(officer, left, { command: 'note', note: 'Họ tên, địa chỉ' }, now))).toBe(
        'dossiers.content-destroyed',
      )
    expect(await sound()).toEqual(soundly)
  })

  test('its owner has it no more', async () => {
    expect(codeOf(await desk.dossiers.view(desk.citizen(), left.code))).toBe('dossiers.not-found')
  })

  // The book is a register of the State: a line names who asked, and it is kept for ever.
  test('its line in the book of certified copies stays as it was entered', async () => {
    expect(await certificationsOf(owner, left.id)).toMatchObject([
      { n: 1, requester: 'Nguyễn Thị Quầy', paperName: 'Bằng tốt nghiệp', sha256: 'a'.repeat(64) },
    ])
    await expect(desk.db.pool.query('delete from dossiers.certification')).rejects.toThrow(
      /permission denied/,
    )
    expect(await sound()).toEqual(soundly)
  })
})

test('the people of a dossier are told that it was taken out for the archive', async () => {
  const dossier = await withdrawn()
  const raw = { authority, codes: [dossier.code], purpose: 'Lưu trữ lịch sử tỉnh' }
  await buffer(accepted(await retention.export(control, raw)))
  await buffer(accepted(await retention.exportByMachine(raw)))
  const readers = await readersOf(owner, dossier.id)
  expect(readers.map(({ readerId, how, authority: at }) => [readerId, how, at]).sort()).toEqual(
    [
      [control.officerId, 'exported', authority],
      ['retention', 'exported', null],
    ].sort(),
  )
})

test('an export can be checked with nothing but SHA-256', async () => {
  const dossier = await withdrawn()
  await paperOf(dossier, 'giấy nộp lưu trữ')
  const raw = { authority, codes: [dossier.code], purpose: 'Lưu trữ lịch sử tỉnh' }
  expect(codeOf(await retention.export(desk.officer(staff.reception), raw))).toBe('retention.not-yours')
  const zip = unzipSync(await buffer(accepted(await retention.export(control, raw))))
  const read = (name: string) => new TextDecoder().decode(zip[name])
  const sha = (content: Uint8Array | string) => createHash('sha256').update(content).digest('hex')
  const manifest = JSON.parse(read('manifest.json'))
  expect(manifest.files.map(({ path }: { path: string }) => path).sort()).toEqual(
    Object.keys(zip)
      .filter((name) => name !== 'manifest.json')
      .sort(),
  )
  for (const { path, sha256, size } of manifest.files)
    expect([sha(zip[path]!), zip[path]!.length], path).toEqual([sha256, size])
  const lines = read(`ho-so/${dossier.code}/journal.jsonl`).trimEnd().split('\n')
  let previous: string | null = null
  for (const line of lines) {
    expect(JSON.parse(line).previous).toBe(previous)
    previous = sha(line)
  }
  expect(manifest.dossiers).toMatchObject([{ code: dossier.code, entries: lines.length, head: previous }])
  expect(JSON.parse(read(`ho-so/${dossier.code}/metadata.json`))).toMatchObject({
    MaHoSo: dossier.code,
    contentDestroyed: false,
  })
  expect(read('README.txt')).toContain('CÁCH TỰ KIỂM TRA')
})

test('an export packs a paper with the time stamps that came after it was issued', async () => {
  const at = new Date('2026-11-19T02:00:00Z')
  const signatures = createSignatures({
    ...{ db: desk.db, secret: 'x'.repeat(40), baseUrl: 'http://localhost', demonstration: true },
    ...{ dataDir: folder, now: () => at, stampWithinMs: 1000 },
  })
  const { timeStamps } = signatures
  const signer = (await signatures.signerFor({ kind: 'officer', id: 'an', name: 'Nguyễn Văn An' }))!
  const clockDown = { ...signatures, timeStamps: () => new Promise<never>(() => {}) }
  const unsigned = await PDFDocument.create()
  unsigned.addPage()
  const pdf = await unsigned.save({ useObjectStreams: false })
  const wanted = { ...aSigning(pdf), level: 'B-LTA' as const, signerId: signer.id, now: at }
  const signed = accepted(await signPdf(clockDown, wanted, { pin: demonstrationPin }))
  const issued = accepted(await keepContent(files, signed.pdf))
  const dossier = await withdrawn()
  await insertDocument(owner, {
    ...{
      id: newId(at.getTime()),
      dossierId: dossier.id,
      dossierCode: dossier.code,
      kind: 'result',
      cause: '2',
    },
    ...{ title: 'Giấy xác nhận', number: '1', verifyCode: newVerifyCode(), standard: 'PDF/A-2a', ...issued },
    ...{ issuedAt: at.toISOString(), authorityCode: authority, authorityName: 'UBND', signerName: 'An' },
    ...{ status: 'valid', statusReason: null, replacedBy: null, sample: true, signatures: [] },
  })
  await lengthenWaiting({
    ...{ signatures: { ...signatures, timeStamps }, now: () => new Date(at.getTime() + 120_000) },
    contentOf: (sha256) => contentOf(files, sha256),
    keep: (longer) => keepContent(files, longer),
    onRefused: (refusal) => expect.fail(refusal.code),
  })
  const raw = { authority, codes: [dossier.code], purpose: 'Lưu trữ lịch sử tỉnh' }
  const zip = unzipSync(await buffer(accepted(await retention.export(control, raw))))
  const [path, packed] = Object.entries(zip).find(([name]) => name.includes('giay-to-da-cap'))!
  const report = await verifyPdf(signatures, packed, { at })
  expect([report.verdict, report.signatures[0]?.level]).toEqual(['valid', 'B-LTA'])
  const manifest = JSON.parse(new TextDecoder().decode(zip['manifest.json']))
  const entry = manifest.files.find((each: { path: string }) => each.path === path)
  expect(entry.issued).toEqual({ sha256: issued.sha256, size: issued.size })
  const begins = createHash('sha256').update(packed.subarray(0, issued.size)).digest('hex')
  expect(begins).toBe(issued.sha256)
})
