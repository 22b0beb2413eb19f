import type { Db, Queryable } from '../../../kernel/db.ts'
import { isRefusal } from '../../../kernel/errors.ts'
import { readStream } from '../../../kernel/journal.ts'
import { dateOfLaw } from '../../../kernel/time.ts'
import { loadCalendar } from '../../calendar/index.ts'
import { getVersion, type LinkedBranch } from '../../catalogue/index.ts'
import { getProcess } from '../../processes/index.ts'
import { beforeTheEnd } from '../before-the-end.ts'
import type { NextCode } from '../code-blocks.ts'
import { type CommandOf, sealRequest } from '../commands.ts'
import { decide } from '../decide.ts'
import { restore } from '../deciding/ending.ts'
import type { Facts } from '../deciding/facts.ts'
import type { Branch, Dossier } from '../dossier.ts'
import {
  appendMany,
  applyEntries,
  type DossierFile,
  findById,
  readKnown,
  readPapers,
  type Write,
} from '../dossier-store.ts'
import type { SealedDossierEntry } from '../entries.ts'
import { type Standing, standingOf } from './branches.ts'
import { groupEntries } from './group-entries.ts'
import { childrenOf } from './linked-store.ts'
import { branchesOf, notCompetent } from './plan.ts'
import { coordinator, startBranch } from './start-branch.ts'

export interface SettleParts {
  db: Db
  nextCode: NextCode
}

/** How often a group is looked at again when somebody acted between reading and writing. */
const attempts = 5

/**
 * Brings a group to where its branches stand: begins what is due, ends what has nothing to go on for, writes down
 * how each stands, opens what somebody has to look after, and lets the group's own process go on. Done again it does
 * nothing. `at` is the moment of the news.
 */
export async function settleGroup(parts: SettleParts, tx: Queryable, id: string, at: Date): Promise<void> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const file = await findById(tx, id)
    if (file === undefined || file.dossier.branches === null) return
    const writes = await writesFor(parts, tx, file, at)
    if (writes.length === 0) return
    const written = await appendMany(tx, writes)
    if (written.every(Boolean)) return
  }
  throw new Error(`group ${id} did not hold still`)
}

async function writesFor(parts: SettleParts, tx: Queryable, file: DossierFile, at: Date): Promise<Write[]> {
  const { db } = parts
  const { dossier } = file
  const [version, process, calendar, begun, known] = await Promise.all([
    getVersion(db, dossier.procedureCode, dossier.procedureVersion),
    getProcess(db, dossier.processKey, dossier.processVersion),
    loadCalendar(db, { authorityCode: dossier.competent }),
    childrenOf(tx, dossier.id),
    readKnown(tx, dossier.id),
  ])
  const group = { ...file, known }
  const plan = version.linked?.branches ?? []
  const planned = await plannedAnew(db, group, version, begun.size)
  const { writes, children, branches } = await started(parts, tx, {
    file: group,
    plan,
    branches: planned,
    begun,
  })
  const standing = standingOf(plan, { ...dossier, branches }, children)
  for (const write of endings(standing, begun, { now: at, calendar })) {
    writes.push(write)
    children.set(write.change.after.linked!.branch, write.change.after)
  }
  for (const write of await resumed(tx, dossier, begun, { now: at, calendar })) {
    writes.push(write)
    children.set(write.change.after.linked!.branch, write.change.after)
  }
  const facts: Facts = {
    ...{ now: at, acting: coordinator, process: process.compiled, calendar, answers: file.answers },
  }
  const entries = groupEntries(
    { ...dossier, branches: dossier.branches! },
    { plan, branches, children },
    facts,
  )
  if (entries.length > 0) writes.push({ change: applyEntries(dossier.id, dossier, entries), beside: {} })
  return writes
}

// Until anything has begun, the branches are those that the answers ask for: they may have been mended at intake.
async function plannedAnew(
  db: Db,
  { dossier, answers, known }: Known,
  version: Parameters<typeof branchesOf>[1],
  begun: number,
): Promise<Branch[]> {
  const { branches, competent, submittedAt } = dossier
  if (begun > 0 || branches!.some(({ state }) => state !== 'waiting')) return branches!
  const facts = { answers: { ...known, ...answers }, today: dateOfLaw(submittedAt), competent }
  return (await branchesOf(db, version, facts)) ?? branches!
}

/** A group with what registers said beyond its answers. */
interface Known extends DossierFile {
  known: Record<string, unknown> | undefined
}

interface Starting {
  file: Known
  plan: readonly LinkedBranch[]
  branches: readonly Branch[]
  begun: ReadonlyMap<string, DossierFile>
}

/** Begins what is due; a branch that nobody here settles is written down as such, and those after it with it. */
async function started(parts: SettleParts, tx: Queryable, { file, plan, branches, begun }: Starting) {
  const children = new Map([...begun].map(([key, { dossier }]) => [key, dossier]))
  const { begin } = standingOf(plan, { ...file.dossier, branches }, children)
  const writes: Write[] = []
  if (begin.length === 0) return { writes, children, branches: [...branches] }
  const papers = await readPapers(tx, file.dossier.id)
  const results = Object.fromEntries([...begun].map(([key, { draft }]) => [key, draft ?? {}]))
  const unsettled = new Set<string>()
  for (const { key, since } of begin) {
    const branch = plan.find((each) => each.key === key)!
    const write = await startBranch(parts, { ...file, papers, results }, branch, new Date(since))
    if (!isRefusal(write)) {
      writes.push(write)
      children.set(key, write.change.after)
      // A year whose days off nobody published yet: it begins with the next news.
    } else if (write.code !== 'dossiers.calendar-missing') unsettled.add(key)
  }
  const marked = branches.map((branch) => (unsettled.has(branch.key) ? notCompetent(branch) : branch))
  return { writes, children, branches: marked }
}

/** What goes on for a filing that has ended is withdrawn; what was decided stands. */
function endings(
  { withdraw }: Standing,
  begun: ReadonlyMap<string, DossierFile>,
  { now, calendar }: Pick<Facts, 'now' | 'calendar'>,
): Write[] {
  return withdraw.flatMap((key) => {
    const child = begun.get(key)?.dossier
    if (child === undefined) return []
    const { command, privates } = sealRequest({ command: 'withdraw', reason: withdrawnWithGroup })
    const facts = { now, calendar, acting: coordinator, process: noProcess, answers: {} }
    const entries = decide(child, command, facts)
    return isRefusal(entries)
      ? []
      : [{ change: applyEntries(child.id, child, entries), beside: { privates } }]
  })
}

const withdrawnWithGroup =
  'Hồ sơ liên thông đã kết thúc theo đề nghị của người nộp hoặc quyết định của cơ quan.'
// Withdrawing asks nothing of the process.
const noProcess = { steps: {} } as unknown as Facts['process']

/** A filing that was withdrawn by mistake and goes on takes along the branches that ended with it. */
async function resumed(
  tx: Queryable,
  group: Dossier,
  begun: ReadonlyMap<string, DossierFile>,
  { now, calendar }: Pick<Facts, 'now' | 'calendar'>,
): Promise<Write[]> {
  if (group.state !== 'in-progress') return []
  const writes: Write[] = []
  for (const { dossier } of begun.values()) {
    if (dossier.state !== 'withdrawn') continue
    const entries = (await readStream(tx, dossier.id)) as SealedDossierEntry[]
    const ended = entries.findLast(({ kind }) => kind === 'dossiers.withdrawn')
    const before = beforeTheEnd(entries)
    if (ended?.actor.id !== coordinator.id || !before) continue
    const { command, privates } = sealRequest({ command: 'restore', reason: goesOnWithGroup })
    const facts = { now, calendar, acting: coordinator, process: noProcess, answers: {}, before }
    const restored = restore(dossier, null, command as CommandOf<'restore'>, facts)
    if (!isRefusal(restored))
      writes.push({ change: applyEntries(dossier.id, dossier, restored), beside: { privates } })
  }
  return writes
}

const goesOnWithGroup = 'Hồ sơ liên thông được làm tiếp: lần kết thúc trước là nhầm.'
