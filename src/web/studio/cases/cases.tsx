import { findMessage } from 'motcua/kernel/i18n'
import { readJson } from 'motcua/kernel/read-json'
import { type ActionFunctionArgs, data, Form, type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { Done, NotDone } from '../../desk/outcome'
import { Button } from '../../ui/button'
import { ErrorSummary } from '../../ui/error-summary'
import { Select, TextArea, TextField } from '../../ui/fields'
import { useT } from '../../ui/shell'
import { StateTag } from '../../ui/state'
import { Empty } from '../../ui/table'
import { ChangeFrame } from '../change/frame'
import { MeanwhileNotice } from '../change/meanwhile'
import { type NotSaved, saveOrSay, seenIn } from '../change/save-part'
import { changeOf } from '../studio-source'
import styles from './cases.css?url'
import { type CaseLine, caseLines, changedCases } from './cases-source'

export const links = () => [{ rel: 'stylesheet', href: styles }]

/** The test cases of the procedure, as they come out now. */
export async function loader(args: LoaderFunctionArgs) {
  const studio = await changeOf(args)
  return {
    frame: studio.frame,
    editable: studio.editable,
    seen: studio.change.parts.tests?.revision ?? 0,
    text: JSON.stringify(studio.contents.tests, null, 2),
    ...(await caseLines(studio)),
    saved: new URL(args.request.url).searchParams.get('xong') === 'saved',
  }
}

interface Answer {
  /** What was typed as JSON; absent when a button of the list was pressed. */
  text?: string
  nameMissing?: true
  notSaved: NotSaved | null
}

/** Saves the cases; what cannot be read stays in the box. */
export async function action(args: ActionFunctionArgs) {
  const studio = await changeOf(args)
  const form = await args.request.formData()
  const seen = seenIn(form)
  const list = `/thiet-ke/thay-doi/${studio.change.id}/kiem-thu`
  if (form.get('_action') && form.get('_action') !== 'json') {
    const changed = await changedCases(studio, form)
    if (!changed) return data<Answer>({ nameMissing: true, notSaved: null }, { status: 422 })
    const { tests: content, next } = changed
    const { notSaved, status } = await saveOrSay(studio, { part: 'tests', seen, content, back: list + next })
    return data<Answer>({ notSaved }, { status })
  }
  const text = String(form.get('tests') ?? '')
  const content = readJson(text)
  if (!Array.isArray(content)) {
    const said = findMessage(studio.page.locale, 'studio.tests.notJson', {}) ?? ''
    return data<Answer>({ text, notSaved: { said, meanwhile: null } }, { status: 422 })
  }
  const { notSaved, status } = await saveOrSay(studio, { part: 'tests', seen, content, back: list })
  return data<Answer>({ text, notSaved }, { status })
}

export default function StudioTests({ actionData }: { actionData?: Answer }) {
  const t = useT()
  const { frame, editable, seen, text, lines, ran, saved } = useLoaderData<typeof loader>()
  const { notSaved, nameMissing } = actionData ?? {}
  const problems = nameMissing ? [{ href: '#ten-ca', text: t('cases.nameNeeded') }] : []
  return (
    <ChangeFrame frame={frame} page="tests">
      {saved && !actionData && <Done>{t('studio.done.saved')}</Done>}
      <ErrorSummary problems={problems} />
      <NotDone problem={notSaved?.said} />
      <p className="small soft max-w-3xl">{t('studio.tests.lead')}</p>
      {!ran && (
        <p>
          {t('studio.tests.notRun')}{' '}
          <a href={`/thiet-ke/thay-doi/${frame.id}`}>{t('studio.tests.whatToMend')}</a>
        </p>
      )}
      {lines.length === 0 && <Empty title={t('studio.tests.none')} />}
      <ul className="studio__list case__list">
        {lines.map((line, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a case is named by its place alone
          <li key={i}>
            <Line line={line} ran={ran} href={`/thiet-ke/thay-doi/${frame.id}/kiem-thu/${i + 1}`} />
            {editable && <LineActs line={line} index={i} seen={seen} />}
          </li>
        ))}
      </ul>
      {editable && <Add lines={lines} seen={seen} error={problems[0]?.text} />}
      {editable && (
        <details className="studio__part" open={actionData?.text !== undefined}>
          <summary>{t('cases.expert')}</summary>
          <Form method="post" className="studio__form mt-3">
            {actionData?.text !== undefined && notSaved?.meanwhile ? (
              <MeanwhileNotice
                meanwhile={notSaved.meanwhile}
                page={`/thiet-ke/thay-doi/${frame.id}/kiem-thu`}
              />
            ) : (
              <input type="hidden" name="seen" value={seen} />
            )}
            <TextArea
              id="cac-ca"
              name="tests"
              label={t('studio.tests.edit')}
              hint={t('studio.tests.hint')}
              rows={24}
              defaultValue={actionData?.text ?? text}
            />
            <p>
              <Button size="small">{t('studio.tests.save')}</Button>
            </p>
          </Form>
        </details>
      )}
    </ChangeFrame>
  )
}

function Line({ line, ran, href }: { line: CaseLine; ran: boolean; href: string }) {
  const t = useT()
  const { name, passed, empty, problems } = line
  return (
    <>
      {ran && (
        <StateTag state={passed ? (empty ? 'warn' : 'ok') : 'bad'}>
          {t(passed ? (empty ? 'cases.statesNothing' : 'studio.tests.passed') : 'studio.tests.failed')}
        </StateTag>
      )}{' '}
      <a href={href}>{name}</a>
      {problems.map((problem) => (
        <span key={problem} className="studio__note">
          {problem}
        </span>
      ))}
    </>
  )
}

function LineActs({
  line: { name, adoptable },
  index,
  seen,
}: {
  line: CaseLine
  index: number
  seen: number
}) {
  const t = useT()
  const hidden = (
    <>
      <input type="hidden" name="seen" value={seen} />
      <input type="hidden" name="case" value={index} />
    </>
  )
  return (
    <div className="case__acts">
      <Form method="post" className="case__acts">
        {hidden}
        {adoptable && (
          <Button kind="second" size="small" name="_action" value="adopt">
            {t('studio.tests.adopt')}
            <span className="vh"> {name}</span>
          </Button>
        )}
        <Button kind="quiet" size="small" name="_action" value="duplicate">
          {t('cases.duplicate')}
          <span className="vh"> {name}</span>
        </Button>
      </Form>
      <details>
        <summary className="small">
          {t('cases.remove')}
          <span className="vh"> {name}</span>
        </summary>
        <Form method="post">
          {hidden}
          <p className="small">{t('cases.removeSure')}</p>
          <Button kind="second" size="small" name="_action" value="remove">
            {t('cases.removeYes')}
            <span className="vh"> {name}</span>
          </Button>
        </Form>
      </details>
    </div>
  )
}

function Add({
  lines,
  seen,
  error,
}: {
  lines: readonly CaseLine[]
  seen: number
  error: string | undefined
}) {
  const t = useT()
  return (
    <section className="studio__part">
      <h2>{t('cases.add')}</h2>
      <p className="small soft">{t('cases.addHint')}</p>
      <Form method="post" className="studio__form">
        <input type="hidden" name="seen" value={seen} />
        <TextField
          id="ten-ca"
          name="name"
          label={t('cases.name')}
          maxLength={200}
          {...(error && { error })}
        />
        <Select
          id="tu-ca"
          name="from"
          label={t('cases.copyFrom')}
          options={lines.map(({ name }, i) => ({ value: String(i), label: name }))}
          empty={t('cases.copyNothing')}
          optional
          width="full"
        />
        <p>
          <Button size="small" name="_action" value="add">
            {t('cases.addYes')}
          </Button>
        </p>
      </Form>
    </section>
  )
}
