import { type Locale, messages } from 'motcua/kernel/i18n'
import { type ComponentLine, componentsFor, type ProcedureVersion } from 'motcua/modules/catalogue'
import { type Draft, nearRelatives } from 'motcua/modules/dossiers'
import {
  type Answers,
  type FormDefinition,
  isUnavailable,
  type Registers,
  sourceLabel,
} from 'motcua/modules/forms'
import { OnBehalfOf, type Person } from 'motcua/modules/identity'
import { z } from 'zod'
import type { Problem } from '../../ui/error-summary'
import type { Choice } from '../../ui/fields'
import { momentText } from '../../ui/format'
import { asksAgency } from './receiving'

export interface StartView {
  code: string
  title: string
  /** Unfinished drafts of the same procedure. */
  drafts: { href: string; text: string }[]
  forWhom: Choice[]
  /** The law wants the person themselves. */
  onlySelf: boolean
  relations: Choice[]
  /** Authorities to choose from, when the form does not ask. */
  agencies: Choice[] | null
  /** Registers that answered: "Cơ sở dữ liệu quốc gia về dân cư". */
  knownFrom: string[]
  silent: string[]
  prepare: { name: string; help?: string; tag: string }[]
  /** "Còn 5 câu phải trả lời, 29 câu đã có sẵn." */
  effort: string
  values: Record<string, string>
  problems: Problem[]
  errors: Record<string, string>
  most: string
}

interface Given {
  version: ProcedureVersion
  definition: FormDefinition
  person: Person
  registers: Registers
  drafts: readonly Draft[]
  agencies: readonly { code: string; name: string; communeCode: string | null }[]
  locale: Locale
  most: string
  /** The answers that are there before the first question, and what remains. */
  expected: Answers
  effort: { asks: number; notAsked: number }
}

/** What the page before a new filing shows: for whom, what is known already, what to have at hand. Pure. */
export function startView(
  given: Given,
  typed: Record<string, string> | undefined,
  problems: Problem[] = [],
): StartView {
  const { version, definition, person, registers, drafts, agencies, locale, most, expected, effort } = given
  const t = messages(locale)
  const onlySelf = version.parties === 'two'
  const asked = Object.entries(registers)
  const names = (wanted: boolean) =>
    asked.flatMap(([key, value]) =>
      value !== undefined && isUnavailable(value) === !wanted ? [sourceLabel(key, locale)] : [],
    )
  return {
    code: version.procedureCode,
    title: locale === 'en' ? version.plainNameEn : version.plainName,
    drafts: drafts.map(({ id, updatedAt }) => ({
      href: `/nop/${id}`,
      text: t('filing.start.draft', { at: momentText(updatedAt, locale) }),
    })),
    forWhom: forWhomChoices(person, onlySelf, sexOf(registers), locale),
    onlySelf,
    relations: [...nearRelatives, 'other' as const].map((value) => ({
      value,
      label: t(`filing.relation.${value}`),
    })),
    agencies: computesAgency(definition)
      ? null
      : agencies.map(({ code, name }) => ({ value: code, label: name })),
    knownFrom: [t('filing.start.account'), ...names(true)],
    silent: names(false),
    effort: t('filing.start.effort', { asks: effort.asks, known: effort.notAsked }),
    prepare: componentsFor(version, { channel: 'online', answers: expected }, locale)
      .filter(({ provision, required }) => provision === 'submit' && required)
      .map((line) => prepareLine(line, locale)),
    values: typed ?? {
      for: defaultFor(definition, onlySelf, sexOf(registers)),
      receiving: homeAgency(registers, agencies) ?? '',
    },
    problems,
    errors: Object.fromEntries(problems.map(({ href, text }) => [href.slice(1), text])),
    most,
  }
}

function prepareLine({ name, help, group }: ComponentLine, locale: Locale): StartView['prepare'][number] {
  const t = messages(locale)
  return {
    name,
    ...(help && { help }),
    tag: group ? t('filing.start.one-of') : t('web.procedure.paper.submit'),
  }
}

function forWhomChoices(
  person: Person,
  onlySelf: boolean,
  sex: string | undefined,
  locale: Locale,
): Choice[] {
  const t = messages(locale)
  const choices: Choice[] = [{ value: 'self', label: t('filing.for.self') }]
  if (!onlySelf) {
    if (sex !== 'male') choices.push({ value: 'child:mother', label: t('filing.for.child-mother') })
    if (sex !== 'female') choices.push({ value: 'child:father', label: t('filing.for.child-father') })
    choices.push({ value: 'child:guardian', label: t('filing.for.child-guardian') })
    choices.push({ value: 'relative', label: t('filing.for.relative'), hint: t('filing.for.relative-hint') })
  }
  const organisations = person.organisations.map(({ code, name, role }) => ({
    value: `organisation:${code}:${role}`,
    label: t('filing.for.organisation-named', { name }),
  }))
  return [...choices, ...organisations]
}

export const sexOf = ({ POP }: Registers) => (POP as { GioiTinh?: string } | undefined)?.GioiTinh

export function defaultFor(definition: FormDefinition, onlySelf: boolean, sex: string | undefined): string {
  const forChild = fields(definition).some(({ key }) => key === 'requester.relation')
  return forChild && !onlySelf && sex ? `child:${sex === 'male' ? 'father' : 'mother'}` : 'self'
}

/** Whether the answers of the form say which authority settles: it is chosen there, or follows from a place. */
export const computesAgency = (definition: FormDefinition) =>
  fields(definition).some(({ key }) => key === 'receivingAgency')
const fields = ({ pages }: FormDefinition) =>
  pages.flatMap(({ groups }) => groups.flatMap((group) => group.fields))

/** The authority of the commune where the person lives, by the registers. */
export function homeAgency({ RES, POP }: Registers, agencies: Given['agencies']): string | undefined {
  const stated = (RES as { CoQuan?: { code?: string } } | undefined)?.CoQuan?.code
  const home = (POP as { ThuongTru?: { communeCode?: string } } | undefined)?.ThuongTru?.communeCode
  return (
    agencies.find(({ code }) => code === stated) ??
    agencies.find(({ communeCode }) => communeCode !== null && communeCode === home)
  )?.code
}

const Typed = z.object({
  for: z.string().max(200),
  name: z.string().trim().max(300).optional(),
  personalId: z
    .string()
    .transform((text) => text.replace(/\s/g, ''))
    .optional(),
  relation: z.string().max(40).optional(),
})

/** Reads for whom somebody files; problems carry the field that mends them. Pure. */
export function readForWhom(
  typed: Record<string, string>,
  { person, locale, proofFileId }: { person: Person; locale: Locale; proofFileId?: string | undefined },
): { filedFor: OnBehalfOf } | { problems: Problem[] } {
  const t = messages(locale)
  const parsed = Typed.safeParse(typed)
  if (!parsed.success) return { problems: [{ href: '#for', text: t('filing.start.choose') }] }
  const [kind, first = '', ...rest] = parsed.data.for.split(':')
  if (kind === 'self') return { filedFor: { kind: 'self' } }
  const child = OnBehalfOf.safeParse({ kind: 'child', relation: first })
  if (kind === 'child' && child.success) return { filedFor: child.data }
  if (kind === 'organisation') {
    const found = person.organisations.find(({ code, role }) => code === first && role === rest.join(':'))
    return found
      ? { filedFor: { kind: 'organisation', ...found } }
      : { problems: [{ href: '#for', text: t('filing.start.choose') }] }
  }
  return kind === 'relative'
    ? readRelative(parsed.data, t, proofFileId)
    : { problems: [{ href: '#for', text: t('filing.start.choose') }] }
}

function readRelative(
  { name, personalId, relation }: z.infer<typeof Typed>,
  t: ReturnType<typeof messages>,
  proofFileId: string | undefined,
) {
  const problems: Problem[] = []
  if (!name) problems.push({ href: '#name', text: t('filing.start.name-missing') })
  if (personalId && !/^\d{12}$/.test(personalId))
    problems.push({ href: '#personalId', text: t('filing.start.id-wrong') })
  if (!relation) problems.push({ href: '#relation', text: t('filing.start.relation-missing') })
  const near = (nearRelatives as readonly string[]).includes(relation ?? '')
  if (relation && !near && !proofFileId)
    problems.push({ href: '#proof', text: t('filing.start.proof-missing') })
  if (problems.length > 0) return { problems }
  const filedFor = OnBehalfOf.safeParse({
    kind: 'relative',
    principal: { name, ...(personalId && { personalId }) },
    relation,
    ...(proofFileId && { proof: { kind: 'file', fileId: proofFileId } }),
  })
  return filedFor.success
    ? { filedFor: filedFor.data }
    : { problems: [{ href: '#name', text: t('filing.start.name-wrong') }] }
}

/** What "for whom" already answers in the form, so that it is not asked twice. */
export function answersFromStart(
  definition: FormDefinition,
  filedFor: OnBehalfOf,
  agency: string | undefined,
  agencies: Given['agencies'],
): Answers {
  const answers: Answers = {}
  for (const { key, options = [] } of fields(definition)) {
    const can = (value: string) =>
      options.some((option) => option.value === value && option.when === undefined)
    if (key === 'relation' && filedFor.kind === 'self' && can('self')) answers[key] = 'self'
    if (key === 'requester.relation' && filedFor.kind === 'self' && can('self')) answers[key] = 'self'
    if (key === 'requester.relation' && filedFor.kind === 'child' && can(filedFor.relation))
      answers[key] = filedFor.relation
  }
  const home = agencies.find(({ code }) => code === agency)
  if (home && asksAgency(definition)) answers.receivingAgency = { code: home.code, name: home.name }
  return answers
}
