import { isRefusal } from 'motcua/kernel/errors'
import { messages } from 'motcua/kernel/i18n'
import { competenceOf, knownFacts } from 'motcua/modules/dossiers'
import { submittedAnswers } from 'motcua/modules/forms'
import type { Filing } from './filing-source'

/** By which rule somebody settles a filing, and what to say when the person chose another place. */
export interface SettlesView {
  why: string | null
  warning: string | null
}

/** What the rule of the procedure says of the answers so far, and of what registers know of the people. */
export async function settlesView(filing: Filing): Promise<SettlesView> {
  const found = await competenceFor(filing)
  if (found === undefined || found.route === null) return { why: null, warning: null }
  const { locale } = filing.page
  const rule = found.route.text[locale]
  if (!found.chosenOtherwise) return { why: rule, warning: null }
  const place = found.allowed[0]!.name
  return { why: null, warning: messages(locale)('routing.review.chosenOtherwise', { place, rule }) }
}

/**
 * The filing with the one authority that the rule names, where no answer says it: those that serve a whole province,
 * such as its police, are never asked for.
 */
export async function withRuled(filing: Filing): Promise<Filing> {
  if (filing.receiving !== undefined) return filing
  const found = await competenceFor(filing)
  if (found?.allowed.length !== 1) return filing
  const { code } = found.authority
  return filing.agencies.some((each) => each.code === code) ? { ...filing, receiving: code } : filing
}

async function competenceFor({ page, person, rules, form, answers, today, receiving }: Filing) {
  const { app } = page
  if (rules.version.routing.length === 0) return undefined
  const channel = 'online' as const
  const given = submittedAnswers(form, answers, { today, channel })
  const known = await knownFacts(rules.form, given, { actor: person, sources: app.registers, today, channel })
  const situation = { on: today, channel, asked: receiving }
  const found = await competenceOf(app.db, rules.version, { ...known, ...given }, situation)
  return isRefusal(found) ? undefined : found
}
