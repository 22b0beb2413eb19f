import type { Locale } from '../../../kernel/i18n.ts'
import type { Contents, PartKind } from '../contents.ts'
import { compareItems, type Difference } from './compare-items.ts'
import { bothNames, type Named, namesIn } from './condition-words.ts'
import { formItems } from './form-items.ts'
import type { Item } from './item.ts'
import { changedLines, looseItems } from './other-items.ts'
import { procedureItems } from './procedure-items.ts'
import { type Called, processItems } from './process-items.ts'

export type { Difference } from './compare-items.ts'
export { conditionWords, type Named, namesIn } from './condition-words.ts'
export type { Words } from './item.ts'

/** A version of a procedure, or what there is of it. */
export type Version = Partial<Contents>

/**
 * What an official reads about two versions of a procedure, part by part: what was added, taken away, changed, moved.
 * Labels are in both languages, values in `locale`. Null stands for no version at all: everything is new, or gone.
 */
export async function differencesOf(
  before: Version | null,
  after: Version | null,
  { locale = 'vi', called }: { locale?: Locale; called?: Called } = {},
): Promise<Difference[]> {
  // One name for one thing: a question that is only called otherwise changes no condition that reads it.
  const names = bothNames(namesIn(before?.form, locale), namesIn(after?.form, locale))
  const [old, now] = await Promise.all(
    [before, after].map((each) => itemsOf(each ?? {}, { locale, names }, called)),
  )
  return partOrder
    .flatMap((part) => compareItems(of(part, old!), of(part, now!)))
    .map((difference) => (isLong(difference) ? { ...difference, ...linesOf(difference) } : difference))
}

const partOrder: readonly PartKind[] = ['procedure', 'form', 'process', 'templates', 'tests']
const of = (part: PartKind, items: readonly Item[]) => items.filter((item) => item.part === part)

async function itemsOf(
  version: Version,
  saying: { locale: Locale; names: Named },
  called?: Called,
): Promise<Item[]> {
  const { procedure, form, process, templates = [], tests = [] } = version
  return [
    ...(procedure ? procedureItems(procedure, saying) : []),
    ...(form ? formItems(form, saying) : []),
    ...(process ? await processItems(process, saying, called) : []),
    ...looseItems('templates', 'template', templates),
    ...looseItems('tests', 'test', tests),
  ]
}

const isLong = ({ what, before, after }: Difference) =>
  what === 'changed' && before !== null && after !== null && (before.includes('\n') || after.includes('\n'))

const linesOf = ({ before, after }: Difference) => changedLines(before ?? '', after ?? '')
