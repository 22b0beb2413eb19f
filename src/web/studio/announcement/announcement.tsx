import { isRefusal } from 'motcua/kernel/errors'
import { httpStatus } from 'motcua/kernel/problem'
import { type DecisionText, saveDecisionText } from 'motcua/modules/changes'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { refusalText } from '../../desk/acting'
import { Done, NotDone } from '../../desk/outcome'
import { Button, ButtonRow, LinkAction } from '../../ui/button'
import { DayField } from '../../ui/day-field'
import { TextArea, TextField } from '../../ui/fields'
import { momentText } from '../../ui/format'
import { Notice } from '../../ui/notice'
import { useT } from '../../ui/shell'
import { ChangeFrame } from '../change/frame'
import { MeanwhileNotice } from '../change/meanwhile'
import { type MeanwhileView, seenIn } from '../change/save-part'
import styles from '../compare/compare.css?url'
import { changeOf } from '../studio-source'
import { type AnnouncementLines, readLines } from './announcement.view'
import { decisionView } from './source'

export const links = () => [{ rel: 'stylesheet', href: styles }]

/** The decision that announces the change: drafted from what differs, put right and kept. */
export async function loader(args: LoaderFunctionArgs) {
  const studio = await changeOf(args)
  const { searchParams } = new URL(args.request.url)
  return {
    frame: studio.frame,
    ...(await decisionView(studio, { anew: searchParams.has('soan-lai') })),
    done: searchParams.get('xong') === 'saved',
  }
}

interface Answer {
  lines?: AnnouncementLines
  said: string
  meanwhile: MeanwhileView | null
}

/** Saves the text; what was typed stays on the page when it could not be. */
export async function action(args: ActionFunctionArgs) {
  const { page, officer, change } = await changeOf(args)
  const form = await args.request.formData()
  const lines = readLines(form)
  const asked = { id: change.id, seen: seenIn(form), lines, drafted: form.get('drafted') }
  const { app, now, locale } = page
  const saved = await saveDecisionText(officer, asked, { db: app.db, now, wake: () => app.wake() })
  if (!isRefusal(saved)) return redirect(`/thiet-ke/thay-doi/${change.id}/quyet-dinh?xong=saved`)
  const theirs = saved.code === 'changes.decision-meanwhile' ? (saved.details as DecisionText) : null
  const meanwhile = theirs && {
    ...{ revision: theirs.revision, savedByName: theirs.savedByName },
    ...{ at: momentText(theirs.savedAt, locale), content: theirs.lines },
  }
  const answer: Answer = { said: refusalText(saved, locale), meanwhile, ...(lines && { lines }) }
  return data(answer, { status: httpStatus[saved.kind] })
}

const long = ['bases', 'articles', 'annex', 'recipients'] as const

export default function StudioAnnouncement({ actionData }: { actionData?: Answer }) {
  const t = useT()
  const shown = useLoaderData<typeof loader>()
  const { frame, seen, drafted, editable } = shown
  const at = `/thiet-ke/thay-doi/${frame.id}/quyet-dinh`
  const lines = actionData?.lines ?? shown.lines
  return (
    <ChangeFrame frame={frame} page="decision">
      <Notice tone="warn" title={t('replay.decision.draft')}>
        {t('replay.decision.lead')}
      </Notice>
      {shown.done && !actionData && <Done>{t('replay.decision.saved')}</Done>}
      {!actionData?.meanwhile && <NotDone problem={actionData?.said} />}
      <SavedLine at={at} />
      <form method="post" action={at} className="studio__form decision">
        {actionData?.meanwhile ? (
          <MeanwhileNotice
            meanwhile={actionData.meanwhile}
            theirs={Object.values(actionData.meanwhile.content as AnnouncementLines).join('\n')}
            page={at}
          />
        ) : (
          <input type="hidden" name="seen" value={seen} />
        )}
        <input type="hidden" name="drafted" value={drafted} />
        <Line name="authority" lines={lines} />
        <Line name="place" lines={lines} />
        <Line name="number" lines={lines} />
        <Line name="on" lines={lines} />
        <Line name="title" lines={lines} />
        <Line name="bases" lines={lines} />
        <Line name="proposal" lines={lines} />
        <Line name="articles" lines={lines} />
        <Line name="annexTitle" lines={lines} />
        <Line name="annex" lines={lines} />
        <Line name="signer" lines={lines} />
        <Line name="recipients" lines={lines} />
        <ButtonRow>
          {editable && !actionData?.meanwhile && (
            <Button name="_action" value="save">
              {t('replay.decision.save')}
            </Button>
          )}
          <Button kind="second" name="_action" value="pdf" icon="download" formAction={`${at}/tep`}>
            {t('replay.decision.pdf')}
          </Button>
          <Button kind="second" name="_action" value="docx" icon="download" formAction={`${at}/tep`}>
            {t('replay.decision.docx')}
          </Button>
        </ButtonRow>
      </form>
    </ChangeFrame>
  )
}

/** Who saved the text, whether the change reads differently since, and the way to a new draft and back. */
function SavedLine({ at }: { at: string }) {
  const t = useT()
  const { saved, stale, anew } = useLoaderData<typeof loader>()
  if (!saved) return null
  if (anew)
    return (
      <Notice title={t('replay.decision.anew')}>
        <LinkAction href={at}>{t('replay.decision.backToSaved')}</LinkAction>
      </Notice>
    )
  return (
    <>
      <p className="small soft">{t('replay.decision.savedBy', { name: saved.by, at: saved.at })}</p>
      {stale && <Notice tone="warn" title={t('replay.decision.stale')} />}
      <LinkAction href={`${at}?soan-lai=1`} icon="rotate-cw" small>
        {t('replay.decision.restore')}
      </LinkAction>
    </>
  )
}

function Line({ name, lines }: { name: keyof AnnouncementLines; lines: AnnouncementLines }) {
  const t = useT()
  const given = { id: `qd-${name}`, name, label: t(`replay.decision.${name}`), defaultValue: lines[name] }
  if (name === 'on') return <DayField {...given} />
  if (!long.some((each) => each === name)) return <TextField {...given} />
  return <TextArea {...given} rows={Math.min(16, lines[name].split('\n').length + 1)} />
}
