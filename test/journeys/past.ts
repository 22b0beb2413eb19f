import { randomUUID } from 'node:crypto'
import { afterAll, inject } from 'vitest'
import { openDatabase } from '../../src/kernel/db.ts'
import { accepted } from '../../src/kernel/errors.ts'
import { dateOfLaw } from '../../src/kernel/time.ts'
import { computeDue, loadCalendar } from '../../src/modules/calendar/index.ts'
import { allOfficers } from '../../src/modules/directory/index.ts'
import {
  createDossiers,
  type Dossier,
  findByCode,
  openTasks,
  type Request,
} from '../../src/modules/dossiers/index.ts'
import { findForm } from '../../src/modules/forms/index.ts'
import type { Actor, Officer, Person } from '../../src/modules/identity/index.ts'
import { aSubmissionOf, theCitizenOf } from '../builders/a-filing.ts'
import { staff } from './office.ts'
import { query } from './papers.ts'

const dayMs = 86_400_000

export const daysAgo = (days: number) => new Date(Date.now() - days * dayMs)

/**
 * What happened before a journey begins. A running server has the time of the day; a dossier that is days old goes
 * through the same use cases on the same database, told an earlier time.
 */
export async function thePast() {
  const db = openDatabase(inject('journeyServer').databaseUrl, { role: 'motcua_app', max: 2 })
  afterAll(() => db.close())
  const dossiers = createDossiers(db, () => undefined)
  const officers = await allOfficers(db)

  const officer = (who: keyof typeof staff): Officer => {
    const { officerId, name, posts } = officers.find((each) => each.officerId === staff[who])!
    return { kind: 'officer', officerId, name, posts: posts as Officer['posts'] }
  }
  const act = async (actor: Actor, { code }: Pick<Dossier, 'code'>, request: Request, now: Date) =>
    accepted(await dossiers.act(actor, code, request, { now }))

  /** Files the base case of a form in the name of somebody who has signed in. */
  async function filed(formKey: string, subject: string, now: Date): Promise<Dossier> {
    const today = dateOfLaw(now)
    const form = await findForm(db, formKey, { on: today })
    const input = await aSubmissionOf(form!.compiled, { today })
    const person = theCitizenOf(formKey, await accountOf(subject))
    return accepted(await dossiers.submit(person, input, { key: randomUUID(), now })).dossier
  }

  async function inProgress(formKey: string, subject: string, now: Date): Promise<Dossier> {
    return act(officer('reception'), await filed(formKey, subject, now), { command: 'accept' }, now)
  }

  /** Verified and drafted: the leader has it on the desk. */
  async function beforeTheLeader(formKey: string, subject: string, now: Date): Promise<Dossier> {
    let dossier = await inProgress(formKey, subject, now)
    const specialist = officer('specialist')
    for (let step = currentStep(dossier); step?.role === 'specialist'; step = currentStep(dossier)) {
      if (step.stepKind === 'draft')
        await act(specialist, dossier, { command: 'draftResult', draft: { note: 'Theo hồ sơ' } }, now)
      dossier = await act(specialist, dossier, { command: 'completeStep', outcome: 'ok' }, now)
    }
    return dossier
  }

  /** Whoever holds the open step of a dossier; undefined when there is none. */
  async function standing(code: string) {
    const { dossier } = (await findByCode(db.pool, code))!
    const step = currentStep(dossier)
    if (step === undefined) return undefined
    const holder = officers.find(({ posts }) =>
      posts.some(
        ({ authorityCode, roles }) =>
          authorityCode === step.authority && (roles as string[]).includes(step.role),
      ),
    )
    if (holder === undefined) throw new Error(`nobody holds ${step.role} at ${step.authority}`)
    const { officerId, name, posts } = holder
    return {
      ...{ dossier, step },
      actor: { kind: 'officer', officerId, name, posts: posts as Officer['posts'] } as const,
    }
  }

  /** Works on a dossier as whoever holds each step, until a leader has to decide. */
  async function beforeDecision(code: string, now: Date): Promise<void> {
    for (;;) {
      const at = await standing(code)
      if (at === undefined || at.step.stepKind === 'decide') return
      const { actor, dossier, step } = at
      if (step.stepKind === 'draft')
        await act(actor, dossier, { command: 'draftResult', draft: { note: 'Theo hồ sơ' } }, now)
      await act(actor, dossier, { command: 'completeStep', outcome: 'ok' }, now)
    }
  }

  /** Works on a dossier as whoever holds each step, until it is decided as wanted. */
  async function settle(code: string, wanted: 'granted' | 'refused', now: Date): Promise<void> {
    for (;;) {
      await beforeDecision(code, now)
      const at = await standing(code)
      if (at === undefined) return
      const request: Request =
        wanted === 'granted'
          ? { command: 'approve' }
          : { command: 'decline', reason: 'Giấy tờ về cư trú chưa phù hợp.' }
      await act(at.actor, at.dossier, request, now)
    }
  }

  /** A moment so long ago that what was accepted then has another date than what is accepted now, not past yet. */
  async function aWhileAgo(limitDays: number): Promise<Date> {
    const calendar = await loadCalendar(db, { authorityCode: 'H99.12' })
    const limit = { amount: limitDays, unit: 'working-day' as const }
    const dueOf = (at: Date) =>
      computeDue({ acceptedAt: at.toISOString(), limit, pauses: [], calendar }).dueAt ?? ''
    const today = dueOf(new Date())
    for (let days = 1; days < 30; days++) if (dueOf(daysAgo(days)) < today) return daysAgo(days)
    throw new Error('no working day in a month')
  }

  return { officer, act, filed, inProgress, beforeTheLeader, beforeDecision, settle, aWhileAgo }
}

const currentStep = (dossier: Dossier) => openTasks(dossier).find(({ kind }) => kind === 'step')

async function accountOf(subject: string): Promise<Person['personId']> {
  const [account] = await query<{ id: string }>(
    'select account_id as id from identity.account where subject = $1',
    [subject],
  )
  if (!account) throw new Error(`${subject} has not signed in yet`)
  return account.id
}
