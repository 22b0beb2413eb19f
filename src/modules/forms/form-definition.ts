import { z } from 'zod'

/** A text in both languages; Vietnamese is the one of the legal form. */
export const Localised = z.strictObject({ vi: z.string().min(1), en: z.string().min(1) })
export type Localised = z.infer<typeof Localised>

export const fieldTypes = [
  'name',
  'date',
  'partial-date',
  'time',
  'int',
  'text',
  'longtext',
  'enum',
  'bool',
  'id12',
  'identity-paper',
  'address',
  'agency',
  'phone',
  'email',
  'money',
  'area',
  'length',
  'file',
  'country',
  'ethnic',
  'computed',
  'copies',
  'delivery',
  'person',
  'organisation',
  'land-plot',
  'vehicle',
  'signature',
] as const
export const FieldType = z.enum(fieldTypes)
export type FieldType = z.infer<typeof FieldType>

/** Dotted camelCase, such as `child.fullName`; never a name that an object inherits. */
export const FieldKey = z
  .string()
  .max(80)
  .regex(/^[a-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9]*)*$/)
  .refine((key) => !key.split('.').some((part) => part in Object.prototype), { error: 'reserved name' })

/** FEEL text; the compiled tree stands beside it in the compiled form. */
export const FeelText = z.string().min(1).max(4_000)

/**
 * Where a value can come from, best first: `POP.DanToc`, `ACC.fullName`, `ANS.requester.fullName` (an earlier
 * answer). `when` says under which answers the source speaks about this person.
 */
export const Source = z.union([
  z.string().regex(/^[A-Z]{3,6}\.[A-Za-z0-9.]+$/),
  z.strictObject({ from: z.string().regex(/^[A-Z]{3,6}\.[A-Za-z0-9.]+$/), when: FeelText }),
])
export type Source = z.infer<typeof Source>

export const Option = z.strictObject({
  value: z.string().min(1).max(60),
  label: Localised,
  when: FeelText.optional(),
})
export type Option = z.infer<typeof Option>

/** Count letters of `declaration-forms`: K known, P prefilled, D dropped, A asked, N asked online only, C outside the base case. */
export const CountLetter = z.enum(['K', 'P', 'D', 'A', 'N', 'C'])
export type CountLetter = z.infer<typeof CountLetter>

export const Field = z.strictObject({
  key: FieldKey,
  label: Localised,
  /** The words printed on the legal form. */
  legalLabel: z.string().optional(),
  type: FieldType,
  required: z.union([z.boolean(), FeelText]).default(false),
  visible: FeelText.optional(),
  options: z.array(Option).optional(),
  help: Localised.optional(),
  example: z.string().optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  maxLength: z.int().positive().max(10_000).optional(),
  /** Dates: `past` refuses days after today, `future` days up to today. */
  tense: z.enum(['past', 'future']).optional(),
  /** Addresses and agencies: facts of the past may be written as they were then. */
  asWritten: z.boolean().optional(),
  /**
   * Composite types: what is asked beside what is always asked. Of an address the commune is (a hometown asks
   * nothing more, a place of birth the facility too), of a person the name; `partsAllowed` names the others.
   */
  parts: z.array(z.string().max(40)).max(12).optional(),
  /** Several files, or only one. */
  multiple: z.boolean().optional(),
  origin: z.enum(['account', 'register', 'vault', 'computed', 'asked']).default('asked'),
  sources: z.array(Source).default([]),
  /** Values worth offering as buttons above the control: the hometown of the mother, that of the father. */
  offers: z.array(z.strictObject({ from: z.string(), label: Localised })).default([]),
  /** FEEL of a computed value, or of the first value proposed for a field that is asked. */
  value: FeelText.optional(),
  locked: z.boolean().default(false),
  /** Health, criminal and similar data: never on public pages. */
  sensitive: z.boolean().default(false),
  /** Absent when the field is part of the label of the field before it. */
  count: CountLetter.optional(),
})
export type Field = z.infer<typeof Field>

/** How often the rows of a list may be given. */
const Repeat = z.strictObject({
  min: z.int().min(0),
  max: z.int().min(1).max(500),
  addLabel: Localised.optional(),
})

const groupShape = {
  key: FieldKey,
  title: Localised.optional(),
  visible: FeelText.optional(),
  /** Rows of the same fields; the answer is a list under the key of the group. */
  repeat: Repeat.optional(),
  /** `table`: rows are drawn as lines of a table with the fields as columns; on a narrow screen one under the other. */
  layout: z.enum(['rows', 'table']).optional(),
  fields: z.array(Field).min(1),
}
/** A group; a repeated one may hold repeated groups in each row (the children of each member), and no deeper. */
export const Group = z.strictObject({ ...groupShape, groups: z.array(z.strictObject(groupShape)).optional() })
export type Group = z.infer<typeof Group>

export const Page = z.strictObject({
  key: z.string().regex(/^[a-z][a-z0-9-]*$/),
  title: Localised,
  intro: Localised.optional(),
  visible: FeelText.optional(),
  groups: z.array(Group).min(1),
})
export type Page = z.infer<typeof Page>

export const Rule = z.strictObject({
  key: z.string().regex(/^[a-z][A-Za-z0-9-]*$/),
  /** True means: there is a problem. */
  when: FeelText,
  message: Localised,
  fields: z.array(FieldKey).min(1),
  /**
   * Asked in every row of this repeated group, with the row before the form: `members`, or `members.children` for a
   * group inside its rows. `fields` are then columns of it, and the problem stands at the row.
   */
  within: FieldKey.optional(),
  severity: z.enum(['error', 'warning']),
})
export type Rule = z.infer<typeof Rule>

/** A form as data: pages, groups, fields, rules and the assurance; conditions are FEEL text. */
export const FormDefinition = z.strictObject({
  key: z.string().regex(/^[a-z][a-z0-9-]*$/),
  version: z.int().positive(),
  procedureCode: z.string().regex(/^\d\.\d{6}$/),
  title: Localised,
  legalForm: z.strictObject({ name: z.string().nullable(), setBy: z.string() }),
  validFrom: z.iso.date(),
  validTo: z.iso.date().nullable().default(null),
  pages: z.array(Page).min(1),
  rules: z.array(Rule).default([]),
  assurance: z.strictObject({ vi: z.string(), en: z.string(), version: z.int().positive() }),
})
export type FormDefinition = z.infer<typeof FormDefinition>

/** Flat answers: dotted field key → value; a repeated group's key → list of rows. */
export type Answers = Record<string, unknown>

/** Where a prefilled answer came from; `label` keys are looked up in the messages (`forms.source.POP`). */
export interface Origin {
  /** `ACC`, `POP`, `CIV`, `HEALTH`, `LAND`, `VLT`, `ANS` … */
  source: string
  /** `given`: the register answered; `unavailable`: it could not be asked and the person types. */
  state: 'given' | 'unavailable'
  /** What the source says about itself, such as the hospital that signed the birth notice. */
  note?: string
}
/** The origin of one answer. */
export type FieldOrigin = Origin
export type Origins = Record<string, Origin>

/** Values that registers offer for a question, by field key. */
export type Offers = Record<string, { label: Localised; value: unknown }[]>

/** One thing to put right: the field (`members[0].fullName` inside rows), a message code and its parameters. */
export interface Problem {
  field: string
  code: string
  params: Record<string, string | number>
  /** The sentence itself, when the form's own rule gives it. */
  message?: Localised
}
