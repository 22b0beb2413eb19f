import { isRefusal } from 'motcua/kernel/errors'
import { messages } from 'motcua/kernel/i18n'
import { dateOfLaw } from 'motcua/kernel/time'
import { type Competence, competenceAt, knownFacts, placeOfFiling } from 'motcua/modules/dossiers'
import { type Answers, submittedAnswers } from 'motcua/modules/forms'
import type { Officer } from 'motcua/modules/identity'
import type { PageContext } from 'motcua/web/context'
import { refusalText } from './acting'
import type { CounterFiling } from './counter-source'

/** Who will settle what is typed at the counter and why, told before it is sent. */
export interface CounterPlaceView {
  text: string
  lines: string[]
  /** The choice of the person is not what the rule says. */
  warning: string | null
  /** Whether this counter may take it in; otherwise it helps to file online. */
  receives: boolean
  /** The authority to help with, when it is another one. */
  help: { label: string; hint: string } | null
  /** Authorities to choose from, for what may be settled anywhere. */
  choose: { code: string; name: string }[] | null
  chosen: string | null
}

type Shown = Pick<CounterFiling, 'rules' | 'visitor' | 'answers' | 'receiving' | 'agencies' | 'asksAgency'>

/** The answers so far, with what registers say of the person whose card was read: where they live is not asked again. */
export async function situationOf(
  { app, now }: Pick<PageContext, 'app' | 'now'>,
  { rules, visitor, answers }: Pick<CounterFiling, 'rules' | 'visitor' | 'answers'>,
): Promise<Answers> {
  const today = dateOfLaw(now)
  const channel = 'direct' as const
  const given = submittedAnswers(rules.form.compiled, answers, { today, channel })
  const { name, personalId } = visitor
  if (!/^\d{12}$/.test(personalId) || rules.version.routing.length === 0) return given
  const actor = { kind: 'person', personId: '', name, personalId, assurance: 2, organisations: [] } as const
  const asked = { actor: { ...actor, organisations: [] }, sources: app.registers, today, channel }
  return { ...(await knownFacts(rules.form, given, asked)), ...given }
}

/** Looks up the place by the rule of the procedure and what was typed so far. */
export async function counterPlace(
  { app, now, locale }: Pick<PageContext, 'app' | 'now' | 'locale'>,
  officer: Officer,
  filing: Shown,
): Promise<CounterPlaceView> {
  const { rules, receiving, agencies, asksAgency } = filing
  const { version } = rules
  const given = await situationOf({ app, now }, filing)
  const situation = { on: dateOfLaw(now), channel: 'direct' as const, asked: receiving }
  const t = messages(locale)
  const anywhere = version.routing.length === 0 && !asksAgency
  const choice = { choose: anywhere ? agencies : null, chosen: anywhere ? (receiving ?? '') : null }
  const found = await competenceAt(app.db, version, given, officer, situation)
  if (isRefusal(found)) {
    const unknown = found.code === 'dossiers.wrong-receiver'
    const text = unknown
      ? t('routing.counter.notYet')
      : t('routing.counter.unknown', { why: refusalText(found, locale) })
    return { text, lines: [], warning: null, receives: true, help: null, ...choice }
  }
  const place = await placeOfFiling(app.db, version, given, officer, situation)
  const { name, shortName, code } = found.authority
  const receives = !isRefusal(place)
  const elsewhere = !officer.posts.some(({ authorityCode }) => authorityCode === code)
  return {
    // Where the officer chooses, the choice says it.
    text: anywhere ? '' : t('routing.counter.settles', { place: name }),
    lines: [
      ...(anywhere ? [] : [reasonOf(found, locale, t)]),
      receives
        ? t(elsewhere ? 'routing.counter.elsewhere' : 'routing.counter.here')
        : t('routing.counter.cannotReceive', { place: shortName }),
    ],
    warning: found.chosenOtherwise
      ? t('routing.counter.chosenOtherwise', {
          place: found.allowed[0]!.name,
          rule: found.route!.text[locale],
        })
      : null,
    receives,
    help:
      elsewhere && version.cases.some(({ channels }) => channels.includes('online'))
        ? {
            label: t('routing.counter.help', { place: shortName }),
            hint: t('routing.counter.helpHint', { place: name }),
          }
        : null,
    ...choice,
  }
}

function reasonOf(
  { route, chosenOtherwise }: Competence,
  locale: PageContext['locale'],
  t: ReturnType<typeof messages>,
): string {
  if (route === null || chosenOtherwise) return t('routing.counter.chosen')
  return t('routing.counter.why', { rule: route.text[locale] })
}
