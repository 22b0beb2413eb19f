import { findMessage, type Locale, messages, type Translate } from 'motcua/kernel/i18n'
import { newId } from 'motcua/kernel/ids'
import { dateOfLaw } from 'motcua/kernel/time'
import { type Calendar, loadCalendar, MissingCalendarYear } from 'motcua/modules/calendar'
import { getVersion } from 'motcua/modules/catalogue'
import { listAuthorities, officersOf } from 'motcua/modules/directory'
import {
  actingOf,
  belongsElsewhere,
  type Dossier,
  type DossierView,
  involved,
  openTasks,
  permission,
  type Role,
  runningDates,
  settles,
  type Task,
} from 'motcua/modules/dossiers'
import type { Choice } from '../ui/fields'
import { dateText, moneyText, timeText, weekdayText } from '../ui/format'
import type { ActView } from './dossier-acts.view'
import type { FieldSpec, Listed } from './dossier-fields'
import { partyName } from './dossier-people.view'
import { askedFields, receiverValue } from './dossier-request'
import type { OpenDossier } from './dossier-source'
import { placeNamesOf } from './names'

/** A field of a panel in the language of the reader, with its options and the days it may take. */
export interface PanelField extends Pick<FieldSpec, 'name' | 'kind' | 'when'> {
  label: string
  hint?: string
  options?: Choice[]
  /** May stay empty, and says so. */
  optional?: true
  start?: string
  min?: string
  max?: string
}

/** What an act needs where it is written. */
export interface PanelChoices {
  lead: string
  fields: PanelField[]
  /** When several things wait for the same act: which one. */
  tasks: Choice[]
  /** Who or what the act is about, where the button does not say it. */
  about: string | null
  /** The question that is being answered. */
  question: string | null
  /** Names the papers that are handed over together. */
  batch: string
  /** The papers that the act would sign, to be looked at before. */
  previews: { kind: string; label: string }[]
}

/** Looks up what one act offers to choose from; nothing of it is looked up for acts whose panel is closed. */
export async function choicesFor(open: OpenDossier, act: ActView): Promise<PanelChoices> {
  const { page, view } = open
  const { locale } = page
  const plainStep = act.command === 'completeStep' && !act.signs
  const specs = plainStep ? [] : askedFields(act.command, open)
  const task = view.dossier.tasks.find(({ no }) => no === act.taskNo)
  const [fields, names] = await Promise.all([
    Promise.all(specs.map((spec) => fieldOf(spec, open, act))),
    tasksFor(open, act),
  ])
  const named = task !== undefined && ['confirm', 'return', 'obligation', 'consult'].includes(task.kind)
  return {
    lead: plainStep ? '' : (findMessage(locale, `life.lead.${act.command}`) ?? ''),
    fields,
    tasks: names.length > 1 ? names : [],
    about: named && names.length === 1 ? names[0]!.label : null,
    question: act.command === 'reply' ? questionOf(view, task) : null,
    batch: newId(),
    previews: act.command === 'approve' || plainStep ? [] : previewsOf(open, act),
  }
}

// An approval is looked at beside the papers of the dossier; what others make is known once something is written.
const previewsOf = ({ signedPapers }: OpenDossier, { command }: ActView) =>
  signedPapers.filter((paper) => paper.command === command).map(({ kind, label }) => ({ kind, label }))

async function fieldOf(spec: FieldSpec, open: OpenDossier, act: ActView): Promise<PanelField> {
  const t = messages(open.page.locale)
  const { name, kind, when, from } = spec
  const start =
    name === 'to' && act.command === 'transfer' ? await rightPlace(open) : startOf(spec, open, act)
  const options =
    typeof from === 'string' ? await listedFor(from, open, act) : from && inWords(from, open.page.locale)
  return {
    name,
    kind,
    label: t(spec.label),
    ...(spec.hint && { hint: t(spec.hint) }),
    ...(when && { when }),
    ...(options && { options }),
    ...(start && { start }),
    ...(!spec.missing && !start && written.has(kind) && { optional: true as const }),
    ...limitsOf(name, open.view.dossier, open.page.now),
  }
}

const written = new Set<FieldSpec['kind']>(['text', 'area', 'date'])

const inWords = ({ words, values }: { words: string; values: readonly string[] }, locale: Locale): Choice[] =>
  values.map((value) => ({ value, label: capital(findMessage(locale, `${words}.${value}`) ?? value) }))

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

function startOf({ name, start }: FieldSpec, open: OpenDossier, act: ActView): string | undefined {
  const { dossier } = open.view
  if (name === 'paidOn') return dateOfLaw(open.page.now)
  if (name === 'capacity') return open.capacities[0]
  if (name === 'pin') return open.signing?.pin
  if (name === 'place' && act.command === 'consult') return dossier.competent
  if (name !== 'delivery') return start
  const task = dossier.tasks.find(({ no }) => no === act.taskNo)
  return dossier.deliveries.find(({ no }) => no === task?.subject)?.channel ?? dossier.delivery
}

const longestExplanation = { days: 90 }

/** The days that the calendar of the browser offers; the decision checks them again. */
function limitsOf(name: string, { dueAt }: Dossier, now: Date): { min?: string; max?: string } {
  const today = dateOfLaw(now)
  const due = dueAt && dateOfLaw(dueAt)
  switch (name) {
    case 'paidOn':
      return { max: today }
    case 'replyBy':
      return { min: today, ...(due && due >= today && { max: due }) }
    case 'newDate':
      return { min: due && due > today ? due : today }
    case 'until':
      return { min: today, max: Temporal.PlainDate.from(today).add(longestExplanation).toString() }
    case 'answerBy':
      return { min: today }
    case 'on':
      return { min: `${today}T00:00` }
    default:
      return {}
  }
}

async function listedFor(list: Listed, open: OpenDossier, act: ActView): Promise<Choice[]> {
  const { page, view } = open
  const { dossier } = view
  const t = messages(page.locale)
  switch (list) {
    case 'fees':
      return [
        ...dossier.fees.map(({ key, name }) => ({ value: key, label: name })),
        { value: 'other', label: t('life.field.otherFee') },
      ]
    case 'statedFees':
      return dossier.fees.map(({ key, name, amountVnd }) => ({
        value: key,
        label: amountVnd === null ? name : `${name}, ${moneyText(amountVnd)}`,
      }))
    case 'places':
      return (await listAuthorities(page.app.db, { on: dateOfLaw(page.now) })).map(({ code, name }) => ({
        value: code,
        label: name,
      }))
    case 'settlers':
      return settlers(open)
    case 'days':
      return longerBy(dossier, await calendarOf(open), page)
    case 'officers':
      return candidates(open, act)
    case 'involved':
      return (await everybodyInvolved(open)).map(({ officerId, name, place }) => ({
        value: officerId,
        label: `${name}, ${place}`,
      }))
    case 'capacities':
      return open.capacities.map((value) => ({
        value,
        label: findMessage(page.locale, `powers.capacity.${value}.name`) ?? value,
      }))
    case 'receivers':
      return receivers(open)
    default:
      return list satisfies never
  }
}

const calendarOf = ({ page, view }: OpenDossier) =>
  loadCalendar(page.app.db, { authorityCode: view.dossier.competent })

/** Who may take the work: officers with the role of any task that the act could move. */
async function candidates(open: OpenDossier, act: ActView): Promise<Choice[]> {
  const { dossier } = open.view
  const tasks = tasksOf(open, act).filter(({ role }) => role !== 'applicant')
  const found = await Promise.all(
    tasks.map(({ authority, role }) => officersOf(open.page.app.db, authority, role as Role)),
  )
  const byId = new Map(found.flat().map((officer) => [officer.officerId, officer]))
  return [...byId.values()]
    .filter(({ officerId }) => !dossier.barred.includes(officerId))
    .map(({ officerId, name, posts }) => ({ value: officerId, label: `${name}, ${posts[0]?.title ?? ''}` }))
}

/** Where the rule of the procedure says that it belongs, to be chosen already. */
async function rightPlace({ page, view }: OpenDossier): Promise<string | undefined> {
  return (await belongsElsewhere(page.app.db, view, dateOfLaw(page.now)))?.authority.code
}

/** Other authorities that settle the procedure. */
async function settlers({ page, view: { dossier } }: OpenDossier): Promise<Choice[]> {
  const version = await getVersion(page.app.db, dossier.procedureCode, dossier.procedureVersion)
  const authorities = await listAuthorities(page.app.db, { on: dateOfLaw(page.now) })
  return authorities
    .filter((each) => settles(version, each) && each.code !== dossier.competent)
    .map(({ code, name }) => ({ value: code, label: name }))
}

/** Everybody at the authorities of the dossier, but the one who asks. */
async function everybodyInvolved({ page, officer, view }: OpenDossier) {
  const codes = involved(view.dossier)
  const [places, ...found] = await Promise.all([
    placeNamesOf(page, codes),
    ...codes.map((code) => officersOf(page.app.db, code)),
  ])
  return found.flatMap((officers, i) =>
    officers
      .filter(({ officerId }) => officerId !== officer.officerId && !view.dossier.barred.includes(officerId))
      .map((each) => ({ ...each, authority: codes[i]!, place: places[codes[i]!]! })),
  )
}

const receiving = ['reception', 'specialist', 'head', 'clerk', 'post'] as const satisfies Role[]

/** Who may be handed papers: each role at each authority of the dossier, then everybody by name. */
async function receivers(open: OpenDossier): Promise<Choice[]> {
  const t = messages(open.page.locale)
  const people = await everybodyInvolved(open)
  const inRoles = people.flatMap(({ officerId, name, authority, place, posts }) =>
    receiving
      .filter((role) => posts.some((post) => post.authorityCode === authority && post.roles.includes(role)))
      .map((role) => ({ officerId, name, authority, place, role })),
  )
  const byRole = new Map(
    inRoles.map(({ authority, place, role }) => [
      receiverValue(authority, role),
      `${place}: ${t('life.anyone', { role: t(`processes.role.${role}`) })}`,
    ]),
  )
  return [
    ...[...byRole].map(([value, label]) => ({ value, label })),
    ...inRoles.map(({ officerId, name, authority, place, role }) => ({
      value: receiverValue(authority, role, officerId),
      label: `${place}: ${name}, ${t(`processes.role.${role}`)}`,
    })),
  ]
}

const offeredDays = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 30, 45, 60]

/** How much longer the limit may become, each with the date that it leads to; none beyond the known calendar. */
function longerBy(
  dossier: Dossier,
  calendar: Calendar,
  { now, locale }: { now: Date; locale: Locale },
): Choice[] {
  const { dueAt, acceptedAt } = dossier
  if (dueAt === null || acceptedAt === null) return []
  const t = messages(locale)
  return offeredDays.flatMap((days) => {
    const extension = { days, at: now.toISOString(), from: dueAt, to: dueAt }
    try {
      const { dueAt: to } = runningDates({ ...dossier, extension }, acceptedAt, calendar)
      const moment = `${timeText(to)} ${weekdayText(to, locale)} ${dateText(to)}`
      return [{ value: String(days), label: t('life.extendTo', { days, moment }) }]
    } catch (error) {
      if (error instanceof MissingCalendarYear) return []
      throw error
    }
  })
}

/** The open tasks on which the officer may do the act. */
function tasksOf({ officer, view }: OpenDossier, act: ActView): Task[] {
  if (act.taskNo === null) return []
  const acting = actingOf(officer, { applicant: false })
  return openTasks(view.dossier).filter(
    ({ no }) => !('denied' in permission(act.command, view.dossier, acting, no)),
  )
}

async function tasksFor(open: OpenDossier, act: ActView): Promise<Choice[]> {
  const tasks = tasksOf(open, act)
  const t = messages(open.page.locale)
  const authorities = open.view.dossier.consultations.flatMap(({ to }) =>
    'authority' in to ? [to.authority] : [],
  )
  const places = await placeNamesOf(open.page, authorities)
  return tasks.map((task) => ({ value: String(task.no), label: taskName(task, open.view, places, t) }))
}

/** What a task is about, told apart from others of its kind. */
function taskName(
  task: Task,
  view: Pick<DossierView, 'dossier' | 'party' | 'others'>,
  places: Readonly<Record<string, string>>,
  t: Translate,
): string {
  const { dossier } = view
  switch (task.kind) {
    case 'step':
      return task.name
    case 'consult': {
      const to = dossier.consultations.find(({ no }) => no === task.subject)?.to
      const place = to === undefined ? '' : 'outside' in to ? to.outside : (places[to.authority] ?? '')
      return t('life.opinionOf', { place })
    }
    case 'return': {
      const delivery = dossier.deliveries.find(({ no }) => no === task.subject)
      return partyName(delivery?.party ?? 0, view, t)
    }
    case 'confirm':
      return partyName(task.subject ?? 0, view, t)
    case 'obligation':
      return dossier.obligations.find(({ no }) => no === task.subject)?.name ?? ''
    default:
      return t(`desk.task.${task.kind}`, { name: task.name })
  }
}

/** What was asked, for whoever answers. */
function questionOf({ dossier, history }: DossierView, task: Task | undefined): string | null {
  const asked = dossier.consultations.find(({ no }) => no === task?.subject)
  const entry = history.find((item) => item.kind === 'dossiers.consulted' && item.at === asked?.askedAt)
  return entry?.text ?? null
}
