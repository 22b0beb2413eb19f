import { type Locale, messages } from 'motcua/kernel/i18n'
import { limitText } from 'motcua/modules/catalogue'
import type { Deciding, OpenedPast, PastSide, Said } from 'motcua/modules/changes'
import { baseContents } from 'motcua/modules/changes'
import { dateText, momentText, moneyText } from '../../ui/format'
import type { StudioChange } from '../studio-source'
import { replayNames, routeWords } from './replay.view'
import { sayer } from './source'

/** What rules say of one matter, before and after. */
export interface Compared {
  what: string
  before: string
  after: string
  differs: boolean
}

/** One past dossier as the page shows it. */
export async function openedView(studio: StudioChange, opened: OpenedPast) {
  const { page, change, contents } = studio
  const { locale } = page
  const t = messages(locale)
  const say = await sayer(studio)
  const base = change.base.procedure === null ? null : await baseContents(page.app.db, change)
  const names = replayNames({ before: base, after: contents }, say.authority, locale)
  const { line, facts, before, after, deciding, answers } = opened
  const compared = (what: Matter, of: (side: PastSide) => string): Compared => {
    const [was, is] = [of(before), of(after)]
    return { what: t(`replay.opened.matter.${what}`), before: was, after: is, differs: was !== is }
  }
  const decides = new Set(
    deciding.flatMap(({ of, reads }) => [...(of.what === 'question' ? [of.key] : []), ...reads]),
  )
  return {
    code: line.code,
    facts: [
      { label: t('replay.table.authority'), text: say.authority(line.authority) },
      { label: t('replay.opened.channel'), text: t(`catalogue.channel.${facts.channel}`) },
      { label: t('replay.opened.submitted'), text: dateText(facts.submittedOn) },
      {
        label: t('replay.opened.accepted'),
        text: facts.acceptedAt ? momentText(facts.acceptedAt, locale) : t('replay.opened.notAccepted'),
      },
      {
        label: t('replay.opened.pauses'),
        text: t('replay.opened.pausesText', { count: facts.pauses, days: facts.extensionDays }),
      },
    ],
    says: say.line({ place: 0, ...line }),
    compared: [
      compared('case', ({ caseCode }) => names.caseName(caseCode)),
      compared('limit', ({ limit }) => limitWords(limit, locale)),
      compared('due', ({ dueAt }) => (dueAt ? momentText(dueAt, locale) : t('replay.opened.noDate'))),
      compared('fees', (side) => feeWords(side, locale)),
      compared('papers', ({ papers }) => papers.map(names.paper).join('; ') || t('replay.opened.none')),
      compared('authority', ({ authority }) => routeWords(authority, names, locale)),
    ],
    deciding: deciding.map((each) => ({
      what: `${t(`replay.opened.of.${each.of.what}`)} “${nameOf(each, names, opened)}”`,
      kind: t(`replay.kind.${each.kind}`),
      before: saidWords(each.before, locale),
      after: saidWords(each.after, locale),
    })),
    answers: answers.map(({ key, label, text }) => ({
      label,
      text: text === null ? null : say.authority(text),
      decides: decides.has(key),
    })),
  }
}

type Matter = 'case' | 'limit' | 'due' | 'fees' | 'papers' | 'authority'

function nameOf(
  { of: { what, key } }: Deciding,
  names: ReturnType<typeof replayNames>,
  { before, after }: OpenedPast,
) {
  if (what === 'case') return names.caseName(key)
  if (what === 'paper') return names.paper(key)
  if (what === 'fee') return [...after.fees, ...before.fees].find((fee) => fee.key === key)?.name ?? key
  return names.question(key)
}

function saidWords(said: Said | null, locale: Locale): string {
  const t = messages(locale)
  if (said === null) return t('replay.opened.said.absent')
  return said.how === 'when'
    ? t('replay.opened.said.when', { text: said.text ?? '' })
    : t(`replay.opened.said.${said.how}`)
}

function limitWords({ amount, unit, addedDays }: PastSide['limit'], locale: Locale): string {
  const said = limitText({ amount, unit, cutOff: null, raw: `${amount} ${unit}` } as never, locale)
  return addedDays ? `${said} + ${addedDays}` : said
}

function feeWords({ fees, feesVnd }: PastSide, locale: Locale): string {
  const t = messages(locale)
  if (fees.length === 0) return t('replay.opened.free')
  const lines = fees.map(
    ({ name, amountVnd }) =>
      `${name}: ${amountVnd === null ? t('replay.line.unknownFee') : moneyText(amountVnd)}`,
  )
  return [
    ...lines,
    ...(fees.length > 1 && feesVnd != null ? [t('replay.opened.sum', { amount: moneyText(feesVnd) })] : []),
  ].join('; ')
}
