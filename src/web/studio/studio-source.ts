import {
  actsOpen,
  type ChangeAct,
  type Contents,
  effectiveParts,
  type PartKind,
  type ProcedureChange,
  powersOver,
  readChange,
} from 'motcua/modules/changes'
import type { Officer } from 'motcua/modules/identity'
import { type PageContext, pageContext } from 'motcua/web/context'
import { data, type LoaderFunctionArgs } from 'react-router'
import { officerOf } from '../desk/officer'
import { momentText } from '../ui/format'

/** What stands above every page of one change. */
export interface ChangeFrameData {
  id: string
  code: string
  /** The everyday name of the procedure. */
  name: string
  title: string
  kind: ProcedureChange['kind']
  state: ProcedureChange['state']
  /** Parts that were touched, with who saved them last. */
  touched: { part: PartKind; by: string; at: string }[]
}

/** A change as a page of the studio shows it. */
export interface StudioChange {
  page: PageContext
  officer: Officer
  change: ProcedureChange
  /** Every part: drafted, or as it was when the change began. */
  contents: Contents
  acts: ChangeAct[]
  /** Whether this person may save parts now. */
  editable: boolean
  frame: ChangeFrameData
}

/** The officer of a page of the studio; who neither edits nor reviews is told that the page is not theirs. */
export async function studioOfficer(args: LoaderFunctionArgs) {
  const page = pageContext(args)
  const officer = officerOf(args)
  const powers = await powersOver(page.app.db, officer)
  if (!powers.edit && !powers.review) throw data(null, { status: 403 })
  return { page, officer, powers }
}

/** The change that the address names, with everything its pages need; 403 and 404 as they are. */
export async function changeOf(args: LoaderFunctionArgs): Promise<StudioChange> {
  const { page, officer, powers } = await studioOfficer(args)
  const { db } = page.app
  const change = await readChange(db, officer, args.params.id ?? '')
  if (!change) throw data(null, { status: 404 })
  const acts = actsOpen(change, { officerId: officer.officerId, powers })
  const contents = await effectiveParts(db, change)
  return {
    ...{ page, officer, change, contents, acts },
    editable: acts.includes('save'),
    frame: frameOf(change, contents, page),
  }
}

function frameOf(change: ProcedureChange, { procedure }: Contents, { locale }: PageContext): ChangeFrameData {
  const { id, code, title, kind, state, parts } = change
  const touched = Object.entries(parts).map(([part, { savedByName, savedAt }]) => ({
    part: part as PartKind,
    by: savedByName,
    at: momentText(savedAt, locale),
  }))
  const name = typeof procedure.plainName === 'string' && procedure.plainName ? procedure.plainName : title
  return { id, code, name, title, kind, state, touched }
}
