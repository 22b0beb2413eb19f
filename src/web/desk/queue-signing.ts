import { findByCode, type Marked } from 'motcua/modules/dossiers'
import { getProcess } from 'motcua/modules/processes'
import type { PageContext } from 'motcua/web/context'
import { seen } from './seen'

/** What of the marked lines is not done by finishing a step alone, told before anything is done. */
export interface Split {
  /** Steps that decide: approved together, with one PIN, on the page of approvals. */
  decides: string[]
  approveHref: string | null
  /** Steps that sign before a decision: finished together, with one PIN. */
  signs: string[]
  /** The lines that sign and those that need no signature, as the page posts them. */
  signsValues: string[]
  plainValues: string[]
}

/**
 * Parts lines whose step is to be finished by what their steps need; undefined when nothing signs. `isSigner`: the
 * officer has a means of signing, without which a step that signs before a decision is finished as any other.
 */
export async function splitBySigning(
  { app }: Pick<PageContext, 'app'>,
  marked: readonly Marked[],
  isSigner: boolean,
): Promise<Split | undefined> {
  const kinds = await Promise.all(marked.map((each) => kindOf(app, each, isSigner)))
  const of = (kind: StepKind) => marked.filter((_, i) => kinds[i] === kind)
  const [decides, signs, plain] = [of('decides'), of('signs'), of('plain')]
  if (decides.length + signs.length === 0) return undefined
  const chosen = decides.map(({ code }) => ['chon', code])
  const values = (lines: readonly Marked[]) =>
    lines.map(({ taskNo, ...line }) => seen({ ...line, ...(taskNo !== null && { taskNo }) }))
  return {
    decides: decides.map(({ code }) => code),
    approveHref: decides.length > 0 ? `/can-bo/ky?${new URLSearchParams(chosen)}` : null,
    signs: signs.map(({ code }) => code),
    ...{ signsValues: values(signs), plainValues: values(plain) },
  }
}

type StepKind = 'decides' | 'signs' | 'plain'

async function kindOf(
  app: PageContext['app'],
  { code, taskNo }: Marked,
  isSigner: boolean,
): Promise<StepKind> {
  const dossier = (await findByCode(app.db.pool, code))?.dossier
  const task = dossier?.tasks.find(({ no, closedAt }) => no === taskNo && closedAt === null)
  if (!dossier || !task?.stepId) return 'plain'
  const { compiled } = await getProcess(app.db, dossier.processKey, dossier.processVersion)
  const step = compiled.steps[task.stepId]
  if (step?.kind === 'decide') return 'decides'
  return isSigner && step?.signs !== undefined ? 'signs' : 'plain'
}
