import { afterAll, expect, test } from 'vitest'
import { aDesk, morning, staff } from '../../../test/builders/a-desk.ts'
import { accepted } from '../../kernel/errors.ts'
import {
  createReorganisations,
  findOfficer,
  type Reorganisation,
  ReorganisationRequest,
  reorganisationRefusals,
} from '../directory/index.ts'
import type { Officer } from '../identity/index.ts'
import type { Dossier } from './dossier.ts'
import { succeededTo } from './moving-many/succession.ts'
import {
  followedSoFar,
  movesOf,
  openWorkOf,
  previewReorganised,
  runReorganisations,
} from './reorganisation-run.ts'
import { verifyDossiers } from './verify.ts'

const desk = await aDesk()
afterAll(() => desk.db.close())
const { act, db, file, officer } = desk
const now = morning
const reorganisations = createReorganisations({
  db,
  openWork: (codes, instant) => openWorkOf(db, codes, instant),
  changed: () => undefined,
})
const run = () => runReorganisations({ db, reorganisations, now: () => now, rest: 0 })

const commune = (code: string, shortName: string) => ({
  ...{
    code,
    shortName,
    name: `Ủy ban nhân dân ${shortName.toLowerCase()}`,
    kind: 'commune',
    parentCode: 'H99',
  },
})
const decision = (lines: object[], changes: object = {}) =>
  ReorganisationRequest.parse({
    ...{ number: '15/NQ-HĐND', issuedOn: '2026-11-18', issuedBy: 'HĐND tỉnh', title: 'Sắp xếp' },
    ...{ effectiveOn: '2026-11-19', lines },
    ...changes,
  })

async function approved(request: ReorganisationRequest): Promise<Reorganisation> {
  const drafted = accepted(await reorganisations.draft(officer('officer-control-1'), request, { now }))
  const leader = officer('officer-province-leader-2')
  return accepted(await reorganisations.approve(leader, drafted.id, { now, seen: drafted.sequence }))
}

/** The officer with the posts that they have now. */
async function asOf(officerId: string): Promise<Officer> {
  const { name, posts } = (await findOfficer(db, officerId, '2026-11-19'))!
  return { kind: 'officer', officerId, name, posts: posts as Officer['posts'] }
}

test('two communes merge: what was open is the new one’s, its officers go on, codes and dates stay', async () => {
  const waiting = (await file()).dossier
  const filed = (await file()).dossier
  const taken = accepted(await act(officer(staff.reception), filed, { command: 'accept' }))
  const held = accepted(
    await act(officer(staff.head), taken, { command: 'assign', officer: staff.specialist }),
  )
  const request = decision([
    {
      ...{ kind: 'merge', from: ['H99.12', 'H99.13'], into: 'H99.60', head: 'officer-hoa-sen-leader-1' },
      authority: commune('H99.60', 'Phường Mới'),
    },
  ])
  const { plan, problems, work } = await reorganisations.preview(request, { now })
  expect(problems).toEqual([])
  expect(work.get('H99.12')).toMatchObject({ dossiers: 2, procedures: [{ field: 'Hộ tịch', dossiers: 2 }] })
  const moves = await previewReorganised(db, request, { plan, now })
  expect(moves).toMatchObject([
    { from: 'H99.12', to: 'H99.60', open: 2, holders: [{ officer: staff.specialist, keeps: true }] },
    { from: 'H99.13', open: 0 },
  ])

  const { id } = await approved(request)
  expect(await run()).toBe(true)
  expect(await followedSoFar(db, id)).toEqual({ open: 2, moved: 2, freed: 0 })
  expect((await reorganisations.find(id))!).toMatchObject({ followed: { found: 2, moved: 2, left: 0 } })
  for (const before of [waiting, held]) {
    const after = await desk.stored(before)
    expect(after).toMatchObject({ code: before.code, dueAt: before.dueAt, competent: 'H99.60' })
  }
  expect((await desk.stored(held)).tasks.at(-1)!.assignee).toBe(staff.specialist)
  const reception = await asOf(staff.elsewhere)
  accepted(await act(reception, waiting, { command: 'accept' }))
  expect((await openWorkOf(db, ['H99.12', 'H99.13'])).size).toBe(0)
})

test('a split asks for a rule, then moves what was chosen and by the fields of a unit', async () => {
  const [civil, business] = [(await file()).dossier, (await file({ formKey: 'household-business' })).dossier]
  expect([civil.competent, business.competent]).toEqual(['H99.60', 'H99.60'])
  const lines = (rule: object) => [
    { kind: 'begin', authority: commune('H99.61', 'Phường Một') },
    { kind: 'begin', authority: commune('H99.62', 'Phường Hai') },
    { kind: 'split', from: 'H99.60', into: ['H99.61', 'H99.62'], ...rule },
  ]
  const draft = (rule: object) =>
    reorganisations.draft(officer('officer-control-1'), decision(lines(rule)), { now })
  const problem = { line: 2, field: 'rest', code: 'needs-a-rule', params: { code: 'H99.60', count: '4' } }
  expect(await draft({})).toEqual(reorganisationRefusals.invalid({ problems: [problem] }))
  const byUnit = { to: 'H99.61', units: ['justice'] }
  expect(await draft({ rules: [byUnit] })).toMatchObject({
    details: { problems: [{ params: { count: '1' } }] },
  })
  const rules = [byUnit, { to: 'H99.62', dossiers: [business.code] }]
  const drafted = accepted(await draft({ rules }))
  const moves = await movesOf(db, drafted, now)
  expect(moves).toEqual([
    { from: 'H99.60', to: 'H99.62', when: { dossiers: [business.code] } },
    { from: 'H99.60', to: 'H99.61', when: { procedures: [civil.procedureCode] } },
  ])
  const heir = (dossier: Dossier) =>
    succeededTo(dossier, { ...drafted, decision: '16', moves, officers: new Map() })?.authorities[0]?.to
  expect([heir(civil), heir(business)]).toEqual(['H99.61', 'H99.62'])
})

test('the chains of all dossiers hold', async () => {
  expect(await verifyDossiers(db.pool)).toMatchObject({ chainFaults: [], differingRows: [] })
})
