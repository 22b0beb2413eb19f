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
  signs: [],
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

describe('what an act asks', () => {
  const read = (entries: [string, string][], changes = {}) =>
    readAct(posted(entries), { ...facts, ...changes })

  test('a body outside is asked by its name; silence counts only with the rule that says so', () => {
    const asked: [string, string][] = [
      ['command', 'consult'],
      ['taskNo', '4'],
      ['where', 'outside'],
      ['question', 'Có vướng lưới điện không?'],
      ['replyBy', '2026-11-27'],
      ['silence', 'agreed'],
    ]
    expect(read(asked)).toMatchObject({ problems: [{ href: '#outside' }, { href: '#basis' }] })
    expect(
      read([...asked, ['outside', 'Điện lực'], ['basis', 'NĐ 61/2018'], ['confidential', 'yes']]),
    ).toEqual({
      act: {
        command: 'consult',
        taskNo: 4,
        to: { outside: 'Điện lực' },
        question: 'Có vướng lưới điện không?',
        replyBy: '2026-11-27',
        silence: 'agreed',
        basis: 'NĐ 61/2018',
        confidential: true,
      },
    })
  })

  test('an authority is asked in a role; what was typed for the other way does not count', () => {
    const asked: [string, string][] = [
      ['command', 'consult'],
      ['where', 'inside'],
      ['place', 'H99.13'],
      ['role', 'specialist'],
      ['outside', 'Điện lực'],
      ['question', 'Có tranh chấp không?'],
      ['replyBy', '2026-11-27'],
      ['silence', 'none'],
      ['basis', 'NĐ 61/2018'],
    ]
    expect(read(asked)).toEqual({
      act: {
        command: 'consult',
        to: { authority: 'H99.13', role: 'specialist' },
        question: 'Có tranh chấp không?',
        replyBy: '2026-11-27',
        silence: 'none',
        confidential: false,
      },
    })
  })

  test('money is read as people write it, and a fee keeps the name of the procedure', () => {
    const fees = [{ key: 'permit', name: 'Lệ phí cấp phép', amountVnd: 75_000 }]
    const asked: [string, string][] = [
      ['command', 'requestObligation'],
      ['fee', 'permit'],
      ['amountVnd', '1.200.000'],
      ['reason', 'Theo nghị quyết'],
    ]
    expect(read(asked, { fees })).toEqual({
      act: {
        command: 'requestObligation',
        key: 'permit',
        name: 'Lệ phí cấp phép',
        amountVnd: 1_200_000,
        reason: 'Theo nghị quyết',
      },
    })
    const other: [string, string][] = [
      ['command', 'requestObligation'],
      ['fee', 'other'],
      ['reason', 'x'],
    ]
    expect(read(other)).toMatchObject({ problems: [{ href: '#feeName' }, { href: '#amountVnd' }] })
  })

  test('a visit is planned in the time of the country, whatever the machine says', () => {
    const asked: [string, string][] = [
      ['command', 'planVisit'],
      ['on', '2026-11-25T09:00'],
      ['place', 'Số 45'],
      ['reason', 'Đo lại'],
    ]
    expect(read(asked)).toMatchObject({ act: { on: '2026-11-25T09:00:00+07:00' } })
  })

  test('papers go to somebody by name, or to anybody in a role', () => {
    const handed = (receiver: string) =>
      read([
        ['command', 'handOver'],
        ['receiver', receiver],
        ['sheets', '12'],
        ['batch', 'b1'],
      ])
    expect(handed('H99.12|clerk|')).toMatchObject({
      act: { to: { authority: 'H99.12', role: 'clerk', officer: null }, sheets: 12, batch: 'b1' },
    })
    expect(handed('H99.12|clerk|van')).toMatchObject({ act: { to: { officer: 'van' } } })
  })

  test('somebody else who collects is named only at the counter', () => {
    const returned = (delivery: string) =>
      read([
        ['command', 'returnResult'],
        ['taskNo', '9'],
        ['delivery', delivery],
        ['collector', 'Nguyễn Văn Em'],
      ])
    expect(returned('counter')).toEqual({
      act: { command: 'returnResult', taskNo: 9, delivery: 'counter', collector: 'Nguyễn Văn Em' },
    })
    expect(returned('electronic')).toEqual({
      act: { command: 'returnResult', taskNo: 9, delivery: 'electronic' },
    })
  })

  test('a second request for more states the new fact', () => {
    const asked: [string, string][] = [
      ['command', 'requestSupplement'],
      ['ask', 'other'],
      ['text:other', 'Bản vẽ mới'],
    ]
    expect(read(asked, { newFact: true })).toMatchObject({ problems: [{ href: '#newFact' }] })
    expect(read([...asked, ['newFact', 'Đất vừa được tách thửa']], { newFact: true })).toMatchObject({
      act: { newFact: 'Đất vừa được tách thửa' },
    })
    // Without need there is none, whatever is posted.
    expect(read([...asked, ['newFact', 'x']])).not.toHaveProperty('act.newFact')
  })

  test('a command that no button of ours sends is not an act', () => {
    for (const command of ['', 'constructor', 'drop'])
      expect(read([['command', command]])).toMatchObject({ problems: [{ href: '#viec' }] })
  })
})
