import { isRefusal, type Refusal } from 'motcua/kernel/errors'
import { messages } from 'motcua/kernel/i18n'
import { httpStatus } from 'motcua/kernel/problem'
import { askForProcessMove, type PlanProblem, previewProcessMove } from 'motcua/modules/dossiers'
import { mayCheck } from 'motcua/modules/processes'
import { type PageContext, pageContext } from 'motcua/web/context'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { ErrorSummary, type Problem } from '../ui/error-summary'
import { useT } from '../ui/shell'
import { Title } from '../ui/title'
import { refusalText } from './acting'
import { DeskPage } from './desk-page'
import { officerOf } from './officer'
import { Done, NotDone } from './outcome'
import {
  fingerprintOf,
  type MoveEffectView,
  type MoveValues,
  mapLines,
  moveEffect,
  namesIn,
  planProblems,
  readMoveForm,
} from './process-move.view'
import { MoveEffect, MoveForm, MoveRuns, VersionChooser } from './process-move-parts'
import { type ChosenVersions, chosenVersions, moveFacts } from './process-move-source'
import styles from './processes.css?url'
import { useWatch } from './use-watch'

export const links = () => [{ rel: 'stylesheet', href: styles }]

function checkerOf(args: LoaderFunctionArgs) {
  const officer = officerOf(args)
  if (!mayCheck(officer)) throw data(null, { status: 403 })
  return officer
}

/** Moves the open dossiers of one version of a process to another: chosen, previewed, started, watched. */
export async function loader(args: LoaderFunctionArgs) {
  const page = pageContext(args)
  const officer = checkerOf(args)
  const search = new URL(args.request.url).searchParams
  const chosen = await chosenVersions(page, args.params.key ?? '', search)
  return { ...(await moveFacts(page, officer, chosen)), asked: search.has('xong') }
}

interface Answer {
  problems: Problem[]
  values?: MoveValues
  effect?: MoveEffectView
  previewed?: string
  said?: string
}

/** Previews a move, or starts the one that was previewed. */
export async function action(args: ActionFunctionArgs) {
  const page = pageContext(args)
  const officer = checkerOf(args)
  const t = messages(page.locale)
  const form = await args.request.formData()
  const values = readMoveForm(form)
  if (!values) return data<Answer>({ problems: [], said: t('processPage.problem.not-sent') }, { status: 422 })
  const key = args.params.key ?? ''
  const search = new URLSearchParams({ tu: String(values.from), sang: String(values.to) })
  const chosen = await chosenVersions(page, key, search)
  const { app, now } = page
  const changed = form.get('previewed') !== fingerprintOf(values)
  if (form.get('_action') !== 'start') return preview(page, key, values, chosen)
  if (changed) return preview(page, key, values, chosen, t('processPage.move.changedSince'))
  const asked = await askForProcessMove(app.db, officer, { ...values, key }, now)
  if (!isRefusal(asked)) {
    app.wake()
    return redirect(`/can-bo/quy-trinh/${encodeURIComponent(key)}/chuyen?${search}&xong=1`)
  }
  // What was previewed stays on the page: only a reason or a number was missing.
  const shown = await previewProcessMove(app.db, { ...values, key }, { now })
  const effect = isRefusal(shown)
    ? {}
    : { effect: effectOf(shown, chosen, page), previewed: fingerprintOf(values) }
  return data<Answer>(
    { values, ...effect, ...refusedWith(asked, values, chosen, page) },
    { status: httpStatus[asked.kind] },
  )
}

async function preview(
  page: PageContext,
  key: string,
  values: MoveValues,
  chosen: ChosenVersions,
  said?: string,
) {
  const { app, now } = page
  const found = await previewProcessMove(app.db, { ...values, key }, { now })
  if (isRefusal(found))
    return data<Answer>(
      { values, ...refusedWith(found, values, chosen, page) },
      { status: httpStatus[found.kind] },
    )
  const effect = effectOf(found, chosen, page)
  return data<Answer>({
    ...{ problems: [], values, effect, previewed: fingerprintOf(values) },
    ...(said !== undefined && { said }),
  })
}

const effectOf = (
  found: Parameters<typeof moveEffect>[0],
  { before, after }: ChosenVersions,
  { locale }: PageContext,
) => moveEffect(found, { before: namesIn(before.compiled), after: namesIn(after.compiled) }, locale)

function refusedWith(
  refused: Refusal,
  values: MoveValues,
  { before, after }: ChosenVersions,
  { locale }: PageContext,
): Pick<Answer, 'problems' | 'said'> {
  const { problems } = refused.details as { problems?: PlanProblem[] }
  if (!problems) return { problems: [], said: refusalText(refused, locale) }
  return {
    problems: planProblems(problems, mapLines(before.compiled, after.compiled, values.mapping), locale),
  }
}

export default function ProcessMovePage({ actionData }: { actionData?: Answer }) {
  const t = useT()
  const shown = useLoaderData<typeof loader>()
  const { problems = [], values, effect, previewed, said } = actionData ?? {}
  const { key, name, from, lines, choices, runs, asked, open } = shown
  const running = runs.some(({ ended }) => !ended)
  const watched = running || (asked && !actionData)
  useWatch(running)
  return (
    <DeskPage keys={[{ keys: ['X'], does: t('processPage.keys.preview') }]}>
      <Title>{`${t('processPage.move.title')}: ${name}`}</Title>
      <main id="noi-dung" className="pane proc">
        <div className="pane__head">
          <p className="tiny">
            <a href={`/can-bo/quy-trinh/${encodeURIComponent(key)}/${from}`} data-hotkey="Q">
              {t('processPage.one.title', { name, version: from })}
            </a>
          </p>
          <h1 className="desk__title">{t('processPage.move.title')}</h1>
          <p className="small soft max-w-3xl">{t('processPage.move.lead')}</p>
          {choices.length > 1 && <VersionChooser shown={shown} />}
        </div>
        {asked && !actionData && <Done>{t('processPage.move.asked')}</Done>}
        <NotDone problem={said} />
        <div className="proc__body">
          <ErrorSummary problems={problems} />
          {watched && <MoveRuns runs={runs} />}
          {effect && <MoveEffect effect={effect} />}
          {choices.length < 2 ? (
            <p>{t('processPage.move.single')}</p>
          ) : open === 0 ? (
            <p>{t('processPage.move.nothing')}</p>
          ) : (
            <MoveForm
              key={`${from} ${shown.to}`}
              shown={shown}
              lines={values ? withChosen(lines, values.mapping) : lines}
              values={values}
              problems={problems}
              previewed={previewed}
              moves={effect?.moves}
            />
          )}
          {!watched && <MoveRuns runs={runs} />}
        </div>
      </main>
    </DeskPage>
  )
}

const withChosen = <L extends { id: string; chosen: string }>(
  lines: readonly L[],
  mapping: Readonly<Record<string, string>>,
): L[] => lines.map((line) => ({ ...line, chosen: mapping[line.id] ?? '' }))
