import { tableOf } from '../../../kernel/feel/decision-table.ts'
import type { RuleField } from '../../../kernel/feel/sentence-text.ts'
import { checkTable } from '../../../kernel/feel/table-check.ts'
import { domainsOf, rowText } from '../../../kernel/feel/table-text.ts'
import type { Contents } from '../contents.ts'
import { type Finding, findingsOf } from './finding.ts'
import { labelIn, placedFields } from './placed.ts'
import { treeIn } from './reach.ts'
import { ruleFieldsOf } from './rule-fields.ts'

/** A rule that gives a value, where it stands. */
interface Given {
  part: 'procedure' | 'form'
  at: string
  name: string
  text: unknown
  /** Something holds where the table gives nothing. */
  standsIn: boolean
}

type Words = Record<'vi' | 'en', readonly RuleField[]>

/** Tables that leave cases out, contradict themselves, or have rows that are never used. Rules that are none are left. */
export function* tableFindings(contents: Contents): Generator<Finding> {
  const words = { vi: ruleFieldsOf(contents.form, 'vi'), en: ruleFieldsOf(contents.form, 'en') }
  for (const given of [...valuesIn(contents.procedure), ...computedIn(contents)])
    yield* findingsIn(given, words)
}

function* findingsIn({ part, at, name, text, standsIn }: Given, words: Words): Generator<Finding> {
  const tree = treeIn(text)
  const table = tree ? tableOf(tree) : null
  if (!table) return
  const isWhole = standsIn || table.otherwise !== null
  for (const { kind, when, rules } of checkTable(table, domainsOf(table.inputs, words.vi)) ?? []) {
    if (kind === 'gap' && isWhole) continue
    const [one = 0, two = 0] = rules.map((no) => no + 1)
    const said = (locale: 'vi' | 'en') => rowText(table.inputs, when, words[locale], locale)
    yield findingsOf(part)('warning', at, `table-${kind}`, {
      ...{ name, one, two },
      ...(kind !== 'never' && { when: said('vi'), whenEn: said('en') }),
    })
  }
}

function* valuesIn(procedure: Contents['procedure'] | undefined): Generator<Given> {
  const part = 'procedure'
  for (const [i, each] of (procedure?.cases ?? []).entries())
    for (const [j, fee] of (each.fees ?? []).entries()) {
      const name = fee.name?.vi || fee.key
      const standsIn = typeof fee.amountVnd === 'number'
      yield { part, at: `cases.${i}.fees.${j}.amountRule`, name, text: fee.amountRule, standsIn }
      yield { part, at: `cases.${i}.fees.${j}.rule`, name, text: fee.rule, standsIn: true }
    }
  const routing = procedure?.routing ?? []
  for (const [i, { text, territory }] of routing.entries())
    yield {
      ...{ part, at: `routing.${i}.territory`, name: text?.vi || String(i + 1), text: territory },
      // Where a rule names no place the next one is asked.
      standsIn: i < routing.length - 1,
    }
  for (const [key, text] of Object.entries(procedure?.secondParty ?? {}))
    yield { part, at: `secondParty.${key}`, name: 'secondParty', text, standsIn: false }
}

// What a form computes may well be nothing.
const computedIn = ({ form }: Contents): Given[] =>
  placedFields(form).map(({ field, at }) => ({
    ...{ part: 'form', at, name: labelIn(field), text: field.value, standsIn: true },
  }))
