import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { Button, ButtonRow } from '../../ui/button'
import { TextArea, TextField } from '../../ui/fields'
import { Notice } from '../../ui/notice'
import { useT } from '../../ui/shell'
import { ChangeFrame } from '../change/frame'
import styles from '../compare/compare.css?url'
import { changeOf } from '../studio-source'
import type { AnnouncementLines } from './announcement.view'
import { announcementOf } from './source'

export const links = () => [{ rel: 'stylesheet', href: styles }]

/** The decision that announces the change, drafted from what differs. */
export async function loader(args: LoaderFunctionArgs) {
  const studio = await changeOf(args)
  return { frame: studio.frame, lines: await announcementOf(studio) }
}

const long = ['bases', 'articles', 'annex', 'recipients'] as const

export default function StudioAnnouncement() {
  const t = useT()
  const { frame, lines } = useLoaderData<typeof loader>()
  return (
    <ChangeFrame frame={frame} page="decision">
      <Notice tone="warn" title={t('replay.decision.draft')}>
        {t('replay.decision.lead')}
      </Notice>
      <form
        method="post"
        action={`/thiet-ke/thay-doi/${frame.id}/quyet-dinh/tep`}
        className="studio__form decision"
      >
        <Line name="authority" lines={lines} />
        <Line name="place" lines={lines} />
        <Line name="number" lines={lines} />
        <Line name="title" lines={lines} />
        <Line name="bases" lines={lines} />
        <Line name="proposal" lines={lines} />
        <Line name="articles" lines={lines} />
        <Line name="annexTitle" lines={lines} />
        <Line name="annex" lines={lines} />
        <Line name="signer" lines={lines} />
        <Line name="recipients" lines={lines} />
        <ButtonRow>
          <Button name="_action" value="pdf" icon="download">
            {t('replay.decision.pdf')}
          </Button>
          <Button name="_action" value="docx" kind="second" icon="download">
            {t('replay.decision.docx')}
          </Button>
        </ButtonRow>
      </form>
    </ChangeFrame>
  )
}

function Line({ name, lines }: { name: keyof AnnouncementLines; lines: AnnouncementLines }) {
  const t = useT()
  const given = { id: `qd-${name}`, name, label: t(`replay.decision.${name}`), defaultValue: lines[name] }
  if (!long.some((each) => each === name)) return <TextField {...given} />
  return <TextArea {...given} rows={Math.min(16, lines[name].split('\n').length + 1)} />
}
