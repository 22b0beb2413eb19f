import type { Field, Group, Page } from '../../forms/index.ts'
import type { DraftForm } from '../contents.ts'

/** A question of a draft with where it stands. */
export interface PlacedField {
  at: string
  field: Field
  group: Group
  page: Page
  /** The key of the group whose rows it is asked in. */
  rowOf: string | null
}

/** Every question of a form that may be unfinished, in its order; those of lists inside rows after the rows' own. */
export function placedFields(form: DraftForm | null | undefined): PlacedField[] {
  return (form?.pages ?? []).flatMap((page, i) =>
    (page.groups ?? []).flatMap((group, j) => {
      const at = `pages.${i}.groups.${j}`
      const rowOf = group.repeat ? group.key : null
      return [
        ...inGroup(group, at, { page, rowOf }),
        ...(group.groups ?? []).flatMap((inner, k) =>
          inGroup(inner as Group, `${at}.groups.${k}`, { page, rowOf: rowOf ?? inner.key }),
        ),
      ]
    }),
  )
}

const inGroup = (
  group: Group,
  at: string,
  { page, rowOf }: Pick<PlacedField, 'page' | 'rowOf'>,
): PlacedField[] =>
  (group.fields ?? []).map((field, k) => ({ at: `${at}.fields.${k}`, field, group, page, rowOf }))

/** The keys under which answers stand: questions, and repeated groups. */
export const answerKeys = (form: DraftForm | null | undefined): Set<string> =>
  new Set(placedFields(form).map(({ field, rowOf }) => rowOf ?? field.key))

/** The answer that a path reads: `child.hometown.communeCode` reads `child.hometown`. */
export function answerOf(
  path: string,
  keys: ReadonlySet<string> | ReadonlyMap<string, unknown>,
): string | undefined {
  const parts = path.split('.')
  for (let n = parts.length; n > 0; n -= 1) {
    const key = parts.slice(0, n).join('.')
    if (keys.has(key)) return key
  }
  return undefined
}

/** What officials call a question: its Vietnamese words, or whatever there is. */
export const labelIn = (field: Pick<Field, 'key' | 'label'>) =>
  field.label?.vi || field.label?.en || field.key
