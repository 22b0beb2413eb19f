import type { SeenGrant } from 'motcua/modules/directory'
import { expect, test } from 'vitest'
import { doneText, powersView, problemsView, readPowerForm } from './powers.view'

const aGrant = (changes: Partial<SeenGrant> = {}): SeenGrant => ({
  id: 'g1',
  sequence: 1,
  headHash: Buffer.alloc(32),
  kind: 'absence',
  authorityCode: 'H99.12',
  giver: 'van',
  receiver: 'vinh',
  posts: ['p'],
  capacity: null,
  procedures: null,
  fields: [],
  document: null,
  basis: null,
  reason: 'Tập huấn',
  from: '2026-11-23',
  to: '2026-11-27',
  grantedBy: 'van',
  grantedAt: '2026-11-20T02:00:00.000Z',
  endedAt: null,
  endedBy: null,
  endReason: null,
  giverName: 'Phạm Ngọc Vân',
  receiverName: 'Đỗ Quang Vinh',
  grantedByName: 'Phạm Ngọc Vân',
  endedByName: null,
  lent: [
    {
      postId: 'p',
      title: 'Công chức tư pháp',
      authorityCode: 'H99.12',
      unitCode: 'justice',
      roles: ['specialist'],
    },
  ],
  receiverUnits: ['justice'],
  mayEnd: true,
  overlaps: [],
  ...changes,
})
const procedures = { '2.000815': 'Sao y' }
const shown = (grants: SeenGrant[], phases: Parameters<typeof powersView>[0]['phases'], officerId = 'vinh') =>
  powersView({ grants, phases, officerId, procedures }, 'vi')

test('what is in force stands before what is coming, and the past is apart', () => {
  const grants = ['a', 'b', 'c', 'd'].map((id) => aGrant({ id }))
  const view = shown(grants, { a: 'over', b: 'coming', c: 'in-force', d: 'ended-early' })
  expect(view.current.map(({ id }) => id)).toEqual(['c'])
  expect(view.coming.map(({ id }) => id)).toEqual(['b'])
  expect(view.past.map(({ id }) => id)).toEqual(['a', 'd'])
  expect(view.past.some(({ mayEnd }) => mayEnd)).toBe(false)
})

test('an absence says who, what and until when, and whether it is mine', () => {
  const [row] = shown([aGrant()], { g1: 'in-force' }).current
  expect(row).toMatchObject({
    days: '23/11/2026 đến 27/11/2026',
    what: 'Làm thay: Công chức tư pháp',
    limits: [],
    mine: 'received',
    notes: [],
    mayEnd: true,
  })
  expect(shown([aGrant()], { g1: 'in-force' }, 'van').current[0]!.mine).toBe('given')
  expect(shown([aGrant()], { g1: 'in-force' }, 'lan').current[0]!.mine).toBeNull()
})

test('a mandate shows its procedures and its paper; a field counts its procedures', () => {
  const signing = {
    kind: 'signing',
    capacity: 'TUQ.',
    document: { number: '21/GUQ-UBND', on: '2026-06-29' },
  } as const
  const [named, field, all] = shown(
    [
      aGrant({ ...signing, procedures: ['2.000815'] }),
      aGrant({ ...signing, procedures: ['a', 'b'], fields: ['Hộ tịch'] }),
      aGrant({ ...signing, capacity: 'KT.', document: null }),
    ],
    { g1: 'in-force' },
  ).current
  expect(named!.limits).toEqual(['Sao y (2.000815)', 'Văn bản số 21/GUQ-UBND, ngày 29/06/2026'])
  expect(field!.limits[0]).toBe('Lĩnh vực: Hộ tịch (2 thủ tục)')
  expect(all!.limits).toEqual(['Không giới hạn thủ tục'])
})

test('who recorded it, who ended it, and what it overlaps are noted', () => {
  const grants = [
    aGrant({
      ...{ grantedBy: 'lan', grantedByName: 'Hà Hải Lan', overlaps: ['g2'] },
      ...{
        endedAt: '2026-11-24T02:00:00.000Z',
        endedBy: 'van',
        endedByName: 'Phạm Ngọc Vân',
        endReason: 'Về sớm',
      },
    }),
    aGrant({ id: 'g2', receiverName: 'Tạ Hữu Bách' }),
  ]
  const [ended] = shown(grants, { g1: 'ended-early', g2: 'in-force' }).past
  expect(ended!.notes).toEqual([
    'Hà Hải Lan ghi lúc 09:00 ngày 20/11/2026',
    'Phạm Ngọc Vân kết thúc lúc 09:00 ngày 24/11/2026: Về sớm',
    'Trùng ngày với lần giao cho Tạ Hữu Bách',
  ])
})

test('what was just done is said once, with what it overlaps', () => {
  const grants = [aGrant({ overlaps: ['g2'] }), aGrant({ id: 'g2', receiverName: 'Tạ Hữu Bách' })]
  expect(doneText(grants, 'g1', 'vi')).toBe(
    'Đã ghi: Phạm Ngọc Vân giao cho Đỗ Quang Vinh, 23/11/2026 đến 27/11/2026. Lưu ý: trùng ngày với lần giao cho Tạ Hữu Bách.',
  )
  expect(doneText([aGrant({ endedAt: '2026-11-24T02:00:00Z' })], 'g1', 'vi')).toContain('Đã kết thúc')
  expect(doneText(grants, 'other', 'vi')).toBeUndefined()
  expect(doneText(grants, null, 'vi')).toBeUndefined()
})

test('each problem leads to the box that repairs it; the same one is said once', () => {
  const problems = [
    { field: 'document.number', code: 'needed' },
    { field: 'document.on', code: 'needed' },
    { field: 'receiver', code: 'works-elsewhere' },
    { field: 'receiver', code: 'never heard of' },
  ]
  expect(problemsView(problems, 'vi')).toEqual([
    { href: '#documentNumber', text: 'Hãy ghi số và ngày của văn bản giao quyền.' },
    { href: '#receiver', text: 'Người làm thay phải cùng cơ quan.' },
    { href: '#receiver', text: 'Có chỗ cần sửa trong yêu cầu giao quyền.' },
  ])
})

test('a form is read as it was typed; an empty box is missing, not wrong', () => {
  const form = new FormData()
  for (const [name, value] of [
    ['_action', 'signing'],
    ['giver', 'chair'],
    ['receiver', ''],
    ['from', '2026-11-23'],
    ['to', ''],
    ['reason', '  Lý do '],
    ['procedures', '2.000815'],
    ['documentNumber', '21/GUQ-UBND'],
  ] as const)
    form.append(name, value)
  const { request, values } = readPowerForm(form)
  expect(request).toEqual({
    kind: 'signing',
    giver: 'chair',
    from: '2026-11-23',
    reason: 'Lý do',
    procedures: ['2.000815'],
    fields: [],
    document: { number: '21/GUQ-UBND', on: '' },
  })
  expect(values.documentNumber).toBe('21/GUQ-UBND')
  form.set('_action', 'absence')
  expect(readPowerForm(form).request).toEqual({
    kind: 'absence',
    giver: 'chair',
    from: '2026-11-23',
    reason: 'Lý do',
    posts: [],
  })
})
