import { isRefusal } from 'motcua/kernel/errors'
import { messages } from 'motcua/kernel/i18n'
import {
  answeredAt,
  answerObjection,
  leadsAt,
  type Objection,
  type OfficerFigureKey,
  toAnswer,
} from 'motcua/modules/indicators'
import { type PageContext, pageContext } from 'motcua/web/context'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { Button } from '../ui/button'
import { TextArea } from '../ui/fields'
import { Notice } from '../ui/notice'
import { useT } from '../ui/shell'
import { StateTag } from '../ui/state'
import { Title } from '../ui/title'
import { refusalText } from './acting'
import { DeskPage } from './desk-page'
import { officerNames } from './names'
import { officerOf } from './officer'
import { Done, NotDone } from './outcome'
import { clock, day } from './own-figures-source'

const path = '/can-bo/y-kien-so-lieu'

/** What officers of the places that this one leads object to, and what was answered; for heads and leaders alone. */
export async function loader(args: LoaderFunctionArgs) {
  const page = pageContext(args)
  const officer = officerOf(args)
  if (leadsAt(officer).length === 0) throw data(null, { status: 403 })
  const [open, past] = await Promise.all([toAnswer(page.app.db, officer), answeredAt(page.app.db, officer)])
  const names = await officerNames(page, [
    ...[...open, ...past].map((each) => each.officer),
    ...past.flatMap(({ answeredBy }) => answeredBy ?? []),
  ])
  const done = new URL(args.request.url).searchParams.get('xong') === '1'
  return {
    open: open.map((each) => rowOf(each, names, page.now)),
    past: past.map((each) => rowOf(each, names, page.now)),
    done: done ? messages(page.locale)('officerFigures.answer.done') : null,
  }
}

const rowOf = (each: Objection, names: Readonly<Record<string, string>>, now: Date) => ({
  ...{ id: each.id, figure: each.figure as OfficerFigureKey, n: each.n, d: each.d },
  ...{ dossier: each.dossier, words: each.words, agreed: each.agreed, answer: each.answer },
  ...{ who: names[each.officer] ?? each.officer, by: names[each.answeredBy ?? ''] ?? '' },
  ...{ from: day(each.from), to: day(each.to), madeAt: clock(each.madeAt) },
  ...{
    answerBy: each.answerBy && clock(each.answerBy),
    answeredAt: each.answeredAt && clock(each.answeredAt),
  },
  isLate: each.answerBy !== null && each.answerBy < now.toISOString(),
})
type Row = ReturnType<typeof rowOf>

/** Answers an objection; a refusal keeps what was typed. */
export async function action(args: ActionFunctionArgs) {
  const page = pageContext(args)
  officerOf(args)
  const form = await args.request.formData()
  const typed = { id: String(form.get('id') ?? ''), answer: String(form.get('answer') ?? '') }
  const outcome = await answer(page, typed, form.get('_action') === 'agree')
  if (isRefusal(outcome)) return data({ problem: refusalText(outcome, page.locale), typed }, { status: 422 })
  return redirect(`${path}?xong=1`)
}

const answer = ({ app, actor, now }: PageContext, typed: { id: string; answer: string }, agreed: boolean) =>
  answerObjection({ db: app.db, baseUrl: app.config.baseUrl, now }, actor, { ...typed, agreed })

interface Posted {
  problem: string
  typed: { id: string; answer: string }
}

export default function Objections({ actionData }: { actionData?: Posted }) {
  const t = useT()
  const { open, past, done } = useLoaderData<typeof loader>()
  return (
    <DeskPage>
      <Title>{t('officerFigures.answer.title')}</Title>
      <main id="noi-dung" className="pane pane--page">
        <div className="pane__head">
          <h1 className="desk__title">{t('officerFigures.answer.title')}</h1>
          <p className="small soft max-w-3xl">{t('officerFigures.answer.lead')}</p>
        </div>
        {done && !actionData && <Done>{done}</Done>}
        <NotDone problem={actionData?.problem} />
        {open.length === 0 && (
          <div className="pane__part">
            <Notice tone="ok" title={t('officerFigures.answer.none')} />
          </div>
        )}
        {open.map((row) => (
          <div key={row.id} className="pane__part">
            <Open row={row} typed={actionData?.typed.id === row.id ? actionData.typed.answer : ''} />
          </div>
        ))}
        <div className="pane__part">
          <h2>{t('officerFigures.answer.past')}</h2>
          {past.length === 0 && <p className="soft">{t('officerFigures.answer.nonePast')}</p>}
          <ul>
            {past.map((row) => (
              <li key={row.id} className="mt-5">
                <Said row={row} />
                <p>
                  <StateTag state={row.agreed ? 'ok' : 'info'}>
                    {t(row.agreed ? 'officerFigures.own.agreed' : 'officerFigures.own.kept')}
                  </StateTag>{' '}
                  {row.answer}
                </p>
                <p className="small soft">
                  {t('officerFigures.answer.by', { name: row.by, at: row.answeredAt ?? '' })}
                </p>
              </li>
            ))}
          </ul>
        </div>
      </main>
    </DeskPage>
  )
}

/** Who objects to which figure, in their own words. */
function Said({ row: { who, figure, n, d, from, to, dossier, words } }: { row: Row }) {
  const t = useT()
  return (
    <>
      <p>
        <b>{t('officerFigures.answer.of', { name: who, figure: t(`officerFigures.figure.${figure}`) })}</b>
        <br />
        <span className="small soft">{t('officerFigures.answer.was', { n, d, from, to })}</span>
      </p>
      {dossier && (
        <p>
          {t('officerFigures.answer.dossier')}: <a href={`/can-bo/ho-so/${dossier}`}>{dossier}</a>
        </p>
      )}
      <blockquote className="max-w-3xl">“{words}”</blockquote>
    </>
  )
}

function Open({ row, typed }: { row: Row; typed: string }) {
  const t = useT()
  const { id, who, dossier, madeAt, answerBy, isLate } = row
  return (
    <form method="post" action={path} className="powers__form" aria-label={who}>
      <input type="hidden" name="id" value={id} />
      <Said row={row} />
      <p className="small">
        {t('officerFigures.answer.made', { at: madeAt })}
        {answerBy && (
          <>
            {' · '}
            <StateTag state={isLate ? 'bad' : 'info'}>
              {t(isLate ? 'officerFigures.answer.late' : 'officerFigures.answer.due', { at: answerBy })}
            </StateTag>
          </>
        )}
      </p>
      {!dossier && <p className="small soft">{t('officerFigures.answer.noDossier')}</p>}
      <TextArea
        id={`answer-${id}`}
        name="answer"
        label={t('officerFigures.answer.words')}
        defaultValue={typed}
        maxLength={2000}
      />
      <p className="btn-row mt-5">
        <Button name="_action" value="agree">
          {t(dossier ? 'officerFigures.answer.agreeOut' : 'officerFigures.answer.agree')}
        </Button>
        <Button name="_action" value="keep" kind="second">
          {t('officerFigures.answer.keep')}
        </Button>
      </p>
    </form>
  )
}
