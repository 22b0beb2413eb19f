import { createContext, type LoaderFunctionArgs } from 'react-router'

/** Notes which figures the page of a request is drawn from: they may be a moment older than the newest. */
const drawnFrom = createContext<{ version: number | null }>({ version: null })

/** Opens the note of a request; its `version` is null until a loader has said. */
export function noteDrawn(context: LoaderFunctionArgs['context']): { version: number | null } {
  const note = { version: null }
  context.set(drawnFrom, note)
  return note
}

/** Says which figures a page is drawn from; without an open note it does nothing that anybody reads. */
export function sayDrawn(context: LoaderFunctionArgs['context'], version: number): void {
  context.get(drawnFrom).version = version
}
