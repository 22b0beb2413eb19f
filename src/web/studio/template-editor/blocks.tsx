import { useRef, useState } from 'react'
import { Button } from '../../ui/button'
import { Notice } from '../../ui/notice'
import { useT } from '../../ui/shell'
import { BlockEditor } from './block'
import { MergeFields } from './fields'
import { PageFields, SaveRow } from './page-fields'
import { PreviewPanel } from './preview'
import type { EditorView } from './source'
import { type EditorViewProps, useInsertion, usePreview } from './state'
import type { TemplateAnswer } from './template-editor'
import { actNamed, type EditorDraft, editorKinds } from './template-editor.view'
import { TiePanel } from './tie'
import { type EditedBlocks, useBlocks } from './use-blocks'

/** The template as blocks in the layout of NĐ 30/2020, with its merge fields and a picture of it. */
export function BlocksView({ view, here, draft, seen, answer, children }: EditorViewProps) {
  const t = useT()
  const edited = useBlocks(draft.blocks)
  const { blocks, act } = edited
  const [edges, setEdges] = useState(0)
  const form = useRef<HTMLFormElement>(null)
  const { remember, insert } = useInsertion()
  const drawn = usePreview(form, {
    here,
    changed: `${JSON.stringify(blocks)}${edges}`,
    first: answer?.preview,
  })
  const pressed = (event: React.FormEvent<HTMLFormElement>) => {
    const button = (event.nativeEvent as SubmitEvent).submitter as HTMLButtonElement | null
    const name = button?.value ?? ''
    const kind = form.current ? String(new FormData(form.current).get('kind')) : ''
    const done = actNamed(name === 'add' ? `add-${blocks.length}-${kind}` : name)
    if (done) act(done)
    else if (name === 'preview') drawn.ask()
    else return
    event.preventDefault()
  }
  return (
    <form
      ref={form}
      id="mau"
      method="post"
      action={here}
      className="tpl"
      noValidate
      onSubmit={pressed}
      onFocus={({ target }) => remember(target)}
      onChange={() => setEdges((count) => count + 1)}
    >
      <div className="tpl__main">
        {children}
        <input type="hidden" name="seen" value={seen} />
        <input type="hidden" name="source" value={draft.source} />
        <input type="hidden" name="fileName" value={draft.fileName} />
        <input type="hidden" name="blocks" value={blocks.length} />
        {/* The key Enter in a box saves; it never moves or removes a block. */}
        <button type="submit" name="_action" value="save" className="vh" tabIndex={-1} aria-hidden="true" />
        {answer?.word && <WordRead word={answer.word} />}
        <TiePanel untied={answer?.untied ?? drawn.preview?.untied ?? []} choices={view.choices} />
        <PageFields draft={draft} editable={view.editable} />
        <Edges draft={draft} />
        <BlockList edited={edited} choices={view.choices} editable={view.editable} />
        {view.editable && <SaveRow own={view.own} />}
      </div>
      <div className="tpl__side">
        {view.editable && (
          <MergeFields
            choices={view.choices}
            hint={t('templateEditor.merge.text')}
            onInsert={({ label }) => insert(`«${label}»`)}
          />
        )}
        <PreviewPanel {...{ view, here, ...drawn }} />
      </div>
    </form>
  )
}

/** The blocks in their order, what was done to them last, and where one is added. */
function BlockList({
  edited: { blocks, change, act, said, undo },
  choices,
  editable,
}: {
  edited: EditedBlocks
  choices: EditorView['choices']
  editable: boolean
}) {
  const t = useT()
  return (
    <section aria-labelledby="cac-khoi">
      <h3 id="cac-khoi">{t('templateEditor.block.title')}</h3>
      <p className="studio__note">
        {t('templateEditor.marks')} {editable && t('templateEditor.block.keys')}
      </p>
      <p role="status" className="small">
        {said}{' '}
        {undo && (
          <Button id="lay-lai" type="button" kind="quiet" size="small" onClick={undo}>
            {t('templateEditor.block.undo')}
          </Button>
        )}
      </p>
      {blocks.length === 0 && <p className="soft">{t('templateEditor.block.empty')}</p>}
      <ol className="tpl__blocks">
        {blocks.map((block, i) => (
          <BlockEditor
            key={block.id}
            {...{ block, i, act, choices, editable }}
            count={blocks.length}
            change={(next) => change(i, next)}
          />
        ))}
      </ol>
      {editable && <AddBlock />}
    </section>
  )
}

function AddBlock() {
  const t = useT()
  return (
    <div className="tpl__add">
      <div className="field">
        <label className="label" htmlFor="loai">
          {t('templateEditor.block.addKind')}
        </label>
        <select id="loai" name="kind" className="input" defaultValue="paragraph">
          {editorKinds
            .filter((kind) => kind !== 'grid')
            .map((kind) => (
              <option key={kind} value={kind}>
                {t(`templateEditor.kind.${kind}`)}
              </option>
            ))}
        </select>
      </div>
      <Button kind="second" size="small" icon="plus" name="_action" value="add">
        {t('templateEditor.block.addHere')}
      </Button>
    </div>
  )
}

function Edges({ draft }: { draft: EditorDraft }) {
  const t = useT()
  return (
    <details className="tpl__edges" open={draft.header !== '' || draft.footer !== '' || undefined}>
      <summary>{t('templateEditor.edges')}</summary>
      <p className="studio__note">{t('templateEditor.edgesHint')}</p>
      {(['header', 'footer'] as const).map((edge) => (
        <div className="field" key={edge}>
          <label className="label" htmlFor={edge}>
            {t(`templateEditor.${edge}`)}
          </label>
          <textarea
            id={edge}
            name={edge}
            className="input"
            rows={2}
            data-merge=""
            defaultValue={draft[edge]}
          />
        </div>
      ))}
    </details>
  )
}

function WordRead({ word }: { word: NonNullable<TemplateAnswer['word']> }) {
  const t = useT()
  const { notes, ...read } = word
  return (
    <Notice tone="ok" role="status" title={t('templateEditor.word.done', read)}>
      {notes.length > 0 && (
        <>
          <p>{t('templateEditor.word.notes')}:</p>
          <ul className="studio__list">
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </>
      )}
    </Notice>
  )
}
