import { messages } from 'motcua/kernel/i18n'
import type { DraftProcedure } from 'motcua/modules/changes'
import { useEffect, useState } from 'react'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { Done } from '../../desk/outcome'
import { Button } from '../../ui/button'
import { ErrorSummary } from '../../ui/error-summary'
import { Icon } from '../../ui/icon'
import { Notice } from '../../ui/notice'
import { useShell, useT } from '../../ui/shell'
import { ChangeFrame } from '../change/frame'
import { MeanwhileNotice } from '../change/meanwhile'
import { type NotSaved, saveOrSay, seenIn } from '../change/save-part'
import { changeOf } from '../studio-source'
import { ExpertJson } from './expert'
import { EditingContext, EditorField, useEditing } from './fields'
import styles from './procedure-editor.css?url'
import { type SectionSpec, sections } from './procedure-editor.spec'
import {
  answersOf,
  eligibilityAnswers,
  idOf,
  inPlace,
  type Path,
  problemsIn,
  valueAt,
  withValue,
} from './procedure-editor.view'
import { contentIn, missingIn, problemsOf } from './source'
import { said } from './words'

export const links = () => [{ rel: 'stylesheet', href: styles }]

/** The terms of a procedure: its seven mandatory parts, then everything else that is published and run. */
export async function loader(args: LoaderFunctionArgs) {
  const { frame, change, contents, editable, page } = await changeOf(args)
  const { locale } = page
  const t = messages(locale)
  return {
    ...{ frame, editable },
    draft: contents.procedure as unknown as Record<string, unknown>,
    seen: change.parts.procedure?.revision ?? 0,
    problems: problemsOf(contents.procedure, locale),
    missing: missingIn(contents.procedure),
    answers: answersOf(contents.form as never, (key) => said(locale, key), locale),
    done: new URL(args.request.url).searchParams.has('xong') ? t('procedureEditor.saved') : undefined,
  }
}

interface Answer {
  notSaved: NotSaved
  /** What was sent, as it was sent. */
  content: Record<string, unknown> | null
  seen: number
}

/** Saves what was written, finished or not; what somebody else saved meanwhile is shown beside it. */
export async function action(args: ActionFunctionArgs) {
  const studio = await changeOf(args)
  const form = await args.request.formData().catch(() => {
    throw data(null, { status: 400 })
  })
  const [seen, content] = [seenIn(form), contentIn(form)]
  const t = messages(studio.page.locale)
  if (content === null) {
    const notSaved: NotSaved = { said: t('procedureEditor.unreadable'), meanwhile: null }
    return data<Answer>({ notSaved, content, seen }, { status: 422 })
  }
  const back = new URL(args.request.url).pathname
  const { notSaved, status } = await saveOrSay(studio, {
    ...{ part: 'procedure', seen, content: content as unknown as DraftProcedure, back },
  })
  return data<Answer>({ notSaved, content, seen }, { status })
}

export default function ProcedureEditorPage({ actionData }: { actionData?: Answer }) {
  const t = useT()
  const { frame, editable, problems, missing, answers, done, ...stored } = useLoaderData<typeof loader>()
  const { locale, here } = useShell()
  const [draft, setDraft] = useState<unknown>(actionData?.content ?? stored.draft)
  const [written, setWritten] = useState(0)
  const [touched, setTouched] = useState(Boolean(actionData))
  const set = (path: Path, value: unknown) => {
    setTouched(true)
    setDraft((before: unknown) => withValue(before, path, value))
  }
  useUnsaved(touched)
  const notSaved = actionData?.notSaved
  const editing = { draft, code: frame.code, locale, editable, problems, answers, set }
  return (
    <ChangeFrame
      frame={frame}
      page="procedure"
      keys={[{ keys: ['S'], does: t('procedureEditor.keys.save') }]}
    >
      {done && !actionData && <Done>{done}</Done>}
      {!editable && <Notice tone="plain" title={t('procedureEditor.readOnly')} />}
      <Parts missing={missing} />
      {problems.length > 0 && (
        <details className="pe__problems">
          <summary>{t('procedureEditor.problems', { count: problems.length })}</summary>
          <ul>
            {problems.map(({ path, text }) => (
              <li key={path.join('.') + text}>
                <a href={`#${idOf(path)}`}>{inPlace(path, (key) => said(locale, key))}</a>: {text}
              </li>
            ))}
          </ul>
        </details>
      )}
      <form method="post" className="pe" noValidate id="thu-tuc" onSubmit={() => setTouched(false)}>
        {notSaved?.meanwhile && <MeanwhileNotice meanwhile={notSaved.meanwhile} page={here} />}
        {notSaved && !notSaved.meanwhile && (
          <ErrorSummary problems={[{ href: '#thu-tuc', text: notSaved.said }]} />
        )}
        <input type="hidden" name="seen" value={actionData?.seen ?? stored.seen} />
        <input type="hidden" name="content" value={JSON.stringify(draft)} />
        <fieldset className="pe__all" disabled={!editable} key={written}>
          <legend className="vh">{t('procedureEditor.title')}</legend>
          <EditingContext value={{ ...editing, eligibility: eligibilityAnswers(draft, locale) }}>
            {sections.map((section) => (
              <Section key={section.id} section={section} />
            ))}
          </EditingContext>
        </fieldset>
        {editable && (
          <div className="pe__save">
            <Button name="_action" value="save" hotkey="S">
              {t('procedureEditor.save')}
            </Button>
            <span className="small soft" role="status">
              {touched && t('procedureEditor.unsaved')}
            </span>
          </div>
        )}
      </form>
      <ExpertJson
        draft={draft}
        editable={editable}
        write={(next) => {
          setTouched(true)
          setDraft(next)
          setWritten((times) => times + 1)
        }}
      />
    </ChangeFrame>
  )
}

/** A group of fields; what is rarely written is folded away. */
function Section({ section: { id, mandatory, fields, rare } }: { section: SectionSpec }) {
  const t = useT()
  const { locale, problems, draft } = useEditing()
  const title = said(locale, `section.${id}`)
  const body = fields.map((field) => <EditorField key={field.key} spec={field} path={[field.key]} />)
  // Opened once when it says something, or has something to mend; then people open and close it.
  const [isOpen] = useState(() =>
    fields.some(({ key }) => problemsIn(problems, [key]).length > 0 || isSaid(valueAt(draft, [key]))),
  )
  return (
    <section className="pe__section" id={`muc-${id}`} aria-labelledby={`muc-${id}-t`}>
      <h2 id={`muc-${id}-t`}>
        {title}
        {mandatory.length > 0 && <span className="pe__must">{t('procedureEditor.mandatory')}</span>}
      </h2>
      {rare ? (
        <details className="pe__rare" open={isOpen || undefined}>
          <summary>{t('procedureEditor.rare')}</summary>
          <div className="pe__folded">{body}</div>
        </details>
      ) : (
        body
      )}
    </section>
  )
}

const isSaid = (value: unknown) => (Array.isArray(value) ? value.length > 0 : value != null)

/** Asks before what was written is left behind. */
function useUnsaved(touched: boolean): void {
  useEffect(() => {
    if (!touched) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [touched])
}

const mandatory = ['name', 'steps', 'channels', 'components', 'limit', 'subjects', 'executing'] as const
const place = { channels: 'cases', limit: 'cases' } as const

/** The seven parts without which nothing is published, each done or missing, each a link to where it is written. */
function Parts({ missing }: { missing: readonly string[] }) {
  const t = useT()
  return (
    <nav className="pe__parts" aria-label={t('procedureEditor.parts')}>
      <h2>{t('procedureEditor.parts')}</h2>
      <ol>
        {mandatory.map((part) => {
          const isMissing = missing.includes(part)
          return (
            <li key={part} className={isMissing ? 'pe__part pe__part--missing' : 'pe__part'}>
              <Icon name={isMissing ? 'circle-dashed' : 'circle-check'} />
              <a href={`#muc-${part in place ? place[part as keyof typeof place] : part}`}>
                {t(`catalogue.part.${part}`)}
              </a>
              {isMissing && <span className="small"> {t('procedureEditor.missing')}</span>}
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
