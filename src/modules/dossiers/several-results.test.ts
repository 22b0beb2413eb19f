import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { morning } from '../../../test/builders/a-desk.ts'
import { aSigningDesk, pin } from '../../../test/builders/a-signing-desk.ts'
import { accepted } from '../../kernel/errors.ts'
import { getVersion } from '../catalogue/index.ts'
import { findByVerifyCode } from '../documents/index.ts'
import { verifyPdf } from '../signatures/index.ts'
import type { Request } from './commands.ts'
import { openTasks, type Task } from './dossier.ts'
import { paperNamed, paperResults, papersOf } from './papers/paper-kinds.ts'
import { issuePaper } from './papers/slips.ts'

const { desk, door, bytesOf, viewOf, close } = await aSigningDesk()
const { dossiers, officers, officer } = desk
afterAll(close)

/** Whoever may do a task, as the directory has them. */
const doerOf = ({ role, authority }: Pick<Task, 'role' | 'authority'>) =>
  officer(
    officers.find(({ posts }) =>
      posts.some((post) => post.authorityCode === authority && (post.roles as string[]).includes(role)),
    )!.officerId,
  )

/** A tax registration, worked on until it is decided. */
async function registered() {
  const input = await desk.submissionOf('tax-registration')
  const filing = { key: randomUUID(), now: morning }
  const applicant = desk.citizen('tax-registration')
  let { dossier } = accepted(await dossiers.submit(applicant, input, filing))
  for (let i = 0; i < 20 && dossier.state !== 'decided'; i++) {
    const [task] = openTasks(dossier)
    const by = doerOf(task!)
    for (const request of requestsFor(task!))
      dossier = accepted(await dossiers.act(by, dossier.code, request, { now: morning, authorisation: pin }))
  }
  return { dossier, applicant }
}

function requestsFor({ kind, stepKind }: Task): Request[] {
  if (kind === 'intake') return [{ command: 'accept' }]
  if (stepKind === 'decide') return [{ command: 'approve' }]
  const done: Request = { command: 'completeStep', outcome: 'ok' }
  return stepKind === 'draft' ? [{ command: 'draftResult', draft: { note: 'Đã cấp mã' } }, done] : [done]
}

test('every result of a procedure is a paper of its own: signed, numbered, verified', async () => {
  const { dossier, applicant } = await registered()
  const version = await getVersion(desk.db, dossier.procedureCode, dossier.procedureVersion)
  const named = paperResults(version)
  expect(named.map(({ kind }) => kind)).toEqual(['result', 'result/2'])
  const seen = await viewOf(dossier, applicant)
  const offered = papersOf(seen, named).filter(({ kind }) => kind.startsWith('result'))
  expect(offered.map(({ title }) => title)).toEqual(version.results.map(({ name }) => name))
  const documents = []
  for (const { file, kind } of offered) {
    expect(paperNamed(file)?.kind).toBe(kind)
    const { sequence } = paperNamed(file)!
    const document = accepted((await issuePaper(door, seen, kind as never, sequence))!)
    expect(document.signatures.map(({ role }) => role)).toEqual(['signer', 'seal'])
    const report = await verifyPdf(door.signatures, await bytesOf(document), { at: morning })
    expect(report.verdict).toBe('valid')
    expect(await findByVerifyCode(desk.db.pool, document.verifyCode)).toMatchObject({ title: document.title })
    documents.push(document)
  }
  expect(new Set(documents.map(({ number }) => number)).size).toBe(2)
  expect(new Set(documents.map(({ sha256 }) => sha256)).size).toBe(2)
})

test('a correction puts every result right, and names them all', async () => {
  const { dossier, applicant } = await registered()
  const by = doerOf({ role: 'leader', authority: dossier.competent })
  const correct: Request = {
    ...{ command: 'correctResult', fault: 'authority', draft: { note: 'Đã sửa tên' }, reason: 'Sai tên' },
  }
  accepted(await dossiers.act(by, dossier.code, correct, { now: morning, authorisation: pin }))
  const seen = await viewOf(dossier, applicant)
  const { sequence } = seen.history.at(-1)!
  const issue = async (kind: string) => accepted((await issuePaper(door, seen, kind as never, sequence))!)
  await issue('correction')
  const version = await getVersion(desk.db, dossier.procedureCode, dossier.procedureVersion)
  const offered = papersOf(seen, paperResults(version)).filter(({ kind }) => kind.startsWith('result'))
  expect(offered.map(({ kind, ended }) => [kind, ended])).toEqual([
    ['result', 'replaced'],
    ['result/2', 'replaced'],
    ['result', undefined],
    ['result/2', undefined],
  ])
  for (const { kind, ended, sequence: of } of offered) {
    const document = accepted((await issuePaper(door, seen, kind as never, of))!)
    expect((await findByVerifyCode(desk.db.pool, document.verifyCode))!.status).toBe(ended ?? 'valid')
  }
})

test('a result that the procedure does not have is no paper', async () => {
  const { dossier, applicant } = await registered()
  const seen = await viewOf(dossier, applicant)
  const { sequence } = seen.history.findLast(({ kind }) => kind === 'dossiers.approved')!
  expect(await issuePaper(door, seen, 'result/3', sequence)).toBeUndefined()
  expect(paperNamed('result.1-7')).toBeUndefined()
  expect(paperNamed('constructor-7')).toBeUndefined()
})
