import { isRefusal } from 'motcua/kernel/errors'
import { httpStatus } from 'motcua/kernel/problem'
import { type Contents, type Meanwhile, type PartKind, savePart } from 'motcua/modules/changes'
import { data, redirect } from 'react-router'
import { refusalText } from '../../desk/acting'
import { momentText } from '../../ui/format'
import type { StudioChange } from '../studio-source'

/** What somebody else saved meanwhile, as the page shows it. */
export interface MeanwhileView {
  revision: number
  savedByName: string
  at: string
  content: unknown
}

/** Why a part was not saved: a sentence, and what somebody else saved meanwhile. */
export interface NotSaved {
  said: string
  meanwhile: MeanwhileView | null
}

/**
 * Saves a part with the revision that the page showed (`seen`), and goes back to the same page. Gives why it was not
 * saved, with the status of the answer; what was typed is for the page to keep.
 */
export async function saveOrSay<Kind extends PartKind>(
  { page, officer, change }: StudioChange,
  { part, seen, content, back }: { part: Kind; seen: number; content: Contents[Kind]; back: string },
) {
  const { app, now } = page
  const saved = await savePart(
    officer,
    { id: change.id, part, seen, content },
    { db: app.db, now, wake: app.wake },
  )
  if (!isRefusal(saved)) {
    // A page that posts by script is asked under `….data`; the person goes back to the page itself.
    const page = back.replace(/\.data(?=\?|$)/, '')
    throw redirect(`${page}${page.includes('?') ? '&' : '?'}xong=saved`)
  }
  return { notSaved: notSaved(saved, page.locale), status: httpStatus[saved.kind] }
}

function notSaved(refused: Parameters<typeof refusalText>[0], locale: 'vi' | 'en'): NotSaved {
  const said = refusalText(refused, locale)
  if (refused.code !== 'changes.meanwhile') return { said, meanwhile: null }
  const { revision, savedByName, savedAt, content } = refused.details as Meanwhile
  return { said, meanwhile: { revision, savedByName, at: momentText(savedAt, locale), content } }
}

/** The revision that a posted page saw; 0 when the part was never saved. */
export function seenIn(form: FormData): number {
  const seen = Number(form.get('seen'))
  if (!Number.isInteger(seen) || seen < 0) throw data(null, { status: 400 })
  return seen
}
