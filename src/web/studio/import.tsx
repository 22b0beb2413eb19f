import { isRefusal } from 'motcua/kernel/errors'
import { messages } from 'motcua/kernel/i18n'
import { httpStatus } from 'motcua/kernel/problem'
import { readJsonObject } from 'motcua/kernel/read-json'
import { dateOfLaw } from 'motcua/kernel/time'
import { findVersion, mostImported, readRecords } from 'motcua/modules/catalogue'
import { startChange } from 'motcua/modules/changes'
import { type PageContext, pageContext } from 'motcua/web/context'
import {
  type ActionFunctionArgs,
  data,
  Form,
  type LoaderFunctionArgs,
  redirect,
  useLoaderData,
} from 'react-router'
import { refusalText } from '../desk/acting'
import { Button } from '../ui/button'
import { ErrorSummary, type Problem } from '../ui/error-summary'
import { Field } from '../ui/fields'
import { useT } from '../ui/shell'
import { chosenFile } from './chosen-file'
import { FileInput } from './file-input'
import { type RecordLine, type ReportView, reportView, type TraitLine } from './import-source'
import { StudioPage } from './studio-page'
import { studioOfficer } from './studio-source'

/** Where records of other systems are read, looked at, and taken over as drafts. */
export async function loader(args: LoaderFunctionArgs) {
  const { powers } = await studioOfficer(args)
  if (!powers.edit) throw data(null, { status: 403 })
  return { on: dateOfLaw(pageContext(args).now) }
}

interface Answer {
  problems: Problem[]
  report?: ReportView
}

const refuse = (text: string, status: number) =>
  data<Answer>({ problems: [{ href: '#tep', text }] }, { status })

/** Reads a file and tells what is in it, or begins a change from one of its records. */
export async function action(args: ActionFunctionArgs) {
  const { page, officer } = await studioOfficer(args)
  const t = messages(page.locale)
  const form = await args.request.formData().catch(() => {
    throw data(null, { status: 400 })
  })
  if (form.get('_action') === 'draft') return draft(page, officer, form)
  const said = { tooLarge: t('exchange.too-large', { limitMb: 20 }), missing: t('exchange.chooseFile') }
  const chosen = await chosenFile(form, { most: mostImported, ...said })
  if ('text' in chosen) return refuse(chosen.text, chosen.status)
  const report = readRecords(chosen.bytes, dateOfLaw(page.now))
  if (isRefusal(report)) return refuse(refusalText(report, page.locale), httpStatus[report.kind])
  return data<Answer>({ problems: [], report: await reportView(page, report) })
}

async function draft(page: PageContext, officer: Parameters<typeof startChange>[0], form: FormData) {
  const { app, now, locale } = page
  const procedure = readJsonObject(String(form.get('procedure') ?? ''))
  const code = String(procedure?.procedureCode ?? '')
  if (!procedure) throw data(null, { status: 400 })
  const here = await findVersion(app.db, code, dateOfLaw(now))
  const { formKey, processKey } = here ?? procedure
  // An amendment keeps the form and the process that the procedure runs on.
  const content = { ...procedure, formKey, processKey }
  const stated = {
    code,
    kind: here ? 'amend' : 'new',
    title: String(procedure.name).slice(0, 200),
    // What it was read from is kept with the procedure; a reason is for people.
    reason: messages(locale)('exchange.reason', { code }),
  }
  const parts = { db: app.db, now, wake: app.wake, contents: { procedure: content as never } }
  const begun = await startChange(officer, stated, parts)
  if (isRefusal(begun)) return refuse(refusalText(begun, locale), httpStatus[begun.kind])
  return redirect(`/thiet-ke/thay-doi/${begun.id}?xong=start`)
}

export default function StudioImport({ actionData }: { actionData?: Answer }) {
  const t = useT()
  useLoaderData<typeof loader>()
  const { problems = [], report } = actionData ?? {}
  const error = problems[0]?.text
  return (
    <StudioPage title={t('exchange.title')} lead={t('exchange.lead')}>
      <ErrorSummary problems={problems} />
      <Form method="post" encType="multipart/form-data" className="studio__form studio__part">
        <Field id="tep" label={t('exchange.file')} hint={t('exchange.fileHint')} {...(error && { error })}>
          <FileInput id="tep" name="file" accept=".json,.csv,application/json,text/csv" />
        </Field>
        <p>
          <Button size="small">{t('exchange.read')}</Button>
        </p>
      </Form>
      {report && <Report report={report} />}
    </StudioPage>
  )
}

function Report({ report: { count, traits, records, more } }: { report: ReportView }) {
  const t = useT()
  return (
    <section aria-live="polite">
      <h2>{t('exchange.found', { count })}</h2>
      {traits.length > 0 && (
        <>
          <h3>{t('exchange.ofFile')}</h3>
          <Traits traits={traits} />
        </>
      )}
      {records.map((record) => (
        <Record key={record.code} record={record} />
      ))}
      {more !== null && <p className="small soft">{t('exchange.more', { shown: more })}</p>}
    </section>
  )
}

function Record({ record: { code, name, here, missing, traits, procedure } }: { record: RecordLine }) {
  const t = useT()
  return (
    <article className="studio__part mt-3">
      <h3>
        {code} {name}
      </h3>
      <p className="small soft">
        {t(here ? 'exchange.here' : 'exchange.new')} ·{' '}
        {missing === null ? t('exchange.complete') : t('exchange.missing', { parts: missing })}
      </p>
      {traits.length > 0 ? (
        <details>
          <summary>{t('exchange.traits', { count: traits.length })}</summary>
          <Traits traits={traits} />
        </details>
      ) : (
        <p className="small">{t('exchange.noTraits')}</p>
      )}
      <Form method="post" className="mt-3">
        <input type="hidden" name="procedure" value={procedure} />
        <Button kind="second" size="small" name="_action" value="draft">
          {t('exchange.draft')}
          <span className="vh"> {name}</span>
        </Button>
      </Form>
    </article>
  )
}

function Traits({ traits }: { traits: readonly TraitLine[] }) {
  return (
    <ul className="studio__list">
      {traits.map(({ text, at, says }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a report is read once and never changes
        <li key={i}>
          {text}: {says} <span className="soft">{at}</span>
        </li>
      ))}
    </ul>
  )
}
