import { messages } from 'motcua/kernel/i18n'
import type { Contents } from 'motcua/modules/changes'
import { isDraft, readDraftText } from 'motcua/modules/forms/editing'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { Done, NotDone } from '../../desk/outcome'
import { Notice } from '../../ui/notice'
import { useT } from '../../ui/shell'
import { ChangeFrame } from '../change/frame'
import { type NotSaved, saveOrSay, seenIn } from '../change/save-part'
import { changeOf } from '../studio-source'
import { FormBuilder } from './editor'
import { ExpertView } from './expert'
import styles from './form-builder.css?url'
import { textProblem } from './form-builder.view'
import { checkedDraft, draftOfChange, mentionedElsewhere } from './source'

export const links = () => [{ rel: 'stylesheet', href: styles }]

/** What a form asks, changed by the officials who answer for it. */
export async function loader(args: LoaderFunctionArgs) {
  const studio = await changeOf(args)
  const { page, change, contents, frame, editable } = studio
  const draft = draftOfChange(studio)
  const shared = {
    ...{ frame, editable },
    seen: change.parts.form?.revision ?? 0,
    saved: new URL(args.request.url).searchParams.get('xong') === 'saved',
    at: `/thiet-ke/thay-doi/${change.id}`,
  }
  if (!isDraft(draft))
    return { ...shared, draft: null, broken: draft.at, text: JSON.stringify(contents.form, null, 2) }
  return {
    ...shared,
    draft,
    checked: await checkedDraft(studio, draft),
    elsewhere: mentionedElsewhere(draft, contents, page.locale),
  }
}

interface Answer {
  text: string
  error: string | null
  notSaved: NotSaved | null
}

/** Saves the definition as text, for those without the script; what cannot be read stays in the box. */
export async function action(args: ActionFunctionArgs) {
  const studio = await changeOf(args)
  const form = await args.request.formData()
  const text = String(form.get('content') ?? '')
  const error = textProblem(text, messages(studio.page.locale))
  if (error !== undefined) return data<Answer>({ text, error, notSaved: null }, { status: 422 })
  const content = readDraftText(text) as Contents['form']
  const back = new URL(args.request.url).pathname
  const { notSaved, status } = await saveOrSay(studio, { part: 'form', seen: seenIn(form), content, back })
  return data<Answer>({ text, error: null, notSaved }, { status })
}

export default function FormBuilderPage({ actionData }: { actionData?: Answer }) {
  const t = useT()
  const shown = useLoaderData<typeof loader>()
  const { frame, editable, seen, saved, at } = shown
  const { notSaved, error, text } = actionData ?? {}
  const meanwhile = notSaved?.meanwhile
  const keys = [
    { keys: ['Ctrl', 'S'], does: t('formBuilder.keys.save') },
    { keys: ['Ctrl', 'Z'], does: t('formBuilder.keys.undo') },
    { keys: ['Ctrl', 'Y'], does: t('formBuilder.keys.redo') },
    { keys: ['Alt', '↑', '↓'], does: t('formBuilder.keys.move') },
    { keys: ['Ctrl', 'D'], does: t('formBuilder.keys.copy') },
    { keys: ['Delete'], does: t('formBuilder.keys.remove') },
  ]
  const failed = text !== undefined && (
    <ExpertView
      text={text}
      seen={meanwhile?.revision ?? seen}
      open
      editable={editable}
      {...(error ? { error } : {})}
    />
  )
  return (
    <ChangeFrame frame={frame} page="form" keys={keys}>
      {saved && !actionData && <Done>{t('studio.done.saved')}</Done>}
      <NotDone problem={notSaved?.said} />
      {meanwhile && (
        <Notice
          tone="warn"
          title={t('studio.meanwhile.title', { name: meanwhile.savedByName, at: meanwhile.at })}
        >
          <pre className="studio__theirs">{JSON.stringify(meanwhile.content, null, 2)}</pre>
        </Notice>
      )}
      {failed}
      {!failed && shown.draft === null && (
        <>
          <Notice tone="warn" title={t('formBuilder.expert.broken', { at: shown.broken })} />
          <ExpertView text={shown.text} seen={seen} open editable={editable} />
        </>
      )}
      {!failed && shown.draft !== null && (
        <FormBuilder
          draft={shown.draft}
          seen={seen}
          editable={editable}
          checked={shown.checked}
          elsewhere={shown.elsewhere}
          door={`${at}/bieu-mau/cua`}
          preview={`${at}/xem-thu/trang`}
        />
      )}
    </ChangeFrame>
  )
}
