import { messages } from 'motcua/kernel/i18n'
import { readJson } from 'motcua/kernel/read-json'
import { baseContents, type Contents, PackageCase } from 'motcua/modules/changes'
import type { PlaceChoices } from 'motcua/modules/forms'
import {
  type ActionFunctionArgs,
  createContext,
  data,
  type LoaderFunctionArgs,
  useLoaderData,
} from 'react-router'
import { Done, NotDone } from '../../desk/outcome'
import { LivePage, useLiveForm } from '../../portal/filing/live-page'
import { Button, LinkAction } from '../../ui/button'
import { ErrorSummary, type Problem } from '../../ui/error-summary'
import { useT } from '../../ui/shell'
import { ChangeFrame } from '../change/frame'
import { MeanwhileNotice } from '../change/meanwhile'
import { type NotSaved, saveOrSay, seenIn } from '../change/save-part'
import { changeOf, type StudioChange } from '../studio-source'
import { CaseAnswers, CaseFacts, CaseOutcome } from './case-form'
import { chosen, notAsShown, readHead, wishedSteps } from './case-head'
import { type CaseTools, caseAt, caseTools, drawCase, readCase, tried, withCase } from './case-source'
import { caseView } from './case-view-source'
import styles from './cases.css?url'

export const links = () => [{ rel: 'stylesheet', href: styles }]

/** What a posted page came to, for the loader of the same request to draw. */
interface Posted {
  test: PackageCase
  was: string
  editing: string[]
  choices: PlaceChoices
  /** What was tried, when it was tried with other steps than those stated. */
  wished: string[] | undefined
  ran: boolean
  problems: Problem[]
  notSaved: NotSaved | null
}

const posted = createContext<Posted | null>(null)

/** One test case: who answers what, and what comes out. */
export async function loader(args: LoaderFunctionArgs) {
  const studio = await changeOf(args)
  const { page, change, contents, editable, frame } = studio
  const place = String(args.params.place)
  const stored = caseAt(studio, place)
  const came = args.context.get(posted)
  const test = came?.test ?? stored
  const base = { frame, editable, place, seen: change.parts.tests?.revision ?? 0 }
  const saved = !came && new URL(args.request.url).searchParams.get('xong') === 'saved'
  const tools = await caseTools(studio)
  if (!test || !tools.form) return { ...base, saved, view: null, drawn: null, came: null }
  const open = { test, was: came?.was ?? test.name.vi, editing: came?.editing ?? [] }
  const outcome = await tried(tools, test, came?.wished)
  const drawn = await drawCase({ ...tools, form: tools.form }, open, {
    // What is refused is told with the results; beside the questions only once it was tried.
    problems: (came?.ran && outcome?.problems) || [],
    choices: came?.choices ?? {},
  })
  const before = change.base.procedure === null ? null : await baseContents(page.app.db, change)
  const view = await caseView(tools, { open, outcome, contents: { before, after: contents } })
  return {
    ...base,
    saved,
    view,
    drawn,
    came: came && { ran: came.ran, problems: came.problems, notSaved: came.notSaved },
  }
}

/** Tries what was entered, or saves it; whatever is not saved is shown again as it was typed. */
export async function action(args: ActionFunctionArgs) {
  const studio = await changeOf(args)
  const form = await args.request.formData()
  const tools = await caseTools(studio)
  const drawnCase = drawnIn(form)
  if (!drawnCase || !tools.form) throw data(null, { status: 400 })
  const { locale } = studio.page
  const head = readHead(form, drawnCase, locale)
  const { test, choices } = await readCase({ ...tools, form: tools.form }, drawnCase, head.test, form)
  // Keeping one's own over what somebody saved meanwhile names its revision and no act.
  const act = String(form.get('_action') ?? 'save')
  const state: Posted = {
    ...{ test, choices, was: String(form.get('was') ?? ''), wished: wishedSteps(form) },
    editing: editingIn(form, act),
    ran: act === 'run',
    problems: head.problems,
    notSaved: null,
  }
  const saves = act === 'save'
  const status =
    saves && head.problems.length === 0 ? await save(studio, tools, form, state, args.params.place) : 200
  args.context.set(posted, state)
  return data(null, { status: head.problems.length > 0 ? 422 : status })
}

async function save(
  studio: StudioChange,
  tools: CaseTools,
  form: FormData,
  state: Posted,
  place: string | undefined,
): Promise<number> {
  const outcome = await tried(tools, state.test, state.wished)
  const moved = outcome ? notAsShown(form, outcome.came) : []
  if (moved.length > 0) {
    const t = messages(studio.page.locale)
    state.problems = [{ href: '#ket-qua', text: t('cases.moved') }]
    return 422
  }
  const expect = outcome ? chosen(form, state.test.expect, outcome.came) : state.test.expect
  const test = { ...state.test, expect }
  const at = Number(place) - 1
  const content = withCase(studio.contents.tests, at, { ...state, test }) as Contents['tests']
  const back = `/thiet-ke/thay-doi/${studio.change.id}/kiem-thu/${place}`
  const { notSaved, status } = await saveOrSay(studio, { part: 'tests', seen: seenIn(form), content, back })
  state.notSaved = notSaved
  return status
}

const drawnIn = (form: FormData): PackageCase | undefined =>
  PackageCase.safeParse(readJson(String(form.get('case') ?? ''))).data

function editingIn(form: FormData, act: string): string[] {
  const before = form.getAll('editing').map(String)
  return [...new Set([...before, ...(act.startsWith('edit:') ? [act.slice(5)] : [])])].slice(0, 100)
}

export default function StudioCase() {
  const t = useT()
  const { frame, editable, place, seen, saved, view, drawn, came } = useLoaderData<typeof loader>()
  useLiveForm()
  const list = `/thiet-ke/thay-doi/${frame.id}/kiem-thu`
  const { notSaved = null, problems = [] } = came ?? {}
  return (
    <ChangeFrame frame={frame} page="tests" keys={[{ keys: ['S'], does: t('studio.keys.save') }]}>
      <p>
        <LinkAction href={list} icon="chevron-left" small>
          {t('cases.all')}
        </LinkAction>
      </p>
      {saved && <Done>{t('studio.done.saved')}</Done>}
      <ErrorSummary problems={problems} />
      <NotDone problem={notSaved?.said} />
      {!view || !drawn ? (
        <p>
          {t('cases.notDrawn')} <a href={`/thiet-ke/thay-doi/${frame.id}`}>{t('studio.tests.whatToMend')}</a>
        </p>
      ) : (
        <form method="post" encType="multipart/form-data" className="case" noValidate>
          {/* The first button is what Enter presses: it tries, and never saves by accident. */}
          <button type="submit" name="_action" value="run" className="vh" tabIndex={-1} aria-hidden="true">
            {t('cases.run')}
          </button>
          <input type="hidden" name="case" value={view.json} />
          <input type="hidden" name="was" value={view.was} />
          {view.editing.map((path) => (
            <input key={path} type="hidden" name="editing" value={path} />
          ))}
          {notSaved?.meanwhile ? (
            <MeanwhileNotice
              meanwhile={notSaved.meanwhile}
              theirs={t('cases.theirs', { names: namesOf(notSaved.meanwhile.content) })}
              page={`${list}/${place}`}
            />
          ) : (
            <input type="hidden" name="seen" value={seen} />
          )}
          <LivePage form={drawn.live} />
          <div className="case__two">
            <fieldset className="case__what" disabled={!editable}>
              <CaseFacts view={view} />
              <CaseAnswers view={view} drawn={drawn} />
            </fieldset>
            <aside className="case__side" id="ket-qua">
              <p className="btn-row">
                <Button kind="second" size="small" name="_action" value="run">
                  {t('cases.run')}
                </Button>
                {editable && (
                  <Button size="small" hotkey="S" name="_action" value="save">
                    {t('cases.save')}
                  </Button>
                )}
              </p>
              <CaseOutcome view={view} editable={editable} />
            </aside>
          </div>
        </form>
      )}
    </ChangeFrame>
  )
}

const namesOf = (content: unknown): string =>
  (Array.isArray(content) ? content : [])
    .map((each) => each?.name?.vi)
    .filter((name) => typeof name === 'string')
    .join(', ')
