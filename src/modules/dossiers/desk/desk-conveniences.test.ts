import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aDesk, morning, staff } from '../../../../test/builders/a-desk.ts'
import { accepted, isRefusal, type Outcome } from '../../../kernel/errors.ts'
import type { Officer } from '../../identity/index.ts'
import type { Dossier } from '../dossier.ts'
import { duplicatesFor, duplicatesOf } from './duplicates.ts'
import { createLabel, deleteLabel, labelsOn, listLabels, putLabel, takeLabelOff } from './labels.ts'
import { QueueFilter } from './queue.ts'
import { deleteView, listSavedViews, saveView, setDefaultView } from './saved-views.ts'
import { readWorkload, tasksHeldBy } from './workload.ts'

const desk = await aDesk()
afterAll(() => desk.db.close())
const { act, file, officer } = desk
const db = desk.db.pool
const reception = officer(staff.reception)
const colleague = officer(staff.otherReception)
const specialist = officer(staff.specialist)
const when = { now: morning }
const codeOf = (outcome: Outcome<unknown>) => (isRefusal(outcome) ? outcome.code : 'done')

describe('saved views', () => {
  const names = async (who: Officer) => (await listSavedViews(db, who)).map(({ name }) => name)

  test('are one officer’s own, or shared with the unit', async () => {
    await saveView(db, reception, { name: 'Khai sinh', query: 'view=all&procedure=1.001193' }, when)
    await saveView(db, reception, { name: 'Bưu chính', query: 'channel=post', shared: true }, when)
    expect(await names(reception)).toEqual(['Bưu chính', 'Khai sinh'])
    expect(await names(colleague)).toEqual(['Bưu chính'])
    expect(await names(specialist)).toEqual([])
    const [shared] = await listSavedViews(db, colleague)
    expect(shared).toMatchObject({ own: false, query: 'view=mine&channel=post' })
    expect(codeOf(await deleteView(db, colleague, shared!.id))).toBe('work.not-found')
  })

  test('keep a filter and nothing else, and never a place in the middle of a list', async () => {
    const query = 'view=sign&after=-~0199d000-0000-7000-8000-000000000001~1&evil=<script>'
    const { id } = accepted(await saveView(db, specialist, { name: 'Ký', query }, when))
    const saved = await listSavedViews(db, specialist)
    expect(saved.find((view) => view.id === id)?.query).toBe('view=sign')
  })

  test('have each their own name, and at most fifty', async () => {
    expect(codeOf(await saveView(db, reception, { name: 'khai SINH', query: '' }, when))).toBe(
      'work.name-taken',
    )
    expect(codeOf(await saveView(db, reception, { name: '  ', query: '' }, when))).toBe('work.name-missing')
    const many = officer(staff.clerk)
    for (let i = 0; i < 50; i++) await saveView(db, many, { name: `Số ${i}`, query: '' }, when)
    expect(codeOf(await saveView(db, many, { name: 'Một nữa', query: '' }, when))).toBe('work.too-many')
  })

  test('one of them begins the day', async () => {
    const [view] = await listSavedViews(db, reception)
    await setDefaultView(db, reception, view!.id)
    expect((await listSavedViews(db, reception)).filter(({ isDefault }) => isDefault)).toHaveLength(1)
    expect((await listSavedViews(db, colleague)).filter(({ isDefault }) => isDefault)).toEqual([])
    expect(codeOf(await setDefaultView(db, specialist, view!.id))).toBe('work.not-found')
    await setDefaultView(db, reception, null)
    expect((await listSavedViews(db, reception)).some(({ isDefault }) => isDefault)).toBe(false)
  })
})

describe('labels', () => {
  let dossier: Dossier
  beforeAll(async () => {
    dossier = (await file()).dossier
  })

  test('mark dossiers for a whole unit, are counted, and are found by', async () => {
    const { id } = accepted(await createLabel(db, reception, { name: 'Gấp', colour: 'red' }, when))
    expect(accepted(await putLabel(db, colleague, id, [dossier.code], when))).toEqual({ count: 1 })
    expect(accepted(await putLabel(db, colleague, id, [dossier.code], when))).toEqual({ count: 1 })
    expect(await listLabels(db, reception)).toMatchObject([{ name: 'Gấp', colour: 'red', count: 1 }])
    expect((await labelsOn(db, reception, [dossier.id])).get(dossier.id)).toMatchObject([{ name: 'Gấp' }])
    const when2 = { now: morning, endOfToday: morning }
    const filter = QueueFilter.parse({ view: 'all', label: id })
    expect((await desk.dossiers.queue(reception, filter, when2)).items.map(({ code }) => code)).toEqual([
      dossier.code,
    ])
    expect((await desk.dossiers.queue(specialist, filter, when2)).items).toEqual([])
    await takeLabelOff(db, reception, id, [dossier.code])
    expect(await listLabels(db, reception)).toMatchObject([{ count: 0 }])
  })

  test('are no business of other units, and tell nothing of dossiers elsewhere', async () => {
    const [label] = await listLabels(db, reception)
    const stranger = officer(staff.elsewhere)
    expect(codeOf(await putLabel(db, stranger, label!.id, [dossier.code], when))).toBe('work.not-found')
    const own = accepted(await createLabel(db, stranger, { name: 'Của tôi' }, when))
    expect(accepted(await putLabel(db, stranger, own.id, [dossier.code], when))).toEqual({ count: 0 })
    expect(codeOf(await deleteLabel(db, specialist, label!.id))).toBe('work.not-found')
    expect(codeOf(await deleteLabel(db, colleague, label!.id))).toBe('done')
  })

  test('have each their own name in a unit', async () => {
    await createLabel(db, reception, { name: 'Chờ gọi' }, when)
    expect(codeOf(await createLabel(db, colleague, { name: 'chờ GỌI' }, when))).toBe('work.name-taken')
    expect(codeOf(await createLabel(db, reception, { name: '' }, when))).toBe('work.name-missing')
  })
})

describe('duplicates', () => {
  test('the same person asking for the same again is told, and nobody else', async () => {
    const first = await file()
    const second = await file()
    const other = await file({ formKey: 'birth-registration' }).catch(() => undefined)
    const opened = accepted(await desk.dossiers.view(reception, second.dossier.code))
    const found = await duplicatesOf(db, opened, when)
    expect(found.map(({ code }) => code)).toContain(first.dossier.code)
    expect(found.map(({ code }) => code)).not.toContain(second.dossier.code)
    if (other) expect(found.map(({ code }) => code)).not.toContain(other.dossier.code)
  })

  test('without a number the same name with the same phone is the same person', async () => {
    const { dossier } = await file({ actor: reception })
    const asked = { procedureCode: dossier.procedureCode, name: 'NGUYỄN THỊ  quầy', phone: '+84 912 345 678' }
    expect((await duplicatesFor(db, asked, when)).map(({ code }) => code)).toContain(dossier.code)
    expect(await duplicatesFor(db, { ...asked, phone: '0912345679' }, when)).toEqual([])
    expect(await duplicatesFor(db, { ...asked, name: 'Người Khác' }, when)).toEqual([])
    expect(await duplicatesFor(db, { ...asked, phone: null }, when)).toEqual([])
  })

  test('what ended long ago is not told; what is still open is', async () => {
    const { dossier } = await file({ actor: reception })
    const asked = { procedureCode: dossier.procedureCode, name: 'Nguyễn Thị Quầy', phone: '0912345678' }
    accepted(await act(reception, dossier, { command: 'refuse', reason: 'Sai nơi' }))
    const codes = async (now: Date) => (await duplicatesFor(db, asked, { now })).map(({ code }) => code)
    expect(await codes(new Date('2027-02-01T00:00:00Z'))).toContain(dossier.code)
    expect(await codes(new Date('2027-03-01T00:00:00Z'))).not.toContain(dossier.code)
    expect(await codes(new Date('2027-03-01T00:00:00Z'))).not.toEqual([])
  })
})

test('the workload says who has how much, what nobody holds, and what was finished', async () => {
  const { dossier } = await file()
  const accepted1 = accepted(await act(reception, dossier, { command: 'accept' }))
  accepted(await act(specialist, accepted1, { command: 'assign', officer: staff.specialist }))
  const since = new Date('2026-11-15T17:00:00Z')
  const span = { now: new Date('2026-11-19T03:00:00Z'), endOfToday: new Date('2026-11-19T16:59:59Z'), since }
  const { loads, finished, capped } = await readWorkload(db, 'H99.12', span)
  expect(capped).toBe(false)
  expect(loads.find(({ officerId }) => officerId === staff.specialist)).toMatchObject({
    ...{ role: 'specialist', open: 1, oldest: morning.toISOString() },
  })
  expect(
    loads.find(({ officerId, role }) => officerId === null && role === 'reception')!.open,
  ).toBeGreaterThan(0)
  expect(finished[staff.reception]).toBeGreaterThan(0)
  const held = await tasksHeldBy(db, 'H99.12', staff.specialist, 10)
  expect(held).toMatchObject([{ code: dossier.code, role: 'specialist' }])
  const unheld = await tasksHeldBy(db, 'H99.12', null, 2)
  expect(unheld).toHaveLength(2)
  expect((await readWorkload(db, 'H99.13', span)).loads).toEqual([])
})
