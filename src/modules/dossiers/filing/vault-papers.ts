import type { Db } from '../../../kernel/db.ts'
import type { ProcedureVersion } from '../../catalogue/index.ts'
import { findDocumentById } from '../../documents/index.ts'
import type { Actor, OnBehalfOf } from '../../identity/index.ts'
import {
  codesServing,
  findItems,
  groundFor,
  itemsOf,
  type Owner,
  ownersOf,
  sharesOf,
  stateOn,
  type VaultItem,
} from '../../vault/index.ts'
import type { PaperInput } from '../commands.ts'
import { type TakenPaper, wayOf } from '../papers/paper-source.ts'
import type { Problem } from '../refusals.ts'

/** Who hands papers in, and for whom. */
export interface Claim {
  actor: Actor
  filedFor: OnBehalfOf
  /** Personal id of the person whom an officer helps. */
  helped: string | null
  /** Date of law. */
  today: string
}

/** Papers as a dossier takes them in, and what is wrong with those of the vault. */
export interface VaultChecked {
  papers: TakenPaper[]
  problems: Problem[]
}

/**
 * Looks at what a filing takes from the vault, at the moment of sending: whose it is, whether it still counts, whether
 * it is the paper that is asked for, and that it is what was chosen. Says of each other paper how it came.
 */
export async function checkVaultPapers(
  db: Db,
  version: ProcedureVersion,
  papers: readonly PaperInput[],
  claim: Claim,
): Promise<VaultChecked> {
  if (papers.length === 0) return { papers: [], problems: [] }
  const chosen = papers.flatMap(({ vaultItemId }) => vaultItemId ?? [])
  const [items, known] = await Promise.all([
    chosen.length === 0 ? [] : findItems(db.pool, chosen),
    knownItems(db, version, papers, claim),
  ])
  const byId = new Map(items.map((item) => [item.id, item]))
  const problems: Problem[] = []
  const taken: TakenPaper[] = []
  for (const paper of papers) {
    const item = paper.vaultItemId === undefined ? undefined : byId.get(paper.vaultItemId)
    const code = await faultOf(db, version, { paper, item, claim })
    if (code !== undefined)
      problems.push({ field: `paper:${paper.component}`, code, params: { name: paper.name } })
    const codes = codesOf(version, paper.component)
    const wasKnown = known.some(({ paperCode }) => paperCode !== null && codes.includes(paperCode))
    taken.push({ ...paper, how: wayOf(paper, wasKnown), ...(item && { trust: item.trust }) })
  }
  return { papers: taken, problems }
}

interface Asked {
  paper: PaperInput
  item: VaultItem | undefined
  claim: Claim
}

async function faultOf(
  db: Db,
  version: ProcedureVersion,
  { paper, item, claim }: Asked,
): Promise<string | undefined> {
  const { vaultItemId, source, component, sha256 } = paper
  // What says that it comes from there names what it is, and the other way round.
  if ((vaultItemId !== undefined) !== (source === 'vault')) return 'dossiers.vault-unknown'
  if (vaultItemId === undefined) return undefined
  if (item === undefined || !(await isUsable(db, item, claim))) return 'dossiers.vault-unknown'
  const state = stateOn(item, claim.today)
  if (state === 'replaced') return 'dossiers.vault-replaced'
  if (state !== 'valid' || item.hidden) return 'dossiers.vault-not-valid'
  if (item.paperCode === null || !codesOf(version, component).includes(item.paperCode))
    return 'dossiers.vault-other-paper'
  if (item.sha256 !== sha256) return 'dossiers.vault-replaced'
  // Whoever revoked the paper itself may be ahead of the news of it.
  const document = item.documentId === null ? undefined : await findDocumentById(db.pool, item.documentId)
  return document && document.status !== 'valid' ? 'dossiers.vault-not-valid' : undefined
}

/** Whether the filing may use an item: it belongs to who is filed for, or is shared with them to be handed in. */
async function isUsable(
  db: Db,
  item: VaultItem,
  { actor, filedFor, helped, today }: Claim,
): Promise<boolean> {
  if (actor.kind === 'officer')
    return item.ownerKind === 'person' && helped !== null && item.personalId === helped
  if (actor.kind !== 'person') return false
  const organisation = filedFor.kind === 'organisation' ? filedFor.code : null
  const shares = (await sharesOf(db.pool, [item.id])).filter(
    ({ mayUse, withKind, withId }) => mayUse && (withKind !== 'organisation' || withId === organisation),
  )
  const ground = groundFor(actor, item, { shares, today })
  // Papers of an organisation are for its own filings alone.
  if (ground?.by === 'organisation') return ground.code === organisation
  return ground !== undefined
}

/** What the vault has already of papers that are uploaded: then they were uploaded without need. */
async function knownItems(
  db: Db,
  version: ProcedureVersion,
  papers: readonly PaperInput[],
  { actor, filedFor, helped, today }: Claim,
): Promise<VaultItem[]> {
  const uploaded = papers.filter(({ source }) => source === 'upload' || source === 'counter')
  const codes = [...new Set(uploaded.flatMap(({ component }) => codesOf(version, component)))]
  const owners = ownersFor(actor, filedFor, helped)
  if (codes.length === 0 || owners.length === 0) return []
  const items = await itemsOf(db.pool, owners, { codes })
  return items.filter((item) => !item.hidden && stateOn(item, today) === 'valid')
}

function ownersFor(actor: Actor, filedFor: OnBehalfOf, helped: string | null): Owner[] {
  if (actor.kind === 'officer')
    return helped === null ? [] : [{ kind: 'person', personId: null, personalId: helped }]
  if (actor.kind !== 'person') return []
  return ownersOf(actor).filter(
    (owner) => owner.kind === 'person' || (filedFor.kind === 'organisation' && filedFor.code === owner.code),
  )
}

function codesOf(version: ProcedureVersion, key: string): string[] {
  const component = version.components.find((each) => each.key === key)
  return component ? codesServing(version.procedureCode, component) : []
}
