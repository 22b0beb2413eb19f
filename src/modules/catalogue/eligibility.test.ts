import { describe, expect, test } from 'vitest'
import { Eligibility, type EligibilityQuestion, evaluateEligibility } from './eligibility.ts'

const words = (vi: string) => ({ vi, en: vi })
const yesNo = [
  { value: 'yes', label: words('Có') },
  { value: 'no', label: words('Không') },
]

const questions: EligibilityQuestion[] = Eligibility.parse([
  {
    key: 'birth',
    question: words('Ngày sinh'),
    type: 'date',
    stop: {
      when: 'years between(birth, today()) < 70',
      text: words('Chưa đủ 70 tuổi'),
      instead: words('Chờ đến khi đủ tuổi'),
    },
  },
  {
    key: 'household',
    question: words('Hộ nghèo'),
    options: yesNo,
    when: 'years between(birth, today()) < 75',
    stop: { when: 'household = "no"', text: words('Từ 70 đến 75 phải là hộ nghèo') },
  },
  {
    key: 'pension',
    question: words('Có lương hưu'),
    type: 'yes-no',
    stop: { when: 'pension', text: words('Đã có lương hưu') },
  },
])

const walk = (answers: Record<string, unknown>) => evaluateEligibility(questions, answers, '2026-11-22')

describe('the questions before signing in', () => {
  test('begin with the first one', () => {
    expect(walk({})).toMatchObject({ outcome: 'asking', question: { key: 'birth' } })
  })

  test('skip what does not concern the person', () => {
    expect(walk({ birth: '1940-01-01' })).toMatchObject({ outcome: 'asking', question: { key: 'pension' } })
    expect(walk({ birth: '1953-01-01' })).toMatchObject({ outcome: 'asking', question: { key: 'household' } })
  })

  test('end at the first reason why not, with what to do instead', () => {
    expect(walk({ birth: '1990-01-01' })).toMatchObject({
      outcome: 'cannot',
      stop: { text: { vi: 'Chưa đủ 70 tuổi' }, instead: { vi: 'Chờ đến khi đủ tuổi' } },
    })
    expect(walk({ birth: '1953-01-01', household: 'no', pension: 'no' })).toMatchObject({
      outcome: 'cannot',
      because: { key: 'household' },
    })
  })

  test('say yes when nothing stands in the way', () => {
    const state = walk({ birth: '1940-01-01', household: 'no', pension: 'no' })
    expect(state).toMatchObject({ outcome: 'can' })
    expect(state.answered.map(({ key }) => key)).toEqual(['birth', 'pension'])
  })

  test('the birthday itself counts', () => {
    expect(walk({ birth: '1956-11-22' })).toMatchObject({ outcome: 'asking', question: { key: 'household' } })
    expect(walk({ birth: '1956-11-23' })).toMatchObject({ outcome: 'cannot' })
  })

  test.each([
    ['birth', '2026-02-30'],
    ['birth', 'hôm qua'],
    ['birth', ['1940-01-01']],
    ['birth', { date: '1940-01-01' }],
    ['birth', 'x'.repeat(1_000_000)],
  ])('ask again when %s is answered with %j', (key, answer) => {
    expect(walk({ [key]: answer })).toMatchObject({ outcome: 'asking', question: { key } })
  })

  test('an option that is not offered is no answer', () => {
    expect(walk({ birth: '1953-01-01', household: 'maybe' })).toMatchObject({ outcome: 'asking' })
  })
})

test.each<[string, unknown]>([
  [
    'asks the same twice',
    [
      { key: 'a', question: words('A'), options: yesNo },
      { key: 'a', question: words('B'), options: yesNo },
    ],
  ],
  ['offers no choice', [{ key: 'a', question: words('A') }]],
  ['has a name that is none', [{ key: '__proto__', question: words('A'), type: 'number' }]],
  ['has a condition that is none', [{ key: 'a', question: words('A'), type: 'number', when: 'a >' }]],
  ['stops without a reason', [{ key: 'a', question: words('A'), type: 'number', stop: { when: 'a > 1' } }]],
])('a questionnaire that %s is refused', (_, given) => {
  expect(Eligibility.safeParse(given).success).toBe(false)
})
