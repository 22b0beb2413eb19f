import { expect, test } from 'vitest'
import { accepted } from '../../kernel/errors.ts'
import { compileForm } from './compile-form.ts'
import { formPageView } from './form-page-view.ts'

const both = (text: string) => ({ vi: text, en: text })
const field = (key: string, type: string, more = {}) => ({ key, type, label: both(key), ...more })

const compiled = accepted(
  compileForm({
    ...{ key: 'living', version: 1, procedureCode: '1.001193', title: both('Mẫu'), validFrom: '2026-07-01' },
    ...{ legalForm: { name: null, setBy: 'Mẫu' }, assurance: { vi: '', en: '', version: 1 } },
    pages: [
      {
        key: 'p',
        title: both('P'),
        groups: [
          { key: 'g', fields: [field('alone', 'bool'), field('area', 'int')] },
          {
            key: 'members',
            visible: 'alone = false',
            repeat: { min: 0, max: 3 },
            fields: [field('name', 'text'), field('why', 'text', { visible: 'name = "B"' })],
            groups: [{ key: 'pets', repeat: { min: 0, max: 2 }, fields: [field('kind', 'text')] }],
          },
        ],
      },
    ],
    rules: [
      {
        key: 'large',
        when: 'area > 900',
        message: both('Rộng hơn thường lệ'),
        fields: ['area'],
        severity: 'warning',
      },
    ],
  } as never),
)

const drawn = (answers: object, live: boolean) =>
  formPageView(compiled, 'p', { answers: answers as never, origins: {}, locale: 'vi', live })

const answers = { alone: true, members: [{ name: 'A' }, { name: 'B', pets: [{ kind: 'mèo' }] }] }

test('rows of a list that is hidden now are drawn for the script that may open it', () => {
  const list = drawn(answers, true).groups.find(({ key }) => key === 'members')
  expect(list).toMatchObject({ hidden: true, canAdd: true })
  expect(list?.rows?.map(({ path, fields }) => [path, fields[0]?.inputs[0]?.value])).toEqual([
    ['members[0]', 'A'],
    ['members[1]', 'B'],
  ])
  const inner = list?.rows?.[1]?.groups?.[0]
  expect(inner?.rows?.map(({ path, fields }) => [path, fields[0]?.inputs[0]?.value])).toEqual([
    ['members[1].pets[0]', 'mèo'],
  ])
})

test('without a script nothing of it is drawn, and rows shown are drawn once', () => {
  expect(drawn(answers, false).groups.map(({ key }) => key)).toEqual(['g'])
  const shown = drawn({ ...answers, alone: false }, true).groups.find(({ key }) => key === 'members')
  expect(shown?.rows).toHaveLength(2)
})

test('what is no list of rows draws none', () => {
  for (const members of [undefined, null, 'x', [1, null, []], { length: 3 }])
    expect(drawn({ alone: true, members }, true).groups[1]?.rows).toEqual([])
})

test('a warning stands beside the field that it is about', () => {
  const warningOf = (area: number) => drawn({ area }, true).groups[0]?.fields[1]?.warning
  expect(warningOf(901)).toBe('Rộng hơn thường lệ')
  expect(warningOf(900)).toBeUndefined()
})
