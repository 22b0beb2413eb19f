import { isRefusal } from 'motcua/kernel/errors'
import { findMessage, messages } from 'motcua/kernel/i18n'
import { dateOfLaw } from 'motcua/kernel/time'
import { replayScope, rulesOfChange } from 'motcua/modules/changes'
import {
  countDraftsOf,
  type EditionMovePreview,
  type EditionRule,
  findByCode,
  mayOpen,
  previewEditionMove,
} from 'motcua/modules/dossiers'
import { type CompiledForm, validateAnswers } from 'motcua/modules/forms'
import type { StudioChange } from '../studio-source'

const rules = ['move-not-accepted', 'move-all'] as const satisfies readonly EditionRule[]

/** What publication would do to dossiers that are open now, rule by rule; null while the draft cannot run. */
export async function openEffects(studio: StudioChange) {
  const { page, officer, change } = studio
  const { app, now, locale } = page
  // Whose dossiers it tells of is the same as with past ones.
  const authorities = await replayScope(app.db, officer)
  if (authorities === undefined) return null
  const prepared = await rulesOfChange(app.db, change, now)
  if (isRefusal(prepared)) return null
  const { edition, form, process } = prepared.after
  // It has no number yet: any that no dossier bears stands for it.
  const target = { edition: { ...edition, version: 0 }, form: 0, process: { key: process.id, version: 0 } }
  const t = messages(locale)
  const found = await Promise.all(
    rules.map((rule) => previewEditionMove(app.db, { rule, target, now, authorities })),
  )
  return {
    drafts: await countDraftsOf(app.db.pool, change.code),
    lines: found.map((each) => ({
      ...{ rule: each.rule, name: t(`replay.open.rule.${each.rule}`) },
      ...{ moved: each.moved, earlier: each.earlier, kept: each.kept, stayed: each.stayed },
      why: each.stays.map(
        ({ why, count }) => `${findMessage(locale, `moving.stays.${why}`) ?? why}: ${count}`,
      ),
      more: !each.complete,
    })),
    missing: await missingIn(studio, found[0]!, form),
  }
}

/** Dossiers that nobody accepted yet, with the questions of the new form that they do not answer. */
async function missingIn({ page, officer }: StudioChange, { open }: EditionMovePreview, form: CompiledForm) {
  const { app, now, locale } = page
  const labels = new Map(
    form.definition.pages.flatMap(({ groups }) =>
      groups.flatMap(({ fields }) => fields.map(({ key, label }) => [key, label[locale]])),
    ),
  )
  const files = await Promise.all(open.map((code) => findByCode(app.db.pool, code)))
  return files.flatMap((file) => {
    if (!file) return []
    const { problems } = validateAnswers(form, file.answers, {
      today: dateOfLaw(now),
      channel: file.dossier.channel,
    })
    const questions = problems
      .filter(({ code }) => code === 'forms.required')
      .map(({ field }) => labels.get(field) ?? field)
    const opens = mayOpen(officer, file.dossier)
    return questions.length > 0 ? [{ code: file.dossier.code, opens, questions: questions.join(', ') }] : []
  })
}
