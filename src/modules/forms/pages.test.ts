import { describe, expect, test } from 'vitest'
import { formJson, reference } from '../../../test/builders/packages.ts'
import { accepted } from '../../kernel/errors.ts'
import {
  type Answers,
  accountFacts,
  compileForm,
  dataRegisters,
  formPageView,
  type Offers,
  type Origins,
  prefill,
  readPage,
  registersFor,
  reviewView,
  validateAnswers,
} from './index.ts'

const today = '2026-11-20'
const compiled = accepted(compileForm(formJson('birth-registration')))
const source = dataRegisters(reference('demonstration/registers').people)
const account = accountFacts({
  name: 'Nguyễn Thị Mẫu Đơn',
  personalId: '099195000001',
  dateOfBirth: '1995-03-14',
  phone: '+84912345601',
})

/** A browser without JavaScript: prints every control of the page and posts it with what the person typed. */
function post(
  pageKey: string,
  state: { answers: Answers; origins: Origins; offers: Offers },
  typed: Record<string, string>,
) {
  const view = formPageView(compiled, pageKey, { ...state, locale: 'vi', today })
  const form = new FormData()
  for (const field of view.groups.flatMap((group) => group.fields)) {
    form.append('_asked', field.path)
    for (const input of field.inputs)
      if (input.kind !== 'radio' || input.value) form.set(input.name, input.value)
  }
  for (const [name, value] of Object.entries(typed)) form.set(name, value)
  return readPage(compiled, pageKey, form, state)
}

async function motherOf(answers: Answers = {}) {
  const registers = await registersFor('099195000001', [source])
  const fill = (state: { answers?: Answers; origins?: Origins }) =>
    prefill(compiled, { account, registers, today, ...state })
  return { fill, state: fill({ answers }) }
}

describe('the birth form for a mother', () => {
  test('the first page asks what she is to the child; the rest is known', async () => {
    const { state } = await motherOf()
    const view = formPageView(compiled, 'nguoi-di-khai', { ...state, locale: 'vi', today })
    expect(view.groups.flatMap((group) => group.fields.map((field) => field.key))).toEqual([
      'requester.relation',
    ])
    expect(view.countText).toBe('Trang này chỉ hỏi 1 câu. 4 câu khác đã có sẵn, anh/chị chỉ cần xem lại.')
    expect(view.known.map((block) => block.label)).toEqual([
      'Cơ sở dữ liệu về cư trú',
      'Tài khoản định danh của anh/chị',
    ])
  })

  test('page by page she answers five questions and the form is complete', async () => {
    const { fill, state } = await motherOf()
    const one = post('nguoi-di-khai', state, { 'requester.relation': 'mother' })
    const child = fill(one)
    expect(Object.keys(child.offers)).toEqual(['child.hometown'])
    const two = post('em-be', child, { 'child.fullName': 'Trần Ngọc Sen', 'child.hometown.offer': '1' })
    expect(two.answers['child.hometown']).toMatchObject({ communeCode: '13075' })
    const last = post('nhan-ket-qua', fill(two), { 'copies.count': '2', 'delivery.way': 'collect' })
    expect(last.unknown).toEqual([])
    expect(validateAnswers(compiled, last.answers, { today }).problems).toEqual([])
    const review = reviewView(compiled, { ...fill(last), locale: 'vi', today })
    expect(review.notAskedText).toBe('Anh/chị không phải trả lời 29 câu.')
    expect(review.counts).toMatchObject({ paper: 33, asks: 5, notAsked: 29 })
    expect(
      review.sections.flatMap((section) => section.rows).find((row) => row.key === 'father.fullName'),
    ).toMatchObject({
      text: 'Trần Văn Bách',
      source: 'Cơ sở dữ liệu quốc gia về dân cư',
      editPageKey: 'cha',
    })
  })

  test('a wrong name is kept, explained and linked', async () => {
    const { fill, state } = await motherOf({ 'requester.relation': 'mother' })
    const { answers, origins } = post('em-be', state, { 'child.fullName': 'Phạm Minh Khôi 2' })
    const { problems } = validateAnswers(compiled, answers, { today, pageKey: 'em-be' })
    const view = formPageView(compiled, 'em-be', {
      ...fill({ answers, origins }),
      problems,
      locale: 'vi',
      today,
    })
    expect(view.problems.map(({ text }) => text)).toContain(
      'Tên chỉ gồm chữ: bỏ “2” trong họ, chữ đệm, tên của bé',
    )
    const field = view.groups[0]?.fields.find(({ key }) => key === 'child.fullName')
    expect(field?.inputs[0]).toMatchObject({ value: 'Phạm Minh Khôi 2' })
    expect(view.problems[0]?.href).toBe(`#${field?.inputs[0]?.id}`)
  })

  test('a known fact can be corrected, and is then an answer of the person', async () => {
    const { fill, state } = await motherOf({ 'requester.relation': 'mother' })
    const form = new FormData()
    form.append('_asked', 'father.fullName')
    form.set('father.fullName', 'Trần Văn Bách Em')
    const { answers, origins } = readPage(compiled, 'cha', form, state)
    expect(origins['father.fullName']).toBeUndefined()
    expect(fill({ answers, origins }).answers['father.fullName']).toBe('Trần Văn Bách Em')
    const view = formPageView(compiled, 'cha', {
      ...state,
      locale: 'vi',
      today,
      editing: ['father.fullName'],
    })
    expect(view.groups[0]?.fields.map(({ key }) => key)).toEqual(['father.fullName'])
  })

  test('names that belong to nobody are told', async () => {
    const { state } = await motherOf()
    expect(post('nguoi-di-khai', state, { 'x.y': '1', _token: 't' }).unknown).toEqual(['x.y'])
  })
})

describe('rows of a list', () => {
  const residence = accepted(compileForm(formJson('temporary-residence')))
  const page = (fields: Record<string, string>, asked: string[], answers: Answers) => {
    const form = new FormData()
    for (const path of asked) form.append('_asked', path)
    for (const [name, value] of Object.entries(fields)) form.append(name, value)
    return readPage(residence, 'cung-chuyen', form, { answers, origins: {} })
  }

  test('are added, filled and removed by buttons', () => {
    const added = page({ _action: 'add:members' }, [], {})
    expect(added.answers.members).toEqual([{}])
    const filled = page(
      { _rows: 'members[0]', 'members[0].fullName': 'Lò Văn An' },
      ['members[0].fullName'],
      added.answers,
    )
    expect(filled.answers.members).toEqual([{ fullName: 'Lò Văn An' }])
    expect(page({ _action: 'remove:members[0]' }, [], filled.answers).answers.members).toBeUndefined()
  })

  test('each row has its own controls', () => {
    const view = formPageView(residence, 'cung-chuyen', {
      answers: { members: [{ fullName: 'An' }] },
      origins: {},
      locale: 'vi',
      today,
    })
    expect(view.groups[0]?.rows?.[0]?.fields[0]?.inputs[0]).toMatchObject({
      name: 'members[0].fullName',
      value: 'An',
    })
    expect(view.groups[0]).toMatchObject({ addLabel: 'Thêm người cùng chuyển', canAdd: true })
  })
})
