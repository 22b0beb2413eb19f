import { describe, expect, test } from 'vitest'
import { aDesk, staff } from '../../../../test/builders/a-desk.ts'
import { accepted } from '../../../kernel/errors.ts'
import { type Dossier, openTasks } from '../dossier.ts'
import { createDossiers } from '../dossier-service.ts'

const desk = await aDesk()

/** The clock at a moment: fires what is due then. */
const clockAt = (moment: string) =>
  createDossiers(
    desk.db,
    () => undefined,
    [],
    () => new Date(moment),
  )

const holder = (authority: string, role: string) =>
  desk.officer(
    desk.officers.find(({ posts }) =>
      posts.some(
        ({ authorityCode, roles }) => authorityCode === authority && roles.some((each) => each === role),
      ),
    )!.officerId,
  )

async function inAppraisal(): Promise<Dossier> {
  const { dossier } = await desk.file({ formKey: 'building-permit', actor: desk.officer(staff.reception) })
  accepted(await desk.act(desk.officer(staff.reception), dossier, { command: 'accept' }))
  return accepted(
    await desk.act(holder(dossier.competent, 'head'), dossier, { command: 'completeStep', outcome: 'ok' }),
  )
}

const steps = (dossier: Dossier) => openTasks(dossier).map(({ stepId }) => stepId)

describe('a building permit', () => {
  test('two working days before its date the head is asked to look ahead, once, whoever runs the clock', async () => {
    const begun = await inAppraisal()
    expect(steps(begun)).toEqual(['site', 'planning'])
    const [timer] = begun.marking!.timers
    const { rows } = await desk.db.pool.query('select next_timer_at from dossiers.dossier where id = $1', [
      begun.id,
    ])
    expect(rows[0].next_timer_at.toISOString()).toBe(timer!.at)
    const before = new Date(Date.parse(timer!.at!) - 60_000).toISOString()
    expect(await clockAt(before).fireTimers()).toBe(0)
    const fired = await Promise.all([clockAt(timer!.at!).fireTimers(), clockAt(timer!.at!).fireTimers()])
    expect(fired.toSorted()).toEqual([0, 1])
    const after = await desk.stored(begun)
    expect(steps(after)).toEqual(['site', 'planning', 'foresee'])
    expect(after.marking!.timers).toEqual([])
    expect(await desk.folded(begun)).toEqual(after)
    expect(await clockAt(timer!.at!).fireTimers()).toBe(0)
  })

  test('what waits for the applicant is left alone', async () => {
    const begun = await inAppraisal()
    const asked = accepted(
      await desk.act(holder(begun.competent, 'specialist'), begun, {
        ...{ command: 'requestSupplement', items: [{ target: null, text: 'Bản vẽ' }] },
      }),
    )
    expect(asked.state).toBe('awaiting-supplement')
    expect(await clockAt('2027-11-19T02:00:00.000Z').fireTimers()).toBe(0)
  })

  test('a process that cannot go on does not hold up the others, and is not passed over in silence', async () => {
    const [stuck, other] = [await inAppraisal(), await inAppraisal()]
    const moved = {
      ...stuck.marking!,
      tokens: [],
      timers: stuck.marking!.timers.map((each) => ({ ...each, node: 'gone' })),
    }
    await desk.database.pool.query('update dossiers.dossier set marking = $2 where id = $1', [
      stuck.id,
      moved,
    ])
    await expect(clockAt(other.marking!.timers[0]!.at!).fireTimers()).rejects.toThrow('could not fire')
    expect(steps(await desk.stored(other))).toContain('foresee')
  })
})
