import { messages } from 'motcua/kernel/i18n'
import { isDraft, readDraftText } from 'motcua/modules/forms/editing'
import { type ActionFunctionArgs, data } from 'react-router'
import { seenIn } from '../change/save-part'
import { changeOf } from '../studio-source'
import { textProblem } from './form-builder.view'
import { checkedDraft, saveForm } from './source'

/** Checks a draft while it is edited, and saves it; the builder calls this without leaving its page. */
export async function action(args: ActionFunctionArgs): Promise<Response> {
  const studio = await changeOf(args)
  const form = await args.request.formData()
  const text = String(form.get('content') ?? '')
  const draft = readDraftText(text)
  if (!('pages' in draft) || !isDraft(draft)) {
    const said = textProblem(text, messages(studio.page.locale)) ?? ''
    return Response.json({ said, meanwhile: null }, { status: 422 })
  }
  if (form.get('_action') !== 'save') return Response.json(await checkedDraft(studio, draft))
  const { answer, status } = await saveForm(studio, { seen: seenIn(form), content: draft })
  return Response.json(answer, { status })
}

export function loader() {
  throw data(null, { status: 404 })
}
