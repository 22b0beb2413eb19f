import { findMessage } from 'motcua/kernel/i18n'
import { baseContents, type Contents, readinessOf, type TestLine, withOutcome } from 'motcua/modules/changes'
import { type ActionFunctionArgs, data, Form, type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { Done, NotDone } from '../../desk/outcome'
import { Button } from '../../ui/button'
import { TextArea } from '../../ui/fields'
import { useT } from '../../ui/shell'
import { StateTag } from '../../ui/state'
import { Empty } from '../../ui/table'
import { ChangeFrame } from '../change/frame'
import { MeanwhileNotice } from '../change/meanwhile'
import { type NotSaved, saveOrSay, seenIn } from '../change/save-part'
import { type ReplayNames, replayNames } from '../replay/replay.view'
import { changeOf, type StudioChange } from '../studio-source'
import { differenceText } from './words'

/** The test cases of the procedure, as they come out now. */
export async function loader(args: LoaderFunctionArgs) {
  const studio = await changeOf(args)
  const { app, now, locale } = studio.page
  const { tests } = await readinessOf(studio.change, { db: app.db, now })
  const before = studio.change.base.procedure === null ? null : await baseContents(app.db, studio.change)
  const names = replayNames({ before, after: studio.contents }, (code) => code, locale)
  return {
    frame: studio.frame,
    editable: studio.editable,
    seen: studio.change.parts.tests?.revision ?? 0,
    text: JSON.stringify(studio.contents.tests, null, 2),
    lines: tests?.lines.map((line) => lineOf(line, names, locale)) ?? null,
    saved: new URL(args.request.url).searchParams.get('xong') === 'saved',
  }
}

function lineOf({ name, differences, unreadable }: TestLine, names: ReplayNames, locale: 'vi' | 'en') {
  const say = (key: string, params = {}) => findMessage(locale, key, params) ?? key
  return {
    name: name[locale],
    passed: differences.length === 0 && unreadable === null,
    adoptable: differences.length > 0,
    problems: [
      ...(unreadable === null ? [] : [say('studio.tests.unreadable', { where: unreadable })]),
      ...differences.map((difference) => differenceText(difference, names, locale)),
    ],
  }
}

interface Answer {
  text: string
  notSaved: NotSaved
}

/** Saves the cases; what cannot be read stays in the box. */
export async function action(args: ActionFunctionArgs) {
  const studio = await changeOf(args)
  const form = await args.request.formData()
  const adopted =
    form.get('_action') === 'adopt' ? await adopting(studio, Number(form.get('case'))) : undefined
  const text = adopted ? JSON.stringify(adopted, null, 2) : String(form.get('tests') ?? '')
  const content = adopted ?? parsed(text)
  if (!content) {
    const said = findMessage(studio.page.locale, 'studio.tests.notJson', {}) ?? ''
    return data<Answer>({ text, notSaved: { said, meanwhile: null } }, { status: 422 })
  }
  const back = `/thiet-ke/thay-doi/${studio.change.id}/kiem-thu`
  const { notSaved, status } = await saveOrSay(studio, { part: 'tests', seen: seenIn(form), content, back })
  return data<Answer>({ text, notSaved }, { status })
}

/** The cases, with what came out of one of them as what must come out. */
async function adopting({ page, change, contents }: StudioChange, index: number) {
  const { tests } = await readinessOf(change, { db: page.app.db, now: page.now })
  const line = tests?.lines[index]
  if (!line) throw data(null, { status: 400 })
  return contents.tests.map((test, i) => (i === index ? withOutcome(test, line.differences) : test))
}

function parsed(text: string): Contents['tests'] | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}

export default function StudioTests({ actionData }: { actionData?: Answer }) {
  const t = useT()
  const { frame, editable, seen, text, lines, saved } = useLoaderData<typeof loader>()
  const { notSaved } = actionData ?? {}
  return (
    <ChangeFrame frame={frame} page="tests" keys={[{ keys: ['S'], does: t('studio.keys.save') }]}>
      {saved && !actionData && <Done>{t('studio.done.saved')}</Done>}
      <NotDone problem={notSaved?.said} />
      <p className="small soft max-w-3xl">{t('studio.tests.lead')}</p>
      {lines === null && (
        <p>
          {t('studio.tests.notRun')}{' '}
          <a href={`/thiet-ke/thay-doi/${frame.id}`}>{t('studio.tests.whatToMend')}</a>
        </p>
      )}
      {lines?.length === 0 && <Empty title={t('studio.tests.none')} />}
      <ul className="studio__list">
        {lines?.map(({ name, passed, problems, adoptable }, i) => (
          <li key={name}>
            <StateTag state={passed ? 'ok' : 'bad'}>
              {t(passed ? 'studio.tests.passed' : 'studio.tests.failed')}
            </StateTag>{' '}
            {name}
            {problems.map((problem) => (
              <span key={problem} className="studio__note">
                {problem}
              </span>
            ))}
            {editable && adoptable && (
              <Form method="post">
                <input type="hidden" name="seen" value={seen} />
                <input type="hidden" name="case" value={i} />
                <Button kind="second" size="small" name="_action" value="adopt">
                  {t('studio.tests.adopt')}
                  <span className="vh"> {name}</span>
                </Button>
              </Form>
            )}
          </li>
        ))}
      </ul>
      {editable && (
        <Form method="post" className="studio__form">
          {notSaved?.meanwhile && (
            <MeanwhileNotice
              meanwhile={notSaved.meanwhile}
              page={`/thiet-ke/thay-doi/${frame.id}/kiem-thu`}
            />
          )}
          {!notSaved?.meanwhile && <input type="hidden" name="seen" value={seen} />}
          <TextArea
            id="cac-ca"
            name="tests"
            label={t('studio.tests.edit')}
            hint={t('studio.tests.hint')}
            rows={24}
            defaultValue={actionData?.text ?? text}
          />
          <p>
            <Button size="small" hotkey="S">
              {t('studio.tests.save')}
            </Button>
          </p>
        </Form>
      )}
    </ChangeFrame>
  )
}
