import { pageContext } from 'motcua/web/context'
import { type ActionFunctionArgs, data } from 'react-router'
import { timeText } from '../../ui/format'
import { answerPage } from './answer-page'
import { openFiling } from './filing-source'
import { postedForm } from './uploads'

/** Keeps a page while it is typed; the small script of the page calls it, and nothing is judged. */
export async function action(args: ActionFunctionArgs): Promise<Response> {
  const { actor, now } = pageContext(args)
  if (actor.kind !== 'person') return Response.json({ signedOut: true }, { status: 401 })
  const form = await postedForm(args.request)
  form.set('_action', 'autosave')
  const filing = await openFiling(args)
  const key = args.params.page ?? ''
  const known = filing.form.definition.pages.some((page) => page.key === key)
  if (!known || filing.draft.submittedCode) return Response.json({}, { status: 409 })
  await answerPage(filing, key, form)
  return Response.json({ savedAt: timeText(now) })
}

export function loader() {
  throw data(null, { status: 404 })
}
