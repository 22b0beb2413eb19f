import { z } from 'zod'
import { Eligibility } from './eligibility.ts'
import { Linked } from './linked.ts'
import { doubleStages, RoutingRule, StatusAuthority } from './routing.ts'
import { Day, Feel, Limit, OverrideMark, Text, TwoLanguages } from './version-parts.ts'

export { Limit, LimitAddition } from './version-parts.ts'

/** C confirmed, S secondary source, R recalled, U uncertain: how far a figure can be trusted. */
export const Confidence = z.enum(['C', 'S', 'R', 'U'])
export type Confidence = z.infer<typeof Confidence>

export const Channel = z.enum(['online', 'direct', 'post'])
export type Channel = z.infer<typeof Channel>

/** Far more than any published record has; a record without bounds could keep every page waiting. */
const mostOfAKind = 300

/** Price bands: from page `from` on, each page costs `amountVnd`. */
const Tier = z.object({ from: z.int().positive(), amountVnd: z.int().nonnegative() })

/** A fee or charge. No amount means that the provincial people's council sets it. */
export const Fee = z
  .object({
    key: z.string().regex(/^[a-z][a-z0-9-]*$/),
    name: TwoLanguages,
    kind: z.enum(['fee', 'charge']),
    amountVnd: z.int().nonnegative().nullable(),
    /** FEEL giving another amount in đồng, mostly a table; `amountVnd` holds where it gives none. */
    amountRule: Feel.nullable().default(null),
    per: z.enum(['dossier', 'copy', 'page', 'person']),
    tiers: z.array(Tier).min(1).nullable().default(null),
    /** The most that one copy may cost, however many pages it has. */
    capVndPerCopy: z.int().positive().nullable().default(null),
    /** The fee is due only when this holds. */
    rule: Feel.nullable(),
    /** Nothing is due when this holds; the text names the people of the exemption. */
    exemption: z.object({ when: Feel, text: TwoLanguages }).nullable().default(null),
    channel: Channel.nullable(),
    setBy: z.enum(['national', 'province']),
    basis: Text,
    /** Filled by a province's own amount: whose it is, and whether it is invented for the demonstration. */
    override: z.object({ province: Text, sample: z.boolean() }).nullable().default(null),
  })
  .refine((fee) => fee.amountVnd !== null || fee.amountRule !== null || fee.setBy === 'province', {
    error: 'a fee set nationally states its amount',
    path: ['amountVnd'],
  })
export type Fee = z.infer<typeof Fee>

export const Case = z.object({
  /** The published case code (`1.001193.01`), or a short name of ours where the record gives none. */
  code: Text,
  name: TwoLanguages,
  /** Null: the ordinary case, taken when no other applies. */
  when: Feel.nullable(),
  limit: Limit,
  /** Where the record gives one channel another limit. */
  channelLimits: z.partialRecord(Channel, Limit).default({}),
  channels: z.array(Channel).min(1),
  fees: z.array(Fee).max(100),
})
export type Case = z.infer<typeof Case>

/** Database whose entry makes a paper unnecessary. */
export const Register = z.enum([
  'POP',
  'CIV',
  'RES',
  'HEALTH',
  'LAND',
  'BIZ',
  'INS',
  'POV',
  'DRV',
  'CON',
  'VLT',
])

export const Component = z.object({
  key: z.string().regex(/^[a-z][a-z0-9-]*$/),
  name: Text,
  nameEn: Text,
  /** Paper-type code exactly as published; null when we do not know it. */
  code: Text.nullable(),
  original: z.int().nonnegative(),
  copies: z.int().nonnegative(),
  mode: z.enum(['submit', 'show', 'lookup', 'note']),
  required: z.boolean(),
  condition: Feel.nullable(),
  replacedBy: Register.nullable(),
  /** The register has answered when this holds, so that nothing is handed in. */
  lookedUpWhen: Feel.nullable().default(null),
  /** Components of one group are alternatives: one of them is enough. */
  group: Text.nullable(),
  /** The declaration itself: online the form takes its place. */
  declaration: z.boolean().default(false),
  /** What becomes of it at a counter, where law says otherwise than its kind does (TT 01/2023/TT-VPCP, Điều 4). */
  digitise: z.enum(['required', 'on-demand', 'never']).optional(),
  help: TwoLanguages.nullable(),
})
export type Component = z.infer<typeof Component>

/**
 * Who files together with the applicant, read from the answers in FEEL; a field key alone is FEEL too. The person is
 * asked to agree on their own phone when the filing comes in online.
 */
export const SecondParty = z.object({ name: Feel, personalId: Feel, phone: Feel.nullable() })
export type SecondParty = z.infer<typeof SecondParty>

const Executing = z.object({
  kind: z.enum([
    'commune',
    'department',
    'office',
    'commune-police',
    'provincial-police',
    'land-registry',
    'insurance',
    'tax',
  ]),
  text: Text,
  /** Filled where a province has named another unit. */
  override: OverrideMark.optional(),
})

/**
 * One dated edition of a procedure: everything that Decree 63/2010 Article 8 wants published, and what
 * the platform needs to run it. A dossier keeps the edition valid when it was received.
 */
export const ProcedureVersion = z
  .object({
    procedureCode: z.string().regex(/^\d\.\d{6}$/),
    version: z.int().positive(),
    validFrom: Day,
    validTo: Day.nullable(),
    announcement: z.object({ number: Text.nullable(), on: Day.nullable() }),
    /** Internal procedures (thủ tục hành chính nội bộ) are between state bodies: officers file them. */
    kind: z.enum(['public', 'internal']).default('public'),
    /** Whose decision sets the content: a ministry for the country, or the province. */
    publisher: z.enum(['national', 'province']).default('national'),
    name: Text,
    plainName: Text,
    plainNameEn: Text,
    synonyms: z.array(Text).max(mostOfAKind),
    summary: TwoLanguages,
    audience: TwoLanguages,
    field: z.object({ code: Text.nullable(), name: Text }),
    level: z.enum(['full', 'partial']),
    partialReason: z.enum(['presence-required', 'original-compared', 'site-inspection']).nullable(),
    subjects: z.array(Text).max(mostOfAKind),
    executing: Executing,
    receivingKinds: z.array(z.enum(['commune-centre', 'provincial-centre', 'commune-police'])).min(1),
    sets: z.int().positive(),
    cases: z.array(Case).min(1).max(100),
    /**
     * Fields of the form that tell how many copies, pages of a copy and persons are asked for. `each` names a
     * repeated group whose rows have their own `copies` and `pages`, such as the originals to certify.
     */
    counts: z.object({
      copies: Text.nullable(),
      pages: Text.nullable(),
      persons: Text.nullable(),
      each: Text.nullable().default(null),
    }),
    components: z.array(Component).max(mostOfAKind),
    steps: z.array(z.object({ name: Text, text: Text })).max(mostOfAKind),
    results: z.array(
      z.object({ code: Text.nullable(), name: Text, template: Text, paperCode: Text.nullable() }),
    ),
    legalBases: z.array(z.object({ number: Text, title: Text })).max(mostOfAKind),
    conditions: Text.nullable(),
    formKey: Text,
    processKey: Text,
    supplementRule: z.enum(['restart', 'subtract']),
    /** Whether waiting for money stops the clock; only where sector law says so. */
    obligationRule: z.enum(['run', 'pause']).default('run'),
    parties: z.enum(['one', 'two']),
    secondParty: SecondParty.nullable().default(null),
    counterFlow: z.enum(['standard', 'while-you-wait']),
    /** A group of linked procedures: filed once, settled by several authorities. Null: an ordinary procedure. */
    linked: Linked.nullable().default(null),
    /** Who is competent: the first true rule. None: the authority asked for in the form. */
    routing: z.array(RoutingRule).max(100).default([]),
    /** Whose system says the status of a stage; ours where nothing is stated. */
    statusAuthority: z.array(StatusAuthority).default([]),
    /** Asked before sign-in: whether a person can use this procedure at all. */
    eligibility: Eligibility.default([]),
    questions: z
      .array(z.object({ question: TwoLanguages, answer: TwoLanguages }))
      .max(mostOfAKind)
      .default([]),
    changes: z.array(z.object({ on: Day, text: TwoLanguages })).max(mostOfAKind),
    source: Text,
    asOf: Day,
    confidence: Confidence,
    /** Fields that are less sure than the record as a whole, each with the reason. */
    doubts: z.array(z.object({ field: Text, confidence: Confidence, note: Text })).default([]),
  })
  .check(({ value, issues }) => {
    for (const problem of inconsistencies(value)) {
      issues.push({ code: 'custom', input: value, path: problem.path, message: problem.message })
    }
  })
export type ProcedureVersion = z.infer<typeof ProcedureVersion>

interface Draft {
  parties: 'one' | 'two'
  secondParty: unknown
  level: string
  partialReason: unknown
  cases: { code: string; when: string | null; channels: string[]; fees: { key: string }[] }[]
  components: { key: string }[]
  statusAuthority: { stage: string }[]
}

function* inconsistencies(version: Draft): Generator<{ path: (string | number)[]; message: string }> {
  if ((version.level === 'partial') !== (version.partialReason !== null)) {
    yield {
      path: ['partialReason'],
      message: 'a partial service, and only that, says what keeps it from being full',
    }
  }
  if ((version.parties === 'two') !== (version.secondParty !== null)) {
    yield {
      path: ['secondParty'],
      message: 'a procedure of two people, and only that, says who the second is',
    }
  }
  yield* doubleStages(version.statusAuthority)
  if (version.cases.filter((each) => each.when === null).length !== 1) {
    yield { path: ['cases'], message: 'exactly one case is the ordinary one (when: null)' }
  }
  yield* repeated(
    version.cases.map((each) => each.code),
    ['cases'],
  )
  yield* repeated(
    version.components.map((each) => each.key),
    ['components'],
  )
  for (const [index, each] of version.cases.entries()) {
    yield* repeated(
      each.fees.map((fee) => fee.key),
      ['cases', index, 'fees'],
    )
  }
}

function* repeated(keys: string[], path: (string | number)[]) {
  const seen = new Set<string>()
  for (const key of keys) {
    if (seen.has(key)) yield { path, message: `${key} is there twice` }
    seen.add(key)
  }
}

/** The seven parts without which a procedure may not be published. */
export const mandatoryParts = [
  'name',
  'steps',
  'channels',
  'components',
  'limit',
  'subjects',
  'executing',
] as const
export type MandatoryPart = (typeof mandatoryParts)[number]

/** Which mandatory parts are missing (Decree 63/2010/NĐ-CP Article 8.2); works on unfinished drafts too. */
export function missingParts(version: PartiallyWritten): MandatoryPart[] {
  const cases = version.cases ?? []
  const present: Record<MandatoryPart, boolean> = {
    name: Boolean(version.name?.trim()),
    steps: Boolean(version.steps?.length),
    channels: cases.length > 0 && cases.every((each) => Boolean(each.channels?.length)),
    components: Boolean(version.sets) && (version.components ?? []).some((each) => each.mode !== 'note'),
    limit: cases.length > 0 && cases.every((each) => Boolean(each.limit)),
    subjects: Boolean(version.subjects?.length),
    executing: Boolean(version.executing?.text?.trim()),
  }
  return mandatoryParts.filter((part) => !present[part])
}

interface PartiallyWritten {
  name?: string
  steps?: readonly unknown[]
  sets?: number
  cases?: readonly { channels?: readonly unknown[]; limit?: unknown }[]
  components?: readonly { mode: string }[]
  subjects?: readonly unknown[]
  executing?: { text?: string }
}
