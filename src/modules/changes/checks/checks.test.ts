import { expect, test } from 'vitest'
import { formKeys, packagedText } from '../../../../test/builders/packages.ts'
import { findMessage } from '../../../kernel/i18n.ts'
import { ProcedureVersion } from '../../catalogue/index.ts'
import { FormDefinition } from '../../forms/index.ts'
import type { Contents } from '../contents.ts'
import { checkChange, findingText, knownQuestions } from './index.ts'

const shipped = (key: string): Contents => ({
  procedure: ProcedureVersion.parse(JSON.parse(packagedText(`${key}/procedure.json`))),
  form: FormDefinition.parse(JSON.parse(packagedText(`${key}/form.json`))),
  process: { xml: packagedText(`${key}/process.bpmn`) },
  templates: [],
  tests: [],
})
const known = knownQuestions(formKeys.map((key) => shipped(key).form))
const facts = { on: '2026-11-22', known }

const codes = async (change: (draft: Contents) => void, before: Contents | null = null) => {
  const after = shipped('birth-registration')
  change(after)
  return newFindings(before, after)
}

/** What is found beyond what the shipped package itself gives. */
async function newFindings(before: Contents | null, after: Contents) {
  const usual = await checkChange({ before: null, after: shipped('birth-registration'), facts })
  const seen = new Set(usual.map(({ code, at }) => `${code} ${at}`))
  const found = await checkChange({ before, after, facts })
  return found.filter(({ code, at }) => !seen.has(`${code} ${at}`))
}

test.each(formKeys)('%s, as shipped, has nothing that stops a review', async (key) => {
  const found = await checkChange({ before: null, after: shipped(key), facts })
  expect(found.filter(({ severity }) => severity === 'error')).toEqual([])
})

test('every finding about a broken draft is a sentence in both languages', async () => {
  const after = shipped('birth-registration')
  const found = await codes(breakEverything)
  expect(new Set(found.map(({ severity }) => severity)).size).toBe(3)
  for (const finding of [...found, ...(await checkChange({ before: null, after, facts }))])
    for (const locale of ['vi', 'en'] as const) {
      const text = findingText(finding, locale)
      expect(text, finding.code).not.toMatch(/\{\w+\}|^[a-z.-]+$|undefined/)
    }
})

function breakEverything({ procedure, form, templates }: Contents) {
  procedure.name = ''
  procedure.legalBases = []
  procedure.cases[0]!.when = 'nothing.here = 1'
  procedure.cases[0]!.limit.raw = '7 ngày làm việc'
  procedure.components[0]!.name = 'Bản sao sổ hộ khẩu'
  procedure.components[1]!.original = 0
  form.pages[0]!.title.en = ''
  form.pages[0]!.intro = {
    vi: 'Đề nghị quý vị KÊ KHAI ĐẦY ĐỦ theo mẫu TTPVHCC',
    en: 'Fill in',
  }
  form.pages[0]!.groups[0]!.fields[0]!.options = []
  templates.push({ key: 'x', typst: 'text(fill: rgb("#cccccc"))[a] image("a.png")' })
}

test.each([
  ['name', (draft: Contents) => (draft.procedure.name = ' '), 'mandatory-name'],
  ['steps', (draft: Contents) => (draft.procedure.steps = []), 'mandatory-steps'],
  ['channels', (draft: Contents) => (draft.procedure.cases[0]!.channels = []), 'mandatory-channels'],
  ['papers', (draft: Contents) => (draft.procedure.components = []), 'mandatory-components'],
  [
    'limit',
    (draft: Contents) => delete (draft.procedure.cases[0] as { limit?: unknown }).limit,
    'mandatory-limit',
  ],
  ['who may apply', (draft: Contents) => (draft.procedure.subjects = []), 'mandatory-subjects'],
  ['agency', (draft: Contents) => (draft.procedure.executing.text = ''), 'mandatory-executing'],
  ['legal basis', (draft: Contents) => (draft.procedure.legalBases = []), 'no-legal-basis'],
  [
    'result template',
    (draft: Contents) => (draft.procedure.results[0]!.template = ''),
    'result-without-template',
  ],
])('a missing %s stops the review', async (_what, change, code) => {
  const found = await codes(change)
  expect(found).toContainEqual(expect.objectContaining({ code, severity: 'error' }))
})

const field = (draft: Contents, key: string) =>
  draft.form.pages
    .flatMap((page) => page.groups.flatMap((group) => group.fields))
    .find((each) => each.key === key)!

test.each([
  ['asks for an option that does not exist', 'requester.relation = "neighbour"', 'unreachable-no-such-value'],
  [
    'contradicts itself',
    'requester.relation = "mother" and requester.relation = "father"',
    'unreachable-contradiction',
  ],
  [
    'contradicts itself in each of its ways',
    '(requester.relation = "mother" or requester.relation = "self") and requester.relation in ("father", "relative")',
    'unreachable-contradiction',
  ],
  [
    'wants an answer both given and empty',
    'is defined(child.sex) and not(is defined(child.sex))',
    'unreachable-contradiction',
  ],
  [
    'wants a number both small and large',
    'copies.count > 5 and copies.count < 3',
    'unreachable-contradiction',
  ],
])('a question whose condition %s is never shown', async (_what, visible, code) => {
  const found = await codes((draft) => {
    field(draft, 'requester.identityPaper').visible = visible
  })
  expect(found.filter((each) => each.code.startsWith('unreachable'))).toMatchObject([
    { code, severity: 'error' },
  ])
})

test('what depends on a question that is never shown is never shown either', async () => {
  const found = await codes((draft) => {
    field(draft, 'requester.identityPaper').visible = 'false'
    field(draft, 'requester.dateOfBirth').visible = 'requester.identityPaper.number = "1"'
  })
  expect(found.filter(({ code }) => code.startsWith('unreachable')).map(({ code }) => code)).toEqual([
    'unreachable-never-given',
    'unreachable-contradiction',
  ])
})

test.each([
  'requester.relation = "mother" or requester.relation = "neighbour"',
  'not(requester.relation = "mother" and requester.relation = "father")',
  'requester.relation != "mother" and requester.relation != "father"',
  'copies.count >= 3 and copies.count <= 3',
  'if requester.relation = "mother" then false else true',
  'not(is defined(requester.identityPaper)) and requester.relation != "mother"',
  'days between(child.dateOfBirth, today()) > 60 and days between(child.dateOfBirth, today()) < 3',
  'string length(child.fullName) > 3 or false',
])('says nothing of a condition that may hold, or that it cannot judge: %s', async (visible) => {
  const found = await codes((draft) => {
    field(draft, 'requester.dateOfBirth').visible = visible
  })
  expect(found.filter(({ code }) => code.startsWith('unreachable'))).toEqual([])
})

test('a rule that reads what nobody answers names the path', async () => {
  const found = await codes(({ procedure }) => {
    procedure.cases[1]!.when = 'child.weight > 4'
    procedure.counts.copies = 'copies.number'
  })
  expect(found.map(({ code, at, params }) => [code, at, params.path])).toEqual([
    ['unknown-answer', 'cases.1', 'child.weight'],
    ['unknown-answer', 'counts', 'copies.number'],
  ])
})

test('removing a question that a fee counts by is found', async () => {
  const found = await codes(({ form }) => {
    for (const group of form.pages.flatMap((page) => page.groups))
      group.fields = group.fields.filter(({ key }) => key !== 'copies.count')
  })
  expect(found.filter(({ code }) => code === 'unknown-answer').map(({ at }) => at)).toContain(
    'cases.0.fees.1',
  )
})

test('the paper household book may not be asked for, and the day and the law are named', async () => {
  const paper = { name: 'Bản chụp Sổ hộ khẩu của cha, mẹ', nameEn: 'Copy of the household book' }
  const found = await codes(({ procedure }) => {
    procedure.components.push({ ...procedure.components[1]!, key: 'book', ...paper })
  })
  const [finding] = found.filter(({ code }) => code === 'paper-forbidden')
  expect(findingText(finding!, 'vi')).toContain('từ ngày 01/01/2023')
  // The article was recalled: whoever reads it is told so.
  expect(findingText(finding!, 'vi')).toContain('chưa đối chiếu với văn bản')
  expect(finding).toMatchObject({ severity: 'error', part: 'procedure' })
})

test.each([
  ['before the law', 'Sổ hộ khẩu', '2022-12-31', false],
  ['since the law', 'Sổ hộ khẩu', '2023-01-01', true],
  ['when it is only mentioned', 'Thông tin cư trú thay sổ hộ khẩu', '2026-01-01', false],
])('the household book %s', async (_when, name, on, expected) => {
  const after = shipped('birth-registration')
  after.procedure.components.push({ ...after.procedure.components[1]!, key: 'book', name })
  const found = await checkChange({ before: null, after, facts: { on } })
  expect(found.some(({ code }) => code === 'paper-forbidden')).toBe(expected)
})

test('asking without looking where another form looks is said', async () => {
  const found = await codes((draft) => {
    const nationality = field(draft, 'child.nationality')
    const ethnic = field(draft, 'requester.dateOfBirth')
    for (const each of [nationality, ethnic])
      Object.assign(each, { sources: [], offers: [], value: undefined, origin: 'asked' })
  })
  expect(found.filter(({ code }) => code === 'asks-known').map(({ params }) => params.source)).toContain(
    'ACC.dateOfBirth',
  )
})

test('hours above the limit stop the review', async () => {
  const found = await codes(({ process }) => {
    process.xml = process.xml.replace(/motcua:hours="[\d.]+"/, 'motcua:hours="40"')
  })
  expect(found.filter(({ code }) => code === 'hours-above-limit')).toHaveLength(2)
})

test('hours of reception and return count towards the limit', async () => {
  const found = await codes(({ process }) => {
    process.xml = process.xml.replace(
      /<bpmn:process /,
      '<bpmn:process motcua:receptionHours="30" motcua:returnHours="30" ',
    )
  })
  const above = found.filter(({ code }) => code === 'hours-above-limit')
  expect(above).toHaveLength(2)
  for (const { params } of above) expect(params.hours).toBeGreaterThanOrEqual(60)
})

test('a branch on an answer that nobody gives, or an outcome that no step has, is found', async () => {
  const found = await codes(({ process }) => {
    process.xml = process.xml.replace(
      'outcome = "send-back"',
      'outcome = "sent-away" and answers.child.weight > 3',
    )
  })
  expect(found.map(({ code }) => code)).toEqual(expect.arrayContaining(['unknown-answer', 'outcome-unknown']))
})

test('more questions and longer limits than in force are said', async () => {
  const before = shipped('birth-registration')
  const found = await codes(({ procedure, form }) => {
    procedure.cases[0]!.limit = { ...procedure.cases[0]!.limit, amount: 3, raw: '3 ngày làm việc' }
    const { fields } = form.pages[0]!.groups[0]!
    fields.push({ ...fields[0]!, key: 'requester.hobby', sources: [] })
  }, before)
  expect(found.map(({ code }) => code)).toEqual(expect.arrayContaining(['more-questions', 'limit-longer']))
})

test('an empty draft is told what it lacks, and nothing breaks', async () => {
  const found = await checkChange({
    before: null,
    after: { procedure: {}, form: {}, process: { xml: '' } } as Contents,
    facts,
  })
  expect(found.filter(({ code }) => code.startsWith('mandatory'))).toHaveLength(7)
})

test('a document type in the process is refused with a sentence', async () => {
  const found = await codes(({ process }) => {
    process.xml = `<!DOCTYPE x [<!ENTITY a "b">]>${process.xml.replace(/^<\?xml[^>]*>/, '')}`
  })
  expect(
    found.filter(({ part, severity }) => part === 'process' && severity === 'error').length,
  ).toBeGreaterThan(0)
  expect(findMessage('vi', 'checks.no-tests')).toBeDefined()
})

const byTable = (amountRule: string, amountVnd: number | null = null) =>
  codes(({ procedure }) => {
    const fee = procedure.cases[0]!.fees[0]!
    procedure.cases[0]!.fees[0] = { ...fee, amountRule, amountVnd, setBy: 'province' }
  })
const tableWords = async (found: ReturnType<typeof byTable>, locale: 'vi' | 'en' = 'vi') =>
  (await found)
    .filter(({ code }) => code.startsWith('table-'))
    .map((finding) => [finding.severity, finding.at, findingText(finding, locale)])

test('a table of a fee that leaves cases out is said in words, and not where another amount holds', async () => {
  const text = 'if channel = "online" then 4000 else null'
  expect(await tableWords(byTable(text))).toEqual([
    [
      'warning',
      'cases.0.fees.0.amountRule',
      'Bảng của “Lệ phí đăng ký” chưa có dòng nào cho: cách nộp là một trong: trực tiếp, bưu chính.',
    ],
  ])
  expect((await tableWords(byTable(text), 'en'))[0]![2]).toMatch(/has no row yet for: .*one of: /)
  expect(await tableWords(byTable(text, 8000))).toEqual([])
})

test('rows of a table that contradict each other, or are never used, are said', async () => {
  const found = await tableWords(
    byTable(
      'if channel = "online" then 1 else if requester.relation = "mother" then 2 else if channel = "online" then 3 else 4',
    ),
  )
  expect(found.map(([, , text]) => text)).toEqual([
    expect.stringMatching(/dòng 1 và 2 cùng đúng khi cách nộp là trực tuyến và .* là Mẹ; khi ấy dòng 1/),
    expect.stringMatching(/dòng 3 không bao giờ được dùng/),
  ])
})

test.each(formKeys)('the tables of %s, as shipped, say everything once', async (key) => {
  const found = await checkChange({ before: null, after: shipped(key), facts })
  expect(found.filter(({ code }) => code.startsWith('table-'))).toEqual([])
})

test('an amount that reads what the form does not ask stops the review', async () => {
  const found = await byTable('if nothing.here = 1 then 1 else 2')
  expect(found).toContainEqual(expect.objectContaining({ severity: 'error', code: 'unknown-answer' }))
})
