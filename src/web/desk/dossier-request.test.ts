import { draftFieldsFor } from 'motcua/modules/dossiers'
import { describe, expect, test } from 'vitest'
import { readAct } from './dossier-request'

const facts = {
  askable: [
    { key: 'field:child.fullName', label: 'Họ tên con' },
    { key: 'component:birth-notice', label: 'Giấy chứng sinh' },
    { key: 'other', label: 'Việc khác' },
  ],
  draftFields: draftFieldsFor('certified-copy'),
  delivery: 'post' as const,
  fees: [],
  newFact: false,
  locale: 'vi' as const,
}
const posted = (entries: [string, string][]) => {
  const form = new FormData()
  for (const [name, value] of entries) form.append(name, value)
  return form
}

describe('a request for more', () => {
  test('one request holds every item, each pinned to its field or paper', () => {
    const form = posted([
      ['command', 'requestSupplement'],
      ['taskNo', '1'],
      ['ask', 'field:child.fullName'],
      ['text:field:child.fullName', 'Viết đúng như giấy chứng sinh'],
      ['ask', 'component:birth-notice'],
      ['text:component:birth-notice', 'Ảnh mờ, chụp lại'],
    ])
    expect(readAct(form, facts)).toEqual({
      act: {
        command: 'requestSupplement',
        taskNo: 1,
        items: [
          { target: { field: 'child.fullName' }, text: 'Viết đúng như giấy chứng sinh' },
          { target: { component: 'birth-notice' }, text: 'Ảnh mờ, chụp lại' },
        ],
      },
    })
  })

  test('every marked item must say what to mend', () => {
    const form = posted([
      ['command', 'requestSupplement'],
      ['ask', 'field:child.fullName'],
      ['ask', 'other'],
    ])
    expect(readAct(form, facts)).toMatchObject({
      problems: [{ href: '#hoi-field-child-fullName' }, { href: '#hoi-other' }],
    })
  })

  test('a target that the page never offered is not asked for', () => {
    const form = posted([
      ['command', 'requestSupplement'],
      ['ask', 'field:secret'],
      ['text:field:secret', 'x'],
    ])
    expect(readAct(form, facts)).toMatchObject({ problems: [{ href: '#ask-0' }] })
  })
})

test('a refusal without a reason is sent back to the officer', () => {
  expect(
    readAct(
      posted([
        ['command', 'refuse'],
        ['reason', '  '],
      ]),
      facts,
    ),
  ).toMatchObject({
    problems: [{ href: '#reason' }],
  })
})

test('an unusual end of a step needs a note', () => {
  const entries: [string, string][] = [
    ['command', 'completeStep'],
    ['outcome', 'not-eligible'],
    ['noteRequired', '1'],
  ]
  expect(readAct(posted(entries), facts)).toHaveProperty('problems')
  expect(readAct(posted([...entries, ['note', 'Đã có giấy khai sinh']]), facts)).toEqual({
    act: { command: 'completeStep', outcome: 'not-eligible', note: 'Đã có giấy khai sinh' },
  })
})

test('a result is given as the applicant chose, unless the officer says otherwise', () => {
  expect(readAct(posted([['command', 'returnResult']]), facts)).toEqual({
    act: { command: 'returnResult', delivery: 'post' },
  })
  expect(
    readAct(
      posted([
        ['command', 'returnResult'],
        ['delivery', 'counter'],
      ]),
      facts,
    ),
  ).toEqual({
    act: { command: 'returnResult', delivery: 'counter' },
  })
})

test('a draft keeps what was written, numbers as numbers', () => {
  const form = posted([
    ['command', 'draftResult'],
    ['taskNo', '3'],
    ['draft:copies', '12'],
  ])
  expect(readAct(form, facts)).toEqual({ act: { command: 'draftResult', taskNo: 3, draft: { copies: 12 } } })
})
