import { messages } from 'motcua/kernel/i18n'
import { dateOfLaw } from 'motcua/kernel/time'
import { answersFor } from 'motcua/modules/indicators'
import { type PageContext, pageContext } from 'motcua/web/context'
import type { LoaderFunctionArgs } from 'react-router'
import { type BoardView, boardView } from './board.view'
import type { BoardAsk } from './board-query'
import { type BoardFacts, boardPlaces, type Choice, readBoardFacts } from './board-source'
import { readAsk } from './read-ask'

/** A board read and arranged: its figures, what may be chosen, and whether single dossiers may be opened. */
export interface OpenBoard {
  view: BoardView
  choices: Choice[]
  top: Choice
  mayOpen: boolean
  facts: BoardFacts
}

/** Reads the board that the address asks for; `usual` is the authority when it names none. */
export async function openBoard(
  args: LoaderFunctionArgs,
  path: string,
  usual: string | null = null,
): Promise<OpenBoard> {
  const page = pageContext(args)
  const { ask, place, top, choices } = await askOf(page, args.request, usual)
  const mayOpen = answersFor(page.actor, place.code)
  const facts = await readBoardFacts(page, { ...ask, authority: place.code || null })
  const view = boardView(facts, {
    ask,
    place,
    locale: page.locale,
    links: { path, dossiers: mayOpen ? '/bang/ho-so' : undefined },
  })
  return { view, choices, top, mayOpen, facts }
}

/** What the address asks for, and the authority it comes to. */
export async function askOf(
  page: PageContext,
  request: Request,
  usual: string | null = null,
): Promise<{ ask: BoardAsk; place: Choice; top: Choice; choices: Choice[] }> {
  const { top, choices } = await boardPlaces(page)
  const known = new Set(choices.map(({ code }) => code))
  const ask = readAsk(new URL(request.url).searchParams, dateOfLaw(page.now), known)
  const whole = top ?? { code: '', name: messages(page.locale)('board.whole') }
  const code = ask.authority ?? usual
  const place = choices.find((choice) => choice.code === code) ?? whole
  return {
    ask: { ...ask, authority: code },
    place,
    top: whole,
    choices: choices.filter((choice) => choice.code !== whole.code),
  }
}
