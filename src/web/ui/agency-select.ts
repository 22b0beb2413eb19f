import type { FieldView, GroupView } from 'motcua/modules/forms'

/** The authorities that may settle are few: a list to choose from works everywhere. */
export const withAgencySelects = (group: GroupView): GroupView => ({
  ...group,
  fields: group.fields.map(asSelect),
  ...(group.rows && { rows: group.rows.map(inRow) }),
  ...(group.blank && { blank: inRow(group.blank) }),
})

const inRow = (row: NonNullable<GroupView['blank']>): NonNullable<GroupView['blank']> => ({
  ...row,
  fields: row.fields.map(asSelect),
  ...(row.groups && { groups: row.groups.map(withAgencySelects) }),
})

function asSelect(field: FieldView): FieldView {
  return {
    ...field,
    inputs: field.inputs.map((input) =>
      input.kind === 'agency' ? { ...input, kind: 'select' as const, label: undefined } : input,
    ),
  }
}
