import { dateOfLaw } from 'motcua/kernel/time'
import { baseContents, differencesOf, draftAnnouncement } from 'motcua/modules/changes'
import { listAuthorities } from 'motcua/modules/directory'
import type { StudioChange } from '../studio-source'
import { type AnnouncementLines, linesOf } from './announcement.view'

/** The draft of the decision that announces a change, as lines to put right. */
export async function announcementOf({ page, change, contents }: StudioChange): Promise<AnnouncementLines> {
  const { app, now } = page
  const before = change.base.procedure === null ? null : await baseContents(app.db, change)
  const [province] = await listAuthorities(app.db, { kinds: ['province'] })
  const ends = change.kind === 'abolish'
  const draft = draftAnnouncement({
    kind: change.kind,
    contents: ends && before ? before : contents,
    differences: await differencesOf(before, ends ? null : contents),
    province: (province?.name ?? 'tỉnh …').replace(/^Ủy ban nhân dân\s+/i, ''),
    sample: page.demonstration,
    on: dateOfLaw(now),
  })
  return linesOf(draft)
}
