// Validations per second of one core: a form of sixty fields with conditions, computed values and rules, and a list of
// five hundred rows. The ceiling is the same answers through what checks only their shapes: the form's own JSON Schema
// compiled by ajv, and a Zod schema written by hand; neither knows conditions, computed values or rules. Budget:
// 20,000 forms a second. Seconds are those the process had the core. The last line is one JSON object.
import { Ajv2020 } from 'ajv/dist/2020.js'
import { z } from 'zod'
import { accepted } from '../src/kernel/errors.ts'
import {
  type Answers,
  type CompiledForm,
  compileForm,
  jsonSchemaOf,
  validateAnswers,
} from '../src/modules/forms/index.ts'
import { answersOfList, answersOfSixty, listForm, sixtyFields } from './load/forms.ts'

const rounds = 7
const today = '2026-11-20'

const sixty = accepted(compileForm(sixtyFields))
const list = accepted(compileForm(listForm))
const forms = Array.from({ length: 200 }, (_, i) => answersOfSixty(i))
const typed = forms.map(asTyped)
const lists = Array.from({ length: 20 }, (_, i) => answersOfList(500, i))
for (const [form, all] of [
  [sixty, [...forms, ...typed]],
  [list, lists],
] as const)
  for (const answers of all) mustBeRight(form, answers)

const shapes = new Ajv2020({ strict: false, validateFormats: false }).compile(jsonSchemaOf(sixty))
const byHand = zodOf(sixty)
for (const answers of forms)
  if (!shapes(answers) || !byHand.safeParse(answers).success)
    throw new Error('the ceiling refuses the answers')

const perSecond = median(forms, 4_000, (answers) => validateAnswers(sixty, answers, { today }))
const zodPerSecond = median(forms, 2_000, (answers) => byHand.safeParse(answers))
const ajvPerSecond = median(forms, 4_000, (answers) => shapes(answers))
const report = {
  bench: 'forms',
  fields: 60,
  validationsPerSecond: perSecond,
  budgetPerSecond: 20_000,
  asTypedPerSecond: median(typed, 1_000, (answers) => validateAnswers(sixty, answers, { today })),
  zodPerSecond,
  ajvPerSecond,
  ratioToZod: ratio(perSecond, zodPerSecond),
  ratioToAjv: ratio(perSecond, ajvPerSecond),
  rowsPerList: 500,
  listsPerSecond: median(lists, 60, (answers) => validateAnswers(list, answers, { today })),
  fieldsPerForm: Object.keys(forms[0] as Answers).length,
}
// A browser takes minutes: asked for with `--browser`.
const browser = process.argv.includes('--browser')
  ? { browser: await (await import('./forms/browser.ts')).measureBrowser() }
  : {}
process.stdout.write(`${JSON.stringify({ ...report, ...browser })}\n`)

function ratio(a: number, b: number): number {
  return Math.round((a / b) * 100) / 100
}

function mustBeRight(form: CompiledForm, answers: Answers): void {
  const { problems } = validateAnswers(form, answers, { today })
  if (problems.length > 0) throw new Error(`not right: ${JSON.stringify(problems.slice(0, 3))}`)
}

/** Median over the rounds, after one that warms up. */
function median(all: readonly Answers[], times: number, work: (answers: Answers) => unknown): number {
  const measured = Array.from({ length: rounds + 1 }, () => {
    const before = process.cpuUsage()
    for (let i = 0; i < times; i++) work(all[i % all.length] as Answers)
    const { user, system } = process.cpuUsage(before)
    return (times * 1e6) / (user + system)
  })
  return Math.round(measured.slice(1).toSorted((a, b) => a - b)[Math.floor(rounds / 2)] as number)
}

/** The same answers as people type them: days and numbers as text, spaces around names. */
function asTyped(answers: Answers): Answers {
  return Object.fromEntries(
    Object.entries(answers).map(([key, value]) => {
      if (typeof value === 'number') return [key, String(value)]
      if (typeof value !== 'string') return [key, value]
      const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value)
      if (day) return [key, `${day[3]}/${day[2]}/${day[1]}`]
      return [key, /fullName|why/.test(key) ? ` ${value} ` : value]
    }),
  )
}

/** What somebody would write by hand for the same fields: shapes and limits, nothing more. */
function zodOf({ definition }: CompiledForm): z.ZodType {
  const name = z
    .string()
    .max(100)
    .regex(/^[\p{L}\p{M}' ’ʼ.-]+$/u)
  const shape: Record<string, z.ZodType> = {}
  const place = z.strictObject({ communeCode: z.string().length(5), detail: z.string().max(300).optional() })
  const kinds: Record<string, z.ZodType> = {
    name,
    date: z.iso.date(),
    int: z.int().min(0),
    id12: z.string().regex(/^\d{12}$/),
    phone: z.string().regex(/^\+84\d{9}$/),
    bool: z.boolean(),
    enum: z.enum(['one', 'two', 'three']),
    money: z.int().min(0).max(1e15),
    address: place,
    text: z.string().max(300),
  }
  for (const field of definition.pages.flatMap((page) => page.groups.flatMap(({ fields }) => fields)))
    if (field.type !== 'computed') shape[field.key] = (kinds[field.type] as z.ZodType).optional()
  return z.strictObject(shape)
}
