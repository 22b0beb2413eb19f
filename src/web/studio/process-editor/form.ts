import type { Locale } from 'motcua/kernel/i18n'
import { messages } from 'motcua/kernel/i18n'
import {
  ordinaryOutcome,
  placeOfRole,
  readHours,
  StepRow,
  StepTable,
  stepKinds,
} from 'motcua/modules/processes'
import type { Problem } from '../../ui/error-summary'
import type { RowDraft, TableDraft } from './process-editor.view'

const mostRows = 100

/** The table of a posted form as it was typed; fields are `row.<i>.<field>` and `row.<i>.to.<outcome>`. */
export function draftIn(form: FormData): TableDraft {
  const count = Math.min(Number(form.get('rows')) || 0, mostRows + 1)
  return {
    rows: Array.from({ length: count }, (_, i) => rowIn(form, i)),
    receptionHours: textIn(form, 'receptionHours'),
    returnHours: textIn(form, 'returnHours'),
  }
}

const textIn = (form: FormData, name: string): string => {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}

function rowIn(form: FormData, i: number): RowDraft {
  const text = (name: string) => textIn(form, `row.${i}.${name}`)
  const role = text('role') as RowDraft['role']
  const kind = stepKinds.find((each) => each === text('kind')) ?? 'work'
  // Where a step stands follows its role, until the expert view says otherwise for that role.
  const [formerRole, unitKind, authority] = text('place').split(' ')
  const place = formerRole === role ? { unitKind, authority } : placeOfRole(role || null)
  return {
    ...{ id: text('id'), name: text('name'), note: text('note'), performer: text('performer'), role, kind },
    ...(place as Pick<RowDraft, 'unitKind' | 'authority'>),
    ...{ hours: text('hours'), product: text('product'), outcomes: outcomesIn(form, i, kind) },
    // Whoever makes another kind of step of it takes its signature away.
    ...(text('signs') && (kind === 'review' || kind === 'decide') && { signs: text('signs') as 'initial' }),
  }
}

function outcomesIn(form: FormData, i: number, kind: RowDraft['kind']): RowDraft['outcomes'] {
  const prefix = `row.${i}.to.`
  const stated = [...form.entries()].flatMap(([name, to]) =>
    name.startsWith(prefix) && typeof to === 'string' && to !== ''
      ? [{ outcome: name.slice(prefix.length), to }]
      : [],
  )
  const [first = { outcome: 'ok', to: 'next' }, ...others] = stated
  const usual = first.outcome === 'ok' || first.outcome === 'approved' ? ordinaryOutcome(kind) : first.outcome
  return [
    { ...first, outcome: usual },
    ...others.filter(({ outcome }) => outcome !== usual),
  ] as RowDraft['outcomes']
}

/** What was typed as a table; each thing that is none, with the box that mends it. Pure. */
export function tableOf(draft: TableDraft, locale: Locale): { table?: StepTable; problems: Problem[] } {
  const t = messages(locale)
  const problems: Problem[] = []
  const hoursIn = (text: string, problem: () => Problem): number | null => {
    if (text.trim() === '') return null
    const hours = readHours(text, 'hour')?.hours
    if (hours === undefined) problems.push(problem())
    return hours ?? null
  }
  const outside = (name: 'receptionHours' | 'returnHours') =>
    /^\s*0*([.,]0*)?\s*$/.test(draft[name])
      ? 0
      : (hoursIn(draft[name], () => ({ href: `#${name}`, text: t('processEditor.problem.outside') })) ?? 0)
  const rows = draft.rows.map((row, i) => ({
    ...row,
    role: row.role === '' ? null : row.role,
    hours: hoursIn(row.hours, () => ({
      href: `#row-${i}-hours`,
      text: t('processEditor.problem.hours', { number: i + 1, text: row.hours.slice(0, 60) }),
    })),
  }))
  for (const [i, row] of rows.entries())
    if (!StepRow.safeParse(row).success)
      problems.push({ href: `#row-${i}-name`, text: t('processEditor.problem.row', { number: i + 1 }) })
  const table = StepTable.safeParse({
    rows,
    receptionHours: outside('receptionHours'),
    returnHours: outside('returnHours'),
  })
  if (!table.success && problems.length === 0)
    problems.push({ href: '#bang', text: t('processEditor.problem.rows') })
  return problems.length > 0 || !table.success ? { problems } : { table: table.data, problems }
}
