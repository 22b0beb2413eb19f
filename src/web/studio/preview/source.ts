import { isRefusal } from 'motcua/kernel/errors'
import { findMessage } from 'motcua/kernel/i18n'
import { dateOfLaw } from 'motcua/kernel/time'
import { ProcedureVersion } from 'motcua/modules/catalogue'
import { withEnglish } from 'motcua/modules/changes'
import { listAuthorities, searchPlaces } from 'motcua/modules/directory'
import { placeNames } from 'motcua/modules/dossiers'
import {
  type Answers,
  accountFacts,
  type CompiledForm,
  compileForm,
  demonstrationRegisters,
  type Offers,
  type Origins,
  prefill,
  type Registers,
  registersFor,
} from 'motcua/modules/forms'
import type { LoaderFunctionArgs } from 'react-router'
import { changeOf, type StudioChange } from '../studio-source'

/** Who looks at the draft. */
export const viewers = ['cong-dan', 'quay', 'chuyen-vien'] as const
export type Viewer = (typeof viewers)[number]

const viewerOf = (value: unknown): Viewer => viewers.find((one) => one === value) ?? 'cong-dan'

/** An invented person of the demonstration registers, in whose place one looks. */
export interface SamplePerson {
  personalId: string
  name: string
  dateOfBirth: string
  phone: string
  registers: Registers
}

/** A draft that can be drawn: the form compiled, with a person of whom registers know most of what it asks. */
export interface Drawable {
  compiled: CompiledForm
  /** The edition as it would be published today; null while it is incomplete. */
  version: ProcedureVersion | null
  person: SamplePerson
  answers: Answers
  origins: Origins
  offers: Offers
  agencies: { code: string; name: string }[]
  today: string
}

export interface Preview {
  studio: StudioChange
  viewer: Viewer
  drawable: Drawable | null
  /** Why the form cannot be drawn. */
  problems: string[]
}

/** Opens a change to be looked at; 403 and 404 as for every page of the change. */
export async function openPreview(args: LoaderFunctionArgs): Promise<Preview> {
  const studio = await changeOf(args)
  const viewer = viewerOf(new URL(args.request.url).searchParams.get('nhu'))
  const { page, contents } = studio
  const today = dateOfLaw(page.now)
  const compiled = compileForm({
    ...withEnglish(contents.form),
    version: 1,
    validFrom: today,
    validTo: null,
  } as never)
  if (isRefusal(compiled))
    return { studio, viewer, drawable: null, problems: wordsOf(compiled.details, page.locale) }
  const version = versionOf(contents.procedure, today)
  const kinds = version ? [version.executing.kind] : []
  const [executing, person] = await Promise.all([
    kinds.length > 0 ? listAuthorities(page.app.db, { kinds, on: today }) : [],
    bestPerson(compiled, today),
  ])
  const agencies = executing.map(({ code, name }) => ({ code, name }))
  const filled = fill(compiled, person, today)
  return { studio, viewer, drawable: { compiled, version, person, ...filled, agencies, today }, problems: [] }
}

function versionOf(procedure: StudioChange['contents']['procedure'], today: string): ProcedureVersion | null {
  const announcement = { number: null, on: null }
  const edition = { ...withEnglish(procedure), version: 1, validFrom: today, validTo: null, announcement }
  const parsed = ProcedureVersion.safeParse(edition)
  return parsed.success ? parsed.data : null
}

function wordsOf(details: unknown, locale: 'vi' | 'en'): string[] {
  const { problems = [] } = (details ?? {}) as {
    problems?: { at: string; code: string; details?: unknown }[]
  }
  return problems.slice(0, 50).map(({ at, code, details: more }) => {
    const params = typeof more === 'object' && more !== null ? (more as Record<string, string>) : {}
    const text = findMessage(locale, code, { ...params, at }) ?? (typeof more === 'string' ? more : code)
    return `${at}: ${text}`
  })
}

/** Fills what registers know; called again after every page, as in a real filing. */
export function fill(
  compiled: CompiledForm,
  person: SamplePerson,
  today: string,
  typed: { answers?: Answers; origins?: Origins; channel?: 'online' | 'direct' } = {},
) {
  const { registers, name, personalId, dateOfBirth, phone } = person
  const account = accountFacts({ name, personalId, dateOfBirth, phone })
  return prefill(compiled, { account, registers, today, ...typed })
}

// A mother, a business owner, a retired woman, a student: all invented, all in the demonstration registers.
const samplePeople = ['099195000001', '099088000003', '099150000004', '099204000005']
let people: Promise<SamplePerson[]> | undefined

function knownPeople(): Promise<SamplePerson[]> {
  people ??= readPeople()
  people.catch(() => {
    people = undefined
  })
  return people
}

const readPeople = () => Promise.all(samplePeople.map(samplePerson))

/** An invented person by number, with what the demonstration registers say. */
export async function samplePerson(personalId: string): Promise<SamplePerson> {
  const registers = await registersFor(personalId, [await demonstrationRegisters()])
  const { HoVaTen = '', NgaySinh = '' } = (registers.POP ?? {}) as Record<string, string>
  return { personalId, name: HoVaTen, dateOfBirth: NgaySinh, phone: '+84912345601', registers }
}

/** The sample person of whom registers know most of what the form asks, so that sources are seen. */
async function bestPerson(compiled: CompiledForm, today: string): Promise<SamplePerson> {
  const all = await knownPeople()
  const known = (person: SamplePerson) =>
    Object.values(fill(compiled, person, today).origins).filter(({ state }) => state === 'given').length
  return all.map((person) => ({ person, count: known(person) })).toSorted((a, b) => b.count - a.count)[0]!
    .person
}

/** Looks up a place that was typed, as the real pages do. */
export const placeSearch =
  ({ page }: StudioChange, today: string) =>
  (text: string) =>
    searchPlaces(page.app.db, {
      q: text.replace(/[,;]/g, ' ').slice(0, 200),
      on: today,
      includeSample: true,
      orFormer: true,
      limit: 8,
    })

/** Names of the communes in the answers and offers. */
export function namesIn(
  { page }: StudioChange,
  values: unknown,
  today: string,
): Promise<Record<string, string>> {
  const spoken: Record<string, { communeCode: string }> = {}
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    const { communeCode } = value as { communeCode?: unknown }
    if (typeof communeCode === 'string') spoken[communeCode] = { communeCode }
    for (const inner of Object.values(value)) visit(inner)
  }
  visit(values)
  return placeNames(page.app.db, spoken, today)
}
