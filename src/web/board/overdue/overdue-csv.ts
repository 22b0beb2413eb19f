import { messages } from 'motcua/kernel/i18n'
import type { LoaderFunctionArgs } from 'react-router'
import { type Cell, csvFile } from '../csv.view'
import type { OverdueRow } from './overdue.view'
import { askedOverdue, readOverdue } from './overdue-source'

/** So many lines a file holds; a longer list is narrowed first. */
const mostLines = 5000

/** The list as text for spreadsheets, one line for each step that somebody holds; for the same officers. */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const asked = await askedOverdue(args)
  const { page, ask, place, query } = asked
  const rows = await readOverdue(asked, ask, { limit: mostLines, offset: 0 })
  const t = messages(page.locale)
  const heads: Cell[] = [
    ...[t('overdue.columns.dossier'), t('overdue.procedure'), t('overdue.place')],
    ...(['standing', 'law', 'index', 'step', 'holder', 'since'] as const).map((key) =>
      t(`overdue.columns.${key}`),
    ),
  ]
  const name = `qua-han-${place.code}-${query.today}`
  const { demonstration } = page
  return csvFile([heads, ...rows.flatMap(linesOf)], { name, demonstration, kept: 'never' })
}

const linesOf = ({ code, procedure, place, standingText, law, index, holds }: OverdueRow): Cell[][] =>
  (holds.length > 0 ? holds : [{ step: '', holder: '', since: '' }]).map(({ step, holder, since }) => [
    ...[code, procedure, place, standingText, law, index, step, holder, since],
  ])
