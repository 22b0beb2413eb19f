import type { Access, AnyRoute } from 'motcua/kernel/http'
import { type Locale, messages } from 'motcua/kernel/i18n'
import { z } from 'zod'

export interface Parameter {
  name: string
  where: string
  type: string
  required: boolean
}

export interface Operation {
  id: string
  method: string
  path: string
  summary: string
  access: string
  parameters: Parameter[]
  /** JSON Schema as text. */
  body: string | null
  answer: string
}

export interface OperationGroup {
  tag: string
  operations: Operation[]
}

/** Every route as a person reads it, from the same declarations that the OpenAPI document is made of. */
export function apiView(routes: readonly AnyRoute<unknown>[], locale: Locale): OperationGroup[] {
  const operations = routes.map((route) => ({ tag: route.tag, operation: operationOf(route, locale) }))
  return [...Map.groupBy(operations, ({ tag }) => tag)].map(([tag, those]) => ({
    tag,
    operations: those.map(({ operation }) => operation),
  }))
}

function operationOf(route: AnyRoute<unknown>, locale: Locale): Operation {
  const { method, path, summary, access, body, answer } = route
  return {
    id: `${method}-${path.replaceAll(/[^a-z]+/gi, '-').replaceAll(/^-|-$/g, '')}`,
    method: method.toUpperCase(),
    path,
    summary,
    access: accessText(access, locale),
    parameters: (['params', 'query', 'headers'] as const).flatMap((where) =>
      parametersOf(route[where] as z.ZodType | undefined, messages(locale)(`explore.api.in.${where}`)),
    ),
    body: body ? schemaText(body as z.ZodType, 'input') : null,
    answer: schemaText(answer, 'output'),
  }
}

function accessText(access: Access, locale: Locale): string {
  const t = messages(locale)
  if (access.public) return t('explore.api.access.public')
  const { person, officer, system } = access
  return [
    ...(person ? [t('explore.api.access.person')] : []),
    ...(officer === true ? [t('explore.api.access.officer')] : []),
    ...(Array.isArray(officer) ? [t('explore.api.access.roles', { roles: officer.join(', ') })] : []),
    ...(system ? [t('explore.api.access.system', { scope: system })] : []),
  ].join('; ')
}

interface JsonSchema {
  type?: string | string[]
  format?: string
  enum?: unknown[]
  properties?: Record<string, JsonSchema>
  required?: string[]
}

function parametersOf(schema: z.ZodType | undefined, where: string): Parameter[] {
  if (schema === undefined) return []
  const { properties = {}, required = [] } = jsonSchema(schema, 'input')
  return Object.entries(properties).map(([name, property]) => ({
    name,
    where,
    type: typeText(property),
    required: required.includes(name),
  }))
}

function typeText({ type, format, enum: values }: JsonSchema): string {
  if (values) return values.map(String).join(' | ')
  return [type ?? 'any', format].flat().filter(Boolean).join(', ')
}

const schemaText = (schema: z.ZodType, io: 'input' | 'output') => {
  const { $schema: _, ...rest } = jsonSchema(schema, io) as JsonSchema & { $schema?: string }
  return JSON.stringify(rest, null, 2)
}

const jsonSchema = (schema: z.ZodType, io: 'input' | 'output') =>
  z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as JsonSchema
