import { isRefusal } from 'motcua/kernel/errors'
import { getVersion } from 'motcua/modules/catalogue'
import type { Command } from 'motcua/modules/dossiers'
import { pageContext } from 'motcua/web/context'
import { data, type LoaderFunctionArgs } from 'react-router'
import { personOnly } from './person-only'

/** A dossier as a page for one act of its applicant shows it. */
export interface OwnDossier {
  code: string
  title: string
  /** How far the journal went when the page was made. */
  sequence: number
  /** Whether the act is possible now. */
  possible: boolean
}

/** The dossier of the address, for whoever applied; to everybody else it does not exist. */
export async function ownDossier(args: LoaderFunctionArgs, command: Command['command']): Promise<OwnDossier> {
  const { app, locale } = pageContext(args)
  const view = await app.dossiers.view(personOnly(args), args.params.code ?? '')
  if (isRefusal(view) || !view.asApplicant) throw data(null, { status: 404 })
  const { dossier, actions } = view
  const version = await getVersion(app.db, dossier.procedureCode, dossier.procedureVersion)
  return {
    code: dossier.code,
    title: locale === 'en' ? version.plainNameEn : version.plainName,
    sequence: dossier.sequence,
    possible: actions.some((action) => action.command === command),
  }
}

/** An act on the dossier as the posted page showed it: refused when somebody acted meanwhile. */
export function asShown(form: FormData, now: Date): { now: Date; expectedSequence?: number } {
  const sequence = Number(form.get('_sequence'))
  return { now, ...(Number.isInteger(sequence) && { expectedSequence: sequence }) }
}
