import { isRefusal, type Refusal } from 'motcua/kernel/errors'
import { messages } from 'motcua/kernel/i18n'
import { httpStatus } from 'motcua/kernel/problem'
import {
  mayCheck,
  mayPublish,
  publicationFacts,
  publishProcess,
  type StatementProblem,
} from 'motcua/modules/processes'
import { type PageContext, pageContext } from 'motcua/web/context'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { ErrorSummary, type Problem } from '../ui/error-summary'
import { useT } from '../ui/shell'
import { Title } from '../ui/title'
import { refusalText } from './acting'
import { DeskPage } from './desk-page'
import { officerOf } from './officer'
import { NotDone } from './outcome'
import { readStated, type StatedValues, statedProblems } from './process-import.view'
import { CheckedModel, FileForm } from './process-import-parts'
import { type CheckedFile, checkedFile, fileIn, packed } from './process-import-source'
import styles from './processes.css?url'

export const links = () => [{ rel: 'stylesheet', href: styles }]

/** Puts a drawing to the test, shows what it would be, and publishes it by a decision. */
export async function loader(args: LoaderFunctionArgs) {
  const page = pageContext(args)
  return { mayPublish: await mayPublish(page.app.db, checkerOf(args)) }
}

function checkerOf(args: LoaderFunctionArgs) {
  const officer = officerOf(args)
  if (!mayCheck(officer)) throw data(null, { status: 403 })
  return officer
}

interface Answer {
  problems: Problem[]
  checked?: CheckedFile
  values?: StatedValues
  /** Why nothing was published though nothing is to be mended in the form. */
  said?: string
}

/** Checks a file, or publishes the one that was previewed; what is refused shows the page again with everything kept. */
export async function action(args: ActionFunctionArgs) {
  const page = pageContext(args)
  const officer = checkerOf(args)
  const form = await args.request.formData().catch(() => {
    throw data(null, { status: 400 })
  })
  const file = await fileIn(form, page)
  if ('problem' in file) return data<Answer>({ problems: [file.problem] }, { status: 422 })
  const values = readStated(form)
  const publishing = form.get('_action') === 'publish'
  if (!publishing || form.get('packed') !== packed(file.xml)) {
    const said = publishing ? { said: messages(page.locale)('processPage.problem.changed-since') } : {}
    return answer(await checkedFile(page, file), { values, ...said })
  }
  const { app, now } = page
  const { validFrom, decisionNumber, decisionOn, reason } = values
  const decision = { number: decisionNumber, on: decisionOn }
  const published = await publishProcess(
    officer,
    { xml: file.xml, validFrom, decision, reason, seen: Number(form.get('seen')) },
    { db: app.db, facts: await publicationFacts(app.db, now), now, wake: app.wake },
  )
  if (!isRefusal(published))
    return redirect(
      `/can-bo/quy-trinh/${encodeURIComponent(published.key)}/${published.version}?xong=cong-bo`,
    )
  const refused = refusedWith(published, page)
  return data<Answer>(
    { problems: [], ...refused, checked: await checkedFile(page, file), values },
    { status: httpStatus[published.kind] },
  )
}

const answer = (checked: CheckedFile, more: Omit<Answer, 'problems' | 'checked'>) =>
  data<Answer>({ problems: [], checked, ...more }, { status: checked.problems.length > 0 ? 422 : 200 })

function refusedWith(refused: Refusal, { locale }: PageContext): Partial<Answer> {
  const { problems } = refused.details as { problems?: StatementProblem[] }
  if (refused.code === 'processPage.invalid' && problems)
    return { problems: statedProblems(problems, locale) }
  return { said: refusalText(refused, locale) }
}

export default function ProcessImportPage({ actionData }: { actionData?: Answer }) {
  const t = useT()
  const shown = useLoaderData<typeof loader>()
  const { problems = [], checked, values, said } = actionData ?? {}
  return (
    <DeskPage keys={[{ keys: ['X'], does: t('processPage.keys.check') }]}>
      <Title>{t('processPage.import.title')}</Title>
      <main id="noi-dung" className="pane proc">
        <div className="pane__head">
          <p className="tiny">
            <a href="/can-bo/quy-trinh" data-hotkey="Q">
              {t('processPage.one.back')}
            </a>
          </p>
          <h1 className="desk__title">{t('processPage.import.title')}</h1>
          <p className="small soft max-w-3xl">{t('processPage.import.lead')}</p>
        </div>
        <NotDone problem={said} />
        <div className="proc__body">
          <ErrorSummary problems={problems} />
          <FileForm problems={problems} again={checked !== undefined} />
          {checked && (
            <CheckedModel
              key={checked.fileName}
              checked={checked}
              mayPublish={shown.mayPublish}
              values={values}
              problems={problems}
            />
          )}
        </div>
      </main>
    </DeskPage>
  )
}
