import { randomUUID } from 'node:crypto'
import type { App } from '../app.ts'
import { inTransaction } from '../kernel/db.ts'
import { accepted } from '../kernel/errors.ts'
import type { FeedEntry } from '../kernel/feed.ts'
import { readStream } from '../kernel/journal.ts'
import { at, dateOfLaw } from '../kernel/time.ts'
import { addWorkingHours, type Calendar, isWorkingDate, loadCalendar } from '../modules/calendar/index.ts'
import { allOfficers } from '../modules/directory/index.ts'
import { type Dossier, findById, linkedConsumer, openTasks, type Request } from '../modules/dossiers/index.ts'
import { findForm } from '../modules/forms/index.ts'
import type { Actor, Officer, Person } from '../modules/identity/index.ts'
import { demonstrationPin } from '../modules/signatures/index.ts'
import { simulatePerson } from '../simulation/people.ts'
import { plausibleAnswers } from '../simulation/plausible-answers.ts'
import { seededRandom } from '../simulation/random.ts'

/** How far the authority of a branch has come with it. */
type Course = 'granted' | 'refused' | 'asked' | 'untouched'

interface Story {
  procedure: string
  form: string
  authority: { code: string; name: string; communeCode: string }
  /** Of whoever files: youngest and oldest. */
  ages: readonly [number, number]
  workingDaysAgo: number
  /** Whether the one-stop unit has taken it in. */
  accept: boolean
  /** Branches that are not said are not touched. */
  courses: Record<string, Course>
  /** Filed by the mother of the demonstration from home; else by a stranger at the counter. */
  ofMother?: true
  answers?: Record<string, unknown>
}

const ward = { code: 'H99.12', name: 'Ủy ban nhân dân phường Hoa Sen', communeCode: 'S9001' }
const riverside = { code: 'H99.13', name: 'Ủy ban nhân dân xã Bến Gỗ', communeCode: 'S9002' }
const upland = { code: 'H99.14', name: 'Ủy ban nhân dân xã Mai Thượng', communeCode: 'S9003' }
const birth = { procedure: '3.000722', form: 'linked-birth', ages: [24, 38], accept: true } as const
const death = { procedure: '2.002913', form: 'linked-death', ages: [52, 60], accept: true } as const
const business = { procedure: '9.000001', form: 'linked-business', ages: [24, 50], accept: true } as const
const withCard = { 'identityCard.wanted': true }

/** Every way in which a filing of several procedures can stand, so that each is there to be looked at. */
const stories: readonly Story[] = [
  {
    ...{ ...birth, authority: ward, workingDaysAgo: 2, ofMother: true },
    courses: { birth: 'granted', residence: 'asked', 'identity-card': 'granted' },
  },
  {
    ...{ ...birth, authority: ward, workingDaysAgo: 6, answers: withCard },
    courses: { birth: 'granted', residence: 'refused', insurance: 'granted', 'identity-card': 'granted' },
  },
  {
    ...{ ...birth, authority: riverside, workingDaysAgo: 6 },
    courses: { birth: 'granted', residence: 'granted', 'identity-card': 'granted' },
  },
  { ...birth, authority: ward, workingDaysAgo: 1, accept: false, courses: {} },
  {
    ...{ ...death, authority: ward, workingDaysAgo: 9 },
    courses: { death: 'granted', residence: 'granted', funeral: 'granted' },
  },
  { ...death, authority: upland, workingDaysAgo: 4, courses: { death: 'refused' } },
  { ...death, authority: ward, workingDaysAgo: 2, courses: { death: 'granted' } },
  { ...business, authority: ward, workingDaysAgo: 2, courses: { registration: 'granted' } },
]

type Parts = Pick<App, 'db' | 'dossiers'>

/** Files groups of linked procedures and lets their authorities work on them, each as its story goes. */
export async function fileLinkedGroups(parts: Parts, mother: Person | undefined, now: Date): Promise<void> {
  const officers = await allOfficers(parts.db)
  for (const [i, story] of stories.entries()) {
    if (story.ofMother && mother === undefined) continue
    const calendar = await loadCalendar(parts.db, { authorityCode: story.authority.code })
    await live({ ...parts, officers, calendar, now, mother, seed: 400 + i }, story)
  }
}

interface Stage extends Parts {
  officers: Awaited<ReturnType<typeof allOfficers>>
  calendar: Calendar
  now: Date
  mother: Person | undefined
  seed: number
}

async function live(stage: Stage, story: Story): Promise<void> {
  const filedAt = workingMorning(stage, story.workingDaysAgo)
  const group = await file(stage, story, filedAt)
  if (!story.accept) return
  await act(stage, group, 'reception', { command: 'accept' }, later(stage, filedAt, 1))
  await settle(stage, group)
  // What waits for another branch has begun by the time it is looked at: plans write it after what it waits for.
  for (const [key, course] of Object.entries(story.courses)) await work(stage, group, key, course)
}

async function file(stage: Stage, story: Story, filedAt: Date): Promise<Dossier> {
  const { db, dossiers, mother, seed } = stage
  const today = dateOfLaw(filedAt)
  const random = seededRandom(seed)
  const [youngest, oldest] = story.ages
  const form = (await findForm(db, story.form, { on: today }))!
  const applicant = story.ofMother
    ? {
        name: mother!.name,
        sex: 'female' as const,
        dateOfBirth: mother!.dateOfBirth!,
        personalId: mother!.personalId!,
      }
    : simulatePerson(random, { year: Number(today.slice(0, 4)), sex: 'female', youngest, oldest })
  const channel = story.ofMother ? 'online' : 'direct'
  const { code, name, communeCode } = story.authority
  const setting = { applicant, authority: { code, name }, communeCode, today, channel, random } as const
  const answers = {
    ...plausibleAnswers(form.compiled, setting),
    ...(story.ofMother && hers),
    ...story.answers,
  }
  const input = { procedureCode: story.procedure, receiving: code, answers }
  const actor: Actor = story.ofMother ? mother! : holderOf(stage, 'reception', code)
  const stated = story.ofMother
    ? {}
    : { applicant: { name: applicant.name, personalId: applicant.personalId } }
  const filed = await dossiers.submit(actor, { ...input, ...stated }, { key: randomUUID(), now: filedAt })
  return accepted(filed).dossier
}

const home = {
  ...{ communeCode: 'S9001', provinceCode: 'S9', written: 'Phường Hoa Sen, tỉnh Sông Mai' },
  detail: 'Số 8 ngõ 21 đường Hoa Sen',
}
/** The twin brother of the child whose birth the tour registers. */
const hers = {
  'child.fullName': 'Trần Minh Khôi',
  'child.sex': 'male',
  'child.dateOfBirth': '2026-11-02',
  'child.hometown': { communeCode: '13075', provinceCode: '33', written: 'Xã Kiến Xương, tỉnh Hưng Yên' },
  'child.placeOfBirth': { ...home, detail: undefined, facility: 'Bệnh viện Phụ sản Sông Mai' },
  'father.fullName': 'Trần Văn Bách',
  'father.dateOfBirth': '1993-08-02',
  'father.identityPaper': { kind: 'id', number: '099093000002' },
  'marriage.number': '57/2021',
  'birthNotice.code': '99001.GCS.00413.26',
  'residence.address': home,
  'insurance.facility': 'Trạm y tế phường Hoa Sen',
  delivery: { way: 'electronic' },
  ...withCard,
}

/** One branch, act after act, until its course is over or the present is reached. */
async function work(stage: Stage, group: Dossier, key: string, course: Course): Promise<void> {
  const { db, now } = stage
  const { branches } = (await findById(db.pool, group.id))!.dossier
  const id = branches!.find((branch) => branch.key === key)?.dossierId
  if (!id || course === 'untouched') return
  let { dossier, answers } = (await findById(db.pool, id))!
  for (let acts = 0; acts < 12 && dossier.state === 'in-progress'; acts++) {
    const task = openTasks(dossier).find(({ kind }) => kind === 'step')
    const when = later(stage, new Date(task?.openedAt ?? now), 1)
    if (task === undefined || when > now) return
    if (course === 'asked') {
      await act(stage, dossier, task, asking, when)
      return settle(stage, dossier)
    }
    if (task.stepKind === 'draft')
      await act(stage, dossier, task, { command: 'draftResult', draft: draftOf(answers, stage.seed) }, when)
    dossier = await act(stage, dossier, task, requestAt(task.stepKind, course), when)
  }
  await settle(stage, dossier)
  await giveBack(stage, dossier)
}

const asking: Request = {
  command: 'requestSupplement',
  items: [{ target: null, text: 'Ảnh chụp giấy tờ nhà, hoặc ý kiến đồng ý của chủ nhà trên VNeID' }],
}

function requestAt(stepKind: string | null, course: Course): Request {
  if (stepKind !== 'decide') return { command: 'completeStep', outcome: 'ok' }
  if (course === 'granted') return { command: 'approve' }
  return {
    command: 'decline',
    reason: 'Giấy tờ và dữ liệu tra cứu chưa khớp nhau, chưa đủ điều kiện giải quyết',
  }
}

// The population database gives a newborn its number when the birth is entered.
function draftOf(answers: Record<string, unknown>, seed: number): Record<string, unknown> {
  if (answers['child.placeOfBirth'] === undefined) return {}
  const sex = answers['child.sex'] === 'female' ? 3 : 2
  return { personalId: `099${sex}${String(answers['child.dateOfBirth']).slice(2, 4)}${600_000 + seed}` }
}

async function giveBack(stage: Stage, dossier: Dossier): Promise<void> {
  if (dossier.state !== 'decided' || dossier.decidedAt === null) return
  const when = later(stage, new Date(dossier.decidedAt), 1)
  if (when > stage.now) return
  const { delivery } = dossier
  await act(stage, dossier, 'reception', { command: 'returnResult', delivery }, when)
  await settle(stage, dossier)
}

/** Does an act as whoever holds the task, or a role where the dossier was received. */
async function act(
  stage: Stage,
  dossier: Dossier,
  by: string | { role: string; authority: string },
  request: Request,
  when: Date,
): Promise<Dossier> {
  const { role, authority } = typeof by === 'string' ? { role: by, authority: dossier.receivedBy } : by
  const officer = holderOf(stage, role, authority)
  const authorisation = { pin: demonstrationPin }
  return accepted(await stage.dossiers.act(officer, dossier.code, request, { now: when, authorisation }))
}

function holderOf({ officers }: Stage, role: string, authority: string): Officer {
  const found = officers.find(({ posts }) =>
    posts.some((post) => post.authorityCode === authority && (post.roles as string[]).includes(role)),
  )
  if (found === undefined) throw new Error(`nobody holds ${role} at ${authority}`)
  const { officerId, name, posts } = found
  return { kind: 'officer', officerId, name, posts: posts as Officer['posts'] }
}

// The running feed would do it too, a moment later; here the next act waits for what this one leads to.
async function settle({ db }: Stage, { id }: Pick<Dossier, 'id'>): Promise<void> {
  const news = (await readStream(db.pool, id)).at(-1)!
  const consumer = linkedConsumer(db)
  await inTransaction(db, (tx) => consumer.apply(tx, [{ ...news, position: 0 } as FeedEntry]))
}

function workingMorning({ calendar, now }: Stage, workingDaysAgo: number): Date {
  let day = Temporal.PlainDate.from(dateOfLaw(now))
  for (let left = workingDaysAgo; left > 0; ) {
    day = day.subtract({ days: 1 })
    if (isWorkingDate(calendar, day.toString())) left -= 1
  }
  return at(day.toString(), '08:10:00')
}

const later = ({ calendar }: Stage, from: Date, hours: number): Date =>
  new Date(addWorkingHours(calendar, from.toISOString(), hours))
