import { z } from 'zod'
import { isStorableText } from '../../kernel/text.ts'
import type { ProcedureVersion } from '../catalogue/index.ts'
import type { FormDefinition } from '../forms/index.ts'
import type { PackageCase } from './package-case.ts'

/** The parts of which a procedure is made; each is edited, saved and compared on its own. */
export const partKinds = ['procedure', 'form', 'process', 'templates', 'tests'] as const
export const PartKind = z.enum(partKinds)
export type PartKind = z.infer<typeof PartKind>

/** An edition as it is drafted: its number, its dates and the decision come with publication. */
export type DraftProcedure = Omit<ProcedureVersion, 'version' | 'validFrom' | 'validTo' | 'announcement'>
/** A form as it is drafted. */
export type DraftForm = Omit<FormDefinition, 'version' | 'validFrom' | 'validTo'>
/** A process as it is drafted: the BPMN 2.0 file, letter by letter. */
export interface DraftProcess {
  xml: string
}

/**
 * What the parts of a change hold. A draft may be unfinished, so whoever reads a part checks it against the schema
 * of its module before relying on it.
 */
export interface Contents {
  procedure: DraftProcedure
  form: DraftForm
  process: DraftProcess
  templates: unknown[]
  tests: PackageCase[]
}

const megabyte = 1024 * 1024
const mostDepth = 40
/** The most that one part may hold, as JSON. */
export const mostOfPart = 2 * megabyte

/** Plain data of bounded size and depth: no strange keys, no text that cannot be stored. */
const Json = z.unknown().superRefine((value, context) => {
  const problem = jsonProblem(value, 0)
  if (problem) context.addIssue({ code: 'custom', message: problem })
  else if (JSON.stringify(value).length > mostOfPart)
    context.addIssue({ code: 'custom', message: 'too large' })
})

function jsonProblem(value: unknown, depth: number): string | undefined {
  if (depth > mostDepth) return 'too deep'
  if (typeof value === 'string') return isStorableText(value) ? undefined : 'unreadable characters'
  if (typeof value !== 'object' || value === null)
    return ['number', 'boolean'].includes(typeof value) || value === null ? undefined : 'no plain data'
  if (Array.isArray(value)) return firstProblem(value, depth)
  const strange = Object.keys(value).find((key) => key in Object.prototype || !isStorableText(key))
  return strange === undefined ? firstProblem(Object.values(value), depth) : 'reserved name'
}

function firstProblem(values: readonly unknown[], depth: number): string | undefined {
  for (const value of values) {
    const problem = jsonProblem(value, depth + 1)
    if (problem) return problem
  }
  return undefined
}

const JsonObject = z.record(z.string(), z.unknown()).and(Json)

/** What may be saved under each part: the shape is looked at when it is checked, the size at once. */
export const partSchemas = {
  procedure: JsonObject,
  form: JsonObject,
  process: z.strictObject({
    xml: z
      .string()
      .max(5 * megabyte)
      .refine(isStorableText),
  }),
  templates: z.array(JsonObject).max(40).and(Json),
  tests: z.array(JsonObject).max(100).and(Json),
} as const satisfies Record<PartKind, z.ZodType>
