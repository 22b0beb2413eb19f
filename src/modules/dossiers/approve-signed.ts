import { isRefusal, type Outcome } from '../../kernel/errors.ts'
import type { Authority } from '../directory/index.ts'
import type { Actor } from '../identity/index.ts'
import { type CompiledProcess, markingOf, wayAhead } from '../processes/index.ts'
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
import { type Dossier, openTasks } from './dossier.ts'
import { applyEntries } from './dossier-store.ts'
import type { DossierEntry } from './entries.ts'
import { loadFacts } from './load-facts.ts'
import {
  keepSigned,
  type LaidOut,
  layOutToSign,
  type PrintOpen,
  type SignedKind,
  type SigningDoor,
  signingOf,
} from './papers/papers-to-sign.ts'
import { previewResult } from './papers/slips.ts'
import { type DossierView, viewDossier } from './read-dossier.ts'
import { refusals } from './refusals.ts'

type Officer = Extract<Actor, { kind: 'officer' }>
/** Decisions whose paper is signed by who takes them. */
type Decision = Extract<Request, { command: 'approve' | 'decline' }>

/** What approving with a signature needs beside acting. */
export interface ApprovingParts extends ActParts {
  signing: SigningDoor
  print: PrintOpen
}

/** One dossier to be decided, as the officer saw it. */
export interface WantedApproval {
  code: string
  request: Decision
  expectedSequence?: number
}

/** A decision of which the paper is looked at before. */
export type WantedPreview = Pick<WantedApproval, 'code' | 'request'>

interface Prepared {
  wanted: WantedApproval
  view: DossierView
  /** Undefined when this approval makes no paper, or its officer signs by hand. */
  sign: { laidOut: LaidOut; signing: Signing } | undefined
}

/**
 * Approves (or declines to settle) dossiers one after another, each with a digital signature on its paper when it is the last decision and
 * the officer has a means of signing. One authorisation opens all of them. First everything that would be refused
 * is; then the papers are signed; then each approval is written with the signature it rests on. Answers come in the
 * order asked, and one that fails stops no other; a dossier named twice is approved once.
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
  const toSign = prepared.flatMap((each) => (isRefusal(each) ? [] : (each.sign?.signing ?? [])))
  const signed = signMany(parts.signing.signatures, toSign, authorisation)
  const answers: Outcome<Dossier>[] = []
  for (const each of prepared) answers.push(await approveOne(parts, officer, each, signed, now))
  return answers
}

async function approveOne(
  parts: ApprovingParts,
  officer: Officer,
  prepared: Outcome<Prepared>,
  signed: ReturnType<typeof signMany>,
  now: Date,
): Promise<Outcome<Dossier>> {
  if (isRefusal(prepared)) return prepared
  const { wanted, view, sign } = prepared
  const act = (more: Partial<ActOptions> = {}) =>
    actOnDossier(parts, officer, wanted.code, wanted.request, {
      ...{ now, expectedSequence: view.dossier.sequence },
      ...more,
    })
  if (sign === undefined) return act()
  const next = await signed.next()
  const made = next.value
  if (made === undefined) throw new Error('fewer signatures than papers')
  if (isRefusal(made)) return made
  const kept = await keepSigned(parts.signing, sign.laidOut, made)
  if (isRefusal(kept)) return kept
  const { id: paper } = sign.laidOut.paper
  const { certificateSha256: certificate } = made.evidence
  // Refused now, the paper stays as it is: another press of the same may rest on it. What nobody names ends when the
  // dossier is decided.
  return act({ signature: { paper, sha256: kept.sha256, certificate } })
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
  const planned = await paperOfApproval(parts, officer, { view, request: wanted.request }, now)
  if (isRefusal(planned)) return planned
  const signer = planned && (await meansOf(parts.signing, officer, planned.authority))
  if (planned === undefined || signer === undefined) return { wanted, view, sign: undefined }
  const laidOut = await layOutToSign(parts.signing, { view, officer, ...planned }, parts.print)
  if (isRefusal(laidOut)) return laidOut
  return { wanted, view, sign: { laidOut, signing: await signingOf(laidOut, signer, { now }) } }
}

/**
 * What a decision would sign, exactly: the same file with the signature's picture in its place, and words across it
 * that it is not signed yet. Where an approval would sign nothing, the result as it would be printed. Refuses what
 * reading the dossier and printing refuse; what declining refuses, because no result stands for it.
 */
export async function previewApproval(
  parts: ApprovingParts,
  officer: Officer,
  { code, request }: WantedPreview,
  now: Date,
): Promise<Outcome<Uint8Array>> {
  const view = await viewDossier(parts.db, officer, code, now)
  if (isRefusal(view)) return view
  const planned = await paperOfApproval(parts, officer, { view, request }, now)
  const instead = () =>
    request.command === 'approve' ? previewResult(parts.signing, view) : refusals.notFound()
  if (isRefusal(planned)) return request.command === 'approve' ? instead() : planned
  const signer = planned && (await meansOf(parts.signing, officer, planned.authority))
  if (planned === undefined || signer === undefined) return instead()
  const laidOut = await layOutToSign(parts.signing, { view, officer, ...planned }, parts.print)
  if (isRefusal(laidOut)) return laidOut
  return previewSigning(await signingOf(laidOut, signer, { now }))
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

/** The means by which this officer would sign the paper of a decision; undefined when nothing would be signed. */
export async function signerOfDecision(
  parts: Pick<ApprovingParts, 'db' | 'signing'>,
  officer: Officer,
  { view, command }: { view: DossierView; command: Decision['command'] },
  now: Date,
): Promise<SignerRow | undefined> {
  const request: Decision = command === 'decline' ? { command, reason: '…' } : { command }
  const planned = await paperOfApproval(parts, officer, { view, request }, now)
  return isRefusal(planned) || planned === undefined
    ? undefined
    : meansOf(parts.signing, officer, planned.authority)
}

interface PlannedPaper {
  kind: SignedKind
  capacity: string | null
  /** Why it is declined, which the paper tells. */
  reason: string | null
  authority: Authority['code']
}

/**
 * Which paper a decision would make, in which capacity; undefined when somebody else decides after it. Refuses what
 * deciding refuses, and writes nothing.
 */
export async function paperOfApproval(
  { db }: Pick<ActParts, 'db'>,
  officer: Officer,
  { view, request }: { view: DossierView; request: Decision },
  now: Date,
): Promise<Outcome<PlannedPaper | undefined>> {
  const facts = await loadFacts(db, officer, view, request, now)
  const entries = decide(view.dossier, sealRequest(request).command, facts)
  if (isRefusal(entries)) return entries
  const { after } = applyEntries(view.dossier.id, view.dossier, entries)
  const kind = kindAfter(entries, after, facts)
  if (kind === undefined) return undefined
  const approved = entries.find((each) => each.kind === 'dossiers.approved')
  const { capacity = null } = (approved?.data ?? {}) as { capacity?: string | null }
  const reason = request.command === 'decline' ? request.reason : null
  return { kind, capacity, reason, authority: after.competent }
}

// The paper is signed by who decides last: after it only numbers, seals and hand-overs are left.
function kindAfter(
  entries: readonly DossierEntry[],
  after: Dossier,
  { process, answers }: { process: CompiledProcess; answers: Record<string, unknown> },
): SignedKind | undefined {
  const decided = entries.find(({ kind }) => kind === 'dossiers.decided')
  if (decided) return (decided.data as { outcome: string }).outcome === 'granted' ? 'result' : 'decline'
  const steps = openTasks(after).filter(({ kind }) => kind === 'step')
  const [first] = steps
  if (first === undefined || steps.some(({ stepKind }) => stepKind !== 'issue')) return undefined
  const way = wayAhead(process, markingOf(process, [first.stepId!]), { answers })
  return way.result === 'refused' ? 'decline' : 'result'
}
