import { type Locale, messages } from 'motcua/kernel/i18n'
import type { FormPageView, GroupView, KnownBlock, LiveForm } from 'motcua/modules/forms'
import { withAgencySelects } from '../../ui/agency-select'
import type { Problem } from '../../ui/error-summary'
import { dateText, timeText } from '../../ui/format'
import type { Step } from '../../ui/steps'
import { around, pagePath } from './filing-steps'
import type { PlaceHit } from './places'

/** A fact that nobody has to type. */
export interface KnownLine {
  path: string
  label: string
  text: string
  /** Where it comes from, when not from the source of the whole block. */
  source?: string
  editable: boolean
  wide: boolean
  /** Nothing to read now; the script of the page may have something later. */
  hidden?: true
}

export interface KnownPart {
  source: string
  hidden: boolean
  facts: KnownLine[]
}

/** A page of the form as the person sees it, with the parts of the whole filing around it. */
export interface FilingPageView {
  draftId: string
  key: string
  title: string
  intro?: string
  countText?: string
  steps: Step[]
  backHref: string
  groups: GroupView[]
  known?: KnownPart
  problems: Problem[]
  /** Communes to choose from, by the path of the address. */
  hits: Record<string, PlaceHit[]>
  /** "100 MB" */
  most: string
  savedAt: string
  procedure: { code: string; title: string }
  /** What the script of the page evaluates. */
  live: LiveForm
}

/** Puts the view of the form into the frame of the filing. Pure. */
export function filingPageView(
  form: FormPageView,
  given: Pick<FilingPageView, 'draftId' | 'steps' | 'hits' | 'most' | 'savedAt' | 'procedure' | 'live'> & {
    extraProblems?: Problem[]
  },
): FilingPageView {
  const { extraProblems = [], ...rest } = given
  const { before } = around(given.steps, form.key)
  return {
    ...rest,
    key: form.key,
    title: form.title,
    ...(form.intro && { intro: form.intro }),
    ...(form.asks + form.knownCount > 0 && { countText: form.countText }),
    backHref: before ? pagePath(given.draftId, before) : `/nop/${given.draftId}`,
    groups: form.groups.map(withAgencySelects),
    ...(form.known.length > 0 && { known: knownPart(form.known) }),
    problems: [...form.problems.filter(({ pageKey }) => pageKey === form.key), ...extraProblems],
  }
}

/** All known facts in one block, under the source that gave most; facts of other sources name theirs. */
function knownPart(blocks: FormPageView['known']): KnownPart {
  const shown = ({ facts }: KnownBlock) => facts.filter((fact) => !fact.hidden).length
  const [main, ...others] = blocks.toSorted((a, b) => shown(b) - shown(a))
  const lines = (block: KnownBlock, source?: string) =>
    block.facts.map(({ key, label, text, editable, hidden }) => ({
      path: key,
      label,
      text,
      editable,
      wide: text.length > 40,
      ...(hidden && { hidden }),
      ...(source && { source }),
    }))
  return {
    source: sourceOf(main!),
    hidden: !blocks.some((block) => shown(block) > 0),
    facts: [...lines(main!), ...others.flatMap((block) => lines(block, sourceOf(block)))],
  }
}

const sourceOf = ({ note, label }: KnownBlock) => note ?? label

/** "20:08", or with its day when that was not today. */
export function savedText(updatedAt: string, now: Date, locale: Locale): string {
  const today = dateText(now)
  const day = dateText(updatedAt)
  const time = timeText(updatedAt)
  return day === today ? time : messages(locale)('filing.saved-on', { time, day })
}
