import type { CompiledProcess } from 'motcua/modules/processes'
import type { StepTime, WhereTimeGoes } from 'motcua/modules/reform'
import { describe, expect, test } from 'vitest'
import { csvOf, type FiguresFacts, figuresHref, figuresView, findings } from './process-figures.view'
import { askedOf } from './process-figures-source'

const step = (stepId: string, name: string) => ({ [stepId]: { stepId, name, hours: 8 } })
const process = {
  steps: { ...step('verify', 'Thẩm tra'), ...step('sign', 'Ký') },
  boundaries: {},
  waits: { post: { stepId: 'post', name: 'Chờ bưu chính' } },
} as unknown as CompiledProcess

const line = (stated: Partial<StepTime>): StepTime => ({
  ...{ kind: 'step', stepId: null, whose: 'office', planned: null, done: 0, openNow: 0, lateNow: 0 },
  ...{ waiting: null, working: null, whole: null, waitingSum: 0, workingSum: 0, share: 0, again: 0 },
  ...{ mostRounds: 0, handOvers: 0, overPlan: 0 },
  ...stated,
})
const spread = (p50: number, p90: number) => ({ p50, p90 })
const stage = (waiting: number, working: number, applicant: number, others: number) => ({
  ...{ waiting, working, applicant, others, dossiers: 100 },
})

const verify = line({
  ...{ stepId: 'verify', done: 100, openNow: 4, lateNow: 2, planned: 480, overPlan: 12, handOvers: 15 },
  ...{
    waiting: spread(186, 400),
    working: spread(48, 90),
    waitingSum: 20_000,
    workingSum: 5000,
    share: 0.625,
  },
})
const time: WhereTimeGoes = {
  steps: [
    line({ kind: 'return', whose: 'applicant', done: 90, waiting: spread(60, 200), working: spread(0, 0) }),
    verify,
    line({ stepId: 'sign', waitingSum: 15_000, share: 0.375, openNow: 1 }),
    line({ kind: 'wait', whose: 'others', stepId: 'post' }),
    line({ kind: 'intake', done: 120, waiting: spread(10, 30), working: spread(0, 5) }),
    line({ kind: 'visit', stepId: 'verify' }),
  ],
  total: {
    dossiers: 100,
    stages: {
      intake: stage(1000, 0, 0, 0),
      settling: stage(4000, 3000, 1500, 500),
      returning: stage(0, 0, 6000, 0),
    },
    untilDecided: spread(960, 2400),
  },
  loops: [{ from: 'sign', to: 'verify', times: 9, dossiers: 8 }],
  holders: [
    {
      officerId: 'o1',
      role: 'leader',
      authority: 'H99.12',
      count: 5,
      late: 1,
      oldest: '2026-11-02T01:00:00Z',
    },
    {
      officerId: null,
      role: 'leader',
      authority: 'H99.12',
      count: 2,
      late: 0,
      oldest: '2026-11-03T01:00:00Z',
    },
    {
      officerId: null,
      role: 'leader',
      authority: 'H99.13',
      count: 1,
      late: 0,
      oldest: '2026-11-03T01:00:00Z',
    },
  ],
}
const names = { places: { 'H99.12': 'P. Hoa Sen' }, officers: { o1: 'Trần Thị Bình' } }
const facts: FiguresFacts = { time, process, names, named: ['H99.12'], locale: 'vi' }

describe('what is drawn on the steps', () => {
  test('is the median of waiting and working, heavier the more of the time a step takes', () => {
    const { figures } = figuresView(facts)
    expect(figures.verify).toMatchObject({ text: 'chờ 3,1 g · làm 0,8 g', level: 3 })
    expect(figures.verify!.title).toContain('62,5')
  })

  test('says what is open where nothing was done yet, and nothing where nobody came', () => {
    const { figures } = figuresView(facts)
    expect(figures.sign).toMatchObject({ text: 'đang mở 1', level: 0 })
    expect(figures.post).toBeUndefined()
  })
})

test('the table goes from intake to return, with every step of the model and no empty extras', () => {
  const { rows } = figuresView(facts)
  expect(rows.map(({ name }) => name)).toEqual([
    'Tiếp nhận, kiểm tra hồ sơ',
    'Thẩm tra',
    'Ký',
    'Chờ bưu chính',
    'Kết quả chờ người đến nhận',
  ])
  expect(rows[1]).toMatchObject({
    late: '2 quá hạn bước',
    over: '12,0\u00a0%',
    planned: '1 ngày',
    handOvers: '15',
  })
  expect(rows[4]).toMatchObject({ whose: 'người nộp', working: { half: '–', most: '' } })
})

test('stages add up to the average of a dossier', () => {
  const { total } = figuresView(facts)
  expect(total!.rows.map(({ cells }) => cells.at(-1))).toEqual([
    '10 phút',
    '1 giờ 30 phút',
    '1 giờ',
    '2 giờ 40 phút',
  ])
})

describe('findings', () => {
  test('say in plain words where half of the time goes, what goes back and what is late', () => {
    expect(findings(facts)).toEqual([
      'Khoảng một nửa thời gian là chờ ở bước “Thẩm tra”.',
      'Một nửa số hồ sơ có kết quả trong 2 ngày, chín phần mười trong 5 ngày, kể từ khi nộp.',
      'Trong thời gian đó: chờ cơ quan 50,0\u00a0%, cán bộ làm 30,0\u00a0%, chờ người nộp 15,0\u00a0%, chờ nơi khác 5,0\u00a0%.',
      'Bước “Thẩm tra” vượt định mức 12,0\u00a0% số lần.',
      'Cứ 100 hồ sơ thì 8,0 hồ sơ bị trả lại từ “Ký” về “Thẩm tra”.',
      '2 việc đang mở đã quá hạn của bước, nhiều nhất ở “Thẩm tra”.',
      'Bước “Thẩm tra” đổi tay 15 lần trong 100 lần làm.',
    ])
  })

  test('are none where nothing happened', () => {
    const empty = {
      ...time,
      steps: [line({ stepId: 'sign', openNow: 3 })],
      total: { ...time.total, dossiers: 0 },
    }
    expect(findings({ ...facts, time: empty })).toEqual([])
  })

  test.each([
    [0.333, 'Khoảng một phần ba thời gian là chờ ở bước “Thẩm tra”.'],
    [0.25, 'Khoảng một phần tư thời gian là chờ ở bước “Thẩm tra”.'],
    [0.42, '42,0\u00a0% thời gian là chờ ở bước “Thẩm tra”.'],
  ])('name a share of %s', (share, said) => {
    const steps = [{ ...verify, share: 1, waitingSum: share * 1000, workingSum: 1000 - share * 1000 }]
    expect(findings({ ...facts, time: { ...time, steps } })[0]).toBe(said)
  })
})

test('who holds what: by name, by nobody yet, or unnamed where that is not for the reader', () => {
  const { holders, hidden } = figuresView(facts)
  expect(holders.map(({ who, place }) => [who, place])).toEqual([
    ['Trần Thị Bình', 'P. Hoa Sen'],
    ['Chưa ai nhận', 'P. Hoa Sen'],
    ['Không nêu tên', 'H99.13'],
  ])
  expect(hidden).toBe(true)
  expect(figuresView({ ...facts, named: ['H99.12', 'H99.13'] }).hidden).toBe(false)
})

test('the file has every line with minutes as numbers', () => {
  const [head, ...lines] = csvOf(facts, true)
  expect(lines).toHaveLength(time.steps.length)
  expect(lines.every((each) => each.length === head!.length)).toBe(true)
  expect(lines.find(([id]) => id === 'verify')).toEqual(
    expect.arrayContaining(['Thẩm tra', 100, 186, 400, 48, 90, 480, 0.625]),
  )
})

describe('the address', () => {
  const now = new Date('2026-11-20T03:00:00Z')
  const ask = (query: string) => askedOf(new URLSearchParams(query), { places: ['H99.12'], now })

  test('asks for the last ninety days everywhere when it says nothing', () => {
    expect(ask('')).toMatchObject({
      place: '',
      period: { from: '2026-08-23', to: '2026-11-20' },
      wrong: false,
    })
  })

  test('names place and days, and the file has the same', () => {
    const asked = ask('noi=H99.12&tu=2026-01-01&den=2026-06-30')
    expect(asked).toMatchObject({
      place: 'H99.12',
      period: { from: '2026-01-01', to: '2026-06-30' },
      wrong: false,
    })
    expect(figuresHref('/x', asked)).toBe('/x?noi=H99.12&tu=2026-01-01&den=2026-06-30')
  })

  test.each(['tu=2026-02-30', 'den=nay', 'tu=2026-12-01&den=2026-01-01'])(
    'says that %s is no period',
    (query) => {
      expect(ask(query)).toMatchObject({ wrong: true, period: { from: '2026-08-23' } })
    },
  )

  test('leaves out a place that there is not', () => {
    expect(ask('noi=H77.01').place).toBe('')
  })
})
