import type { HistoryItem } from 'motcua/modules/dossiers'
import { describe, expect, test } from 'vitest'
import {
  accepted,
  aStatus as facts,
  type Stated,
  task as step,
  submitted,
} from '../../../../test/builders/a-status'
import { statusView } from './status.view'

const named = (stated: Stated, label: string) =>
  statusView(facts(stated), 'vi').facts.find((each) => each.label === label)

describe('the door says', () => {
  test('who has it, since when, what next and by when', () => {
    expect(named({}, 'Ai đang giữ hồ sơ')).toMatchObject({
      text: 'Đỗ Quang Vinh, công chức hộ tịch',
      small: 'Ủy ban nhân dân phường Hoa Sen',
    })
    expect(named({}, 'Từ lúc nào')).toMatchObject({
      text: '08:20 thứ Sáu 20/11/2026',
      small: 'đã 4 giờ 10 làm việc',
    })
    expect(named({}, 'Tiếp theo')).toMatchObject({ text: 'Ký Giấy khai sinh' })
    expect(named({}, 'Ngày trả kết quả')).toMatchObject({
      text: 'Thứ Hai 23/11/2026',
      small: 'chậm nhất 17:30',
    })
  })

  test('the kind of officer while nobody is named', () => {
    const dossier = { tasks: [{ ...step, assignee: null }] }
    expect(named({ dossier }, 'Ai đang giữ hồ sơ')?.text).toBe('Chuyên viên thụ lý')
  })

  test('that it is late, and what the authority owes', () => {
    const view = statusView(facts({ facts: { late: 95 } }), 'vi')
    expect(view.tag).toEqual({ state: 'bad', text: 'Quá ngày hẹn' })
    expect(view.say).toContain('xin lỗi')
    expect(view.facts.at(-1)?.small).toBe('đã quá 1 giờ 35 làm việc')
  })

  test('no date before the dossier is accepted', () => {
    const dossier = { state: 'submitted' as const, acceptedAt: null, dueAt: null }
    expect(named({ dossier }, 'Ngày trả kết quả')?.text).toBe('Có khi hồ sơ được tiếp nhận')
  })
})

describe('when more is needed', () => {
  const request: HistoryItem = { ...accepted, sequence: 3, kind: 'dossiers.supplement-requested' }
  const waiting: Stated = {
    dossier: {
      state: 'awaiting-supplement',
      dueAt: null,
      tasks: [{ ...step, kind: 'supplement', role: 'applicant' }],
    },
    history: [submitted, accepted, request],
    view: {
      openRequest: {
        items: [
          { target: { field: 'child.hometown' }, text: 'Quê quán theo cha hay theo mẹ' },
          { target: null, text: 'Giải thích thêm' },
        ],
        reason: null,
      },
    },
  }

  test('everything is asked for at once, each thing pinned to its question', () => {
    const { ask } = statusView(facts(waiting), 'vi')
    expect(ask).toMatchObject({
      title: 'Cần anh/chị sửa 2 chỗ, làm một lần là đủ',
      note: 'Nhận đủ rồi, thời hạn 1 ngày làm việc tính lại từ đầu.',
      href: '/ho-so/H99.12-261119-00042/bo-sung',
    })
    expect(ask?.items.map(({ about }) => about)).toEqual(['Câu: Quê quán', null])
  })
})

describe('history', () => {
  test('goes from what happened over what is done now to what comes', () => {
    const { steps } = statusView(facts(), 'vi')
    expect(steps.map(({ state, title }) => `${state}: ${title}`)).toEqual([
      'done: Đã gửi',
      'done: Đã tiếp nhận',
      'now: Đang làm: đối chiếu, soạn Giấy khai sinh',
      'next: Ký Giấy khai sinh',
      'next: Trả kết quả',
    ])
    expect(steps[1]?.lines[0]?.link?.href).toBe('/giay/H99.12-261119-00042/receipt-2.pdf')
  })

  test('leaves out what only moves work among officers, and why a step was sent back', () => {
    const inside: HistoryItem[] = [
      { ...accepted, sequence: 3, kind: 'dossiers.assigned' },
      { ...accepted, sequence: 4, kind: 'dossiers.result-drafted' },
      { ...accepted, sequence: 5, kind: 'dossiers.sent-back', text: 'viết sai tên' },
    ]
    const { steps } = statusView(facts({ history: [submitted, ...inside] }), 'vi')
    expect(JSON.stringify(steps)).not.toContain('viết sai tên')
    expect(steps.filter(({ state }) => state === 'done')).toHaveLength(2)
  })
})

describe('links', () => {
  test('withdrawing is offered only while the policy lets the applicant', () => {
    expect(statusView(facts(), 'vi').links.withdraw).toBe('/ho-so/H99.12-261119-00042/rut')
    expect(statusView(facts({ view: { actions: [] } }), 'vi').links.withdraw).toBeNull()
  })

  test('rating is offered once there is an answer', () => {
    expect(statusView(facts(), 'vi').links.rate).toBeNull()
    const dossier = {
      state: 'returned' as const,
      decidedAt: '2026-11-23T03:00:00.000Z',
      outcome: 'granted' as const,
      tasks: [],
    }
    expect(statusView(facts({ dossier }), 'vi').links.rate).toBe('/danh-gia/token')
  })

  test('the secret and its code are for the applicant alone', () => {
    expect(statusView(facts(), 'vi').qr?.text).toBe(
      'http://localhost:8026/ho-so/H99.12-261119-00042?m=ABCD2345',
    )
    expect(statusView(facts({ view: { asApplicant: false } }), 'vi').qr).toBeNull()
  })
})

test.each([
  ['2026-11-20T08:00:00.000Z', 'xong trước hẹn'],
  ['2026-11-23T03:00:00.000Z', 'đúng hẹn'],
  ['2026-11-24T03:00:00.000Z', 'trễ hẹn'],
])('a result of %s is told as "%s"', (decidedAt, small) => {
  const dossier = { state: 'decided' as const, decidedAt, outcome: 'granted' as const, tasks: [] }
  expect(named({ dossier }, 'Đã hẹn trả')?.small).toBe(small)
})
