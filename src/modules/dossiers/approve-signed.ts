import { isRefusal, type Outcome } from '../../kernel/errors.ts'
import { getVersion } from '../catalogue/index.ts'
import type { Authority } from '../directory/index.ts'
import { readPaperInHand } from '../documents/index.ts'
import type { Actor } from '../identity/index.ts'
import { getProcess, markingOf, outcomesOf, wayAhead } from '../processes/index.ts'
import {
  type Authorisation,
  previewSigning,
  type SignerRow,
  type Signing,
  signMany,
} from '../signatures/index.ts'
import { type ActOptions, type ActParts, actOnDossier } from './act-on-dossier.ts'
import type { Request } from './commands.ts'
import { sealRequest } from './commands.ts'
import { decide } from './decide.ts'
import type { Facts } from './deciding/facts.ts'
import { type Dossier, openTasks } from './dossier.ts'
import { applyEntries } from './dossier-store.ts'
import type { DossierEntry, PaperSigned } from './entries.ts'
import { loadFacts } from './load-facts.ts'
import { type CoSigner, coSignerAt, coSignersOf, signedSoFar } from './papers/co-signers.ts'
import { resultsOf } from './papers/paper-kinds.ts'
import {
  keepSigned,
  type LaidOut,
  layOutToSign,
  type PlannedAct,
  type PrintOpen,
  type SignedKind,
  type SigningDoor,
  signingOf,
} from './papers/papers-to-sign.ts'
import { isResult } from './papers/result-kind.ts'
import { previewResult } from './papers/slips.ts'
import { type DossierView, viewDossier } from './read-dossier.ts'
import { refusals } from './refusals.ts'

type Officer = Extract<Actor, { kind: 'officer' }>

/** Acts by which somebody signs a paper: decisions, and steps of a process that sign before one. */
export const signingCommands = [
  'approve',
  'decline',
  'correctResult',
  'revokeResult',
  'completeStep',
] as const
export type SigningCommand = (typeof signingCommands)[number]
export type SigningRequest = Extract<Request, { command: SigningCommand }>

/** Whether a request may sign a paper. */
export const maySign = (request: Request): request is SigningRequest =>
  (signingCommands as readonly string[]).includes(request.command)

/** What approving with a signature needs beside acting. */
export interface ApprovingParts extends ActParts {
  signing: SigningDoor
  print: PrintOpen
}

/** One dossier to be decided, as the officer saw it. */
export interface WantedApproval {
  code: string
  request: SigningRequest
  expectedSequence?: number
}

/** A decision of which a paper is looked at before: its first, or the one of this kind. */
export type WantedPreview = Pick<WantedApproval, 'code' | 'request'> & { kind?: string }

interface ReadyPaper {
  laidOut: LaidOut
  signing: Signing
}

interface Prepared {
  wanted: WantedApproval
  view: DossierView
  /** Nothing when this act makes no paper, or its officer signs by hand. */
  sign: ReadyPaper[]
}

/**
 * Does acts that sign papers one after another, each with a digital signature on every paper that it makes when its
 * officer has a means of signing. One authorisation opens all of them. First everything that would be refused is; then
 * the papers are signed; then each act is written with the signatures it rests on. Answers come in the order asked,
 * and one that fails stops no other; a dossier named twice is acted on once.
 */
export async function approveSigned(
  parts: ApprovingParts,
  officer: Officer,
  list: readonly WantedApproval[],
  { now, authorisation }: { now: Date; authorisation: Authorisation },
): Promise<Outcome<Dossier>[]> {
  const prepared: Outcome<Prepared>[] = []
  for (const [i, wanted] of list.entries()) {
    const again = list.findIndex(({ code }) => code === wanted.code) < i
    prepared.push(
      again ? refusals.actedMeanwhile({ sequence: -1 }) : await prepare(parts, officer, wanted, now),
    )
  }
  const toSign = prepared.flatMap((each) => (isRefusal(each) ? [] : each.sign.map(({ signing }) => signing)))
  const signed = signMany(parts.signing.signatures, toSign, authorisation)
  const answers: Outcome<Dossier>[] = []
  for (const each of prepared) answers.push(await actSigned(parts, officer, each, signed, now))
  return answers
}

async function actSigned(
  parts: ApprovingParts,
  officer: Officer,
  prepared: Outcome<Prepared>,
  answers: ReturnType<typeof signMany>,
  now: Date,
): Promise<Outcome<Dossier>> {
  if (isRefusal(prepared)) return prepared
  const { wanted, view, sign } = prepared
  const act = (more: Partial<ActOptions> = {}) =>
    actOnDossier(parts, officer, wanted.code, wanted.request, {
      ...{ now, expectedSequence: view.dossier.sequence },
      ...more,
    })
  if (sign.length === 0) return act()
  // Every answer is taken, also behind one that failed: those of the next dossier come after them.
  const made = []
  for (const { laidOut } of sign) made.push(await keepAnswer(parts, laidOut, answers))
  const failed = made.find(isRefusal)
  if (failed) return failed
  // Refused now, the papers stay as they are: another press of the same may rest on them. What nobody names ends when
  // the dossier is decided.
  return act({ signed: made as PaperSigned[] })
}

async function keepAnswer(
  { signing }: ApprovingParts,
  laidOut: LaidOut,
  answers: ReturnType<typeof signMany>,
): Promise<Outcome<PaperSigned>> {
  const { value: made } = await answers.next()
  if (made === undefined) throw new Error('fewer signatures than papers')
  if (isRefusal(made)) return made
  const kept = await keepSigned(signing, laidOut, made)
  if (isRefusal(kept)) return kept
  const { certificateSha256: certificate } = made.evidence
  return { paper: laidOut.paper.id, sha256: kept.sha256, certificate }
}

async function prepare(
  parts: ApprovingParts,
  officer: Officer,
  wanted: WantedApproval,
  now: Date,
): Promise<Outcome<Prepared>> {
  const view = await viewDossier(parts.db, officer, wanted.code, now)
  if (isRefusal(view)) return view
  const { sequence } = view.dossier
  if (wanted.expectedSequence !== undefined && wanted.expectedSequence !== sequence)
    return refusals.actedMeanwhile({ sequence })
  const sign = await readyPapers(parts, officer, { view, request: wanted.request }, now)
  return isRefusal(sign) ? sign : { wanted, view, sign }
}

/** Lays out every paper that an act would make; none when it makes none, or its officer has no means of signing. */
async function readyPapers(
  parts: ApprovingParts,
  officer: Officer,
  asked: { view: DossierView; request: SigningRequest },
  now: Date,
): Promise<Outcome<ReadyPaper[]>> {
  const planned = await papersOfAct(parts, officer, asked, now)
  if (isRefusal(planned)) return planned
  const signer = planned && (await meansOf(parts.signing, officer, planned.authority))
  if (planned === undefined || signer === undefined) return []
  const ready: ReadyPaper[] = []
  for (const kind of planned.kinds) {
    const { act, coSigners, as } = planned
    const laidOut = await layOutToSign(
      parts.signing,
      {
        ...{ view: asked.view, kind, officer, act, coSigners, as, after: planned.after.get(kind) },
        beside: ready.map((each) => each.laidOut),
      },
      parts.print,
    )
    if (isRefusal(laidOut)) return laidOut
    ready.push({ laidOut, signing: await signingOf(laidOut, signer, { now, name: officer.name }) })
  }
  return ready
}

/**
 * What an act would sign, exactly: the same file with the signature's picture in its place, and words across it
 * that it is not signed yet. Where an approval would sign nothing, the result as it would be printed. Refuses what
 * reading the dossier and printing refuse, and what the act itself refuses where no result stands for it.
 */
export async function previewApproval(
  parts: ApprovingParts,
  officer: Officer,
  { code, request, kind }: WantedPreview,
  now: Date,
): Promise<Outcome<Uint8Array>> {
  const view = await viewDossier(parts.db, officer, code, now)
  if (isRefusal(view)) return view
  const approves = request.command === 'approve'
  const ready = await readyPapers(parts, officer, { view, request }, now)
  if (isRefusal(ready)) return approves ? previewResult(parts.signing, view, kind) : ready
  const paper = ready.find(({ laidOut }) => kind === undefined || laidOut.paper.kind === kind)
  if (paper) return previewSigning(paper.signing)
  return approves ? previewResult(parts.signing, view, kind) : refusals.notFound()
}

/** The officer's own means of signing for an authority; undefined: they sign by hand. */
export const meansOf = (
  { signatures }: Pick<SigningDoor, 'signatures'>,
  { officerId, name, posts }: Officer,
  authorityCode: string,
): Promise<SignerRow | undefined> => {
  const title = posts.find((post) => post.authorityCode === authorityCode)?.title
  return signatures.signerFor({ kind: 'officer', id: officerId, name, ...(title && { title }) })
}

/** What an act of this officer would sign, and by which means; undefined when nothing would be signed. */
export async function signerOfAct(
  parts: Pick<ApprovingParts, 'db' | 'signing'>,
  officer: Officer,
  { view, command }: { view: DossierView; command: SigningCommand },
  now: Date,
): Promise<{ signer: SignerRow; kinds: SignedKind[] } | undefined> {
  const planned = await papersOfAct(
    parts,
    officer,
    { view, request: await exampleOf(parts, view, command) },
    now,
  )
  if (isRefusal(planned) || planned === undefined) return undefined
  const signer = await meansOf(parts.signing, officer, planned.authority)
  return signer && { signer, kinds: planned.kinds }
}

// Which papers an act makes does not hang on what is written into it; a step ends as it ordinarily does.
async function exampleOf(
  { db }: Pick<ActParts, 'db'>,
  view: DossierView,
  command: SigningCommand,
): Promise<SigningRequest> {
  const reason = '…'
  switch (command) {
    case 'approve':
      return { command }
    case 'decline':
    case 'revokeResult':
      return { command, reason }
    case 'correctResult':
      return { command, reason, fault: 'authority', draft: view.draft ?? {} }
    case 'completeStep': {
      const task = view.actions.find((each) => each.command === command)?.task
      const { compiled } = await getProcess(db, view.dossier.processKey, view.dossier.processVersion)
      const outcome = (task?.stepId && outcomesOf(compiled, task.stepId)[0]) || 'ok'
      return { command, outcome, ...(task && { taskNo: task.no }) }
    }
    default:
      return command satisfies never
  }
}

interface PlannedPapers {
  /** In the order in which they are laid out: what a paper names comes before it. */
  kinds: [SignedKind, ...SignedKind[]]
  act: PlannedAct
  authority: Authority['code']
  coSigners: readonly CoSigner[]
  as: CoSigner | null
  /** What others signed before, by the kind of paper. */
  after: ReadonlyMap<string, PaperSigned>
}

/**
 * Which papers an act would make, in which capacity; undefined when it makes none, or somebody else decides after it.
 * Refuses what the act refuses, and a decision over signatures that were put on another text; writes nothing.
 */
async function papersOfAct(
  { db }: Pick<ActParts, 'db'>,
  officer: Officer,
  { view, request }: { view: DossierView; request: SigningRequest },
  now: Date,
): Promise<Outcome<PlannedPapers | undefined>> {
  const facts = await loadFacts(db, officer, view, request, now)
  const entries = decide(view.dossier, sealRequest(request).command, facts)
  if (isRefusal(entries)) return entries
  const { dossier } = view
  const { after } = applyEntries(dossier.id, dossier, entries)
  const plan = planOf(request, { dossier, entries, after, facts })
  if (plan === undefined) return undefined
  const version = await getVersion(db, dossier.procedureCode, dossier.procedureVersion)
  const results = resultsOf(version, view.answers).map(({ kind }) => kind)
  // What was signed on the way belongs to the decision; a correction or a revocation begins anew.
  const decides = dossier.outcome === null
  const before = decides ? signedSoFar(view.history) : { papers: [], overtaken: false }
  // Who initialled read another text: what they put their name to must not change behind them.
  if (before.overtaken && plan.as === null && before.papers.length > 0 && request.command === 'approve')
    return refusals.signedAnotherText()
  return {
    kinds: plan.kinds.flatMap((kind) => (isResult(kind) ? results : [kind])) as PlannedPapers['kinds'],
    act: actOf(request, entries),
    authority: after.competent,
    coSigners: coSignersOf(facts.process),
    as: plan.as,
    after: before.overtaken ? new Map() : await byKind(db, before.papers),
  }
}

async function byKind({ pool }: ActParts['db'], papers: readonly PaperSigned[]) {
  const found = await Promise.all(papers.map(({ paper }) => readPaperInHand(pool, paper)))
  return new Map(papers.flatMap((paper, i) => (found[i] ? [[found[i].kind, paper] as const] : [])))
}

function actOf(request: SigningRequest, entries: readonly DossierEntry[]): PlannedAct {
  const { kind, data } = entries[0]!
  const { capacity = null } = data as { capacity?: string | null }
  const said = kind === 'dossiers.step-completed' ? 'dossiers.approved' : kind
  return {
    ...{ kind: said, data, capacity },
    text: 'reason' in request ? request.reason : undefined,
    ...(request.command === 'correctResult' && { draft: request.draft }),
  }
}

interface Plan {
  kinds: SignedKind[]
  as: CoSigner | null
}

interface Decided {
  dossier: Dossier
  entries: readonly DossierEntry[]
  after: Dossier
  facts: Facts
}

function planOf(request: SigningRequest, decided: Decided): Plan | undefined {
  const { dossier, entries, facts } = decided
  if (request.command === 'correctResult') return { kinds: ['result', 'correction'], as: null }
  if (request.command === 'revokeResult') return { kinds: ['revocation'], as: null }
  const step = closedStep(dossier, entries)
  if (request.command === 'completeStep') {
    const as = coSignerAt(facts.process, step?.stepId ?? null)
    const ordinary = outcomesOf(facts.process, step?.stepId ?? '')[0] === request.outcome
    const kind = as && ordinary ? kindAhead(decided) : undefined
    return as && kind && { kinds: [kind], as }
  }
  const kind = kindAfter(decided)
  if (kind !== undefined) return { kinds: [kind], as: null }
  const as = coSignerAt(facts.process, step?.stepId ?? null)
  const ahead = as && kindAhead(decided)
  return as && ahead && { kinds: [ahead], as }
}

const closedStep = ({ tasks }: Dossier, entries: readonly DossierEntry[]) => {
  const closes = entries.flatMap(({ data }) => (data as { closes?: { no: number }[] }).closes ?? [])
  return tasks.find(({ no, kind }) => kind === 'step' && closes.some((each) => each.no === no))
}

// The paper is signed by who decides last: after it only numbers, seals and hand-overs are left.
function kindAfter({ entries, after, facts }: Decided): SignedKind | undefined {
  const decided = entries.find(({ kind }) => kind === 'dossiers.decided')
  if (decided) return (decided.data as { outcome: string }).outcome === 'granted' ? 'result' : 'decline'
  const steps = openTasks(after).filter(({ kind }) => kind === 'step')
  if (steps.length === 0 || steps.some(({ stepKind }) => stepKind !== 'issue')) return undefined
  return resultAhead(after, facts) === 'refused' ? 'decline' : 'result'
}

/** What a paper will be that is signed before the decision; undefined where nobody can see that yet. */
function kindAhead({ after, facts }: Decided): SignedKind | undefined {
  const result = resultAhead(after, facts)
  return result === null ? undefined : result === 'refused' ? 'decline' : 'result'
}

function resultAhead(after: Dossier, { process, answers }: Pick<Facts, 'process' | 'answers'>) {
  const steps = openTasks(after).filter(({ kind }) => kind === 'step')
  const [first] = steps
  return first === undefined
    ? null
    : wayAhead(process, markingOf(process, [first.stepId!]), { answers }).result
}
