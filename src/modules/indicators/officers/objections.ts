import { z } from 'zod'
import { type Db, inTransaction } from '../../../kernel/db.ts'
import type { Outcome } from '../../../kernel/errors.ts'
import { defaultLocale, messages } from '../../../kernel/i18n.ts'
import { newId } from '../../../kernel/ids.ts'
import { cleanText } from '../../../kernel/text.ts'
import { computeDueAt, loadCalendar, MissingCalendarYear } from '../../calendar/index.ts'
import { findOfficer, listAuthorities, officersOf } from '../../directory/index.ts'
import type { Actor } from '../../identity/index.ts'
import { type NewNotice, tellOfficers } from '../../notifications/index.ts'
import {
  findObjection,
  insertObjection,
  listObjections,
  type Objection,
  objectsAlready,
  standsBehind,
  writeAnswer,
} from './objection-store.ts'
import { leadsAt, type Officer, officerRefusals } from './officer-figures.ts'
import { figuresOf, instantsOf, type OfficerFigures, officerFigureKeys } from './officer-store.ts'

/** Working days within which whoever leads answers; a rule of the house, no law sets one. */
export const answerWithinDays = 5

/** The page of an officer's own figures, where answers are read. */
export const ownFiguresPath = '/can-bo/so-lieu-cua-toi'

export const ObjectionInput = z.object({
  figure: z.enum(officerFigureKeys),
  from: z.iso.date(),
  to: z.iso.date(),
  dossier: z
    .string()
    .trim()
    .max(40)
    .transform((code) => code.toUpperCase() || null)
    .nullable()
    .default(null),
  words: cleanText.pipe(z.string().trim().min(10).max(2000)),
})
export type ObjectionInput = z.input<typeof ObjectionInput>

/** Objects to an own figure, perhaps because of one dossier behind it; the figure is kept as it stands now. */
export async function objectTo(
  db: Db,
  actor: Actor,
  raw: ObjectionInput,
  { now }: { now: Date },
): Promise<Outcome<Objection>> {
  if (actor.kind !== 'officer') return officerRefusals.notForYou()
  const parsed = ObjectionInput.safeParse(raw)
  const authority = actor.posts[0]?.authorityCode
  if (!parsed.success || parsed.data.from > parsed.data.to) return officerRefusals.invalid()
  if (authority === undefined) return officerRefusals.notForYou()
  const { figure, dossier, ...said } = parsed.data
  const about = { officer: actor.officerId, figure, dossier }
  if (dossier !== null && !(await standsBehind(db.pool, { ...about, dossier }, instantsOf(said))))
    return officerRefusals.notBehind()
  if (await objectsAlready(db.pool, about)) return officerRefusals.already()
  const [n, d] = ratioOf(figure, await figuresOf(db.pool, actor.officerId, said))
  const objection: Objection = {
    ...{ id: newId(now.getTime()), ...about, authority, ...said, n, d },
    ...{ madeAt: now.toISOString(), answerBy: await answerBy(db, authority, now) },
    ...{ agreed: null, answer: null, answeredBy: null, answeredAt: null },
  }
  await inTransaction(db, (tx) => insertObjection(tx, objection))
  return objection
}

const ratioOf = (
  figure: (typeof officerFigureKeys)[number],
  { onTime, satisfied, steps, dossiers }: OfficerFigures,
) => ({ 'on-time': onTime, satisfied, workload: [steps, dossiers] as const })[figure]

async function answerBy(db: Db, authorityCode: string, now: Date): Promise<string | null> {
  const calendar = await loadCalendar(db, { authorityCode })
  try {
    const limit = { amount: answerWithinDays, unit: 'working-day' as const }
    return computeDueAt({ acceptedAt: now.toISOString(), limit, calendar })
  } catch (error) {
    if (error instanceof MissingCalendarYear) return null
    throw error
  }
}

/** What an officer objected to, with the answers. */
export async function ownObjections(db: Db, actor: Actor): Promise<Outcome<Objection[]>> {
  if (actor.kind !== 'officer') return officerRefusals.notForYou()
  return listObjections(db.pool, { by: actor.officerId })
}

/**
 * What waits for this officer's answer, the first owed on top. The head or leader of the place answers; what a leader
 * objects to another leader of the place answers, or where there is none one of the authority above. Nobody answers
 * their own.
 */
export async function toAnswer(db: Db, actor: Actor): Promise<Objection[]> {
  if (actor.kind !== 'officer' || leadsAt(actor).length === 0) return []
  const below = await directlyBelow(db, leadsAt(actor, ['leader']))
  const open = await listObjections(db.pool, {
    at: [...leadsAt(actor), ...below],
    notBy: actor.officerId,
    open: true,
  })
  const mine = await Promise.all(open.map((each) => answers(db, actor, each)))
  return open.filter((_, i) => mine[i])
}

/** What was answered at the places that this officer leads, the latest first: both sides stay to be read. */
export async function answeredAt(db: Db, actor: Actor): Promise<Objection[]> {
  if (actor.kind !== 'officer' || leadsAt(actor).length === 0) return []
  const all = await listObjections(db.pool, { at: leadsAt(actor), notBy: actor.officerId })
  return all.filter(({ answeredAt }) => answeredAt !== null)
}

async function directlyBelow(db: Db, places: readonly string[]): Promise<string[]> {
  if (places.length === 0) return []
  const all = await listAuthorities(db)
  return all.filter(({ parentCode }) => parentCode && places.includes(parentCode)).map(({ code }) => code)
}

async function answers(db: Db, actor: Officer, { officer, authority }: Objection): Promise<boolean> {
  if (officer === actor.officerId) return false
  const byLeader = (await findOfficer(db, officer))?.posts.some(
    (post) => post.authorityCode === authority && (post.roles as string[]).includes('leader'),
  )
  if (!byLeader) return leadsAt(actor).includes(authority)
  if (leadsAt(actor, ['leader']).includes(authority)) return true
  const others = (await officersOf(db, authority, 'leader')).filter(({ officerId }) => officerId !== officer)
  return others.length === 0 && (await directlyBelow(db, leadsAt(actor, ['leader']))).includes(authority)
}

export const AnswerInput = z.object({
  id: z.uuid(),
  agreed: z.boolean(),
  answer: cleanText.pipe(z.string().trim().min(10).max(2000)),
})

/**
 * Answers an objection with the reason, once. Agreed: the dossier named is left out of this figure of the officer from
 * now on, and the note stays. The officer is told in the same transaction.
 */
export async function answerObjection(
  { db, baseUrl, now }: { db: Db; baseUrl: string; now: Date },
  actor: Actor,
  raw: z.input<typeof AnswerInput>,
): Promise<Outcome<Objection>> {
  if (actor.kind !== 'officer') return officerRefusals.notForYou()
  const parsed = AnswerInput.safeParse(raw)
  if (!parsed.success) return officerRefusals.invalid()
  const objection = await findObjection(db.pool, parsed.data.id)
  if (objection === undefined) return officerRefusals.notFound()
  if (!(await answers(db, actor, objection))) return officerRefusals.notForYou()
  return inTransaction(db, async (tx) => {
    const answered = await writeAnswer(tx, { ...parsed.data, by: actor.officerId, now })
    if (answered === undefined) return officerRefusals.answered()
    await tellOfficers(tx, [noticeOf(answered, actor.name)], { baseUrl, now })
    return answered
  })
}

function noticeOf({ id, officer, figure, dossier, agreed, answer }: Objection, by: string): NewNotice {
  const t = messages(defaultLocale)
  const about = { figure: t(`officerFigures.figure.${figure}`), dossier: dossier ?? '' }
  const outcome = agreed ? (dossier ? 'leftOut' : 'agreed') : 'kept'
  return {
    ...{ officerId: officer, kind: 'objection-answered', key: `objection:${id}`, href: ownFiguresPath },
    subject: t('officerFigures.told.subject', about),
    text: `${t(`officerFigures.told.${outcome}`, { ...about, name: by })}\n${answer}`,
  }
}
