import { dateOfLaw } from 'motcua/kernel/time'
import {
  baseContents,
  type DecisionText,
  decisionTextOf,
  differencesOf,
  draftAnnouncement,
  draftedHash,
  mayWriteDecision,
} from 'motcua/modules/changes'
import { listAuthorities } from 'motcua/modules/directory'
import { momentText } from '../../ui/format'
import type { StudioChange } from '../studio-source'
import { type AnnouncementLines, linesOf } from './announcement.view'

/** The draft of the decision that announces a change, as lines to put right. */
async function announcementOf({ page, change, contents }: StudioChange): Promise<AnnouncementLines> {
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
  const lines = linesOf(draft)
  const { decision } = change.publication ?? {}
  return decision ? { ...lines, number: decision.number, on: decision.on } : lines
}

/** The text as it was saved, or as it is drafted now; with `anew` the draft even where something was saved. */
export async function decisionView(studio: StudioChange, { anew = false } = {}) {
  const { page, officer, change } = studio
  const { db } = page.app
  const [saved, drafted, mayWrite] = await Promise.all([
    decisionTextOf(db.pool, change.id),
    announcementOf(studio),
    mayWriteDecision(db, officer),
  ])
  const hash = draftedHash(drafted)
  return {
    lines: saved && !anew ? saved.lines : drafted,
    seen: saved?.revision ?? 0,
    drafted: hash,
    saved: saved ? savedView(saved, page.locale) : null,
    anew: anew && saved !== undefined,
    /** The change reads differently since the text was saved. */
    stale: saved !== undefined && saved.drafted !== hash,
    editable: mayWrite && change.state !== 'abandoned' && change.state !== 'withdrawn',
  }
}

const savedView = ({ savedByName, savedAt }: DecisionText, locale: 'vi' | 'en') => ({
  by: savedByName,
  at: momentText(savedAt, locale),
})
