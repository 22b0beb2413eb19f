import type { Output } from '../../../kernel/feel/decision-table.ts'
import type { Locale } from '../../../kernel/i18n.ts'
import {
  type Case,
  type Component,
  type Fee,
  type Limit,
  limitText,
  priceText,
} from '../../catalogue/index.ts'
import type { DraftProcedure } from '../contents.ts'
import { conditionWords, type Named } from './condition-words.ts'
import { bothTexts, type Item, inBoth, inOne, numbered, said, same, type Words, yesNo } from './item.ts'
import { isTable, tableItems, valueWords } from './table-items.ts'

interface Saying {
  locale: Locale
  names: Named
}
type Draft = Partial<DraftProcedure> & Record<string, unknown>

/** Everything that a procedure says, in words; a draft may say less. */
export function procedureItems(procedure: DraftProcedure, saying: Saying): Item[] {
  const draft = procedure as Draft
  return [
    ...main(draft, saying),
    ...(draft.cases ?? []).flatMap((each, i) => caseItems(each, i, saying)),
    ...(draft.components ?? []).map((each, i) => component(each, i, saying)),
    ...steps(draft),
    ...results(draft),
    ...bases(draft),
    ...routing(draft, saying),
    ...eligibility(draft, saying),
    ...remarks(draft),
  ]
}

const item = (
  kind: string,
  id: string,
  at: string,
  rest: Pick<Item, 'name' | 'facts'> & Partial<Pick<Item, 'within' | 'summary'>>,
): Item => ({ part: 'procedure', kind, id: `${kind}:${id}`, at, within: null, summary: null, ...rest })

function main(draft: Draft, saying: Saying): Item[] {
  const { locale, names } = saying
  const list = (values: readonly unknown[] | undefined) => (values?.length ? values.join(', ') : null)
  const word = (key: string, value: unknown) =>
    value == null ? null : said(locale, `${key}.${value}`, String(value))
  const { counts, secondParty } = draft
  const labelled = (path: string | null | undefined) => (path ? (names.get(path)?.label ?? path) : null)
  const own = item('procedure', '', '', {
    name: same(draft.plainName || draft.name || draft.procedureCode || ''),
    facts: {
      name: draft.name || null,
      plainName: draft.plainName || null,
      plainNameEn: draft.plainNameEn || null,
      synonyms: list(draft.synonyms),
      summary: bothTexts(draft.summary),
      audience: bothTexts(draft.audience),
      field: draft.field?.name || null,
      kind: word('differences.kind', draft.kind),
      publisher: word('differences.publisher', draft.publisher),
      level: word('catalogue.level', draft.level),
      partialReason: word('catalogue.partialReason', draft.partialReason),
      subjects: list(draft.subjects),
      executing: draft.executing?.text || null,
      executingKind: word('differences.authorityKind', draft.executing?.kind),
      receivingKinds: list(draft.receivingKinds?.map((kind) => word('differences.authorityKind', kind))),
      sets: draft.sets == null ? null : String(draft.sets),
      conditions: draft.conditions || null,
      formKey: draft.formKey || null,
      processKey: draft.processKey || null,
      supplementRule: word('differences.supplementRule', draft.supplementRule),
      obligationRule: word('differences.obligationRule', draft.obligationRule),
      parties: word('differences.parties', draft.parties),
      secondPartyName: valueWords(secondParty?.name, saying),
      secondPartyPersonalId: valueWords(secondParty?.personalId, saying),
      secondPartyPhone: valueWords(secondParty?.phone, saying),
      counterFlow: word('differences.counterFlow', draft.counterFlow),
      countsCopies: labelled(counts?.copies),
      countsPages: labelled(counts?.pages),
      countsPersons: labelled(counts?.persons),
      countsEach: labelled(counts?.each),
      statusAuthority: list(draft.statusAuthority?.map(({ stage, system }) => `${stage}: ${system}`)),
      linked: list(draft.linked?.branches.map(({ key, procedureCode }) => `${key} (${procedureCode})`)),
      doubts: list(draft.doubts?.map(({ field, note }) => `${field}: ${note}`)),
      source: draft.source || null,
      asOf: draft.asOf || null,
    },
  })
  const second = (key: 'name' | 'personalId' | 'phone', fact: string) =>
    tableItems(secondParty?.[key], { owner: own, at: `secondParty.${key}`, fact }, saying)
  return [
    own,
    ...second('name', 'secondPartyName'),
    ...second('personalId', 'secondPartyPersonalId'),
    ...second('phone', 'secondPartyPhone'),
  ]
}

function caseItems(each: Case, i: number, { locale, names }: Saying): Item[] {
  const name = inBoth(each.name, each.code)
  const channels = (each.channels ?? []).map((channel) =>
    said(locale, `catalogue.channel.${channel}`, channel),
  )
  const limit = limitWords(each.limit, locale)
  const all = (each.fees ?? []).map((fee, j) =>
    feeItems(fee, `cases.${i}.fees.${j}`, each, { locale, names }),
  )
  const fees = all.flatMap(([fee]) => fee ?? [])
  const own = item('case', each.code, `cases.${i}`, {
    name,
    summary: [
      name[locale],
      limit,
      ...fees.map((fee) => `${fee.name[locale]}: ${fee.facts.amount ?? fee.summary}`),
    ].join('; '),
    facts: {
      name: bothTexts(each.name),
      when: conditionWords(each.when, names, locale),
      limit,
      ...Object.fromEntries(
        (['online', 'direct', 'post'] as const).map((channel) => [
          `limit-${channel}`,
          limitWords(each.channelLimits?.[channel], locale),
        ]),
      ),
      addition: each.limit?.addition
        ? `${each.limit.addition.days}; ${each.limit.addition.reason}; ${each.limit.addition.communes.join(', ')}`
        : null,
      channels: channels.join(', ') || null,
    },
  })
  return [own, ...all.flat()]
}

const limitWords = (limit: Limit | undefined, locale: Locale) => (limit ? limitText(limit, locale) : null)

/** A fee, and the rows of its table. */
function feeItems(fee: Fee, at: string, within: Case, { locale, names }: Saying): Item[] {
  const label = inBoth(fee.name, fee.key)
  const ofCase = inBoth(within.name, within.code)
  const price = (amountVnd: number | null) =>
    priceText({ ...fee, amountVnd, amountRule: null, tiers: fee.tiers ?? null } as Fee, locale)
  const own = item('fee', `${within.code}/${fee.key}`, at, {
    name: { vi: `${label.vi} (${ofCase.vi})`, en: `${label.en} (${ofCase.en})` },
    within: `case:${within.code}`,
    facts: {
      name: bothTexts(fee.name),
      feeKind: said(locale, `differences.feeKind.${fee.kind}`, fee.kind),
      amount:
        isTable(fee.amountRule) && fee.amountVnd === null
          ? said(locale, 'differences.byTable', '')
          : price(fee.amountVnd),
      amountRule: valueWords(fee.amountRule, { locale, names }),
      rule: conditionWords(fee.rule, names, locale),
      exemption: fee.exemption
        ? `${inOne(fee.exemption.text, locale)} (${conditionWords(fee.exemption.when, names, locale)})`
        : null,
      channel: fee.channel && said(locale, `catalogue.channel.${fee.channel}`, fee.channel),
      setBy: said(locale, `differences.setBy.${fee.setBy}`, fee.setBy),
      basis: fee.basis || null,
    },
    summary: `${label[locale]}: ${priceText({ ...fee, tiers: fee.tiers ?? null } as Fee, locale)}`,
  })
  const words = (output: Output) => (typeof output === 'number' ? price(output) : null)
  return [own, ...tableItems(fee.amountRule, { owner: own, at, fact: 'amount', words }, { locale, names })]
}

function component(each: Component, i: number, { locale, names }: Saying): Item {
  const name: Words = inBoth({ vi: each.name, en: each.nameEn }, each.key)
  const quantity = [
    ...(each.original
      ? [said(locale, 'catalogue.component.quantity.original', '', { count: each.original })]
      : []),
    ...(each.copies ? [said(locale, 'catalogue.component.quantity.copy', '', { count: each.copies })] : []),
  ].join(', ')
  return item('component', each.key, `components.${i}`, {
    name,
    summary: [name[locale], quantity].filter(Boolean).join(': '),
    facts: {
      name: bothTexts({ vi: each.name, en: each.nameEn }),
      code: each.code || null,
      quantity: quantity || null,
      mode: each.mode ? said(locale, `catalogue.component.${each.mode}`, each.mode) : null,
      required: yesNo(each.required, locale),
      condition: conditionWords(each.condition, names, locale),
      replacedBy: each.replacedBy
        ? said(locale, `catalogue.register.${each.replacedBy}`, each.replacedBy)
        : null,
      lookedUpWhen: conditionWords(each.lookedUpWhen, names, locale),
      group: each.group || null,
      declaration: yesNo(each.declaration, locale),
      help: bothTexts(each.help),
    },
  })
}

const steps = ({ steps: all = [] }: Draft) =>
  numbered(all, ({ name }) => name).map(([id, { name, text }], i) =>
    item('step', id, `steps.${i}`, {
      name: same(name),
      summary: `${name}: ${text}`,
      facts: { text: text || null },
    }),
  )

const results = ({ results: all = [] }: Draft) =>
  numbered(all, ({ name }) => name).map(([id, each], i) =>
    item('result', id, `results.${i}`, {
      name: same(each.name),
      summary: each.name,
      facts: { code: each.code || null, template: each.template || null, paperCode: each.paperCode || null },
    }),
  )

const bases = ({ legalBases: all = [] }: Draft) =>
  numbered(all, ({ number }) => number).map(([id, { number, title }], i) =>
    item('basis', id, `legalBases.${i}`, {
      name: same(number),
      summary: `${number}: ${title}`,
      facts: { title: title || null },
    }),
  )

const routing = ({ routing: all = [] }: Draft, { locale, names }: Saying) =>
  numbered(all, ({ text }) => text?.vi ?? '').flatMap(([id, rule], i) => {
    const name = inBoth(rule.text, String(i + 1))
    const own = item('routing', id, `routing.${i}`, {
      name,
      summary: inOne(rule.text, locale),
      facts: {
        when: conditionWords(rule.when, names, locale),
        territory: valueWords(rule.territory, { locale, names }),
        authorityKind: rule.kind ? said(locale, `differences.authorityKind.${rule.kind}`, rule.kind) : null,
        binding: yesNo(rule.binding, locale),
      },
    })
    const table = { owner: own, at: `routing.${i}.territory`, fact: 'territory' }
    return [own, ...tableItems(rule.territory, table, { locale, names })]
  })

interface Eligibility {
  key: string
  question?: Partial<Words>
  options?: { value: string; label?: Partial<Words> }[]
  when?: string | null
  stop?: { when?: string; text?: Partial<Words> } | null
}

function eligibility(draft: Draft, { locale, names }: Saying): Item[] {
  const all = (draft.eligibility ?? []) as readonly Eligibility[]
  return all.map((each, i) =>
    item('eligibility', each.key, `eligibility.${i}`, {
      name: inBoth(each.question, each.key),
      summary: inOne(each.question, locale),
      facts: {
        question: bothTexts(each.question),
        options: each.options?.map(({ label, value }) => inOne(label, locale) ?? value).join(', ') || null,
        when: conditionWords(each.when, names, locale),
        stop: each.stop
          ? `${inOne(each.stop.text, locale)} (${conditionWords(each.stop.when, names, locale)})`
          : null,
      },
    }),
  )
}

function remarks({ questions = [], changes = [] }: Draft): Item[] {
  return [
    ...numbered(questions, ({ question }) => question?.vi ?? '').map(([id, { question, answer }], i) =>
      item('question', id, `questions.${i}`, {
        name: inBoth(question, id),
        summary: bothTexts(question),
        facts: { answer: bothTexts(answer) },
      }),
    ),
    ...numbered(changes, ({ on }) => on).map(([id, { on, text }], i) =>
      item('news', id, `changes.${i}`, {
        name: same(on),
        summary: bothTexts(text),
        facts: { text: bothTexts(text) },
      }),
    ),
  ]
}
