import { findMessage, type Locale, messages } from 'motcua/kernel/i18n'
import type { Contents, ReplayKind, ReplayLine } from 'motcua/modules/changes'
import { momentText, moneyText } from '../../ui/format'

/** Words for keys that a line names. */
export interface ReplayNames {
  question(key: string): string
  paper(key: string): string
  caseName(code: string): string
  /** A step of the process by its id. */
  step(id: string): string
  authority(code: string): string
}

/** Reads the names from the draft first, then from what was in force: what is gone has its name there. */
export function replayNames(
  { before, after }: { before: Contents | null; after: Contents },
  authorityName: (code: string) => string,
  locale: Locale,
): ReplayNames {
  const both = [after, ...(before ? [before] : [])]
  const questions = mapOf(both, ({ form }) =>
    (form.pages ?? []).flatMap((page) =>
      (page.groups ?? []).flatMap(({ fields }) =>
        (fields ?? []).map(({ key, label }) => [key, label?.[locale]]),
      ),
    ),
  )
  const papers = mapOf(both, ({ procedure }) =>
    (procedure.components ?? []).map(({ key, name, nameEn }) => [key, locale === 'en' ? nameEn : name]),
  )
  const cases = mapOf(both, ({ procedure }) =>
    (procedure.cases ?? []).map(({ code, name }) => [code, name?.[locale]]),
  )
  const steps = mapOf(both, ({ process }) => stepNames(process?.xml ?? ''))
  return {
    question: (key) => questions.get(key.replace(/^.*\]\./, '')) ?? key,
    paper: (key) => papers.get(key) ?? key,
    caseName: (code) => cases.get(code) ?? code,
    step: (id) => steps.get(id.replace(/^.*\//, '')) ?? id,
    authority: authorityName,
  }
}

// The names alone, so the drawing is not compiled for them: an element that says its id and its name.
const stepNames = (xml: string): [string, string][] =>
  [...xml.matchAll(/<(?:\w+:)?\w+ [^>]*>/g)].flatMap(([element]) => {
    const id = / id="([^"]*)"/.exec(element)?.[1]
    const name = / name="([^"]*)"/.exec(element)?.[1]
    return id && name ? [[id, plain(name)]] : []
  })

const plain = (text: string) =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&')

function mapOf(
  all: readonly Contents[],
  of: (contents: Contents) => [string, string | undefined][],
): Map<string, string> {
  const found = new Map<string, string>()
  for (const contents of all)
    for (const [key, name] of of(contents)) if (name && !found.has(key)) found.set(key, name)
  return found
}

/** What would come out differently for one dossier, one sentence for each kind. */
export function replaySentences(
  { kinds, details }: ReplayLine,
  names: ReplayNames,
  locale: Locale,
): string[] {
  return kinds.flatMap((kind) => sentencesOf(kind, details, names, locale))
}

function sentencesOf(
  kind: ReplayKind,
  details: ReplayLine['details'],
  names: ReplayNames,
  locale: Locale,
): string[] {
  const t = messages(locale)
  const quoted = (list: readonly string[]) => list.map((each) => `“${each}”`).join(', ')
  const pair = ([before, after]: readonly [string, string]) => ({ before, after })
  switch (kind) {
    case 'refused':
    case 'accepted':
      return (details.problems ?? []).map(({ field, code }) =>
        t(`replay.line.${kind}`, {
          what: field === 'channel' ? '' : `“${names.question(field)}”: `,
          why: problemWords(code, locale),
        }),
      )
    case 'asked':
      return [t('replay.line.asked', { what: quoted((details.asked ?? []).map(names.question)) })]
    case 'papers':
      return [
        ...some(details.papers?.added, (keys) =>
          t('replay.line.paperAdded', { what: quoted(keys.map(names.paper)) }),
        ),
        ...some(details.papers?.removed, (keys) =>
          t('replay.line.paperRemoved', { what: quoted(keys.map(names.paper)) }),
        ),
      ]
    case 'authority':
      return [
        t(
          'replay.line.authority',
          pair(
            (details.authority ?? [null, null]).map((route) => routeWords(route, names, locale)) as [
              string,
              string,
            ],
          ),
        ),
      ]
    case 'case':
      return details.case
        ? [t('replay.line.case', pair(details.case.map(names.caseName) as [string, string]))]
        : []
    case 'time':
      return timeSentences(details, locale)
    case 'price':
      return details.fees
        ? [
            t(
              'replay.line.price',
              pair(
                details.fees.map((amount) =>
                  amount === null ? t('replay.line.unknownFee') : moneyText(amount),
                ) as [string, string],
              ),
            ),
          ]
        : []
    case 'hours':
      return details.path ? [t('replay.line.stepHours', pair(pathsInWords(details.path, locale)))] : []
    case 'path':
      return details.path ? [t('replay.line.path', pair(pathsInWords(details.path, locale)))] : []
    default:
      return kind satisfies never
  }
}

const some = <T>(list: readonly T[] | undefined, say: (list: readonly T[]) => string) =>
  list && list.length > 0 ? [say(list)] : []

const problemWords = (code: string, locale: Locale) =>
  findMessage(locale, `replay.problem.${code.replace(/^forms\./, '')}`) ??
  findMessage(locale, 'replay.problem.other')!

/** Who is competent, in words. */
export function routeWords(route: string | null, names: ReplayNames, locale: Locale): string {
  if (route === null) return messages(locale)('replay.line.byForm')
  const [kind = '', ...territories] = route.split(' ')
  const kindName = findMessage(locale, `differences.authorityKind.${kind}`) ?? kind
  return [kindName, territories.map(names.authority).join(', ')].filter(Boolean).join(' ')
}

function timeSentences({ limit, due }: ReplayLine['details'], locale: Locale): string[] {
  const t = messages(locale)
  const [old, now] = limit ?? []
  const words = ({ amount, unit, addedDays }: NonNullable<typeof old>) =>
    `${findMessage(locale, `catalogue.limit.${unit}`, { amount }) ?? `${amount} ${unit}`}${addedDays ? ` + ${addedDays}` : ''}`
  const moment = (at: string | null) => (at === null ? t('replay.line.noDate') : momentText(at, locale))
  return [
    ...(old && now && JSON.stringify(old) !== JSON.stringify(now)
      ? [t('replay.line.limit', { before: words(old), after: words(now) })]
      : []),
    ...(due && due[0] !== due[1]
      ? [t('replay.line.due', { before: moment(due[0]), after: moment(due[1]) })]
      : []),
  ]
}

/** Two ways by the names of their steps; where these are the same, only the steps that changed, with who and hours. */
function pathsInWords([before, after]: readonly [string[], string[]], locale: Locale): [string, string] {
  const names = (steps: readonly string[]) => steps.map((step) => step.split(' · ')[0]).join(' → ') || '–'
  if (names(before) !== names(after)) return [names(before), names(after)]
  const changed = (steps: readonly string[], others: readonly string[]) =>
    steps
      .filter((step, i) => step !== others[i])
      .map((step) => stepInWords(step, locale))
      .join('; ')
  return [changed(before, after), changed(after, before)]
}

function stepInWords(step: string, locale: Locale): string {
  const [name, role, hours] = step.split(' · ') as [string, string?, string?]
  const who = role && findMessage(locale, `processes.role.${role}`)
  const long = hours && messages(locale)('replay.line.hours', { hours })
  return [name, [who, long].filter(Boolean).join(', ')].filter(Boolean).join(': ')
}
