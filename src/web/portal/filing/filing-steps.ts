import { type Locale, messages } from 'motcua/kernel/i18n'
import type { FormPageView } from 'motcua/modules/forms'
import type { Step } from '../../ui/steps'

/** Addresses of the pages that every filing has after those of its form. */
export const papersKey = 'gui-kem'
export const reviewKey = 'kiem-tra'

export const pagePath = (draftId: string, key: string) => `/nop/${draftId}/${key}`

interface PapersState {
  /** How many papers may be sent along, and how many are still missing. */
  asked: number
  missing: number
}

/** All parts of a filing in order: pages of the form, papers when there are any, checking. */
export function filingSteps(
  form: Pick<FormPageView, 'steps'>,
  { draftId, now, papers, locale }: { draftId: string; now: string; papers: PapersState; locale: Locale },
): Step[] {
  const t = messages(locale)
  const pages = form.steps.map(({ key, title, state, asks }) => ({
    key,
    title,
    state: key === now ? ('now' as const) : state,
    note: asks > 0 ? t('filing.steps.asks', { count: asks }) : t('filing.steps.known'),
  }))
  const step = (key: string, title: string, done: boolean, note?: string) => {
    const state = key === now ? ('now' as const) : done ? ('done' as const) : ('todo' as const)
    return note ? { key, title, state, note } : { key, title, state }
  }
  const paperNote =
    papers.missing > 0
      ? t('filing.steps.papers-missing', { count: papers.missing })
      : t('filing.steps.papers-none')
  const last = [
    ...(papers.asked > 0 ? [step(papersKey, t('filing.papers.title'), papers.missing === 0, paperNote)] : []),
    step(reviewKey, t('filing.review.step'), false),
  ]
  return [...pages, ...last].map((each) =>
    each.key === now ? each : { ...each, href: pagePath(draftId, each.key) },
  )
}

/** The part before and the part after one, by their keys. */
export function around(steps: readonly Step[], key: string): { before?: string; after?: string } {
  const at = steps.findIndex((step) => step.key === key)
  const before = steps[at - 1]?.key
  const after = steps[at + 1]?.key
  return { ...(before && { before }), ...(after && { after }) }
}
