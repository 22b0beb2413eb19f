import type { Dossier, DossierView, HistoryItem } from 'motcua/modules/dossiers'
import { describe, expect, test } from 'vitest'
import { aParty } from '../../../test/builders/a-dossier'
import { historyOf } from './dossier-history.view'
import { lifeView } from './dossier-life.view'

const dossier = {
  code: 'H99.12-261118-00001',
  state: 'in-progress',
  channel: 'online',
  acceptedAt: '2026-11-18T02:00:00.000Z',
  dueAt: '2026-11-25T10:30:00.000Z',
  indexDueAt: '2026-11-20T10:30:00.000Z',
  decidedAt: null,
  closedAt: null,
  supplementRequests: 0,
  pauses: [],
  fees: [],
  obligations: [],
  deliveries: [],
  consultations: [],
  otherParties: [],
  barred: [],
  extension: null,
  apologisedAt: null,
  apologisedUntil: null,
  explainedUntil: null,
  threadAwaits: null,
  resultState: 'none',
  tasks: [],
} as unknown as Dossier

const happened = (kind: HistoryItem['kind'], data: object, more: Partial<HistoryItem> = {}): HistoryItem => ({
  sequence: 5,
  kind,
  at: '2026-11-19T02:00:00.000Z',
  actor: { kind: 'officer', id: 'vinh' },
  data: data as HistoryItem['data'],
  ...more,
})

const facts = (changes: Partial<Dossier> = {}, view: Partial<DossierView> = {}) => ({
  view: {
    dossier: { ...dossier, ...changes },
    party: aParty({ name: 'Ngô Thị Cúc' }),
    others: [],
    history: [],
    sync: [],
    ...view,
  } as unknown as DossierView,
  places: { 'H99.12': 'Phường Hoa Sen', 'H99.13': 'Xã Bến Gỗ' },
  officers: { vinh: 'Đỗ Quang Vinh', ha: 'Bùi Thị Hạ' },
  now: new Date('2026-11-22T02:00:00Z'),
  locale: 'vi' as const,
})
const values = (rows: { label: string; value: string }[]) =>
  rows.map(({ label, value }) => `${label}: ${value}`)

describe('the side of a dossier', () => {
  test('tells the legal outcome and that of the index apart', () => {
    expect(values(lifeView(facts()).dates)).toEqual([
      'Hạn luật định: trong hạn, 17:30 25/11/2026',
      'Hạn chỉ số: quá hạn, 17:30 20/11/2026',
    ])
  })

  test('says what moved the date, and until when a delay is explained', () => {
    const extension = {
      days: 3,
      at: '2026-11-19T02:00:00.000Z',
      from: '2026-11-20T10:30:00.000Z',
      to: '2026-11-25T10:30:00.000Z',
    }
    const { dates } = lifeView(facts({ extension, explainedUntil: '2026-11-21T10:30:00.000Z' }))
    // An explanation that has run out explains nothing.
    expect(values(dates.slice(2))).toEqual(['Đã gia hạn: 3 ngày, từ 20/11/2026 đến 25/11/2026'])
  })

  test('keeps four truths apart; without a partner it says so', () => {
    const obligations = [{ state: 'requested' }] as Dossier['obligations']
    expect(values(lifeView(facts({ state: 'awaiting-obligation', obligations })).dimensions)).toEqual([
      'Giải quyết: Chờ nghĩa vụ tài chính (mã 6)',
      'Tài chính: chờ nộp',
      'Trả kết quả: chưa có kết quả',
      'Đồng bộ: chưa nối với nơi nào',
    ])
    const sync = [
      {
        destination: 'national-portal',
        state: 'to-be-reconciled',
        sequence: 3,
        message: null,
        at: '2026-11-20T02:00:00Z',
      },
    ] as unknown as DossierView['sync']
    expect(values(lifeView(facts({}, { sync })).dimensions).at(-1)).toBe(
      'Đồng bộ: national-portal: chưa khớp, cần đối chiếu, 09:00 20/11/2026',
    )
  })

  test('a result goes to each recipient in their own way', () => {
    const deliveries = [
      { no: 1, party: 0, channel: 'post', state: 'sent', at: '2026-11-20T02:00:00.000Z' },
      { no: 2, party: 1, channel: 'counter', state: 'waiting', at: null },
    ] as unknown as Dossier['deliveries']
    const others = [{ no: 1, name: 'Trần Văn Nam', personalId: '0', phone: null }]
    expect(values(lifeView(facts({ deliveries }, { others })).deliveries)).toEqual([
      'Ngô Thị Cúc: qua bưu chính · đang gửi · 20/11/2026',
      'Trần Văn Nam: tại quầy · chờ trả',
    ])
  })

  test('the thread stands in the order of writing, each line under its author', () => {
    const history = [
      happened('dossiers.messaged', { from: 'officer' }, { sequence: 3, text: 'Cửa quay hướng nào?' }),
      happened('dossiers.messaged', { from: 'applicant' }, { sequence: 4, text: 'Hướng Nam ạ.' }),
    ]
    const { thread, awaitsAnswer } = lifeView(facts({ threadAwaits: 'officer' }, { history }))
    expect(thread.map(({ who, mine, text }) => [who, mine, text])).toEqual([
      ['Đỗ Quang Vinh', true, 'Cửa quay hướng nào?'],
      ['Ngô Thị Cúc', false, 'Hướng Nam ạ.'],
    ])
    expect(awaitsAnswer).toBe(true)
  })
})

describe('opinions', () => {
  const askedAt = '2026-11-19T02:00:00.000Z'
  const consultations = [
    {
      no: 1,
      to: { authority: 'H99.13', role: 'head' },
      replyBy: '2026-11-24T10:30:00.000Z',
      silence: 'none',
      confidential: true,
      state: 'answered',
      askedAt,
    },
  ] as unknown as Dossier['consultations']
  const asked = happened('dossiers.consulted', { consultation: consultations[0] }, { at: askedAt })
  const answered = happened('dossiers.replied', { consultation: 1, stance: 'disagree' }, { sequence: 6 })

  test('a confidential answer is shown with its question to whoever may read it', () => {
    const history = [
      { ...asked, text: 'Có tranh chấp không?' },
      { ...answered, text: 'Có đơn từ năm 2024.' },
    ]
    expect(lifeView(facts({ consultations }, { history })).opinions).toEqual([
      {
        key: 'c1',
        who: 'Xã Bến Gỗ, Trưởng phòng',
        note: 'đã trả lời · không đồng ý',
        confidential: true,
        withheld: false,
        question: 'Có tranh chấp không?',
        text: 'Có đơn từ năm 2024.',
      },
    ])
  })

  test('to anybody else it is said to be there, without a word of it', () => {
    const [opinion] = lifeView(facts({ consultations }, { history: [asked, answered] })).opinions
    expect(opinion).toMatchObject({ confidential: true, withheld: true })
    expect(opinion).not.toHaveProperty('text')
    expect(opinion).not.toHaveProperty('question')
    const [day] = historyOf(facts({ consultations }, { history: [answered] }))
    expect(day?.items[0]).toMatchObject({ what: 'Trả lời ý kiến: không đồng ý', withheld: true })
  })
})

describe('history', () => {
  const said = (kind: HistoryItem['kind'], data: object, changes: Partial<Dossier> = {}) =>
    historyOf(facts(changes, { history: [happened(kind, data)] }))[0]?.items[0]?.what

  test('every line names what was done, for whom and until when', () => {
    expect(
      said('dossiers.extended', { days: 3, from: '2026-11-20T10:30:00Z', dueAt: '2026-11-25T10:30:00Z' }),
    ).toBe('Gia hạn 3 ngày, đến 25/11/2026; gửi thư xin lỗi')
    expect(said('dossiers.apologised', { newDate: '2026-11-26', until: '2026-11-26T10:30:00Z' })).toBe(
      'Xin lỗi, hẹn lại ngày 26/11/2026',
    )
    expect(said('dossiers.obligation-requested', { obligation: { name: 'lệ phí', amountVnd: 75_000 } })).toBe(
      'Yêu cầu nộp lệ phí: 75.000\u00a0đ',
    )
    expect(
      said('dossiers.consulted', {
        consultation: { to: { outside: 'Điện lực' }, replyBy: '2026-11-24T10:30:00Z' },
      }),
    ).toBe('Xin ý kiến Điện lực, trả lời trước 24/11/2026')
    expect(said('dossiers.visit-planned', { on: '2026-11-25T02:00:00Z' })).toBe(
      'Hẹn kiểm tra thực địa lúc 09:00 25/11/2026',
    )
    expect(said('dossiers.visit-recorded', { outcome: 'not-held' })).toBe(
      'Kết quả kiểm tra thực địa: không thực hiện được',
    )
    expect(said('dossiers.transferred', { from: 'H99.12', to: 'H99.13' })).toBe(
      'Nhận hồ sơ chuyển từ Phường Hoa Sen đến Xã Bến Gỗ',
    )
    expect(said('dossiers.handed-over', { to: { authority: 'H99.12', role: 'clerk', officer: 'ha' } })).toBe(
      'Bàn giao cho Bùi Thị Hạ',
    )
    expect(said('dossiers.conflict-declared', { officer: 'vinh' })).toBe(
      'Đỗ Quang Vinh không xử lý vì có lợi ích liên quan',
    )
  })
})
