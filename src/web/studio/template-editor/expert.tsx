import { useRef, useState } from 'react'
import { Button } from '../../ui/button'
import { Notice } from '../../ui/notice'
import { useT } from '../../ui/shell'
import { MergeFields } from './fields'
import { PageFields, SaveRow } from './page-fields'
import { PreviewPanel } from './preview'
import { type EditorViewProps, useInsertion, usePreview } from './state'
import type { EditorDraft } from './template-editor.view'

/** The template as Typst: what the blocks compile to, or what was written by hand. */
export function ExpertView({ view, here, draft, seen, answer, children }: EditorViewProps) {
  const t = useT()
  const [typst, setTypst] = useState(draft.typst)
  const form = useRef<HTMLFormElement>(null)
  const { remember, insert } = useInsertion()
  const drawn = usePreview(form, { here, changed: typst, first: answer?.preview })
  const byHand = draft.source === 'typst'
  return (
    <form
      ref={form}
      id="mau"
      method="post"
      action={here}
      className="tpl"
      noValidate
      onFocus={({ target }) => remember(target)}
      onChange={({ target }) => (target as unknown as { name?: string }).name === 'case' && drawn.ask()}
      onSubmit={(event) => {
        if (((event.nativeEvent as SubmitEvent).submitter as HTMLButtonElement | null)?.value !== 'preview')
          return
        event.preventDefault()
        drawn.ask()
      }}
    >
      <div className="tpl__main">
        {children}
        <input type="hidden" name="seen" value={seen} />
        <button type="submit" name="_action" value="save" className="vh" tabIndex={-1} aria-hidden="true" />
        <input type="hidden" name="source" value={byHand ? 'typst' : draft.source} />
        <input type="hidden" name="fileName" value={draft.fileName} />
        <Carried draft={draft} />
        <p className="small soft max-w-3xl">{t('templateEditor.typst.text')}</p>
        {byHand ? (
          <>
            <PageFields draft={draft} editable={view.editable} />
            <div className="field">
              <label className="label" htmlFor="typst">
                {t('templateEditor.typst.source')}
              </label>
              <textarea
                id="typst"
                name="typst"
                className="input input--code tpl__code"
                data-merge=""
                spellCheck={false}
                rows={24}
                value={typst}
                readOnly={!view.editable}
                onChange={({ target }) => setTypst(target.value)}
              />
            </div>
            {view.editable && <SaveRow own={view.own} />}
          </>
        ) : (
          <>
            <input type="hidden" name="name" value={draft.name} />
            <input type="hidden" name="page" value={draft.page} />
            <p className="small">{t('templateEditor.typst.compiled')}</p>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
            <pre className="tpl__compiled" tabIndex={0}>
              {view.compiled}
            </pre>
            {view.editable && (
              <Notice title={t('templateEditor.typst.takeText')}>
                <p className="btn-row">
                  <Button kind="second" size="small" name="_action" value="to-typst">
                    {t('templateEditor.typst.take')}
                  </Button>
                </p>
              </Notice>
            )}
          </>
        )}
      </div>
      <div className="tpl__side">
        {byHand && view.editable && (
          <MergeFields
            choices={view.choices}
            hint={t('templateEditor.merge.typst')}
            onInsert={({ input, type }) =>
              insert(type === 'table' ? `#rows-of("${input.name}")` : `#put("${input.name}")`)
            }
          />
        )}
        <PreviewPanel {...{ view, here, ...drawn }} />
      </div>
    </form>
  )
}

/** The blocks travel along, so that going back to them is possible. */
function Carried({ draft }: { draft: EditorDraft }) {
  return (
    <>
      <input type="hidden" name="header" value={draft.header} />
      <input type="hidden" name="footer" value={draft.footer} />
      <input type="hidden" name="blocks" value={draft.blocks.length} />
      {draft.blocks.map((block, i) => (
        <HiddenBlock key={block.id} {...{ block, i }} />
      ))}
    </>
  )
}

function HiddenBlock({ block, i }: { block: EditorDraft['blocks'][number]; i: number }) {
  const { grid, ...members } = block
  return (
    <>
      {Object.entries(members).map(([name, value]) =>
        value === false ? null : (
          <input key={name} type="hidden" name={`b.${i}.${name}`} value={value === true ? 'yes' : value} />
        ),
      )}
      {grid && <input type="hidden" name={`b.${i}.grid`} value={JSON.stringify(grid)} />}
      {grid?.rows.flatMap((row, r) =>
        row.map((cell, c) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: cells of a read table stay where they are
          <input key={`${r}.${c}`} type="hidden" name={`b.${i}.cell.${r}.${c}`} value={cell.text} />
        )),
      )}
    </>
  )
}
