import { type Db, inTransaction, type Queryable } from '../../../kernel/db.ts'
import { isRefusal, type Outcome } from '../../../kernel/errors.ts'
import type { Locale } from '../../../kernel/i18n.ts'
import { newId } from '../../../kernel/ids.ts'
import { type FeeLine, feesFor } from '../../catalogue/index.ts'
import { findPastFiling } from '../../dossiers/index.ts'
import type { Actor, Officer } from '../../identity/index.ts'
import { type ChangeParts, entry } from '../acting.ts'
import type { ProcedureChange } from '../change.ts'
import { findChange, writeChange } from '../change-store.ts'
import { powersOver } from '../powers-over-changes.ts'
import { type BlackedOut, blackedOut } from './blacked-out.ts'
import { type Deciding, decidingIn } from './deciding.ts'
import type { PastDossier, ReplayRules } from './past.ts'
import { pastOf } from './past-of.ts'
import { detailsOf } from './replay-details.ts'
import { outcomeUnder, replayOne } from './replay-one.ts'
import { replayFor } from './replay-run.ts'
import { type ReplayLine, replayLineOf } from './replay-store.ts'
import { replayRefusals, rulesOfChange } from './rules-of.ts'

/** What rules make of one past dossier. */
export type PastSide = ReturnType<typeof outcomeUnder> & { fees: FeeLine[] }

/** One past dossier under the rules before and after a change, with whom it is about blacked out. */
export interface OpenedPast {
  line: Pick<ReplayLine, 'code' | 'authority' | 'kinds' | 'details'>
  facts: Pick<PastDossier, 'channel' | 'submittedOn' | 'acceptedAt' | 'extensionDays'> & { pauses: number }
  before: PastSide
  after: PastSide
  deciding: Deciding[]
  /** Answers under the form of before, those blacked out too. */
  answers: BlackedOut[]
}

/** Who may open past dossiers that are not theirs: who may review or publish changes. */
export async function mayOpenPast(db: Db, actor: Actor): Promise<boolean> {
  const { review, publish } = await powersOver(db, actor)
  return review || publish
}

/**
 * Opens one past dossier that came out differently in the last run of a change: what both sets of rules say, on what it
 * hangs, and the answers with names, identity and free text blacked out. Each opening is kept in the journal of the
 * change and told to the people it is about (decision 0020). Refuses who neither reviews nor publishes, and every
 * dossier in which the last run found no difference.
 */
export async function openPast(
  actor: Actor,
  { change, code, locale }: { change: ProcedureChange; code: string; locale: Locale },
  parts: ChangeParts,
): Promise<Outcome<OpenedPast>> {
  const { db, now } = parts
  if (actor.kind !== 'officer' || !(await mayOpenPast(db, actor))) return replayRefusals.notYours()
  const run = await replayFor(db, actor, change.id)
  if (!run || !(await replayLineOf(db.pool, run.id, code))) return replayRefusals.noSuchDossier()
  const filing = await findPastFiling(db.pool, { procedureCode: change.code, code })
  const past = filing && (await pastOf(db, filing))
  if (!filing || !past) return replayRefusals.noSuchDossier()
  const rules = await rulesOfChange(db, change, now)
  if (isRefusal(rules)) return rules
  await keepReading(actor, { changeId: change.id, dossierId: filing.id, code }, parts)
  const found = replayOne(rules.before, rules.after, past)
  const line = { code, authority: filing.competent, kinds: found.differs, details: detailsOf(found) }
  return {
    line,
    facts: {
      ...{ channel: past.channel, submittedOn: past.submittedOn, acceptedAt: past.acceptedAt },
      ...{ extensionDays: past.extensionDays, pauses: past.pauses.length },
    },
    before: sideOf(rules.before, past, found.before.caseCode, locale),
    after: sideOf(rules.after, past, found.after.caseCode, locale),
    deciding: decidingIn(line, rules, locale),
    answers: blackedOut(rules.before.form, past, locale),
  }
}

function sideOf(rules: ReplayRules, past: PastDossier, caseCode: string, locale: Locale): PastSide {
  const { answers, channel, submittedOn: today } = past
  const fees = feesFor(rules.edition, { caseCode, channel, answers, today }, locale)
  return { ...outcomeUnder(rules, past, caseCode), fees }
}

async function keepReading(
  officer: Officer,
  { changeId, dossierId, code }: { changeId: string; dossierId: string; code: string },
  { db, now, wake }: ChangeParts,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const { change, head } = (await findChange(tx, changeId, { lock: true }))!
    await writeChange(tx, change, head, entry('open-past', { code }, officer, now))
    await tx.query(
      `insert into changes.past_reading (id, change_id, dossier_id, read_by, read_at) values ($1, $2, $3, $4, $5)`,
      [newId(now.getTime()), changeId, dossierId, officer.officerId, now],
    )
  })
  wake?.()
}

/** Who opened a dossier to see what other rules would have made of it, the last first; at most fifty. */
export async function pastReadingsOf(
  db: Queryable,
  dossierId: string,
): Promise<{ at: string; officerId: string; title: string }[]> {
  const { rows } = await db.query<{ at: Date; officerId: string; title: string }>({
    name: 'changes.past-readings',
    text: `select r.read_at as at, r.read_by as "officerId", c.title
      from changes.past_reading r join changes.change c on c.id = r.change_id
      where r.dossier_id = $1 order by r.read_at desc limit 50`,
    values: [dossierId],
  })
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }))
}
