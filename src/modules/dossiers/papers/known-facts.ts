import {
  type Answers,
  accountFacts,
  type CompiledForm,
  type Field,
  type FormVersion,
  fieldsOf,
  isBlank,
  isUnavailable,
  prefill,
  type RegisterSource,
  type Registers,
  registersFor,
} from '../../forms/index.ts'
import type { Actor } from '../../identity/index.ts'
import type { Channel } from '../dossier.ts'

/** People that a paper describes with more than the form asks about them. */
const described = ['requester', 'child', 'mother', 'father', 'subject', 'deceased'] as const
/** By these one knows that a register speaks of the person on the form. */
const identifying = ['fullName', 'identityPaper'] as const

/** A fact that a paper prints though its form has no field for it. */
interface Beside {
  key: string
  /** Account or register and the path in it. */
  from: string
  when(answers: Answers, registers: Registers): boolean
}

const besideForm: Record<string, readonly Beside[]> = {
  'civil-status-copy': [
    { key: 'entry.mother', from: 'POP.Me.HoVaTen', when: isOwnBirth },
    { key: 'entry.father', from: 'POP.Cha.HoVaTen', when: isOwnBirth },
    { key: 'entry.hometown', from: 'POP.QueQuan', when: isOwnBirth },
  ],
  'funeral-support': [{ key: 'applicant.dateOfBirth', from: 'ACC.dateOfBirth', when: () => true }],
  'building-permit': [
    { key: 'plot.bookNumber', from: 'LAND.Thua.SoVaoSo', when: isOwnPlot },
    { key: 'plot.issuedOn', from: 'LAND.Thua.NgayCap', when: isOwnPlot },
  ],
}

function isOwnBirth(answers: Answers): boolean {
  return answers.relation === 'self' && answers.extractKind === 'birth'
}

function isOwnPlot(answers: Answers, registers: Registers): boolean {
  return answers['plot.choice'] === valueAt(registers, 'LAND.Thua.SoPhatHanh')
}

/**
 * What account and registers say beyond the answers, for the paper alone: the form does not ask again what the
 * State knows (Nghị quyết 66.7/2025/NQ-CP), but the paper prints it. Undefined when there is nothing to add.
 */
export async function knownFacts(
  form: FormVersion,
  answers: Answers,
  given: { actor: Actor; sources: readonly RegisterSource[]; today: string; channel: Channel },
): Promise<Answers | undefined> {
  const { actor, sources, today, channel } = given
  if (actor.kind !== 'person' || actor.personalId === undefined || !dropsFacts(form)) return undefined
  const registers = await registersFor(actor.personalId, sources)
  if (Object.values(registers).every((said) => said === undefined || isUnavailable(said))) return undefined
  const account = accountFacts(actor)
  // What sources can say is asked afresh: whether it fits what was declared shows whom they speak of.
  // The other answers stay as declared: they cost nothing to look up, and conditions read them.
  const wanted = wantedKeys(form.compiled)
  const typed = without(answers, wanted)
  const looked = prefill(form.compiled, {
    account,
    registers,
    today,
    channel,
    answers: typed,
    includeHidden: true,
    only: wanted,
  }).answers
  const people = Object.fromEntries(
    [...wanted].flatMap((key) => (isBlank(looked[key]) ? [] : [[key, looked[key]]])),
  )
  const known = {
    ...withoutEmptyPeople(fitting(answers, people), answers),
    ...besides(form, answers, registers, account),
  }
  return Object.keys(known).length > 0 ? known : undefined
}

/** Leaves out what registers said of people other than those on the form. */
export function fitting(answers: Answers, known: Answers): Answers {
  const strangers = described.filter((who) =>
    identifying.some((what) => differ(answers[`${who}.${what}`], known[`${who}.${what}`])),
  )
  return Object.fromEntries(
    Object.entries(known).filter(([key]) => !strangers.some((who) => key.startsWith(`${who}.`))),
  )
}

function differ(stated: unknown, known: unknown): boolean {
  if (isBlank(stated) || isBlank(known)) return false
  return comparable(stated) !== comparable(known)
}

const comparable = (value: unknown): string =>
  typeof value === 'object'
    ? String((value as { number?: unknown }).number ?? '')
    : String(value).normalize('NFC').trim().toLowerCase()

// Names and papers are kept to tell whom the facts are about; without a fact there is nothing to tell.
function withoutEmptyPeople(known: Answers, answers: Answers): Answers {
  const adds = (who: string) =>
    Object.keys(known).some((key) => key.startsWith(`${who}.`) && isBlank(answers[key]))
  return Object.fromEntries(Object.entries(known).filter(([key]) => adds(key.split('.')[0]!)))
}

function besides(form: FormVersion, answers: Answers, registers: Registers, account: object): Answers {
  const found = (besideForm[form.key] ?? [])
    .filter(({ when }) => when(answers, registers))
    .map(({ key, from }) => [key, valueAt({ ...registers, ACC: account }, from)] as const)
  return Object.fromEntries(found.filter(([, value]) => !isBlank(value)))
}

const valueAt = (of: object, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (value, name) =>
        typeof value === 'object' && value !== null && Object.hasOwn(value, name)
          ? (value as Record<string, unknown>)[name]
          : undefined,
      of,
    )

const dropsFacts = ({ key, compiled }: FormVersion) =>
  besideForm[key] !== undefined || hiddenFacts(compiled).length > 0

const hidden = new WeakMap<CompiledForm, string[]>()

/** Fields about people that a condition hides and a register can fill. */
function hiddenFacts(compiled: CompiledForm): string[] {
  const found = hidden.get(compiled) ?? findHidden(compiled)
  hidden.set(compiled, found)
  return found
}

function findHidden(compiled: CompiledForm): string[] {
  return fieldsOf(compiled.definition)
    .filter(({ page, group, field }) => page.visible ?? group.visible ?? field.visible)
    .filter(({ field }) => hasSource(field) && described.some((who) => field.key.startsWith(`${who}.`)))
    .map(({ field }) => field.key)
}

const hasSource = ({ sources }: Field) => sources.length > 0

const wantedOf = new WeakMap<CompiledForm, ReadonlySet<string>>()

/** The facts to look up, and what tells whom they are about. */
function wantedKeys(compiled: CompiledForm): ReadonlySet<string> {
  const whom = described.flatMap((who) => identifying.map((what) => `${who}.${what}`))
  const found = wantedOf.get(compiled) ?? new Set([...hiddenFacts(compiled), ...whom])
  wantedOf.set(compiled, found)
  return found
}

const without = (answers: Answers, keys: ReadonlySet<string>): Answers =>
  Object.fromEntries(Object.entries(answers).filter(([key]) => !keys.has(key)))
