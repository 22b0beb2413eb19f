import type { CompiledForm } from './compile-form.ts'
import { fieldKinds } from './fields/index.ts'
import type { Field, Group } from './form-definition.ts'

/**
 * JSON Schema 2020-12 of the answers to a form in their normal form, as they are stored and as systems send them; a
 * page also takes what people type, such as 20/11/2026. Conditions stay with the platform: only what is always
 * required is required here, so the schema never refuses the normal form of what the form accepts.
 */
export function jsonSchemaOf({ definition }: CompiledForm): Record<string, unknown> {
  const properties: Record<string, unknown> = {}
  const required: string[] = []
  for (const page of definition.pages) {
    for (const group of page.groups) {
      const always = !page.visible && !group.visible
      if (group.repeat) {
        properties[group.key] = rowsSchema(group)
        if (always && group.repeat.min > 0) required.push(group.key)
        continue
      }
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
  const sometimes = (field.options ?? []).flatMap(({ value, when }) => (when === undefined ? [] : [value]))
  return {
    title: field.label.vi,
    ...fieldKinds[field.type].jsonSchema(field),
    ...(sometimes.length > 0 && { $comment: `Offered under a condition: ${sometimes.join(', ')}` }),
  }
}

function rowsSchema({ title, fields, repeat, groups = [] }: Group): Record<string, unknown> {
  const lists = groups.map((inner) => [inner.key, rowsSchema(inner)])
  return {
    ...(title && { title: title.vi }),
    type: 'array',
    minItems: repeat?.min ?? 0,
    maxItems: repeat?.max ?? 500,
    items: {
      type: 'object',
      additionalProperties: false,
      properties: Object.fromEntries([...fields.map((field) => [field.key, fieldSchema(field)]), ...lists]),
      required: [
        ...fields.filter(isAlwaysRequired).map((field) => field.key),
        ...groups
          .filter((inner) => !inner.visible && inner.repeat && inner.repeat.min > 0)
          .map(({ key }) => key),
      ],
    },
  }
}
