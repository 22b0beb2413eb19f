import { z } from 'zod'
import type { Db, Queryable } from '../../kernel/db.ts'
import { isRefusal, type Outcome } from '../../kernel/errors.ts'
import { cleanText } from '../../kernel/text.ts'
import { dateOfLaw } from '../../kernel/time.ts'
import { getVersion } from '../catalogue/index.ts'
import type { Actor } from '../identity/index.ts'
import type { ActParts } from './act-on-dossier.ts'
import { mayOpen } from './acting.ts'
import { entry } from './deciding/facts.ts'
import { stageOf, systemOf } from './deciding/status-elsewhere.ts'
import { ownStatus } from './derived.ts'
import { type Dossier, type PartnerWord, statusStages } from './dossier.ts'
import { applyEntries, type DossierFile } from './dossier-store.ts'
import { refusals } from './refusals.ts'

/** What a partner system says of a dossier: a national status of one stage, at the moment that it names. */
export const PartnerReport = z.object({
  status: z.int().min(1).max(10),
  stage: z.enum(statusStages),
  // Years that no database knows are nobody's moment.
  statedAt: z.iso.datetime({ offset: true }).refine((at) => at >= '2000'),
  text: cleanText.pipe(z.string().trim().max(500)).nullable().default(null),
})
export type PartnerReport = z.infer<typeof PartnerReport>

/** How a word was taken. */
export interface PartnerAnswer {
  code: string
  source: string
  /** False for a late or repeated word, which is kept and changes nothing. */
  news: boolean
  /** The word that stands on the dossier now. */
  word: PartnerWord | null
}

/** A clock may be a little ahead; a word from further on would silence all that come before it. */
const aheadMs = 5 * 60_000
const attempts = 3

/**
 * Keeps what a partner says of a dossier. Its id is bound to its token. A late or repeated word is kept too, and
 * never puts the dossier back; the same key with other content is refused. Where the partner is the authority of the
 * stage its word is the status shown; where we are, it only stands beside ours.
 */
export async function reportPartnerStatus(
  parts: ActParts,
  actor: Actor,
  { code, key, ...report }: PartnerReport & { code: string; key: string },
  { now }: { now: Date },
): Promise<Outcome<PartnerAnswer>> {
  if (actor.kind !== 'system' || actor.partner === undefined) return refusals.notFound()
  const source = actor.partner
  if (Date.parse(report.statedAt) > now.getTime() + aheadMs)
    return refusals.dateIsAhead({ date: dateOfLaw(new Date(report.statedAt)) })
  const said = { ...report, statedAt: new Date(report.statedAt).toISOString() }
  for (let attempt = 0; attempt < attempts; attempt++) {
    const file = await parts.read(code)
    if (file === undefined || !reaches(actor, file.dossier)) return refusals.notFound()
    const kept = await keepWord(parts.db.pool, file.dossier.id, { source, key, ...said }, now)
    if (isRefusal(kept)) return kept
    const word = await wordOf(parts.db, file.dossier, source, said)
    if (!isNews(file.dossier.partnerWord, word))
      return { code, source, news: false, word: file.dossier.partnerWord }
    const after = await appendWord(parts, actor, file, word, now)
    if (after === undefined) continue
    parts.wake()
    return { code, source, news: true, word: after.partnerWord }
  }
  return refusals.actedMeanwhile({ sequence: -1 })
}

// A partner that may report reads nothing; it speaks of the dossiers of its authorities alone.
const reaches = (actor: Extract<Actor, { kind: 'system' }>, dossier: Dossier) =>
  mayOpen({ ...actor, scopes: [...actor.scopes, 'dossiers:read'] }, dossier)

type Word = Omit<PartnerWord, 'receivedAt'>

async function wordOf(
  db: Db,
  { procedureCode, procedureVersion }: Dossier,
  source: string,
  { status, stage, statedAt }: PartnerReport,
): Promise<Word> {
  const { statusAuthority } = await getVersion(db, procedureCode, procedureVersion)
  return { source, status, stage, statedAt, authoritative: systemOf(statusAuthority, stage) === source }
}

/** Whether a word changes what stands on the dossier: it is newer, and nobody of record is silenced by a bystander. */
export function isNews(before: PartnerWord | null, word: Word): boolean {
  if (before === null) return true
  if (before.authoritative && !word.authoritative && before.source !== word.source) return false
  return word.statedAt > before.statedAt
}

async function appendWord(
  { append }: ActParts,
  actor: Extract<Actor, { kind: 'system' }>,
  { dossier }: DossierFile,
  word: Word,
  now: Date,
): Promise<Dossier | undefined> {
  const acting = { kind: 'system', id: actor.clientId, authorities: actor.authorityCodes ?? 'all' } as const
  const change = applyEntries(dossier.id, dossier, [
    entry('dossiers.partner-reported', { word }, { now, acting }),
  ])
  return (await append({ change, beside: {} })) ? change.after : undefined
}

/** Writes a word once; refuses the same key for another word. */
async function keepWord(
  db: Queryable,
  dossierId: string,
  { source, key, status, stage, statedAt, text }: PartnerReport & { source: string; key: string },
  now: Date,
): Promise<Outcome<'kept'>> {
  const { rows } = await db.query<{ same: boolean }>({
    name: 'dossiers.keep-partner-word',
    text: `with written as (
        insert into dossiers.partner_word (dossier_id, source, key, status, stage, stated_at, received_at, text)
        values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing returning true as same)
      select same from written union all
      select status = $4 and stage = $5 and stated_at = $6 and text is not distinct from $8
      from dossiers.partner_word where dossier_id = $1 and source = $2 and key = $3`,
    values: [dossierId, source, key, status, stage, statedAt, now, text],
  })
  return rows.every(({ same }) => same) ? 'kept' : refusals.keyUsedOtherwise()
}

export interface KeptWord extends Omit<PartnerWord, 'authoritative'> {
  text: string | null
}

/** Everything that partners said of a dossier, the latest first. */
export async function readPartnerWords(db: Queryable, dossierId: string): Promise<KeptWord[]> {
  const { rows } = await db.query({
    name: 'dossiers.partner-words',
    text: `select source, status, stage, stated_at, received_at, text from dossiers.partner_word
           where dossier_id = $1 order by stated_at desc, received_at desc limit 100`,
    values: [dossierId],
  })
  return rows.map(({ source, status, stage, stated_at, received_at, text }) => ({
    ...{ source, status, stage, text },
    statedAt: stated_at.toISOString(),
    receivedAt: received_at.toISOString(),
  }))
}

/**
 * The partner's word where it stands beside ours and says something else; null while both agree, where its word is
 * the status anyway, and where it speaks of a stage that is over here.
 */
export function differingWord(
  dossier: Pick<Dossier, 'state' | 'tasks' | 'acceptedAt' | 'partnerWord'>,
): PartnerWord | null {
  const { partnerWord } = dossier
  if (partnerWord === null || partnerWord.authoritative) return null
  const isOver = statusStages.indexOf(partnerWord.stage) < statusStages.indexOf(stageOf(dossier))
  return isOver || alike(partnerWord.status) === alike(ownStatus(dossier)) ? null : partnerWord
}

// Taken in and being worked on are told apart by how a house distributes its work, not by what happened.
const alike = (status: number) => (status === 4 ? 2 : status)
