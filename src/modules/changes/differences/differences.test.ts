import { expect, test } from 'vitest'
import { formKeys, packagedText } from '../../../../test/builders/packages.ts'
import { ProcedureVersion } from '../../catalogue/index.ts'
import { FormDefinition } from '../../forms/index.ts'
import { differencesOf, type Version } from './index.ts'

const shipped = (key: string): Required<Pick<Version, 'procedure' | 'form' | 'process'>> => ({
  procedure: ProcedureVersion.parse(JSON.parse(packagedText(`${key}/procedure.json`))),
  form: FormDefinition.parse(JSON.parse(packagedText(`${key}/form.json`))),
  process: { xml: packagedText(`${key}/process.bpmn`) },
})
const birth = () => structuredClone(shipped('birth-registration'))
type Birth = ReturnType<typeof birth>

async function after(change: (version: Birth) => void) {
  const version = birth()
  change(version)
  return differencesOf(birth(), version)
}

test.each(formKeys)('%s does not differ from itself', async (key) => {
  expect(await differencesOf(shipped(key), structuredClone(shipped(key)))).toEqual([])
})

test.each(formKeys)('%s is all new where there was nothing, and all gone the other way', async (key) => {
  const added = await differencesOf(null, shipped(key))
  const removed = await differencesOf(shipped(key), null)
  expect(new Set(added.map(({ what }) => what))).toEqual(new Set(['added']))
  expect(new Set(removed.map(({ what }) => what))).toEqual(new Set(['removed']))
  expect(added.map(({ label }) => label.vi)).toEqual(removed.map(({ label }) => label.vi))
  const words = [...added, ...removed].flatMap(({ label }) => [label.vi, label.en])
  expect(words.filter((text) => text === '' || text.includes('undefined'))).toEqual([])
})

test('tells a new limit in the words of the record', async () => {
  const found = await after(({ procedure }) => {
    procedure.cases[0]!.limit = { ...procedure.cases[0]!.limit, amount: 4, unit: 'working-hour' }
  })
  expect(found).toEqual([
    {
      part: 'procedure',
      at: 'cases.0',
      what: 'changed',
      label: {
        vi: 'Trường hợp “Trong 60 ngày từ ngày sinh” · thời hạn giải quyết',
        en: 'Case “Within 60 days of birth” · time limit',
      },
      before: '1 ngày làm việc',
      after: '4 giờ làm việc',
    },
  ])
})

test('tells a question that is gone, and one that is new with its condition in words', async () => {
  const found = await after(({ form }) => {
    const { fields } = form.pages[0]!.groups[0]!
    fields.splice(
      fields.findIndex(({ key }) => key === 'requester.dateOfBirth'),
      1,
    )
    fields.push({
      ...fields[0]!,
      key: 'requester.email',
      type: 'email',
      label: { vi: 'Thư điện tử', en: 'E-mail' },
      visible: 'requester.relation in ("mother", "father")',
      options: undefined,
    })
  })
  expect(found.map(({ what, label, before, after: now }) => [what, label.vi, before ?? now])).toEqual([
    [
      'added',
      'Câu hỏi “Thư điện tử”',
      'Thư điện tử (thư điện tử); bắt buộc trả lời; hỏi khi “Anh/chị là gì của bé?” là một trong: Mẹ, Cha',
    ],
    ['removed', 'Câu hỏi “Ngày sinh của anh/chị”', 'Ngày sinh của anh/chị (ngày); bắt buộc trả lời'],
  ])
})

test('another wording, or an option less, changes no condition that reads the question', async () => {
  const found = await after(({ form }) => {
    const relation = form.pages[0]!.groups[0]!.fields[0]!
    relation.label = { vi: 'Quan hệ với bé', en: 'Relation to the child' }
    relation.options = relation.options!.filter(({ value }) => value !== 'father')
  })
  expect(found.map(({ label }) => label.vi)).toEqual([
    'Câu hỏi “Quan hệ với bé” · lời câu hỏi',
    'Câu hỏi “Quan hệ với bé” · các lựa chọn',
  ])
})

test('of questions that changed places, names only the one that moved', async () => {
  const found = await after(({ form }) => {
    const { fields } = form.pages[0]!.groups[0]!
    fields.push(fields.shift()!)
  })
  expect(found.map(({ what, label }) => [what, label.vi])).toEqual([
    ['moved', 'Câu hỏi “Anh/chị là gì của bé?”'],
  ])
})

test('tells a question that went to another page as moved', async () => {
  const found = await after(({ form }) => {
    const [first, second] = form.pages as [Birth['form']['pages'][0], Birth['form']['pages'][0]]
    second.groups[0]!.fields.push(first.groups[0]!.fields.shift()!)
  })
  expect(found).toMatchObject([{ what: 'moved', before: 'Người đi khai' }])
  expect(found).toHaveLength(1)
})

test('tells hours of a step, and a fee with the words of its case', async () => {
  const found = await after((version) => {
    version.process.xml = version.process.xml.replace(/motcua:hours="[\d.]+"/, 'motcua:hours="3.5"')
    version.procedure.cases[0]!.fees[1]!.amountVnd = 0
  })
  expect(found.map(({ part }) => part)).toEqual(['procedure', 'process'])
  expect(found[0]).toMatchObject({ before: '8.000 đ mỗi bản', after: 'Không thu phí' })
  expect(found[1]!.after).toBe('3.5 giờ làm việc')
})

test('tells a new case once, with its fees', async () => {
  const found = await after(({ procedure }) => {
    procedure.cases.push({
      ...procedure.cases[1]!,
      code: '1.001193.03',
      name: { vi: 'Ca ba', en: 'Case three' },
    })
  })
  expect(found.map(({ label }) => label.vi)).toEqual(['Trường hợp “Ca ba”'])
})

test('reads drafts that lack most of what they should say', async () => {
  const bare = {
    procedure: { procedureCode: '1.001193' },
    form: { pages: [{ key: 'a' }] },
  } as unknown as Version
  expect((await differencesOf(bare, birth())).length).toBeGreaterThan(20)
  expect((await differencesOf(birth(), bare)).length).toBeGreaterThan(20)
  const broken = { ...birth(), process: { xml: '<not bpmn' } }
  expect((await differencesOf(birth(), broken)).map(({ label }) => label.vi)).toContain(
    'Quy trình · tình trạng',
  )
})

test('of a template shows the lines that changed', async () => {
  const template = (text: string) => ({
    templates: [{ key: 'receipt', title: { vi: 'Giấy', en: 'Paper' }, typst: text }],
  })
  const found = await differencesOf(template('a\nb\nc'), template('a\nB\nc'))
  expect(found).toMatchObject([{ part: 'templates', what: 'changed', before: 'b', after: 'B' }])
})

const table = (text: string) => (version: Birth) => {
  const fee = version.procedure.cases[0]!.fees[1]!
  version.procedure.cases[0]!.fees[1] = { ...fee, amountRule: text }
}

async function betweenTables(before: string, now: string) {
  const [old, version] = [birth(), birth()]
  table(before)(old)
  table(now)(version)
  const found = await differencesOf(old, version)
  return found.map(({ what, label, before: was, after: is }) => [what, label.vi, was, is])
}

test('tells the row of a table whose amount changed, with when it holds', async () => {
  const days = 'days between(child.dateOfBirth, today()) > 60'
  expect(
    await betweenTables(
      `if channel = "online" and ${days} then 8000 else 9000`,
      `if ${days} and channel = "online" then 5000 else 9000`,
    ),
  ).toEqual([
    [
      'changed',
      'Phí cấp bản sao trích lục hộ tịch (Trong 60 ngày từ ngày sinh) khi cách nộp là trực tuyến và số ngày từ “Ngày sinh của bé” đến nay lớn hơn 60 · mức thu',
      '8.000 đ mỗi bản',
      '5.000 đ mỗi bản',
    ],
  ])
})

test('tells rows that are new, gone or stand elsewhere, and what holds in all other cases', async () => {
  const [online, post] = ['if channel = "online" then 1', 'if channel = "post" then 2']
  const found = await betweenTables(`${online} else ${post} else 3`, `${post} else ${online} else 4`)
  expect(found.map(([what]) => what).toSorted()).toEqual(['changed', 'moved'])
  expect(found.find(([what]) => what === 'changed')![1]).toContain('trong các trường hợp còn lại')
  expect(
    (await betweenTables(`${online} else 3`, `${online} else ${post} else 3`)).map(([what]) => what),
  ).toEqual(['added'])
})

test('a table where there was one amount is told by its rows, a formula as it is written', async () => {
  const rows = await after(table('if channel = "online" then 4000 else null'))
  expect(rows.map(({ what, label, after: is }) => [what, label.vi, is])).toEqual([
    [
      'added',
      'Phí cấp bản sao trích lục hộ tịch (Trong 60 ngày từ ngày sinh) khi cách nộp là trực tuyến',
      '4.000 đ mỗi bản',
    ],
  ])
  const formula = await after(table('copies.count * 1000'))
  expect(formula.map(({ label, after: is }) => [label.vi.split(' · ')[1], is])).toEqual([
    ['công thức tính mức thu', 'copies.count * 1000'],
  ])
})

test('places and second persons by table are told by their questions', async () => {
  const [old, version] = [shipped('marriage-registration'), shipped('marriage-registration')].map((each) =>
    structuredClone(each),
  )
  version!.procedure.secondParty!.name = 'if filer = "male" then husband.fullName else husband.fullName'
  version!.procedure.routing[0]!.territory =
    'if filer = "male" then husband.residence.communeCode else wife.residence.communeCode'
  const found = await differencesOf(old!, version!)
  const words = found.map(({ label, before, after: is }) => `${label.vi}: ${before} → ${is}`)
  expect(words.join('\n')).not.toMatch(/\bif\b|fullName|communeCode/)
  expect(words.length).toBeGreaterThan(2)
})
