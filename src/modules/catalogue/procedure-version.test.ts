import { describe, expect, test } from 'vitest'
import { procedureJson, procedureJsons } from '../../../test/builders/packages.ts'
import { caseFor, channelsOf, limitFor, limitHours, limitText } from './cases.ts'
import { componentsFor } from './components.ts'
import { feesFor, priceText, totalOf } from './fees.ts'
import { missingParts, ProcedureVersion } from './procedure-version.ts'

const shipped = procedureJsons.map(({ procedureCode }) => procedureCode)
const versionOf = (code: string) => ProcedureVersion.parse(procedureJson(code))

const birth = versionOf('1.001193')
const extract = versionOf('2.000635')
const residence = versionOf('1.004194')
const certification = versionOf('2.000815')
const death = versionOf('1.000656')
const permit = versionOf('1.013225')
const again = versionOf('1.004884')

describe('the shipped procedures', () => {
  test('there are at least seventeen', () => expect(shipped.length).toBeGreaterThanOrEqual(17))

  test.each(shipped)('%s is complete and well formed', (code) => {
    const version = versionOf(code)
    expect(missingParts(version)).toEqual([])
    expect(version.results.length).toBeGreaterThan(0)
    expect(version.legalBases.length).toBeGreaterThan(0)
  })
})

describe('a draft', () => {
  test('names the mandatory parts that it lacks', () => {
    expect(missingParts({ name: 'Thủ tục', cases: [{ channels: [], limit: null }] })).toEqual([
      'steps',
      'channels',
      'components',
      'limit',
      'subjects',
      'executing',
    ])
  })

  test('is refused with two ordinary cases, a repeated paper or a condition that is not FEEL', () => {
    const raw = procedureJson('2.000635') as ProcedureVersion
    const twice = { ...raw, cases: [...raw.cases, { ...raw.cases[0], code: 'other' }] }
    const repeated = { ...raw, components: [...raw.components, raw.components[0]] }
    const broken = { ...raw, components: [{ ...raw.components[0], condition: 'a = = b' }] }
    for (const each of [twice, repeated, broken]) expect(ProcedureVersion.safeParse(each).success).toBe(false)
  })
})

describe('the case', () => {
  test.each([
    ['2026-11-01', '1.001193.01'],
    ['2026-08-01', '1.001193.02'],
  ])('of a birth on %s, filed on 21/11/2026, is %s', (born, code) => {
    expect(caseFor(birth, { 'child.dateOfBirth': born }, { today: '2026-11-21' }).code).toBe(code)
  })

  test('is the ordinary one while nothing is answered', () => {
    expect(caseFor(birth, {}, { today: '2026-11-21' }).code).toBe('1.001193.01')
    expect(caseFor(permit, {}).code).toBe('house')
  })
})

describe('the limit', () => {
  test.each([
    [limitFor(birth), '1 ngày làm việc', 8],
    [limitFor(extract), 'trong ngày; nhận sau 15:00 trả ngày làm việc tiếp theo', 8],
    [limitFor(permit), '7 ngày làm việc', 56],
    [limitFor(permit, { caseCode: 'works' }), '10 ngày làm việc', 80],
    [limitFor(death, { caseCode: '1.000656.01', channel: 'online' }), '5 ngày làm việc', 40],
  ])('%# reads "%s"', (limit, text, hours) => {
    expect(limitText(limit)).toBe(text)
    expect(limitHours(limit)).toBe(hours)
  })

  test('channels come from all cases', () => {
    expect(channelsOf(certification)).toEqual(['direct'])
    expect(channelsOf(residence)).toEqual(['online', 'direct'])
  })
})

describe('the fee of certification', () => {
  const costs = (pages: number, copies: number) => totalOf(feesFor(certification, { pages, copies }))

  test.each([
    [1, 1, 2_000],
    [2, 1, 4_000],
    [3, 1, 5_000],
    [5, 3, 21_000],
    [198, 1, 200_000],
    [199, 1, 200_000],
    [500, 2, 400_000],
  ])('%i pages, %i copies cost %i đ', (pages, copies, amountVnd) => {
    expect(costs(pages, copies)).toBe(amountVnd)
  })

  test('takes pages and copies from the form', () => {
    expect(totalOf(feesFor(certification, { answers: { pages: 4, copies: 2 } }))).toBe(12_000)
  })

  test('adds up several originals, each with its own pages and copies', () => {
    const originals = [
      { paperType: 'Bằng tốt nghiệp', pages: 1, copies: 2 },
      { paperType: 'Sổ đỏ', pages: 4, copies: 1 },
    ]
    const [line] = feesFor(certification, {
      answers: { originals, copies: 3, pages: 4 },
      copies: 3,
      pages: 4,
    })
    expect(line).toMatchObject({ quantity: 6, amountVnd: 10_000 })
  })
})

describe('other fees', () => {
  test('copies of an extract cost 8.000 đ each', () => {
    const [line] = feesFor(extract, { answers: { 'copies.count': 3 } })
    expect(line).toMatchObject({
      amountVnd: 24_000,
      text: '8.000 đ mỗi bản',
      basis: 'Thông tư 281/2016/TT-BTC',
    })
  })

  test('residence costs less online, and by list for each person', () => {
    expect(totalOf(feesFor(residence, { channel: 'direct' }))).toBe(15_000)
    expect(totalOf(feesFor(residence, { channel: 'online' }))).toBe(7_000)
    expect(totalOf(feesFor(residence, { caseCode: 'list', channel: 'online', persons: 12 }))).toBe(60_000)
  })

  test('an exempt person pays nothing and is told why', () => {
    const [line] = feesFor(residence, { channel: 'direct', answers: { feeExemption: 'poor' } })
    expect(line).toMatchObject({ amountVnd: 0 })
    expect(line?.text).toContain('Miễn')
  })

  test('a fee that the provincial council sets has no amount', () => {
    const lines = feesFor(birth, { caseCode: '1.001193.02' })
    expect(lines.map((line) => [line.amountVnd, line.text])).toEqual([
      [null, 'Theo nghị quyết của Hội đồng nhân dân tỉnh'],
    ])
    expect(totalOf(lines)).toBe(null)
  })

  test('a death is registered free within 15 days, and also while the date is not exact', () => {
    const due = (date: string) => feesFor(death, { answers: { 'death.date': date }, today: '2026-11-21' })
    expect(due('2026-11-10').map((line) => [line.key, line.amountVnd])).toEqual([['registration', 0]])
    expect(due('2026').map((line) => line.key)).toEqual(['registration'])
    expect(due('2026-10-01').map((line) => [line.key, line.amountVnd])).toEqual([['late-registration', null]])
  })

  test('copies are charged only when asked for', () => {
    expect(totalOf(feesFor(birth, { answers: { 'copies.count': 0 } }))).toBe(0)
    expect(totalOf(feesFor(birth, { answers: { 'copies.count': 2 } }))).toBe(16_000)
  })

  test('a price can be told before anything is counted', () => {
    expect(priceText(extract.cases[0]!.fees[0]!, 'en')).toBe('8.000 đ per copy')
  })
})

describe('a fee by a table', () => {
  const fee = {
    ...extract.cases[0]!.fees[0]!,
    amountVnd: 8_000,
    amountRule:
      'if channel = "online" then 4000 else if years between(born, today()) < 16 then 0 else if channel = "post" then -5 else null',
  }
  const version = ProcedureVersion.parse({ ...extract, cases: [{ ...extract.cases[0]!, fees: [fee] }] })
  const cost = (channel: 'online' | 'direct' | 'post', born?: string, counted = 1) =>
    feesFor(version, { channel, answers: { born, 'copies.count': counted }, today: '2026-11-21' })[0]

  test('costs what the first row says that holds, for each copy', () => {
    expect(cost('online', '1990-01-01', 3)).toMatchObject({ amountVnd: 12_000, text: '4.000 đ mỗi bản' })
    expect(cost('direct', '2020-01-01')).toMatchObject({ amountVnd: 0, text: 'Không thu phí' })
  })

  test('costs the ordinary amount where no row says one, or one that is no amount', () => {
    expect(cost('direct', '1990-01-01')?.amountVnd).toBe(8_000)
    expect(cost('direct')?.amountVnd).toBe(8_000)
    expect(cost('post', '1990-01-01')?.amountVnd).toBe(8_000)
  })

  test('is told beforehand with the least and the most', () => {
    const whole = { ...fee, amountRule: 'if channel = "online" then 4000 else 8000' }
    expect(priceText(whole)).toBe('từ 4.000 đ đến 8.000 đ mỗi bản, tùy câu trả lời')
    expect(priceText({ ...fee, amountRule: 'pages * 1000' })).toBe('tùy câu trả lời')
  })

  test('set nationally may do without an ordinary amount, but not with a table that is no FEEL', () => {
    const without = { ...fee, amountVnd: null }
    const made = { ...version, cases: [{ ...version.cases[0]!, fees: [without] }] }
    expect(ProcedureVersion.safeParse(made).success).toBe(true)
    const broken = { ...made, cases: [{ ...version.cases[0]!, fees: [{ ...without, amountRule: 'if (' }] }] }
    expect(ProcedureVersion.safeParse(broken).success).toBe(false)
  })
})

describe('the papers', () => {
  const find = (lines: ReturnType<typeof componentsFor>, key: string) =>
    lines.find((line) => line.key === key)

  test('those that are looked up need not be submitted', () => {
    const marriage = find(componentsFor(birth, { channel: 'online' }), 'marriage-certificate')
    expect(marriage).toMatchObject({ provision: 'lookup', required: false })
    expect(marriage?.text).toMatch(/^Không phải nộp/)
  })

  test('the declaration is the form itself online, and a paper at the counter', () => {
    expect(find(componentsFor(birth, { channel: 'online' }), 'declaration')?.provision).toBe('form')
    expect(find(componentsFor(birth, { channel: 'direct' }), 'declaration')?.provision).toBe('submit')
  })

  test('an identity paper is shown at the counter and looked up online', () => {
    expect(find(componentsFor(birth, { channel: 'direct' }), 'identity-paper')?.provision).toBe('show')
    expect(find(componentsFor(birth, { channel: 'online' }), 'identity-paper')?.provision).toBe('lookup')
  })

  test('a birth notice that the hospital has sent is not asked for, nor anything in its place', () => {
    const online = (answers: Record<string, unknown>) => componentsFor(birth, { channel: 'online', answers })
    expect(online({}).filter((line) => line.group === 'birth-proof' && line.required)).toHaveLength(3)
    const sent = online({ 'birthNotice.code': '01001.GCS.00123.26' })
    expect(find(sent, 'birth-notice')?.provision).toBe('lookup')
    expect(sent.filter((line) => line.provision === 'submit' && line.required)).toEqual([])
  })

  test('conditions choose between channels and ways of filing', () => {
    expect(find(componentsFor(again, { channel: 'online' }), 'e-form')?.code).toBe('000.00.00.G15-KQ004947')
    expect(find(componentsFor(again, { channel: 'online' }), 'declaration')).toBeUndefined()
    expect(find(componentsFor(birth, { channel: 'post' }), 'certified-copies-by-post')?.required).toBe(true)
    const byList = componentsFor(residence, { answers: { filing: 'list' } })
    expect(byList.map((line) => line.key)).toContain('list-request')
    expect(byList.map((line) => line.key)).not.toContain('ct01')
  })
})

describe('a record that no page could show', () => {
  const many = <T>(each: T, count: number) => Array.from({ length: count }, () => each)
  const first = birth.components[0]!
  const papers = many(first, 400).map((each, i) => ({ ...each, key: `c${i}` }))
  test.each([
    ['components', papers],
    ['cases', many(birth.cases[0], 101)],
    ['steps', many({ name: 'a', text: 'a' }, 301)],
    ['legalBases', many({ number: 'a', title: 'a' }, 301)],
    ['synonyms', many('a', 301)],
    ['components', [{ ...first, condition: `${'1 + '.repeat(6000)}1 = 1` }]],
  ])('is refused: %s', (name, value) => {
    const read = ProcedureVersion.safeParse({ ...birth, [name]: value })
    expect(read.error?.issues.map(({ path }) => path[0])).toContain(name)
  })
})
