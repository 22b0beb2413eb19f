import { dateOfLaw } from 'motcua/kernel/time'
import { findProcessVersion, proceduresUsing, publishedVersions } from 'motcua/modules/processes'
import { whereTimeGoes } from 'motcua/modules/reform'
import type { PageContext } from 'motcua/web/context'
import type { FiguresFacts } from '../../desk/process-figures.view'
import type { BoardAsk } from '../board-query'
import type { Choice } from '../board-source'
import { askOf } from '../open-board'

/** Where the time goes in the process that the address asks for. */
export interface ReadSteps {
  ask: BoardAsk
  place: Choice
  top: Choice
  choices: Choice[]
  /** The procedures that have a process, and the one that is looked at. */
  procedures: { code: string; name: string }[]
  chosen: string
  /** Of nobody by name; null where no process is in force. */
  facts: FiguresFacts | null
}

/** Reads how long each step of a procedure takes in a period, of the version of its process that is in force. */
export async function readSteps(page: PageContext, request: Request): Promise<ReadSteps> {
  const { app, now, locale } = page
  const { ask, place, top, choices } = await askOf(page, request)
  const wanted = new URL(request.url).searchParams.get('quy-trinh')
  const today = dateOfLaw(now)
  const versions = (await publishedVersions(app.db.pool)).filter(
    ({ withdrawn, validFrom }) => !withdrawn && validFrom <= today,
  )
  const uses = await proceduresUsing(app.db, [...new Set(versions.map(({ key }) => key))], today)
  const chosen = uses.find(({ code }) => code === wanted) ?? uses[0]
  const latest = versions
    .filter(({ key }) => key === chosen?.processKey)
    .toSorted((a, b) => b.version - a.version)[0]
  const process = latest && (await findProcessVersion(app.db, latest.key, latest.version))
  const read = {
    ...{ ask, place, top, choices, chosen: chosen?.code ?? '' },
    procedures: uses.map(({ code, name }) => ({ code, name })),
  }
  if (!process) return { ...read, facts: null }
  const { key, version, compiled } = process
  const asked = { key, version, authority: place.code || null, from: ask.from, to: ask.to }
  const time = await whereTimeGoes(app.db.pool, asked, { process: compiled, named: [], now })
  const names = { places: {}, officers: {} }
  return { ...read, facts: { time, process: compiled, named: [], locale, names } }
}
