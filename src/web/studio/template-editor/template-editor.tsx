import { isRefusal } from 'motcua/kernel/errors'
import { messages } from 'motcua/kernel/i18n'
import {
  bindFields,
  docxRefusals,
  readDocx,
  TemplateDraft,
  type TemplateKey,
  templateKeys,
} from 'motcua/modules/documents'
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  useActionData,
  useLoaderData,
} from 'react-router'
import { LinkAction } from '../../ui/button'
import { ErrorSummary } from '../../ui/error-summary'
import { Notice } from '../../ui/notice'
import { useT } from '../../ui/shell'
import { Tabs } from '../../ui/table'
import { ChangeFrame } from '../change/frame'
import { MeanwhileNotice } from '../change/meanwhile'
import { type NotSaved, saveOrSay, seenIn } from '../change/save-part'
import { changeOf, type StudioChange } from '../studio-source'
import { BlocksView } from './blocks'
import { choicesOf } from './choices'
import { ExpertView } from './expert'
import { PaperList } from './list'
import {
  beginningTypst,
  editorDraft,
  editorView,
  noteLines,
  type Preview,
  papersOf,
  previewOf,
  readTemplate,
  refusalLines,
  theirsInWords,
  untied,
} from './source'
import styles from './template-editor.css?url'
import { actNamed, afterAct, draftIn, type EditorDraft } from './template-editor.view'
import { WordView } from './word'

export const links = () => [{ rel: 'stylesheet', href: styles }]

const ways = ['blocks', 'word', 'typst'] as const
export type Way = (typeof ways)[number]
const wayNames: Record<string, Way> = { 'tep-word': 'word', typst: 'typst' }
const wayPaths: Record<Way, string> = { blocks: '', word: '&xem=tep-word', typst: '&xem=typst' }

/** The printed papers of a change; `?giay=` opens one of them. */
export async function loader(args: LoaderFunctionArgs) {
  const studio = await changeOf(args)
  const url = new URL(args.request.url)
  const key = keyIn(url)
  const done = url.searchParams.get('xong')
  return {
    frame: studio.frame,
    here: url.pathname,
    editable: studio.editable,
    seen: studio.change.parts.templates?.revision ?? 0,
    papers: papersOf(studio),
    view: key ? editorView(studio, key) : null,
    way: wayOf(url),
    done: done === 'saved' ? ('saved' as const) : null,
  }
}

const furtherKeys = [2, 3, 4, 5, 6, 7, 8, 9].map((no) => `result/${no}` as const)

function keyIn(url: URL): TemplateKey | undefined {
  const named = url.searchParams.get('giay')
  if (named === null) return undefined
  const key = [...templateKeys, ...furtherKeys].find((each) => each === named)
  if (!key) throw data(null, { status: 404 })
  return key
}

const wayOf = (url: URL): Way => wayNames[url.searchParams.get('xem') ?? ''] ?? 'blocks'

/** What a posted page answers: whatever was typed stands in it. */
export interface TemplateAnswer {
  seen?: number
  draft?: EditorDraft
  problem?: string
  preview?: Preview
  notSaved?: NotSaved & { theirs: string }
  word?: { name: string; blocks: number; fields: number; notes: string[] }
  refused?: string[]
  /** Fields of the file that are tied to nothing yet. */
  untied?: { field: string; guess: string }[]
}

/** What is asked of the server while the page stands changes nothing that it loaded. */
export const shouldRevalidate = () => false

export async function action(args: ActionFunctionArgs) {
  const studio = await changeOf(args)
  const url = new URL(args.request.url)
  const key = keyIn(url)
  const form = await args.request.formData().catch(() => {
    throw data(null, { status: 400 })
  })
  if (!key) throw data(null, { status: 400 })
  const asked = String(form.get('_action') ?? 'save')
  if (asked === 'preview') return previewAnswer(studio, key, form)
  if (!studio.editable) throw data(null, { status: 403 })
  if (asked === 'remove') return remove(studio, key, form)
  if (asked === 'word') return readWord(studio, key, form)
  const draft = draftIn(form)
  const act = actNamed(asked === 'add' ? `add-${draft.blocks.length}-${String(form.get('kind'))}` : asked)
  if (act)
    return data<TemplateAnswer>({
      seen: seenIn(form),
      draft: { ...draft, blocks: afterAct(draft.blocks, act) },
    })
  if (asked === 'to-typst') return toTypst(studio, key, form)
  return save(studio, key, form, wayOf(url))
}

/** Fields tied by hand: `tie.<n>.field` to the label in `tie.<n>.to`. */
function tiedIn(form: FormData): Map<string, string> {
  const tied = new Map<string, string>()
  for (let i = 0; form.has(`tie.${i}.field`) && i < 300; i++) {
    const to = String(form.get(`tie.${i}.to`) ?? '')
    if (to !== '') tied.set(String(form.get(`tie.${i}.field`)), to)
  }
  return tied
}

async function previewAnswer(studio: StudioChange, key: TemplateKey, form: FormData) {
  const draft = draftIn(form)
  const read = readTemplate(studio, key, { draft, tied: tiedIn(form) })
  if ('problem' in read) return data<TemplateAnswer>({ seen: seenIn(form), draft, problem: read.problem })
  const caseAt = Number(form.get('case') ?? -1)
  const preview = await previewOf(studio, read.template, Number.isInteger(caseAt) ? caseAt : -1)
  return data<TemplateAnswer>({ seen: seenIn(form), draft, preview })
}

async function save(studio: StudioChange, key: TemplateKey, form: FormData, way: Way) {
  const draft = draftIn(form)
  const seen = seenIn(form)
  const read = readTemplate(studio, key, { draft, tied: tiedIn(form) })
  if ('problem' in read) return data<TemplateAnswer>({ seen, draft, problem: read.problem }, { status: 422 })
  const others = othersThan(studio, key)
  const { notSaved, status } = await saveOrSay(studio, {
    ...{ part: 'templates', seen, content: [...others, read.template] },
    back: `/thiet-ke/thay-doi/${studio.change.id}/mau-in?giay=${key}${wayPaths[way === 'word' ? 'blocks' : way]}`,
  })
  const theirs = notSaved.meanwhile ? theirsInWords(notSaved.meanwhile.content, key) : ''
  return data<TemplateAnswer>({ seen, draft, notSaved: { ...notSaved, theirs } }, { status })
}

/** What stands for the other papers stays as it is, also what is no template any more. */
const othersThan = ({ contents }: StudioChange, key: TemplateKey): unknown[] =>
  (Array.isArray(contents.templates) ? contents.templates : []).filter(
    (each) => (each as { key?: unknown } | null)?.key !== key,
  )

async function remove(studio: StudioChange, key: TemplateKey, form: FormData) {
  const { notSaved, status } = await saveOrSay(studio, {
    ...{ part: 'templates', seen: seenIn(form), content: othersThan(studio, key) },
    back: `/thiet-ke/thay-doi/${studio.change.id}/mau-in`,
  })
  const theirs = notSaved.meanwhile ? theirsInWords(notSaved.meanwhile.content, key) : ''
  return data<TemplateAnswer>({ notSaved: { ...notSaved, theirs } }, { status })
}

async function readWord(studio: StudioChange, key: TemplateKey, form: FormData) {
  const { locale } = studio.page
  const seen = seenIn(form)
  const file = form.get('file')
  const refuse = (refused: string[]) => data<TemplateAnswer>({ seen, refused }, { status: 422 })
  if (form.has('_tooLarge')) return refuse(refusalLines(docxRefusals.tooLarge({ limitMb: 5 }), locale))
  if (!(file instanceof File) || file.size === 0)
    return refuse([messages(locale)('templateEditor.word.none')])
  const read = await readDocx(new Uint8Array(await file.arrayBuffer()))
  if (isRefusal(read)) return refuse(refusalLines(read, locale))
  const { notes, fields, ...rest } = read
  const view = editorView(studio, key)
  const fileName = file.name.slice(0, 200)
  const choices = choicesOf(studio, key)
  const template = TemplateDraft.safeParse({ key, name: view.draft.name, source: 'docx', fileName, ...rest })
  if (!template.success) return refuse(refusalLines(docxRefusals.damaged(), locale))
  const bound = bindFields(template.data, choices)
  return data<TemplateAnswer>({
    seen,
    draft: editorDraft(bound),
    untied: untied(bound, choices),
    word: {
      name: fileName,
      blocks: bound.blocks.length,
      fields: fields.length,
      notes: noteLines(notes, locale),
    },
  })
}

async function toTypst(studio: StudioChange, key: TemplateKey, form: FormData) {
  const draft = draftIn(form)
  const read = readTemplate(studio, key, { draft: { ...draft, source: 'blocks' }, tied: tiedIn(form) })
  const typst = 'template' in read ? read.template.typst : beginningTypst
  return data<TemplateAnswer>({ seen: seenIn(form), draft: { ...draft, source: 'typst', typst } })
}

/** Printed papers of a change: which has a template of its own, and the editor of one. */
export default function TemplateEditorPage() {
  const loaded = useLoaderData<typeof loader>()
  const answer = useActionData<TemplateAnswer>()
  const t = useT()
  const { frame, here, view, way, done } = loaded
  if (!view) return <PaperList {...loaded} />
  const page = `${here}?giay=${view.key}`
  const at = page + wayPaths[way]
  const draft = answer?.draft ?? view.draft
  const tabs = ways.map((each) => ({
    href: page + wayPaths[each],
    label: t(`templateEditor.view.${each}`),
    current: each === (way === 'word' && answer?.word ? 'blocks' : way),
  }))
  const { notSaved } = answer ?? {}
  const shared = { view, here: at, draft, seen: answer?.seen ?? view.seen, answer }
  return (
    <ChangeFrame frame={frame} page="templates" keys={[{ keys: ['S'], does: t('templateEditor.keys.save') }]}>
      <div>
        <LinkAction href={here} icon="chevron-left" small>
          {t('templateEditor.back')}
        </LinkAction>
        <h2 className="tpl__paper">{view.paper}</h2>
      </div>
      {done && !answer && <Notice tone="ok" role="status" title={t('templateEditor.saved')} />}
      {notSaved && !notSaved.meanwhile && <Notice tone="bad" role="alert" title={notSaved.said} />}
      {!view.editable && <Notice title={t('templateEditor.readOnly')} />}
      <Tabs label={t('templateEditor.views')} tabs={tabs} />
      {answer?.problem && <ErrorSummary problems={[{ href: '#mau', text: answer.problem }]} />}
      {way === 'typst' || draft.source === 'typst' ? (
        <ExpertView {...shared}>
          <Meanwhile {...{ notSaved, here: at }} />
        </ExpertView>
      ) : way === 'word' && !answer?.word ? (
        <WordView {...shared} />
      ) : (
        <BlocksView {...shared}>
          <Meanwhile {...{ notSaved, here: at }} />
        </BlocksView>
      )}
    </ChangeFrame>
  )
}

function Meanwhile({ notSaved, here }: { notSaved: TemplateAnswer['notSaved']; here: string }) {
  if (!notSaved?.meanwhile) return null
  return <MeanwhileNotice meanwhile={notSaved.meanwhile} theirs={notSaved.theirs} page={here} />
}
