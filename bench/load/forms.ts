import type { Answers, compileForm } from '../../src/modules/forms/index.ts'

type Definition = Parameters<typeof compileForm>[0]
type FieldInput = Definition['pages'][number]['groups'][number]['fields'][number]

const label = (text: string) => ({ vi: text, en: text })
const frame = {
  ...{ version: 1, procedureCode: '1.001193', title: label('Mẫu'), validFrom: '2026-07-01' },
  ...{ legalForm: { name: null, setBy: 'Mẫu' }, assurance: { vi: '', en: '', version: 1 } },
}
const field = (key: string, type: FieldInput['type'], more: object = {}): FieldInput => ({
  ...{ key, type, label: label(key), required: true },
  ...more,
})
const options = ['one', 'two', 'three'].map((value) => ({ value, label: label(value) }))

/** Six people of ten fields each: one third of the fields has a condition, two are computed; four rules over all. */
export const sixtyFields: Definition = {
  ...frame,
  key: 'sixty',
  pages: Array.from({ length: 6 }, (_, i) => ({
    key: `p${i}`,
    title: label(`P${i}`),
    ...(i > 0 && { visible: `p${i - 1}.kind in ("one", "two")` }),
    groups: [
      {
        key: `g${i}`,
        fields: [
          field(`p${i}.fullName`, 'name'),
          field(`p${i}.kind`, 'enum', { options }),
          field(`p${i}.born`, 'date', { tense: 'past' }),
          field(`p${i}.personalId`, 'id12', { visible: `p${i}.born <= "2012-11-20"` }),
          field(`p${i}.phone`, 'phone', { required: `p${i}.kind = "one"` }),
          field(`p${i}.home`, 'address', { parts: ['detail'] }),
          field(`p${i}.works`, 'bool'),
          field(`p${i}.pay`, 'money', { visible: `p${i}.works and p${i}.kind != "three"` }),
          field(`p${i}.why`, 'text', {
            required: false,
            visible: `is defined(p${i}.pay) and p${i}.pay > 1000000`,
          }),
          i < 2
            ? field(`p${i}.age`, 'computed', { required: false, value: `years between(p${i}.born, today())` })
            : field(`p${i}.count`, 'int'),
        ],
      },
    ],
  })),
  rules: Array.from({ length: 4 }, (_, i) => ({
    key: `rule${i}`,
    when: `p${i}.pay > 900000000 and p${i + 1}.kind = "three"`,
    message: label('R'),
    fields: [`p${i}.pay`],
    severity: 'error' as const,
  })),
}

const names = ['Nguyễn Thị Mẫu Đơn', 'Trần Văn Bách', 'Lò Thị Mai', 'Vàng A Sến', 'Phạm Minh Khôi']

export function answersOfSixty(seed: number): Answers {
  const answers: Answers = {}
  for (let i = 0; i < 6; i++) {
    const n = seed * 7 + i * 3
    Object.assign(answers, {
      [`p${i}.fullName`]: names[n % names.length],
      [`p${i}.kind`]: n % 2 ? 'one' : 'two',
      [`p${i}.born`]: `19${50 + (n % 50)}-0${1 + (n % 9)}-1${n % 10}`,
      [`p${i}.personalId`]: `0991${String(90_000_000 + n).slice(0, 8)}`,
      [`p${i}.phone`]: `+849123456${String(n % 100).padStart(2, '0')}`,
      [`p${i}.home`]: { communeCode: 'S9001', detail: `Số ${n}, đường Hoa Sen` },
      [`p${i}.works`]: true,
      [`p${i}.pay`]: 2_000_000 + n * 1000,
      [`p${i}.why`]: 'Theo hợp đồng lao động đã ký với đơn vị',
      ...(i >= 2 && { [`p${i}.count`]: n % 20 }),
    })
  }
  return answers
}

/** A list of workers: five columns, one with a condition, one computed, one rule in each row and one over all rows. */
export const listForm: Definition = {
  ...frame,
  key: 'list',
  pages: [
    {
      key: 'p',
      title: label('P'),
      groups: [
        { key: 'g', fields: [field('total', 'computed', { required: false, value: 'sum(workers.due)' })] },
        {
          key: 'workers',
          layout: 'table',
          repeat: { min: 1, max: 500 },
          fields: [
            field('fullName', 'name'),
            field('born', 'date', { tense: 'past' }),
            field('pay', 'money'),
            field('share', 'int', { visible: 'pay > 2000000' }),
            field('due', 'computed', { required: false, value: 'pay * 0.08' }),
          ],
        },
      ],
    },
  ],
  rules: [
    {
      ...{ key: 'young', within: 'workers', when: 'years between(born, today()) < 15', severity: 'error' },
      ...{ message: label('R'), fields: ['born'] },
    },
    {
      ...{ key: 'much', when: 'total > 900000000000', severity: 'error', message: label('R') },
      fields: ['total'],
    },
  ],
}

export function answersOfList(rows: number, seed: number): Answers {
  return {
    workers: Array.from({ length: rows }, (_, i) => {
      const n = i + seed
      const row = { fullName: names[n % names.length], born: `19${60 + (n % 40)}-05-1${n % 10}` }
      return { ...row, pay: 1_500_000 + n * 1000, ...(1_500_000 + n * 1000 > 2_000_000 && { share: n % 9 }) }
    }),
  }
}
