import type { CompiledForm } from './compile-form.ts'
import { fieldKinds } from './fields/index.ts'
import type { Field, Group } from './form-definition.ts'

/**
 * JSON Schema 2020-12 of the answers to a form. Conditions stay with the platform: only what is always required
 * is required here, so the schema never refuses what the form accepts.
 */
export function jsonSchemaOf(compiled: CompiledForm): Record<string, unknown> {
  const { definition } = compiled
  const properties: Record<string, unknown> = {}
  const required: string[] = []
  for (const page of definition.pages) {
    for (const group of page.groups) {
      const always = !page.visible && !group.visible
      if (group.repeat) properties[group.key] = rowsSchema(group)
      else
        for (const field of group.fields) {
          properties[field.key] = fieldSchema(field)
          if (always && isAlwaysRequired(field)) required.push(field.key)
        }
    }
  }
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:motcua:form:${definition.key}:${definition.version}`,
    title: definition.title.vi,
    type: 'object',
    additionalProperties: false,
    properties,
    required,
  }
}

const isAlwaysRequired = (field: Field) =>
  field.required === true && !field.visible && field.type !== 'computed'

function fieldSchema(field: Field): Record<string, unknown> {
  return { title: field.label.vi, ...fieldKinds[field.type].jsonSchema(field) }
}

function rowsSchema({ fields, repeat }: Group): Record<string, unknown> {
  return {
    type: 'array',
    minItems: repeat?.min ?? 0,
    maxItems: repeat?.max ?? 500,
    items: {
      type: 'object',
      additionalProperties: false,
      properties: Object.fromEntries(fields.map((field) => [field.key, fieldSchema(field)])),
      required: fields.filter(isAlwaysRequired).map((field) => field.key),
    },
  }
}
