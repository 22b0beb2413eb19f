import { type Locale, messages } from 'motcua/kernel/i18n'
import type { FieldView, FormPageView, GroupView } from 'motcua/modules/forms'
import type { Problem } from '../../ui/error-summary'
import { dateText, timeText } from '../../ui/format'
import type { Known } from '../../ui/known'
import type { Step } from '../../ui/steps'
import { around, pagePath } from './filing-steps'
import type { PlaceHit } from './places'

export interface KnownPart {
  id: string
  source: string
  facts: Known[]
}

/** A page of the form as the person sees it, with the parts of the whole filing around it. */
export interface FilingPageView {
  draftId: string
  key: string
  title: string
  intro?: string
  countText: string
  steps: Step[]
  backHref: string
  groups: GroupView[]
  known: KnownPart[]
  problems: Problem[]
  /** Communes to choose from, by the path of the address. */
  hits: Record<string, PlaceHit[]>
  /** "100 MB" */
  most: string
  savedAt: string
  procedure: { code: string; title: string }
}

/** Puts the view of the form into the frame of the filing. Pure. */
export function filingPageView(
  form: FormPageView,
  given: Pick<FilingPageView, 'draftId' | 'steps' | 'hits' | 'most' | 'savedAt' | 'procedure'> & { extraProblems?: Problem[] },
): FilingPageView {
  const { extraProblems = [], ...rest } = given
  const { before } = around(given.steps, form.key)
  const here = pagePath(given.draftId, form.key)
  return {
    ...rest,
    key: form.key,
    title: form.title,
    ...(form.intro && { intro: form.intro }),
    countText: form.countText,
    backHref: before ? pagePath(given.draftId, before) : `/nop/${given.draftId}`,
    groups: form.groups.map((group) => withAddresses(group)),
    known: form.known.map((block) => ({
      id: `co-san-${block.source}`.toLowerCase(),
      source: block.note ?? block.label,
      facts: block.facts.map(({ key, label, text, editable }) => ({
        label,
        text,
        ...(text.length > 40 && { wide: true }),
        ...(editable && { changeHref: `${here}?sua=${encodeURIComponent(key)}` }),
      })),
    })),
    problems: [...form.problems.filter(({ pageKey }) => pageKey === form.key), ...extraProblems],
  }
}

const withAddresses = (group: GroupView): GroupView => ({
  ...group,
  fields: group.fields.map(asSelect),
  ...(group.rows && { rows: group.rows.map((row) => ({ ...row, fields: row.fields.map(asSelect) })) }),
})

// The authorities that may settle are few: a list to choose from works everywhere.
function asSelect(field: FieldView): FieldView {
  return { ...field, inputs: field.inputs.map((input) => (input.kind === 'agency' ? { ...input, kind: 'select' as const, label: undefined } : input)) }
}

/** "20:08", or with its day when that was not today. */
export function savedText(updatedAt: string, now: Date, locale: Locale): string {
  const today = dateText(now)
  const day = dateText(updatedAt)
  const time = timeText(updatedAt)
  return day === today ? time : messages(locale)('filing.saved-on', { time, day })
}
