import { afterAll, describe, expect, test } from 'vitest'
import { aDesk } from '../../../../test/builders/a-desk.ts'
import { groupOf } from '../../../../test/builders/a-group.ts'
import { dateOfLaw } from '../../../kernel/time.ts'
import { findForm, validateAnswers } from '../../forms/index.ts'
import { findById } from '../dossier-store.ts'
import { verifyDossiers } from '../verify.ts'

const desk = await aDesk()
afterAll(() => desk.db.close())

const groups = [
  { procedureCode: '3.000722', formKey: 'linked-birth' },
  { procedureCode: '2.002913', formKey: 'linked-death' },
  { procedureCode: '9.000001', formKey: 'linked-business' },
]

describe.each(groups)('$procedureCode', (which) => {
  const group = groupOf(desk, which)

  test('goes from one filing to the results of its authorities, each with a form that it would take itself', async () => {
    const filed = await group.fileGroup()
    expect(filed.branches!.every(({ competent }) => competent !== null)).toBe(true)
    for (let round = 0; round < 8; round++) {
      const { branches } = await desk.stored(filed)
      const running = branches!.filter(({ state }) => state === 'running')
      if (running.length === 0) break
      for (const { key, dossierId } of running) {
        const { dossier, answers } = (await findById(desk.db.pool, dossierId!))!
        const form = (await findForm(desk.db, dossier.formKey, { version: dossier.formVersion }))!
        const today = dateOfLaw(dossier.submittedAt)
        const { problems } = validateAnswers(form.compiled, answers, { today, channel: dossier.channel })
        expect(problems, key).toEqual([])
        await group.decide(filed, key, 'granted')
        await group.giveBack(filed, key)
      }
    }
    const done = await desk.stored(filed)
    expect(done.branches!.map(({ state }) => state)).toEqual(done.branches!.map(() => 'granted'))
    expect(done).toMatchObject({ state: 'returned', outcome: 'granted' })
    const { chainFaults, differingRows } = await verifyDossiers(desk.database.pool)
    expect({ chainFaults, differingRows }).toEqual({ chainFaults: [], differingRows: [] })
  })
})
