import type { LoaderFunctionArgs } from 'react-router'
import { useLoaderData } from 'react-router'
import { useT } from '../../ui/shell'
import { ChangeFrame } from '../change/frame'
import { changeOf } from '../studio-source'
import styles from './compare.css?url'
import { Differences } from './parts'
import { differencesOfChange } from './source'

export const links = () => [{ rel: 'stylesheet', href: styles }]

/** A change against what is in force. */
export async function loader(args: LoaderFunctionArgs) {
  const studio = await changeOf(args)
  const { kind, base } = studio.change
  return {
    frame: studio.frame,
    lead: kind === 'abolish' ? 'abolish' : base.procedure === null ? 'new' : 'amend',
    parts: await differencesOfChange(studio),
  } as const
}

export default function StudioCompare() {
  const t = useT()
  const { frame, lead, parts } = useLoaderData<typeof loader>()
  return (
    <ChangeFrame frame={frame} page="compare">
      <p className="small soft max-w-3xl">{t(`replay.compare.lead.${lead}`)}</p>
      <Differences parts={parts} />
    </ChangeFrame>
  )
}
