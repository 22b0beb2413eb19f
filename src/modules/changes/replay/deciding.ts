import { isDeepStrictEqual } from 'node:util'
import { isRefusal } from '../../../kernel/errors.ts'
import { compileFeel, pathsOf } from '../../../kernel/feel/index.ts'
import type { Locale } from '../../../kernel/i18n.ts'
import { answerOf } from '../checks/placed.ts'
import type { Contents } from '../contents.ts'
import { bothNames, conditionWords, namesIn } from '../differences/condition-words.ts'
import type { ReplayKind, ReplayRules } from './past.ts'
import type { ReplayLine } from './replay-store.ts'

/** A condition or a statement of the rules on which a difference hangs, in words of officials; null: it is not there. */
export interface Deciding {
  kind: ReplayKind
  /** What it belongs to: a question, a case, a fee, a paper. */
  of: { what: 'question' | 'rule' | 'case' | 'fee' | 'paper'; key: string }
  before: Said | null
  after: Said | null
  /** Answers that it reads. */
  reads: string[]
}

/** `must`, `optional`, `always`: said by the caller; `when`: under the condition of `text`. */
export interface Said {
  how: 'must' | 'optional' | 'always' | 'when'
  text: string | null
}

type Pick2<T> = [T | undefined, T | undefined]

/** On which questions and conditions it hangs that a dossier comes out differently. Pure. */
export function decidingIn(
  { kinds, details }: Pick<ReplayLine, 'kinds' | 'details'>,
  {
    before,
    after,
    contents,
  }: { before: ReplayRules; after: ReplayRules; contents: { before: Contents; after: Contents } },
  locale: Locale,
): Deciding[] {
  const names = bothNames(namesIn(contents.before.form, locale), namesIn(contents.after.form, locale))
  const say = (text: string | null | undefined): Said =>
    text ? { how: 'when', text: conditionWords(text, names, locale) } : { how: 'always', text: null }
  const make = (
    kind: ReplayKind,
    of: Deciding['of'],
    [old, now]: Pick2<{ said: Said; feel: (string | null | undefined)[] }>,
  ): Deciding => ({
    ...{ kind, of, before: old?.said ?? null, after: now?.said ?? null },
    reads: readBy([...(old?.feel ?? []), ...(now?.feel ?? [])], names),
  })
  const editions = [before.edition, after.edition] as const
  const found: Deciding[] = []
  for (const kind of kinds) {
    if (kind === 'refused' || kind === 'asked' || kind === 'accepted')
      for (const key of new Set(questionsOf(kind, details)))
        found.push(
          make(
            kind,
            { what: 'question', key },
            pairOf([before, after], (rules) => questionIn(rules, key, say)),
          ),
        )
    if (kind === 'case')
      for (const key of details.case ?? [])
        found.push(
          make(
            kind,
            { what: 'case', key },
            pairOf(editions, ({ cases }) => {
              const one = cases.find(({ code }) => code === key)
              return one && { said: say(one.when), feel: [one.when] }
            }),
          ),
        )
    if (kind === 'papers')
      for (const key of [...(details.papers?.added ?? []), ...(details.papers?.removed ?? [])])
        found.push(
          make(
            kind,
            { what: 'paper', key },
            pairOf(editions, ({ components }) => {
              const one = components.find((each) => each.key === key)
              return (
                one && {
                  said: one.required ? say(one.condition) : { how: 'optional', text: null },
                  feel: [one.condition],
                }
              )
            }),
          ),
        )
    if (kind === 'price') found.push(...feesDeciding(details.case, editions, make, say))
  }
  return found
}

const questionsOf = (kind: ReplayKind, { problems, asked }: ReplayLine['details']) =>
  (kind === 'asked' ? (asked ?? []) : (problems ?? []).map(({ field }) => field)).map((path) =>
    path.replace(/^.*\]\./, ''),
  )

const pairOf = <Of, T>([old, now]: readonly [Of, Of], find: (of: Of) => T | undefined): Pick2<T> => [
  find(old),
  find(now),
]

function questionIn({ form }: ReplayRules, key: string, say: (text: string | null | undefined) => Said) {
  for (const page of form.definition.pages)
    for (const group of page.groups)
      for (const field of [...group.fields, ...(group.groups ?? []).flatMap((inner) => inner.fields)]) {
        if (field.key !== key) continue
        const around = [page.visible, group.visible, field.visible].filter((text) => text !== undefined)
        const { required } = field
        const feel = [...around, ...(typeof required === 'string' ? [required] : [])]
        const said: Said =
          typeof required === 'string'
            ? say(required)
            : around.length > 0
              ? say(around.length === 1 ? around[0] : around.map((text) => `(${text})`).join(' and '))
              : { how: required ? 'must' : 'optional', text: null }
        return { said, feel }
      }
  return undefined
}

function feesDeciding(
  cases: [string, string] | undefined,
  [old, now]: readonly [ReplayRules['edition'], ReplayRules['edition']],
  make: (
    kind: ReplayKind,
    of: Deciding['of'],
    pair: Pick2<{ said: Said; feel: (string | null | undefined)[] }>,
  ) => Deciding,
  say: (text: string | null | undefined) => Said,
): Deciding[] {
  const feesOf = (edition: ReplayRules['edition'], code?: string) =>
    edition.cases.filter((one) => code === undefined || one.code === code).flatMap(({ fees }) => fees)
  const [was, is] = [feesOf(old, cases?.[0]), feesOf(now, cases?.[1])]
  const keys = [...new Set([...was, ...is].map(({ key }) => key))]
  return keys.flatMap((key) => {
    const pair = [was, is].map((fees) => fees.find((fee) => fee.key === key)) as Pick2<(typeof was)[number]>
    if (isDeepStrictEqual(pair[0], pair[1])) return []
    const said = pair.map((fee) => fee && { said: say(fee.rule), feel: [fee.rule, fee.exemption?.when] })
    return [make('price', { what: 'fee', key }, said as Parameters<typeof make>[2])]
  })
}

/** The answers that expressions read, as keys of questions. */
function readBy(
  texts: readonly (string | null | undefined)[],
  names: ReadonlyMap<string, unknown>,
): string[] {
  const keys = new Set<string>()
  for (const text of texts) {
    if (!text) continue
    const tree = compileFeel(text)
    if (isRefusal(tree)) continue
    for (const path of pathsOf(tree)) {
      const key = answerOf(path, names)
      if (key !== undefined) keys.add(key)
    }
  }
  return [...keys]
}
