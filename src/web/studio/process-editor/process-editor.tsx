import { messages } from 'motcua/kernel/i18n'
import { motcuaModdle } from 'motcua/modules/processes'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { fileIn, mostMb } from '../../desk/process-import-source'
import { ErrorSummary, type Problem } from '../../ui/error-summary'
import { Notice } from '../../ui/notice'
import { useT } from '../../ui/shell'
import { Tabs } from '../../ui/table'
import { ChangeFrame } from '../change/frame'
import { MeanwhileNotice } from '../change/meanwhile'
import { type NotSaved, saveOrSay, seenIn } from '../change/save-part'
import { changeOf, type StudioChange } from '../studio-source'
import { ExpertView } from './expert'
import { draftIn, tableOf } from './form'
import styles from './process-editor.css?url'
import { actNamed, afterAct, appended, draftOf, type TableDraft } from './process-editor.view'
import {
  type Checked,
  checked,
  editorView,
  type PastedView,
  pastedView,
  theirsInWords,
  unkeepable,
  xmlOf,
  xmlOfTable,
} from './source'
import { TableView } from './table'

export const links = () => [{ rel: 'stylesheet', href: styles }]

/** The internal process of a change: the step table first, the drawing behind it. */
export async function loader(args: LoaderFunctionArgs) {
  const studio = await changeOf(args)
  const url = new URL(args.request.url)
  const expert = url.searchParams.get('xem') === 'so-do'
  return {
    frame: studio.frame,
    view: await editorView(studio),
    expert,
    saved: url.searchParams.get('xong') === 'saved',
    here: url.pathname,
    xml: expert ? xmlOf(studio) : '',
    moddle: motcuaModdle,
  }
}

/** What a posted page answers: whatever was typed stands in it. */
export interface EditorAnswer {
  /** The revision that the page had: what others saved meanwhile is never taken for seen. */
  seen?: number
  draft?: TableDraft
  problems?: Problem[]
  pasted?: PastedView
  checked?: Checked
  notSaved?: NotSaved & { theirs: string }
  /** The file that was not kept, as the expert view had it. */
  xml?: string
}

/** What is asked of the server while the page stands changes nothing that it loaded. */
export const shouldRevalidate = () => false

/** Reads, checks and saves; `_action` says which, and a button of a row what is done to the table. */
export async function action(args: ActionFunctionArgs) {
  const studio = await changeOf(args)
  const form = await args.request.formData().catch(() => {
    throw data(null, { status: 400 })
  })
  if (form.has('_tooLarge')) return tooLarge(studio)
  const asked = String(form.get('_action') ?? 'save')
  if (asked === 'check-xml') return data<EditorAnswer>({ checked: await checkedText(studio, form) })
  if (!studio.editable) throw data(null, { status: 403 })
  if (asked === 'save-xml' || asked === 'save-file') return saveFile(studio, form)
  // A page that was cut off on its way is no empty table.
  if (!form.has('rows') && asked !== 'read') throw data(null, { status: 400 })
  const draft = draftIn(form)
  if (asked === 'read') {
    const [html, text] = [String(form.get('html') ?? ''), String(form.get('text') ?? '')]
    return data<EditorAnswer>({
      ...(form.has('rows') && { seen: seenOf(form), draft }),
      pasted: await pastedView(studio, { html, text }),
    })
  }
  if (asked === 'take' || asked === 'append')
    return data<EditorAnswer>({ seen: seenOf(form), draft: taken(studio, form, draft, asked) })
  const act = actNamed(asked)
  if (act)
    return data<EditorAnswer>({
      seen: seenOf(form),
      draft: { ...draft, rows: afterAct(draft.rows, act, refusalWords()) },
    })
  return asked === 'check' ? checkTable(studio, draft) : saveTable(studio, draft, form)
}

function tooLarge({ page }: StudioChange) {
  const text = messages(page.locale)('processPage.problem.file-large', { mb: mostMb })
  return data<EditorAnswer>({ problems: [{ href: '#tep', text }] }, { status: 413 })
}

async function checkedText(studio: StudioChange, form: FormData): Promise<Checked> {
  const xml = String(form.get('xml') ?? '')
  return checked(studio, xml, null)
}

/** The words of a refusal branch, in the language of the process: Vietnamese. */
const refusalWords = () => {
  const t = messages('vi')
  return {
    draft: t('processEditor.refusal.draft'),
    sign: t('processEditor.refusal.sign'),
    issue: t('processEditor.refusal.issue'),
  }
}

/** Without script the table that was read comes back with the form that takes it. */
function taken(studio: StudioChange, form: FormData, draft: TableDraft, how: 'take' | 'append'): TableDraft {
  const table = pastedIn(form, studio)
  if (!table) throw data(null, { status: 400 })
  return how === 'take' ? table : { ...draft, rows: appended(draft.rows, table.rows) }
}

function pastedIn(form: FormData, { page }: StudioChange): TableDraft | undefined {
  try {
    const { table } = tableOf(JSON.parse(String(form.get('pasted') ?? '')), page.locale)
    return table && draftOf(table)
  } catch {
    return undefined
  }
}

async function checkTable(studio: StudioChange, draft: TableDraft) {
  const { table, problems } = tableOf(draft, studio.page.locale)
  if (!table) return data<EditorAnswer>({ draft, problems })
  return data<EditorAnswer>({ checked: await checked(studio, await xmlOfTable(studio, table), table) })
}

async function saveTable(studio: StudioChange, draft: TableDraft, form: FormData) {
  const { table, problems } = tableOf(draft, studio.page.locale)
  const seen = seenOf(form)
  if (!table) return data<EditorAnswer>({ seen, draft, problems }, { status: 422 })
  const xml = await xmlOfTable(studio, table)
  const { notSaved, status } = await save(studio, xml, form, '')
  return data<EditorAnswer>({ seen, draft, notSaved }, { status })
}

async function saveFile(studio: StudioChange, form: FormData) {
  const { page } = studio
  const seen = seenOf(form)
  const sent = form.get('xml')
  const file =
    form.get('_action') === 'save-file'
      ? await fileIn(form, page)
      : { xml: typeof sent === 'string' ? sent : '' }
  if ('problem' in file) return data<EditorAnswer>({ seen, problems: [file.problem] }, { status: 422 })
  const reasons = await unkeepable(file.xml, page.locale)
  if (reasons.length > 0) {
    const t = messages(page.locale)
    const problems = reasons.map((text) => ({
      href: '#tep',
      text: `${t('processEditor.problem.unreadable')} ${text}`,
    }))
    return data<EditorAnswer>({ seen, problems, xml: file.xml }, { status: 422 })
  }
  const { notSaved, status } = await save(studio, file.xml, form, '?xem=so-do')
  return data<EditorAnswer>({ seen, notSaved, xml: file.xml }, { status })
}

async function save(studio: StudioChange, xml: string, form: FormData, query: string) {
  const back = `/thiet-ke/thay-doi/${studio.change.id}/quy-trinh${query}`
  const { notSaved, status } = await saveOrSay(studio, {
    part: 'process',
    seen: seenOf(form),
    content: { xml },
    back,
  })
  const theirs = await theirsInWords(notSaved.meanwhile?.content, studio.page.locale)
  return { notSaved: { ...notSaved, theirs }, status }
}

/** Whoever keeps their own says the revision of the others with the button, beside the one that the page had. */
function seenOf(form: FormData): number {
  const seen = form.getAll('seen').map(Number)
  return seen.length > 1 && seen.every((each) => Number.isInteger(each) && each >= 0)
    ? Math.max(...seen)
    : seenIn(form)
}

type Shown = ReturnType<typeof useLoaderData<typeof loader>>

export default function ProcessEditorPage({ actionData }: { actionData?: EditorAnswer }) {
  const t = useT()
  const { frame, view, expert, saved, here, xml, moddle }: Shown = useLoaderData<typeof loader>()
  const { draft, problems = [], pasted, notSaved, seen = view.seen } = actionData ?? {}
  const tabs = [
    { href: here, label: t('processEditor.viewTable'), current: !expert },
    { href: `${here}?xem=so-do`, label: t('processEditor.viewDrawing'), current: expert },
  ]
  return (
    <ChangeFrame frame={frame} page="process" keys={[{ keys: ['S'], does: t('processEditor.keys.save') }]}>
      {saved && !actionData && <Notice tone="ok" role="status" title={t('processEditor.saved')} />}
      {notSaved && !notSaved.meanwhile && <Notice tone="bad" role="alert" title={notSaved.said} />}
      {!view.editable && <Notice title={t('processEditor.readOnly')} />}
      <Tabs label={t('processEditor.views')} tabs={tabs} />
      <ErrorSummary problems={problems} />
      {expert ? (
        <ExpertView {...{ view, here, moddle, seen }} xml={actionData?.xml ?? xml}>
          <Meanwhile {...{ notSaved, here }} />
        </ExpertView>
      ) : (
        <TableView {...{ view, here, pasted, problems, seen }} draft={draft ?? view.table}>
          <Meanwhile {...{ notSaved, here }} />
        </TableView>
      )}
    </ChangeFrame>
  )
}

function Meanwhile({ notSaved, here }: { notSaved: EditorAnswer['notSaved']; here: string }) {
  if (!notSaved?.meanwhile) return null
  return <MeanwhileNotice meanwhile={notSaved.meanwhile} theirs={notSaved.theirs} page={here} />
}
