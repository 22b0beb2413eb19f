import { isRefusal, type Refusal } from 'motcua/kernel/errors'
import { messages } from 'motcua/kernel/i18n'
import {
  createLabel,
  deleteLabel,
  deleteView,
  putLabel,
  saveView,
  setDefaultView,
  takeLabelOff,
} from 'motcua/modules/dossiers'
import type { Officer } from 'motcua/modules/identity'
import type { PageContext } from 'motcua/web/context'
import { refusalText } from './acting'
import { markedIn } from './queue-bulk'

/** What the desk keeps for its officers and no dossier knows of. */
const conveniences = new Set([
  'saveView',
  'deleteView',
  'setDefault',
  'unsetDefault',
  'createLabel',
  'deleteLabel',
  'putLabel',
  'takeLabelOff',
])

export const isConvenience = (command: string): boolean => conveniences.has(command)

/** Saves, marks or takes away; says what it did, and which view to open next. */
export async function convenience(
  page: PageContext,
  officer: Officer,
  form: FormData,
): Promise<{ said: string; query?: string } | { problem: string }> {
  const { app, now, locale } = page
  const t = messages(locale)
  const db = app.db.pool
  const text = (name: string) => String(form.get(name) ?? '')
  const refused = (refusal: Refusal) => ({ problem: refusalText(refusal, locale) })
  const marked = () => markedIn(form).map(({ code }) => code)
  switch (text('command')) {
    case 'saveView': {
      const input = { name: text('name'), query: text('query'), shared: form.has('shared') }
      const saved = await saveView(db, officer, input, { now })
      return isRefusal(saved) ? refused(saved) : { said: t('work.saved.done', { name: input.name.trim() }) }
    }
    case 'deleteView': {
      const gone = await deleteView(db, officer, text('view'))
      return isRefusal(gone) ? refused(gone) : { said: t('work.saved.removed'), query: 'view=mine' }
    }
    case 'setDefault': {
      const set = await setDefaultView(db, officer, text('view'))
      return isRefusal(set) ? refused(set) : { said: t('work.saved.defaultSet') }
    }
    case 'unsetDefault': {
      await setDefaultView(db, officer, null)
      return { said: t('work.saved.defaultUnset') }
    }
    case 'createLabel': {
      const colour = text('colour') as 'grey'
      const label = await createLabel(db, officer, { name: text('name'), colour }, { now })
      return isRefusal(label) ? refused(label) : { said: t('work.label.created', { name: label.name }) }
    }
    case 'deleteLabel': {
      const gone = await deleteLabel(db, officer, text('label'))
      return isRefusal(gone) ? refused(gone) : { said: t('work.label.removed') }
    }
    default: {
      if (!text('label')) return { problem: t('work.bulk.labelMissing') }
      if (marked().length === 0) return { problem: t('desk.queue.nothingSelected') }
      const on = text('command') === 'putLabel'
      const done = on
        ? await putLabel(db, officer, text('label'), marked(), { now })
        : await takeLabelOff(db, officer, text('label'), marked())
      if (isRefusal(done)) return refused(done)
      return { said: t(on ? 'work.label.putOn' : 'work.label.takenOff', { count: done.count }) }
    }
  }
}
