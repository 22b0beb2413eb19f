import { accepted } from 'motcua/kernel/errors'
import { openTasks } from 'motcua/modules/dossiers'
import { afterAll, expect, test } from 'vitest'
import { aDesk } from '../../../test/builders/a-desk.ts'
import { splitBySigning } from './queue-signing'

const desk = await aDesk()
const there = (who: string) => desk.officer(`officer-mai-thuong-${who}-1`)
afterAll(() => desk.db.close())
const page = { app: { db: desk.db } } as unknown as Parameters<typeof splitBySigning>[0]

/** A social pension: its head signs before the chair decides. So many of its steps are done. */
async function waiting(steps: number) {
  const { dossier } = await desk.file({ actor: desk.citizen('social-pension'), formKey: 'social-pension' })
  accepted(await desk.act(there('reception'), dossier, { command: 'accept' }))
  for (let i = 0; i < steps; i++) {
    const [task] = openTasks(await desk.stored(dossier))
    const by = there(task!.role === 'head' ? 'culture-head' : 'culture')
    if (task!.stepKind === 'draft')
      accepted(await desk.act(by, dossier, { command: 'draftResult', draft: { note: 'Đủ điều kiện' } }))
    accepted(await desk.act(by, dossier, { command: 'completeStep', outcome: 'ok' }))
  }
  const stored = await desk.stored(dossier)
  const [task] = openTasks(stored)
  return {
    kind: task!.stepKind,
    line: { code: stored.code, sequence: stored.sequence, taskNo: task!.no },
  }
}

test('lines that sign are told apart before anything is done', async () => {
  const made = [await waiting(0), await waiting(1), await waiting(2), await waiting(3)]
  const review = made.find(({ kind }) => kind === 'review')!.line
  const decide = made.find(({ kind }) => kind === 'decide')!.line
  const plain = made.find(({ kind }) => kind === 'work' || kind === 'draft')!.line
  const marked = [review, decide, plain]
  expect(await splitBySigning(page, marked, true)).toEqual({
    decides: [decide.code],
    approveHref: `/can-bo/ky?chon=${decide.code}`,
    signs: [review.code],
    signsValues: [`${review.code}~${review.sequence}~${review.taskNo}`],
    plainValues: [`${plain.code}~${plain.sequence}~${plain.taskNo}`],
  })
  // Without a means of signing such a step is finished as any other.
  expect(await splitBySigning(page, marked, false)).toMatchObject({
    signs: [],
    decides: [decide.code],
    plainValues: [expect.stringContaining(review.code), expect.stringContaining(plain.code)],
  })
  expect(await splitBySigning(page, [plain], true)).toBeUndefined()
})
