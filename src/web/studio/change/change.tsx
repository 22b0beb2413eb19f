import { isRefusal, type Outcome } from 'motcua/kernel/errors'
import { messages } from 'motcua/kernel/i18n'
import { httpStatus } from 'motcua/kernel/problem'
import { dateOfLaw } from 'motcua/kernel/time'
import type { ProcedureChange } from 'motcua/modules/changes'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { Done } from '../../desk/outcome'
import { ErrorSummary, type Problem } from '../../ui/error-summary'
import { useT } from '../../ui/shell'
import { statedTexts } from '../start.view'
import { changeOf } from '../studio-source'
import { Acts, type ActValues } from './acts'
import { actOn, isDone, moveBackText, readAct } from './acts-source'
import { ChangeFrame } from './frame'
import { Burden, Parts, Ready, Record, Why } from './parts'
import { overviewOf } from './source'

/** One change: why, how far it is, whether it would run, what can be done with it now, and its record. */
export async function loader(args: LoaderFunctionArgs) {
  const studio = await changeOf(args)
  const done = new URL(args.request.url).searchParams.get('xong')
  return {
    frame: studio.frame,
    ...(await overviewOf(studio)),
    today: dateOfLaw(studio.page.now),
    moveBack: await moveBackText(studio),
    done: isDone(done) ? messages(studio.page.locale)(`studio.done.${done}`) : undefined,
  }
}

interface Answer {
  problems: Problem[]
  values: ActValues
}

/** Hands in, reviews, publishes, takes back or gives up; a refusal is told on the same page. */
export async function action(args: ActionFunctionArgs) {
  const studio = await changeOf(args)
  const { values, named } = readAct(await args.request.formData())
  if (!named) throw data(null, { status: 400 })
  const outcome: Outcome<ProcedureChange> = await actOn(studio, named, values)
  if (!isRefusal(outcome))
    return redirect(`/thiet-ke/thay-doi/${outcome.id}?xong=${named === 'roll-back' ? 'start' : named}`)
  const problems = statedTexts(outcome, studio.page.locale)
  return data<Answer>({ problems, values }, { status: httpStatus[outcome.kind] })
}

export default function StudioChangePage({ actionData }: { actionData?: Answer }) {
  const t = useT()
  const { frame, done, today, ...shown } = useLoaderData<typeof loader>()
  const problems = actionData?.problems ?? []
  return (
    <ChangeFrame frame={frame} page="overview">
      {done && !actionData && <Done>{done}</Done>}
      <ErrorSummary problems={problems} title={problems.length > 0 ? t('changes.invalid') : undefined} />
      <Why {...shown} />
      <Burden burden={shown.burden} />
      {shown.ready && <Ready id={shown.id} ready={shown.ready} />}
      <Acts {...{ ...shown, today, problems, values: actionData?.values }} />
      <Parts parts={shown.parts} />
      <Record record={shown.record} />
    </ChangeFrame>
  )
}
