import { type Locale, messages } from 'motcua/kernel/i18n'
import { searchable } from 'motcua/kernel/text'
import { type Definition, formulaOf, type IndexSet } from 'motcua/modules/indicators'
import { dateText, numberText } from '../../ui/format'

export const kinds = ['points', 'index', 'rate', 'count', 'measure'] as const

/** A line of the list. */
export interface FigureRow {
  key: string
  name: string
  words: string
}

/** All figures that match what was typed, by kind; kinds without a match are left out. */
export function listView(definitions: readonly Definition[], asked: string, locale: Locale) {
  const t = messages(locale)
  const wanted = searchable(asked)
  const matching = definitions.filter(
    ({ key, name, words }) =>
      wanted === '' || searchable(`${key} ${name.vi} ${name.en} ${words[locale]}`).includes(wanted),
  )
  const groups = kinds.map((kind) => ({
    kind,
    title: t(`library.kind.${kind}`),
    rows: matching
      .filter((each) => each.kind === kind)
      .map(({ key, name, words }): FigureRow => ({ key, name: name[locale], words: words[locale] })),
  }))
  return {
    asked,
    count: t('library.found', { count: matching.length }),
    groups: groups.filter(({ rows }) => rows.length > 0),
  }
}
export type ListView = ReturnType<typeof listView>

/** One definition as questions and answers. */
export function figureView(definition: Definition, set: IndexSet | undefined, locale: Locale) {
  const t = messages(locale)
  const { key, name, words, in: counted, of, unit, source, basis, owner, direction } = definition
  const { validFrom: from, validTo: to } = definition
  const scored = scoredText(key, set, locale)
  const dates = to
    ? t('library.fromTo', { from: dateText(from), to: dateText(to) })
    : t('library.from', { from: dateText(from) })
  const rows: [keyof typeof import('../../../messages/library.vi.ts').library.field, string | undefined][] = [
    ['formula', formulaOf(definition, locale)],
    ['in', of && counted?.[locale]],
    ['of', of?.[locale]],
    ['unit', t(`library.unit.${unit}`)],
    ['scored', scored],
    ['direction', t(`library.direction.${direction}`)],
    ['source', source[locale]],
    ['basis', basisText(basis)],
    ['sure', t(`library.sure.${basis.confidence}`)],
    ['owner', owner[locale]],
    ['validity', dates],
  ]
  return {
    key,
    name: name[locale],
    words: words[locale],
    rows: rows.flatMap(([field, text]) =>
      text ? [{ field, label: t(`library.field.${field}`), text }] : [],
    ),
    boardHref: scored ? `/so-lieu/chi-so/${key}` : null,
  }
}
export type FigureView = ReturnType<typeof figureView>

function basisText({ document, article, note }: Definition['basis']): string {
  const rule = [document, article].filter(Boolean).join(', ')
  return note ? `${rule}. ${note}` : rule
}

function scoredText(key: string, set: IndexSet | undefined, locale: Locale): string | undefined {
  const t = messages(locale)
  const indicator = set?.groups.flatMap(({ indicators }) => indicators).find((each) => each.key === key)
  if (!indicator || !set) return undefined
  const share = `${numberText((indicator.threshold ?? 1) * 100, locale)} %`
  const how = t(`library.${indicator.method}`, {
    max: numberText(indicator.max, locale, Number.isInteger(indicator.max) ? 0 : 2),
    share,
  })
  return `${set.name[locale]}: ${how}`
}
