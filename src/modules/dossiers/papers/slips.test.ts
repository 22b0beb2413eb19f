import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, describe, expect, test } from 'vitest'
import { aDesk, staff } from '../../../../test/builders/a-desk.ts'
import { pdfText } from '../../../../test/harness/pdf-text.ts'
import { accepted, type Outcome } from '../../../kernel/errors.ts'
import { advance, stampPositions } from '../../../kernel/feed.ts'
import { filesOnDisk } from '../../../kernel/files.ts'
import {
  addTemplateVersions,
  closePrinting,
  findDocumentById,
  type IssuedDocument,
  openDocument,
} from '../../documents/index.ts'
import type { Request } from '../commands.ts'
import { type Dossier, openTasks } from '../dossier.ts'
import { enterMissing } from '../enter-received.ts'
import { readLogBook } from '../log-book.ts'
import { readersOf } from '../readings/readings-store.ts'
import { controlSlip } from './control-slip.ts'
import { handOverSlip } from './hand-over-slip.ts'
import { type IssuedKind, papersOf } from './paper-kinds.ts'
import { papersConsumer } from './papers-consumer.ts'
import { issuePaper, type PaperDoor } from './slips.ts'

const results = [{ kind: 'result', name: 'Kết quả' }] as const
const desk = await aDesk()
const { act, citizen, officer } = desk
const folder = mkdtempSync(join(tmpdir(), 'motcua-slips-'))
const now = new Date('2026-11-19T02:00:00Z')
const door: PaperDoor = {
  db: desk.db,
  files: filesOnDisk(folder),
  baseUrl: 'https://motcua.example',
  now: () => now,
}
afterAll(async () => {
  await closePrinting()
  await desk.db.close()
  rmSync(folder, { recursive: true, force: true })
})

const reception = officer(staff.reception)
const specialist = officer(staff.specialist)
const leader = officer(staff.leader)
const clerk = officer(staff.clerk)
const at = (day: string, time: string) => new Date(`2026-11-${day}T${time}:00+07:00`)
const must = async (outcome: Promise<Outcome<Dossier>>) => accepted(await outcome)
const squeezed = (text: string) => text.replace(/[\s\u200b]+/g, '')

async function inProgress(formKey = 'marital-status') {
  const { dossier } = await desk.file({ formKey, at: at('19', '08:30') })
  return must(act(reception, dossier, { command: 'accept' }, at('19', '09:00')))
}

async function decided(formKey?: string) {
  let dossier = await inProgress(formKey)
  for (let i = 0; i < 9 && dossier.state !== 'decided'; i++) {
    const { stepKind } = openTasks(dossier)[0]!
    if (stepKind === 'draft')
      await must(act(specialist, dossier, { command: 'draftResult', draft: { statusText: 'Chưa kết hôn' } }))
    const who = stepKind === 'decide' ? leader : stepKind === 'issue' ? clerk : specialist
    const request: Request =
      stepKind === 'decide' ? { command: 'approve' } : { command: 'completeStep', outcome: 'ok' }
    dossier = await must(act(who, dossier, request, at('19', '10:00')))
  }
  return dossier
}

const seen = async (
  { code }: Pick<Dossier, 'code'>,
  by = reception as Parameters<typeof desk.dossiers.view>[0],
) => accepted(await desk.dossiers.view(by, code))

/** Issues the last paper of a kind. */
async function issued(dossier: Pick<Dossier, 'code'>, kind: IssuedKind, nth = -1): Promise<IssuedDocument> {
  const view = await seen(dossier)
  const paper = papersOf(view, results)
    .filter((each) => each.kind === kind)
    .at(nth)!
  return accepted((await issuePaper(door, view, kind, paper.sequence))!)
}

async function textOf(document: IssuedDocument): Promise<string> {
  const { stream } = accepted(await openDocument(door.files, document))
  return squeezed((await pdfText(await buffer(stream))).join('\n'))
}

const printed = async (dossier: Pick<Dossier, 'code'>, kind: IssuedKind) =>
  textOf(await issued(dossier, kind))

// The news comes at once: what was accepted at nine is told at nine.
const consumer = papersConsumer(() => at('19', '09:00'))
async function readFeed() {
  while ((await stampPositions(desk.db)) > 0);
  while ((await advance(desk.db, consumer)) > 0);
}

test('the receipt stands on the line of the log book that it names, whoever comes first', async () => {
  const first = await inProgress()
  const second = await inProgress()
  expect(await printed(second, 'receipt')).toContain(squeezed('quyển số 01/2026, số thứ tự 00001'))
  await readFeed()
  expect(await printed(first, 'receipt')).toContain(squeezed('số thứ tự 00002'))
  const lines = await readLogBook(desk.db.pool, {
    authority: 'H99.12',
    from: '2026-11-19',
    to: '2026-11-19',
    limit: 10,
  })
  expect(lines.map(({ number, code }) => [number, code])).toEqual([
    ['00001', second.code],
    ['00002', first.code],
  ])
})

test('what came in as history is entered afterwards, in the order of time', async () => {
  const filed = [await desk.file({ at: at('16', '08:00') }), await desk.file({ at: at('16', '08:00') })]
  const [late, early] = filed.map(({ dossier }) => dossier) as [Dossier, Dossier]
  await must(act(reception, late, { command: 'accept' }, at('17', '15:00')))
  await must(act(reception, early, { command: 'accept' }, at('17', '08:00')))
  await readFeed()
  const days = { authority: 'H99.12', from: '2026-11-17', to: '2026-11-17', limit: 10 }
  expect(await readLogBook(desk.db.pool, days)).toEqual([])
  await enterMissing(desk.db, at('01', '00:00'), at('20', '00:00'))
  const codes = (await readLogBook(desk.db.pool, days)).map(({ code }) => code)
  expect(codes).toEqual([early.code, late.code])
})

test('a line of the log book says what the journal says, and follows it', async () => {
  const dossier = await decided()
  await readFeed()
  const lineOf = async () =>
    (
      await readLogBook(desk.db.pool, {
        authority: 'H99.12',
        from: '2026-11-19',
        to: '2026-11-19',
        limit: 99,
      })
    ).find(({ code }) => code === dossier.code)
  const folded = (await desk.folded(dossier))!
  expect(await lineOf()).toMatchObject({
    applicantName: citizen().name,
    state: 'decided',
    procedureCode: folded.procedureCode,
    competent: folded.competent,
    acceptedAt: folded.acceptedAt,
    promisedDueAt: folded.promisedDueAt,
    decidedAt: folded.decidedAt,
    closedAt: null,
  })
  await must(act(reception, dossier, { command: 'returnResult', delivery: 'counter' }, at('20', '08:00')))
  expect(await lineOf()).toMatchObject({ state: 'returned', closedAt: at('20', '08:00').toISOString() })
})

test('an extension is told in Mẫu 04 with both dates, why the first, and what is added', async () => {
  const dossier = await inProgress()
  const extended = await must(
    act(leader, dossier, { command: 'extend', days: 3, reason: 'Chờ số liệu dân cư' }, at('19', '09:30')),
  )
  const paper = await issued(dossier, 'apology')
  const text = await textOf(paper)
  expect(paper).toMatchObject({ title: 'Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết' })
  expect(text).toContain(squeezed('Chờ số liệu dân cư'))
  expect(text).toContain(squeezed('đề nghị gia hạn thời gian giải quyết thêm'))
  expect(text).toContain(dayOf(dossier.dueAt!))
  expect(text).toContain(dayOf(extended.dueAt!))
  expect(text).toContain(squeezed('Ngày tiếp nhận'))
})

const dayOf = (instant: string) => {
  const [, month, day] = new Date(Date.parse(instant) + 7 * 3_600_000).toISOString().slice(0, 10).split('-')
  return squeezed(`ngày ${day} tháng ${month} năm 20`)
}

test('an apology for a date that is missed promises a day and does not move the legal one', async () => {
  const dossier = await inProgress()
  const late = new Date(Date.parse(dossier.dueAt!) + 3_600_000)
  await must(
    act(leader, dossier, { command: 'apologise', newDate: '2026-12-11', reason: 'Thiếu người' }, late),
  )
  const paper = await issued(dossier, 'apology')
  expect(paper.title).toBe('Văn bản xin lỗi và hẹn lại ngày trả kết quả')
  expect(await textOf(paper)).toContain(squeezed('hẹn trả kết quả vào: ngày 11 tháng 12 năm 2026'))
})

test('a supplement asked for after acceptance says what becomes of the limit, and why', async () => {
  const dossier = await inProgress()
  const items = [{ target: null, text: 'Chụp lại giấy xác nhận' }]
  await must(
    act(
      specialist,
      dossier,
      { command: 'requestSupplement', items, answerBy: '2026-12-04' },
      at('19', '14:00'),
    ),
  )
  const text = await printed(dossier, 'supplement')
  expect(text).toContain(squeezed('Chụp lại giấy xác nhận'))
  expect(text).toContain(squeezed('ngày 04 tháng 12 năm 2026'))
  expect(text).toContain(squeezed('Thời gian chờ bổ sung không tính vào thời hạn'))
  expect(text).toContain(squeezed('Đang tạm dừng từ 14:00'))
})

test('a financial obligation is asked for by a notice with amount and sum in words', async () => {
  const dossier = await inProgress()
  const request: Request = {
    command: 'requestObligation',
    key: null,
    name: 'Lệ phí trước bạ',
    amountVnd: 4_250_000,
    reason: 'Theo Luật Phí và lệ phí',
  }
  await must(act(specialist, dossier, request, at('19', '10:00')))
  const text = await printed(dossier, 'obligation')
  expect(text).toContain(squeezed('Lệ phí trước bạ'))
  expect(text).toContain(squeezed('Bốn triệu hai trăm năm mươi nghìn đồng'))
})

test('notices and decisions of one authority never bear the same number', async () => {
  const { rows } = await desk.database.pool.query(
    `select authority_code, number, count(*)::int as papers from documents.issued_document
     where kind <> 'receipt' and number ~ '/(TB|QĐ)-' group by 1, 2 having count(*) > 1`,
  )
  expect(rows).toEqual([])
  const dossier = await inProgress()
  await must(act(leader, dossier, { command: 'stop', reason: 'Quá hạn bổ sung' }, at('19', '10:00')))
  const text = await printed(dossier, 'stop')
  expect(text).toContain(squeezed('Phí, lệ phí đã nộp được xử lý theo quy định'))
  const { number } = await issued(dossier, 'stop')
  const before = await desk.database.pool.query(
    `select number from documents.issued_document where kind in ('apology', 'obligation')`,
  )
  expect(before.rows.length).toBeGreaterThan(0)
  expect(before.rows.map((row) => row.number)).not.toContain(number)
})

test('a receipt that is first opened after an extension still says what it would have said then', async () => {
  const dossier = await inProgress()
  await must(act(leader, dossier, { command: 'extend', days: 5, reason: 'Thẩm tra lại' }, at('19', '09:30')))
  const text = await printed(dossier, 'receipt')
  expect(text).toContain(dayOf(dossier.promisedDueAt!))
  expect(text).not.toContain(squeezed('Gia hạn'))
})

test('a corrected result is a new paper, and the old one is replaced by its number', async () => {
  const dossier = await decided()
  const old = await issued(dossier, 'result')
  await must(
    act(
      leader,
      dossier,
      {
        command: 'correctResult',
        fault: 'authority',
        draft: { statusText: 'Đã ly hôn' },
        reason: 'Ghi sai tình trạng',
      },
      at('20', '09:00'),
    ),
  )
  await readFeed()
  expect(await findDocumentById(desk.db.pool, old.id)).toMatchObject({ status: 'replaced', replacedBy: null })
  const decision = await issued(dossier, 'correction')
  const replacement = await issued(dossier, 'result')
  expect(replacement.id).not.toBe(old.id)
  expect(await textOf(replacement)).toContain(squeezed('Đã ly hôn'))
  expect(await findDocumentById(desk.db.pool, old.id)).toMatchObject({
    status: 'replaced',
    replacedBy: replacement.id,
  })
  const text = await textOf(decision)
  expect(text).toContain(squeezed(`số ${old.number}`))
  expect(text).toContain(squeezed(`số ${replacement.number} thay thế giấy nêu tại Điều 1`))
  expect(text).toContain(squeezed('Chưa kết hôn'))
  expect(text).toContain(squeezed('Ghi sai tình trạng'))
})

test('an old result that nobody had opened before the correction is printed as it was decided, and as replaced', async () => {
  const dossier = await decided()
  const draft = { statusText: 'Đã ly hôn' }
  const request: Request = { command: 'correctResult', fault: 'authority', draft, reason: 'Ghi sai' }
  await must(act(leader, dossier, request, at('20', '09:00')))
  const old = await issued(dossier, 'result', 0)
  expect(await textOf(old)).toContain(squeezed('Chưa kết hôn'))
  expect(await findDocumentById(desk.db.pool, old.id)).toMatchObject({ status: 'replaced' })
})

test('a revoked result is revoked at once, and the public reason names nobody', async () => {
  const dossier = await decided()
  const paper = await issued(dossier, 'result')
  await must(act(leader, dossier, { command: 'revokeResult', reason: 'Bà Mẫu khai sai' }, at('20', '09:00')))
  await readFeed()
  expect(await findDocumentById(desk.db.pool, paper.id)).toMatchObject({
    status: 'revoked',
    statusReason: 'Theo quyết định thu hồi ngày 20/11/2026.',
  })
  const decision = await issued(dossier, 'revocation')
  expect(await textOf(decision)).toContain(squeezed(`Thu hồi ${paper.title} số ${paper.number}`))
  const offered = papersOf(await seen(dossier), results).filter(({ kind }) => kind === 'result')
  expect(offered).toMatchObject([{ ended: 'revoked', title: 'Kết quả (đã bị thu hồi)' }])
})

test('the refusal of a dossier that was restored counts no more', async () => {
  const { dossier } = await desk.file({ at: at('19', '08:30') })
  await must(act(reception, dossier, { command: 'refuse', reason: 'Nhầm hồ sơ' }, at('19', '09:00')))
  const slip = await issued(dossier, 'refusal')
  await must(act(leader, dossier, { command: 'restore', reason: 'Bấm nhầm' }, at('19', '09:30')))
  await readFeed()
  expect(await findDocumentById(desk.db.pool, slip.id)).toMatchObject({
    status: 'revoked',
    statusReason: 'Lập do nhầm lẫn; hồ sơ được khôi phục ngày 19/11/2026.',
  })
  expect(papersOf(await seen(dossier), results)).toMatchObject([{ kind: 'refusal', ended: 'undone' }])
})

test('the control slip lists every hand-over of the journal with both sides and its outcome', async () => {
  const dossier = await decided()
  await must(act(reception, dossier, { command: 'returnResult', delivery: 'counter' }, at('20', '08:00')))
  const text = squeezed((await pdfText(accepted(await controlSlip(door, await seen(dossier))))).join('\n'))
  expect(text).toContain(squeezed('PHIẾU KIỂM SOÁT QUÁ TRÌNH'))
  for (const name of [reception.name, specialist.name, leader.name, clerk.name])
    expect(text).toContain(squeezed(name))
  expect(text).toContain(squeezed(`2. Người nhận kết quả`))
  expect(text).toContain(squeezed(citizen().name))
  expect(text).toMatch(/Trướchạn|Đúnghạn/)
})

test('only officers are offered the control slip', async () => {
  const dossier = await inProgress()
  const kinds = async (by: Parameters<typeof seen>[1]) =>
    papersOf(await seen(dossier, by), results).map(({ kind }) => kind)
  expect(await kinds(reception)).toEqual(['receipt', 'control'])
  expect(await kinds(citizen())).toEqual(['receipt'])
})

test('a batch stands on one slip; who may open none of it finds no slip', async () => {
  const [one, two] = [await inProgress(), await inProgress()]
  const batch = randomUUID()
  const to = { authority: 'H99.12', role: 'specialist' as const, officer: staff.specialist }
  for (const dossier of [one, two])
    await must(act(reception, dossier, { command: 'handOver', to, sheets: 3, batch }, at('19', '10:00')))
  const slipFor = async (actor: typeof reception) => handOverSlip(door, actor, batch)
  const read = async () => squeezed((await pdfText(accepted(await slipFor(reception)))).join('\n'))
  const before = await read()
  for (const { code } of [one, two]) expect(before).toContain(code)
  expect(before).toContain(squeezed('2 hồ sơ, 6 tờ'))
  expect(before.split(squeezed('Chưa nhận')).length - 1).toBe(2)
  const { no } = openTasks(await desk.stored(one)).find(({ kind }) => kind === 'handover')!
  await must(act(specialist, one, { command: 'takeOver', taskNo: no }, at('19', '10:30')))
  expect((await read()).split(squeezed('Chưa nhận')).length - 1).toBe(1)
  expect(await slipFor(officer(staff.elsewhere))).toMatchObject({ refused: true, kind: 'not-found' })
  // Whom it names is told who took it out.
  for (const { id } of [one, two])
    expect(await readersOf(desk.db.pool, id)).toMatchObject([
      { readerId: reception.officerId, how: 'exported', authority: 'H99.12' },
    ])
})

describe('a procedure that lays out its own papers', () => {
  const publish = (code: string, key: 'receipt' | 'result', name: string, validFrom: string) =>
    addTemplateVersions(
      desk.db.pool,
      code,
      [
        {
          ...{ key, name, source: 'blocks', page: 'a4' },
          inputs: [
            { name: 'who', label: 'Người', type: 'text', from: { kind: 'fact', key: 'applicantName' } },
            { name: 'status', label: 'Tình trạng', type: 'text', from: { kind: 'draft', key: 'statusText' } },
            {
              name: 'residence',
              label: 'Nơi cư trú',
              type: 'text',
              from: { kind: 'field', key: 'requester.residence' },
            },
            {
              ...{ name: 'papers', label: 'Giấy tờ', type: 'table', from: { kind: 'fact', key: 'papers' } },
              columns: [{ key: 'name', label: 'Tên giấy tờ' }],
            },
          ],
          blocks: [
            { id: 'a', kind: 'head' },
            { id: 'b', kind: 'title', text: name },
            { id: 'c', kind: 'paragraph', text: 'Cấp cho «who», cư trú tại «residence»: «status».' },
            { id: 'd', kind: 'table', input: 'papers' },
            {
              ...{ id: 'e', kind: 'when', feel: 'dossier.applicantName != null' },
              blocks: [{ id: 'f', kind: 'paragraph', text: 'Có người nộp.' }],
            },
            {
              ...{ id: 'g', kind: 'when', feel: 'dossier.applicantName = "ai đó"' },
              blocks: [{ id: 'h', kind: 'paragraph', text: 'Không phải người này.' }],
            },
            { id: 'i', kind: 'signature' },
          ],
        },
      ],
      { validFrom, by: null, at: now },
    )

  test('prints the facts of the dossier in it, with the number, the signer and the code', async () => {
    const dossier = await decided()
    await publish(dossier.procedureCode, 'result', 'Giấy xác nhận của tỉnh', '2026-11-01')
    const document = await issued(dossier, 'result')
    const text = await textOf(document)
    const { party } = await seen(dossier)
    expect(text).toContain(squeezed('GIẤY XÁC NHẬN CỦA TỈNH'))
    expect(text).toContain(squeezed(`Cấp cho ${party.name}, cư trú tại`))
    expect(text).toContain(squeezed('Chưa kết hôn'))
    expect(text).toContain(squeezed('Có người nộp.'))
    expect(text).not.toContain(squeezed('Không phải người này.'))
    expect(text).toContain(squeezed(`Số: ${document.number}`))
    expect(text).toContain(squeezed(document.signerName))
    expect(text).toContain('Tờkhai')
  })

  test('prints as the product does until the first day of its own template', async () => {
    const dossier = await inProgress('civil-status-copy')
    await publish(dossier.procedureCode, 'receipt', 'Phiếu của tỉnh', '2026-11-20')
    expect(await printed(dossier, 'receipt')).toContain(squeezed('GIẤY TIẾP NHẬN HỒ SƠ'))
  })
})
