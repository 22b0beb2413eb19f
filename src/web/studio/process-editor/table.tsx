import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useFetcher } from 'react-router'
import { Button } from '../../ui/button'
import type { Problem } from '../../ui/error-summary'
import { Notice } from '../../ui/notice'
import { useT } from '../../ui/shell'
import { CheckPanel, TotalLine, TotalPanel } from './check'
import { PastePanel, PastePreview } from './paste'
import {
  actNamed,
  afterAct,
  appended,
  type RowDraft,
  refusesAtOnce,
  type TableAct,
  type TableDraft,
} from './process-editor.view'
import { FixedRows, RowEditor, type RowEvents } from './row'
import type { EditorView, PastedView } from './source'

interface Given {
  view: EditorView
  here: string
  /** What stands in the table: as it is drafted, or as it was typed. */
  draft: TableDraft | null
  pasted: PastedView | undefined
  problems: readonly Problem[]
  /** The revision that the page had when it was opened. */
  seen: number
  children: ReactNode
}

/** The step table with everything around it; what cannot be a table says why and is shown as it is drawn. */
export function TableView(given: Given) {
  const { view, draft } = given
  const t = useT()
  if (draft && view.editable) return <TableEditor {...given} draft={draft} />
  return (
    <>
      {view.richer.length > 0 && (
        <Notice title={t('processEditor.richer.title')}>
          <ul className="studio__list">
            {view.richer.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </Notice>
      )}
      {draft && <FixedRows rows={draft.rows} />}
      {draft && <TotalPanel table={draft} limits={view.limits} />}
      <CheckPanel checked={view.checked} />
    </>
  )
}

const checkAfterMs = 500

function TableEditor({ view, here, draft, pasted, problems, seen, children }: Given & { draft: TableDraft }) {
  const t = useT()
  const [table, setTable] = useState(draft)
  const [said, setSaid] = useState('')
  const form = useRef<HTMLFormElement>(null)
  const [read, readPasted, dropPasted] = usePasted(pasted, here)
  const checked = useChecked(table, form, here)
  const focus = useFocus()
  const words = {
    draft: t('processEditor.refusal.draft'),
    sign: t('processEditor.refusal.sign'),
    issue: t('processEditor.refusal.issue'),
  }
  const act = (done: TableAct) => {
    setTable((now) => ({ ...now, rows: afterAct(now.rows, done, words) }))
    setSaid(spoken(done, table.rows, t))
    if (done.do === 'add') focus(`row-${done.at}-name`)
    if (done.do === 'remove') focus(table.rows.length > 1 ? `row-${Math.max(0, done.at - 1)}-name` : 'them')
    if (done.do === 'up' && done.at > 0) focus(`row-${done.at - 1}-name`)
    if (done.do === 'down' && done.at < table.rows.length - 1) focus(`row-${done.at + 1}-name`)
  }
  const events: RowEvents = {
    act,
    change: (at, row) => setTable((now) => ({ ...now, rows: now.rows.with(at, row) })),
  }
  const take = (how: 'take' | 'append') => {
    if (!read) return
    setTable((now) => (how === 'take' ? read : { ...now, rows: appended(now.rows, read.rows) }))
    setSaid(t('processEditor.paste.taken', { count: read.rows.length }))
    dropPasted()
    focus('bang')
  }
  return (
    <form
      ref={form}
      method="post"
      action={here}
      className="steps-form"
      noValidate
      onSubmit={(event) =>
        pressed(event.nativeEvent as SubmitEvent, { act, take, readPasted, dropPasted }, form.current)
      }
    >
      {children}
      <input type="hidden" name="seen" value={seen} />
      <input type="hidden" name="rows" value={table.rows.length} />
      {/* The key Enter in a box saves; it never moves or removes a row. */}
      <button type="submit" name="_action" value="save" className="vh" tabIndex={-1} aria-hidden="true" />
      <p className="small soft max-w-3xl">{t('processEditor.lead')}</p>
      <PastePanel />
      {read && <PastePreview read={read} hasRows={table.rows.length > 0} />}
      <section id="bang" tabIndex={-1} aria-labelledby="bang-h" className="steps-table">
        <h2 id="bang-h">{t('processEditor.table.caption')}</h2>
        <p className="studio__note">
          {t('processEditor.table.inside')} {t('processEditor.act.keys')}
        </p>
        <p role="status" className="small">
          {said}
        </p>
        {table.rows.length === 0 && <p className="soft">{t('processEditor.table.empty')}</p>}
        <ol className="step-rows">
          {table.rows.map((row, i) => (
            <RowEditor key={row.id} {...{ row, i, rows: table.rows, events, problems }} />
          ))}
        </ol>
        <p className="btn-row mt-3">
          <Button
            id="them"
            kind="second"
            size="small"
            icon="plus"
            name="_action"
            value={`add-${table.rows.length}`}
          >
            {t('processEditor.act.add')}
          </Button>
        </p>
        {refusesAtOnce(table.rows) && (
          <Notice title={t('processEditor.act.refusalWhy')}>
            <p className="btn-row">
              <Button kind="second" size="small" name="_action" value="refusal">
                {t('processEditor.act.refusal')}
              </Button>
            </p>
          </Notice>
        )}
      </section>
      <TotalPanel
        table={table}
        limits={view.limits}
        change={(name, value) => setTable((now) => ({ ...now, [name]: value }))}
      />
      <div className="steps-bar">
        <Button name="_action" value="save" hotkey="S">
          {t('processEditor.save')}
        </Button>
        <TotalLine table={table} limits={view.limits} />
      </div>
      <p className="studio__note">{t('processEditor.table.redraw')}</p>
      <CheckPanel checked={checked.answer ?? view.checked} busy={checked.busy} rows={table.rows} />
    </form>
  )
}

type Acts = {
  act(done: TableAct): void
  take(how: 'take' | 'append'): void
  readPasted(pasted: { html: string; text: string }): void
  dropPasted(): void
}

/** What the server would answer to a button is done here at once, where there is a script. */
function pressed(event: SubmitEvent, acts: Acts, form: HTMLFormElement | null): void {
  const name = (event.submitter as HTMLButtonElement | null)?.value ?? ''
  const act = actNamed(name)
  if (act) acts.act(act)
  else if (name === 'take' || name === 'append') acts.take(name)
  else if (name === 'drop') acts.dropPasted()
  else if (name === 'read' && form) {
    const data = new FormData(form)
    acts.readPasted({ html: String(data.get('html') ?? ''), text: String(data.get('text') ?? '') })
  } else return
  event.preventDefault()
}

function spoken(done: TableAct, rows: readonly RowDraft[], t: ReturnType<typeof useT>): string {
  if (done.do === 'refusal') return t('processEditor.paste.taken', { count: 3 })
  const name = rows[done.at]?.name ?? ''
  if (done.do === 'add') return t('processEditor.act.added', { number: done.at + 1 })
  if (done.do === 'remove') return t('processEditor.act.removed', { name })
  const number = done.do === 'up' ? Math.max(1, done.at) : Math.min(rows.length, done.at + 2)
  return t('processEditor.act.moved', { name, number })
}

/** What was pasted anywhere on the page, read by the server. */
function usePasted(pasted: PastedView | undefined, here: string) {
  const reader = useFetcher<{ pasted?: PastedView }>({ key: 'read-table' })
  const [read, setRead] = useState(pasted)
  useEffect(() => {
    if (reader.data?.pasted) setRead(reader.data.pasted)
  }, [reader.data])
  useEffect(() => {
    if (read) document.getElementById('da-dan')?.focus()
  }, [read])
  const ask = (given: { html: string; text: string }) =>
    void reader.submit(
      { _action: 'read', ...given },
      { method: 'post', action: here, encType: 'multipart/form-data' },
    )
  const latest = useRef(ask)
  latest.current = ask
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const html = tableIn(event.clipboardData?.getData('text/html') ?? '')
      const text = event.clipboardData?.getData('text/plain') ?? ''
      // What is no table goes where the cursor is, as everywhere.
      if (html === '' && !/\t/.test(text)) return
      event.preventDefault()
      latest.current({ html, text })
    }
    document.addEventListener('paste', onPaste)
    return () => document.removeEventListener('paste', onPaste)
  }, [])
  return [read, ask, () => setRead(undefined)] as const
}

/** The tables of what Word copied, without the pages of styles before them. */
function tableIn(html: string): string {
  const from = html.search(/<table[\s>]/i)
  const to = html.toLowerCase().lastIndexOf('</table>')
  return from >= 0 && to > from ? html.slice(from, to + 8) : ''
}

/** Asks the server what it thinks of the table as it stands, a moment after the last change. */
function useChecked(table: TableDraft, form: React.RefObject<HTMLFormElement | null>, here: string) {
  const checker = useFetcher<{ checked?: EditorView['checked'] }>({ key: 'check-table' })
  const first = useRef(true)
  const ask = () => {
    if (!form.current) return
    const data = new FormData(form.current)
    for (const name of ['html', 'text', 'pasted']) data.delete(name)
    data.set('_action', 'check')
    void checker.submit(data, { method: 'post', action: here, encType: 'multipart/form-data' })
  }
  const latest = useRef(ask)
  latest.current = ask
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again whenever the table changes
  useEffect(() => {
    if (first.current) {
      first.current = false
      return
    }
    const timer = setTimeout(() => latest.current(), checkAfterMs)
    return () => clearTimeout(timer)
  }, [table])
  return { answer: checker.data?.checked, busy: checker.state !== 'idle' }
}

/** Puts the cursor into an element once it stands on the page. */
function useFocus(): (id: string) => void {
  const wanted = useRef<string>('')
  useEffect(() => {
    if (wanted.current === '') return
    document.getElementById(wanted.current)?.focus()
    wanted.current = ''
  })
  return (id) => {
    wanted.current = id
  }
}
