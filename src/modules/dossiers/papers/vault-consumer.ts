import type { Db, Queryable } from '../../../kernel/db.ts'
import { type Consumer, consume, type FeedEntry } from '../../../kernel/feed.ts'
import { readStream } from '../../../kernel/journal.ts'
import { dateOfLaw } from '../../../kernel/time.ts'
import { getVersion, type ProcedureVersion } from '../../catalogue/index.ts'
import { findAuthority } from '../../directory/index.ts'
import { findFiles } from '../../documents/index.ts'
import { provedPersonalIds } from '../../identity/index.ts'
import {
  isOf,
  itemsByOrigin,
  keepItem,
  markEnded,
  noteUses,
  type Owner,
  originOfResult,
  type VaultItem,
} from '../../vault/index.ts'
import { type DossierFile, findByIds, type Paper, readPapers } from '../dossier-store.ts'
import type { SealedDossierEntry } from '../entries.ts'
import { type EndingAct, endOf } from './ended-papers.ts'
import { isPaperResult, resultsOf, tells } from './paper-kinds.ts'
import type { ResultKind } from './result-kind.ts'
import { validUntil } from './results.ts'
import { holderOf, otherHolder } from './whose-papers.ts'

const makesResults = new Set([
  'dossiers.approved',
  // Signed and not numbered yet, it is no result; the news of either may come alone.
  'dossiers.decided',
  'dossiers.result-corrected',
  'dossiers.result-revoked',
  'dossiers.restored',
])
const bringsPapers = new Set(['dossiers.submitted', 'dossiers.supplemented'])

type Act = EndingAct & Pick<SealedDossierEntry, 'actor'>

/**
 * Fills the vaults: results go to whom the dossier is for, corrected and revoked ones follow their fate, uploads that
 * a person wanted to keep are kept, and which item served which dossier is noted. Told twice it changes nothing; told
 * from the beginning it brings in what was issued before there was a vault.
 */
export const vaultConsumer = (db: Db): Consumer =>
  consume('dossiers.vault', async (tx, entries) => {
    const results = streamsOf(entries, ({ kind }) => makesResults.has(kind))
    const papers = streamsOf(entries, ({ kind, data }) => bringsPapers.has(kind) && hasPapers(data))
    const touched = [...new Set([...results, ...papers])]
    if (touched.length === 0) return
    const files = await findByIds(tx, touched)
    const proved = await provedPersonalIds(
      tx,
      files.flatMap(({ party }) => party.personId ?? []),
    )
    for (const file of files) {
      const version = await getVersion(db, file.dossier.procedureCode, file.dossier.procedureVersion)
      const holder = holderOf({ ...file.party, proved: proved.get(file.party.personId ?? '') ?? null })
      if (results.has(file.dossier.id)) await keepResults({ db, tx }, file, version, holder)
      if (papers.has(file.dossier.id)) await takePapers(tx, file, version, holder)
    }
  })

const streamsOf = (entries: readonly FeedEntry[], wanted: (entry: FeedEntry) => boolean) =>
  new Set(entries.filter(wanted).map(({ stream }) => stream))

const hasPapers = (data: object) => ((data as { papers?: unknown[] }).papers ?? []).length > 0

/** The results of a dossier as its whole journal has them: each act once for each holder. */
async function keepResults(
  { db, tx }: { db: Db; tx: Queryable },
  file: DossierFile,
  version: ProcedureVersion,
  holder: Owner | null,
) {
  const { dossier, answers } = file
  const holders = [holder, otherHolder(version, answers)].filter((owner) => owner !== null)
  if (!version.results.some(isPaperResult) || holders.length === 0) return
  const acts = await actsOf(tx, dossier.id)
  const issuing = acts.filter((act) => tells('result', act, { dossier, history: acts }))
  if (issuing.length === 0) return
  const issuer = await findAuthority(db, dossier.competent)
  for (const result of resultsOf(version, answers)) {
    const origin = (sequence: number) => originOf(dossier.id, sequence, result.kind)
    for (const act of issuing) {
      const known = await itemsByOrigin(tx, [origin(act.sequence)])
      const issuedOn = dateOfLaw(act.at)
      for (const owner of holders.filter((each) => !known.some((item) => isOf(item, each))))
        await keepItem(tx, {
          owner,
          name: result.name,
          trust: 'issued',
          mediaType: 'application/pdf',
          paperCode: result.paperCode ?? result.code,
          issuedOn,
          validTo: validUntil(result.template, issuedOn),
          issuer: issuer?.name ?? dossier.competent,
          dossierCode: dossier.code,
          origin: origin(act.sequence),
          fields: { ...subjectOf(file), procedure: dossier.procedureCode },
          addedAt: new Date(act.at),
        })
    }
    await followEnds(tx, { acts, issuing, origin })
  }
}

/** Where a result came from: its act, and which of the act's papers it is when there are several. */
const originOf = (dossierId: string, sequence: number, kind: ResultKind) =>
  `${originOfResult(dossierId, sequence)}${kind.replace('result', '')}`

// What became of each result; whoever takes its place is named to the same holder.
async function followEnds(
  tx: Queryable,
  { acts, issuing, origin }: { acts: Act[]; issuing: Act[]; origin(sequence: number): string },
) {
  for (const act of issuing) {
    const end = endOf({ kind: 'result', sequence: act.sequence }, acts)
    if (end === undefined) continue
    const [old, next] = await Promise.all([
      itemsByOrigin(tx, [origin(act.sequence)]),
      end.how === 'replaced' ? itemsByOrigin(tx, [origin(end.by.sequence)]) : [],
    ])
    for (const item of old) {
      const replacedBy = next.find((each) => sameHolder(each, item))?.id ?? null
      await markEnded(tx, item.id, { state: end.how === 'replaced' ? 'replaced' : 'revoked', replacedBy })
    }
  }
}

const sameHolder = (a: VaultItem, b: VaultItem) =>
  a.ownerKind === b.ownerKind &&
  (a.ownerId === b.ownerId || (a.personalId !== null && a.personalId === b.personalId))

/** Notes what came from the vault, and keeps what its owner ticked: only their own, never a relative's. */
async function takePapers(
  tx: Queryable,
  { dossier, party }: DossierFile,
  version: ProcedureVersion,
  holder: Owner | null,
) {
  const papers = await readPapers(tx, dossier.id)
  await noteUses(
    tx,
    papers.flatMap(({ vaultItemId, component, sha256, trust = 'own-upload', addedAt }) =>
      vaultItemId === undefined
        ? []
        : [
            {
              ...{ itemId: vaultItemId, dossierId: dossier.id, dossierCode: dossier.code },
              ...{ component, sha256, trust, usedAt: addedAt.toISOString() },
            },
          ],
    ),
  )
  const kept = papers.filter(
    ({ keep, vaultItemId, source }) => keep && vaultItemId === undefined && source === 'upload',
  )
  const own =
    party.filedFor.kind === 'self' ||
    party.filedFor.kind === 'child' ||
    party.filedFor.kind === 'organisation'
  if (kept.length === 0 || holder === null || !own) return
  const files = new Map(
    (
      await findFiles(
        tx,
        kept.map(({ fileId }) => fileId),
      )
    ).map((file) => [file.fileId, file]),
  )
  for (const paper of kept)
    await keepUpload(tx, {
      paper,
      size: files.get(paper.fileId)?.size ?? null,
      version,
      holder,
      code: dossier.code,
    })
}

async function keepUpload(
  tx: Queryable,
  {
    paper,
    size,
    version,
    holder,
    code,
  }: { paper: Paper; size: number | null; version: ProcedureVersion; holder: Owner; code: string },
) {
  const component = version.components.find(({ key }) => key === paper.component)
  if (component === undefined) return
  await keepItem(tx, {
    owner: holder,
    name: component.name,
    trust: 'own-upload',
    mediaType: paper.mediaType,
    paperCode: component.code ?? `${version.procedureCode}:${component.key}`,
    sha256: paper.sha256,
    size,
    fileId: paper.fileId,
    dossierCode: code,
    addedAt: paper.addedAt,
  })
}

// Whom the paper is about, when that is somebody else than who holds it.
function subjectOf({ answers }: DossierFile): { subject?: string } {
  const keys = ['child.fullName', 'subject.fullName', 'deceased.fullName']
  const name = keys.map((key) => answers[key]).find((value) => typeof value === 'string' && value !== '')
  return typeof name === 'string' ? { subject: name } : {}
}

async function actsOf(tx: Queryable, dossierId: string): Promise<Act[]> {
  return ((await readStream(tx, dossierId)) as SealedDossierEntry[]).map(
    ({ kind, sequence, at, data, actor }) => ({
      ...{ kind, sequence, data, actor },
      at: at.toISOString(),
    }),
  )
}
