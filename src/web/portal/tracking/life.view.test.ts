import type { Dossier, EntryData, EntryKind, HistoryItem, Task } from 'motcua/modules/dossiers'
import { describe, expect, test } from 'vitest'
import { aStatus, type Stated, task } from '../../../../test/builders/a-status'
import { statusView } from './status.view'

const say = (stated: Stated) => statusView(aStatus(stated), 'vi')

let sequence = 2
function act<K extends EntryKind>(
  kind: K,
  data: Partial<EntryData[K]>,
  more: Partial<HistoryItem> = {},
): HistoryItem {
  sequence += 1
  const actor = { kind: 'officer' as const, id: 'vinh' }
  return { sequence, kind, at: '2026-11-20T03:00:00.000Z', actor, data: data as never, ...more }
}
const accepted = act('dossiers.accepted', { dueAt: '2026-11-23T10:30:00.000Z' })

const wife = { no: 1, kind: 'second-party' as const, until: null, confirmedAt: null, disagreedAt: null }
const confirmTask: Task = { ...task, no: 1, kind: 'confirm', role: 'applicant', subject: 1, assignee: null }
const awaitingParty: Partial<Dossier> = {
  state: 'awaiting-party',
  acceptedAt: null,
  dueAt: null,
  otherParties: [wife],
  tasks: [confirmTask],
}
const others = [{ no: 1, name: 'Trịnh Văn Lúa', personalId: '099088000003', phone: '0912345603' }]

describe('an extension', () => {
  const extended = act(
    'dossiers.extended',
    { days: 2, from: '2026-11-23T10:30:00.000Z', dueAt: '2026-11-25T10:30:00.000Z' },
    { text: 'Phải hỏi nơi cư trú cũ' },
  )
  const view = say({
    dossier: { dueAt: '2026-11-25T10:30:00.000Z' },
    history: [accepted, extended],
  })

  test('is told with an apology, its reason and the new day', () => {
    expect(view.news[0]).toMatchObject({
      title: 'Cơ quan xin lỗi và xin lùi ngày trả đến thứ Tư 25/11/2026',
      lines: ['Lý do: Phải hỏi nơi cư trú cũ', 'Trước đây hẹn ngày 23/11/2026. Chỉ được lùi một lần.'],
    })
  })

  test('stands among what moved the date', () => {
    expect(view.moved).toEqual({
      title: 'Ngày trả đã đổi 1 lần',
      lines: ['Từ 23/11/2026 sang 25/11/2026: cơ quan xin lùi, có xin lỗi.'],
    })
  })
})

test('an apology names the new day first, and says what the law says', () => {
  const until = '2026-11-26T10:30:00.000Z'
  const apology = act('dossiers.apologised', { newDate: '2026-11-26', until }, { text: 'Thiếu người ký' })
  const view = say({
    dossier: { apologisedAt: apology.at, apologisedUntil: until },
    history: [accepted, apology],
    facts: { late: 60 },
  })
  expect(view.facts.at(-1)).toMatchObject({
    text: 'Thứ Năm 26/11/2026',
    small: 'ngày cơ quan hẹn lại; theo luật là 23/11/2026',
  })
  expect(view.news[0]?.title).toBe('Cơ quan xin lỗi vì chậm. Ngày trả mới: thứ Năm 26/11/2026')
  expect(view.say).toBe('')
})

test('a calendar published anew says why the date moved', () => {
  const recomputed = act('dossiers.due-recomputed', { dueAt: '2026-11-24T10:30:00.000Z' })
  expect(say({ history: [accepted, recomputed] }).moved?.lines).toEqual([
    'Từ 23/11/2026 sang 24/11/2026: lịch nghỉ được công bố lại.',
  ])
})

test('a clock that only stood still moved nothing', () => {
  const asked = act('dossiers.supplement-requested', { dueAt: null })
  const back = act('dossiers.supplemented', { dueAt: '2026-11-23T10:30:00.000Z' })
  expect(say({ history: [accepted, asked, back] }).moved).toBeNull()
})

describe('a transfer', () => {
  const to = (dueAt: string) =>
    say({
      history: [accepted, act('dossiers.transferred', { from: 'H99.12', to: 'H99.13', dueAt })],
      facts: { authorities: new Map([['H99.13', 'Ủy ban nhân dân xã Bến Gỗ']]) },
    }).news[0]

  test('says where to, and that the date did not change', () => {
    expect(to('2026-11-23T10:30:00.000Z')).toMatchObject({
      title: 'Hồ sơ đã chuyển đến Ủy ban nhân dân xã Bến Gỗ',
      lines: ['Ngày trả không đổi: thứ Hai 23/11/2026.', 'Mã hồ sơ vẫn như cũ. Anh/chị không phải nộp lại.'],
    })
  })

  test('says so when it did', () => {
    expect(to('2026-11-24T10:30:00.000Z')?.lines[0]).toBe(
      'Ngày trả mới: thứ Ba 24/11/2026, theo lịch làm việc ở nơi nhận.',
    )
  })
})

test('an appointment at the place is told until it was held', () => {
  const planned = act(
    'dossiers.visit-planned',
    { on: '2026-11-24T02:00:00.000Z' },
    { words: { details: { place: 'Số 8 đường Hoa Sen', reason: 'Đo ranh đất' } } },
  )
  const visit: Task = { ...task, no: 3, kind: 'visit' }
  const open = say({ dossier: { tasks: [task, visit] }, history: [accepted, planned] })
  expect(open.news[0]).toMatchObject({
    title: 'Hẹn xem tại chỗ lúc 09:00 thứ Ba 24/11/2026',
    lines: ['Ở: Số 8 đường Hoa Sen', 'Để: Đo ranh đất', expect.stringContaining('nhắn cho cơ quan')],
  })
  const held = say({ dossier: { tasks: [task] }, history: [accepted, planned] })
  expect(held.news).toEqual([])
})

describe('money that is awaited', () => {
  const obligation = {
    ...{ no: 1, key: null, name: 'Tiền sử dụng đất', amountVnd: 12_500_000, state: 'requested' as const },
    ...{ requestedAt: '2026-11-20T03:00:00.000Z', endedAt: null },
  }
  const asked = act('dossiers.obligation-requested', { obligation }, { text: 'Theo thông báo thuế số 12' })
  const waits: Task = { ...task, kind: 'obligation', role: 'applicant', subject: 1 }
  const view = (dossier: Partial<Dossier>) =>
    say({
      dossier: { state: 'awaiting-obligation', obligations: [obligation], tasks: [waits], ...dossier },
      history: [accepted, asked],
    })

  test('says how much, why and what to do; the date stays where the law lets it run', () => {
    expect(view({}).obligation).toMatchObject({
      title: 'Cần nộp 12.500.000\u00a0đ: Tiền sử dụng đất',
      why: 'Theo thông báo thuế số 12',
      clock: 'Ngày trả không đổi trong lúc chờ.',
      paused: false,
    })
    expect(view({}).tag).toEqual({ state: 'warn', text: 'Cần nộp tiền' })
  })

  test('stops the clock where sector law says so', () => {
    const paused = view({ obligationRule: 'pause', dueAt: null })
    expect(paused.obligation).toMatchObject({ paused: true })
    expect(paused.facts.at(-1)?.text).toBe('Có khi anh/chị nộp tiền xong')
  })
})

describe('a second party', () => {
  test('the applicant sees for whom the dossier waits', () => {
    const view = say({ dossier: awaitingParty, view: { others } })
    expect(view.say).toBe('Hồ sơ chưa tính là đã nộp: còn chờ Trịnh Văn Lúa xác nhận.')
    expect(view.facts[0]).toMatchObject({ text: 'Trịnh Văn Lúa' })
    expect(view.parties).toMatchObject([{ name: 'Trịnh Văn Lúa', tag: { text: 'Chờ xác nhận' } }])
    expect(view.nothingToDo).toBe(false)
  })

  test('neither the secret nor the thread is theirs, and no request for more', () => {
    const view = say({
      dossier: { otherParties: [{ ...wife, confirmedAt: '2026-11-20T03:00:00.000Z' }] },
      view: { others, asApplicant: false, asParty: 1, openRequest: { items: [], reason: null } },
    })
    expect([view.qr, view.thread, view.ask, view.deskHref]).toEqual([null, null, null, null])
  })
})

test('the way names who answered and who helped, each by their own name', () => {
  const helper = { ...wife, no: 2, kind: 'representative' as const, until: '2026-12-31' }
  const two = [...others, { no: 2, name: 'Phạm Thị Sen', personalId: '099150000004', phone: null }]
  const by = (id: string) => ({ actor: { kind: 'person' as const, id } })
  const history = [
    act('dossiers.confirmed', { party: 1 }, by('lua')),
    act('dossiers.confirmed', { party: 2 }, by('sen')),
    act('dossiers.supplemented', {}, by('sen')),
  ]
  const dossier = { otherParties: [wife, helper] }
  const whoIn = (view: object) =>
    say({ dossier, history, view: { others: two, ...view } })
      .steps.slice(0, 3)
      .map(({ title, lines }) => `${title}: ${lines[0]?.text.split(' · ')[1]}`)
  expect(whoIn({})).toEqual([
    'Người cùng làm đã xác nhận: Trịnh Văn Lúa',
    'Người được nhờ đã nhận lời: Phạm Thị Sen',
    'Đã gửi phần bổ sung: Phạm Thị Sen',
  ])
  expect(whoIn({ asApplicant: false, asParty: 1 })[0]).toBe('Người cùng làm đã xác nhận: anh/chị')
})

describe('the thread', () => {
  const asks = act('dossiers.messaged', { from: 'officer' }, { text: 'Anh cho biết nơi ở cũ?' })
  const message = { command: 'message' as const, task: null }

  test('says that it is the turn of the person', () => {
    const view = say({
      dossier: { threadAwaits: 'applicant' },
      history: [accepted, asks],
      view: { actions: [message] },
    })
    expect(view.thread).toMatchObject({ myTurn: true, canWrite: true })
    expect(view.thread?.lines[0]).toMatchObject({ who: 'Đỗ Quang Vinh', mine: false })
    expect(view.nothingToDo).toBe(false)
  })

  test('is not repeated in the way of the dossier', () => {
    const view = say({ history: [accepted, asks], view: { actions: [message] } })
    expect(JSON.stringify(view.steps)).not.toContain('nơi ở cũ')
  })
})

test('several recipients are told apart, with the carrier of what is on its way', () => {
  const deliveries = [
    {
      no: 1,
      party: 0,
      channel: 'counter' as const,
      state: 'delivered' as const,
      at: '2026-11-23T03:00:00.000Z',
    },
    { no: 2, party: 1, channel: 'post' as const, state: 'sent' as const, at: '2026-11-23T04:00:00.000Z' },
  ]
  const sent = act('dossiers.result-dispatched', { delivery: 2, carrier: 'VNPost', tracking: 'EM123' })
  const view = say({
    dossier: { state: 'decided', deliveries, otherParties: [wife] },
    history: [accepted, sent],
    view: { others },
  })
  expect(view.recipients.map(({ name, text, tag }) => `${name}: ${text}; ${tag.text}`)).toEqual([
    'Nguyễn Thị Thử: nhận tại quầy; Đã nhận 10:00 ngày 23/11/2026',
    'Trịnh Văn Lúa: VNPost, mã bưu gửi EM123; Gửi lúc 11:00 ngày 23/11/2026',
  ])
})

test.each([
  ['corrected', 'dossiers.result-corrected', 'Kết quả đã được sửa lại cho đúng'],
  ['revoked', 'dossiers.result-revoked', 'Kết quả đã bị thu hồi'],
] as const)('a result that was %s is told with its reason', (resultState, kind, title) => {
  const view = say({
    dossier: { state: 'decided', outcome: 'granted', decidedAt: '2026-11-23T03:00:00.000Z', resultState },
    history: [accepted, act(kind, {}, { text: 'Sai ngày sinh' })],
  })
  expect(view.news.at(-1)).toMatchObject({ title, lines: ['Lý do: Sai ngày sinh', expect.any(String)] })
})

test('a second request shows the new fact and the day by which to answer', () => {
  const asked = act('dossiers.supplement-requested', {
    stage: 'processing',
    again: true,
    answerBy: '2026-12-01',
  })
  const view = say({
    dossier: { state: 'awaiting-supplement', dueAt: null },
    history: [accepted, asked],
    view: { openRequest: { items: [], reason: null, newFact: 'Có đơn của hàng xóm' } },
  })
  expect(view.ask).toMatchObject({
    newFact: 'Hỏi thêm lần này vì có điều mới: Có đơn của hàng xóm',
    answerBy: 'Nên gửi trước hết ngày 01/12/2026.',
  })
})
