import { fieldKinds } from './fields/index.ts'
import type { Answers, Field, FormDefinition, Group } from './form-definition.ts'

/** An answer where it stands: in the answers, in a row, in a row of a row. */
export interface Cell {
  field: Field
  /** `home`, `members[0].home`. */
  path: string
  holder: Record<string, unknown>
}

/** Every answer of a page that could be given: fields outside lists, and those of each row that is there. */
export function cellsOf({ pages }: FormDefinition, pageKey: string, answers: Answers): Cell[] {
  const groups = pages.find(({ key }) => key === pageKey)?.groups ?? []
  return groups.flatMap((group) =>
    group.repeat ? cellsOfRows(group, group.key, answers) : cellsIn(group, '', answers),
  )
}

const cellsIn = (
  { fields }: Pick<Group, 'fields'>,
  prefix: string,
  holder: Record<string, unknown>,
): Cell[] => fields.map((field) => ({ field, path: prefix + field.key, holder }))

function cellsOfRows(group: Group, path: string, holder: Record<string, unknown>): Cell[] {
  const rows = holder[group.key]
  if (!Array.isArray(rows)) return []
  return rows.slice(0, group.repeat?.max).flatMap((row, i) => {
    if (typeof row !== 'object' || row === null || Array.isArray(row)) return []
    const inside = (group.groups ?? []).flatMap((inner) =>
      cellsOfRows(inner, `${path}[${i}].${inner.key}`, row),
    )
    return [...cellsIn(group, `${path}[${i}].`, row), ...inside]
  })
}

/** An address: an answer of its own, or a part of one such as the head office of an organisation. */
export interface AddressCell extends Cell {
  /** Where the address stands: `home`, `employer.address`. */
  addressPath: string
  /** The record that holds it, and under which name. */
  within: Record<string, unknown>
  name: string
}

/** The addresses of a page that were given. */
export function addressesIn(definition: FormDefinition, pageKey: string, answers: Answers): AddressCell[] {
  return cellsOf(definition, pageKey, answers).flatMap((cell) => {
    const { field, path, holder } = cell
    return (fieldKinds[field.type].addresses?.(field) ?? []).flatMap((part) => {
      const names = part ? [field.key, ...part.split('.')] : [field.key]
      const name = names[names.length - 1] as string
      const within = names.slice(0, -1).reduce<unknown>(ownRecord, holder)
      const given = ownRecord(within, name)
      if (!given) return []
      const addressPath = part ? `${path}.${part}` : path
      return [{ ...cell, addressPath, within: within as Record<string, unknown>, name }]
    })
  })
}

function ownRecord(of: unknown, name: string): Record<string, unknown> | undefined {
  if (typeof of !== 'object' || of === null || !Object.hasOwn(of, name)) return undefined
  const value = (of as Record<string, unknown>)[name]
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined
}
