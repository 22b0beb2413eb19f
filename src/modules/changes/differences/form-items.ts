import type { Locale } from '../../../kernel/i18n.ts'
import type { Field, Group, Page } from '../../forms/index.ts'
import type { DraftForm } from '../contents.ts'
import { conditionWords, type Named } from './condition-words.ts'
import { bothTexts, type Item, inBoth, inOne, said, yesNo } from './item.ts'
import { tableItems, valueWords } from './table-items.ts'

interface Saying {
  locale: Locale
  names: Named
}

/** Everything that a form asks and says, in words. */
export function formItems(form: DraftForm, saying: Saying): Item[] {
  const draft = form as Partial<DraftForm>
  return [
    main(draft),
    ...(draft.pages ?? []).flatMap((page, i) => pageItems(page, `pages.${i}`, saying)),
    ...(draft.rules ?? []).map((rule, i) =>
      item('rule', rule.key, `rules.${i}`, {
        name: inBoth(rule.message, rule.key),
        summary: inOne(rule.message, saying.locale),
        facts: {
          message: bothTexts(rule.message),
          when: conditionWords(rule.when, saying.names, saying.locale),
          fields: (rule.fields ?? []).map((key) => saying.names.get(key)?.label ?? key).join(', ') || null,
          severity: said(saying.locale, `differences.severity.${rule.severity}`, rule.severity),
        },
      }),
    ),
  ]
}

const item = (
  kind: string,
  id: string,
  at: string,
  rest: Pick<Item, 'name' | 'facts'> & Partial<Pick<Item, 'within' | 'summary'>>,
): Item => ({ part: 'form', kind, id: `${kind}:${id}`, at, within: null, summary: null, ...rest })

const main = ({ title, key, legalForm, assurance }: Partial<DraftForm>) =>
  item('form', '', '', {
    name: inBoth(title, key ?? ''),
    facts: {
      title: bothTexts(title),
      legalForm: legalForm?.name || null,
      legalFormSetBy: legalForm?.setBy || null,
      assurance: bothTexts(assurance),
    },
  })

function pageItems(page: Page, at: string, saying: Saying): Item[] {
  const id = `page:${page.key}`
  const own = item('page', page.key, at, {
    name: inBoth(page.title, page.key),
    facts: {
      title: bothTexts(page.title),
      intro: bothTexts(page.intro),
      visible: conditionWords(page.visible, saying.names, saying.locale),
    },
  })
  return [
    own,
    ...(page.groups ?? []).flatMap((group, i) =>
      groupItems(group, `${at}.groups.${i}`, { page, id }, saying),
    ),
  ]
}

function groupItems(
  group: Group,
  at: string,
  { page, id }: { page: Page; id: string },
  saying: Saying,
): Item[] {
  const { repeat, title, visible, groups = [] } = group
  // A group that nobody sees as one is no thing of its own.
  const isSeen = Boolean(title || repeat || visible)
  const fields = (group.fields ?? []).flatMap((field, i) => {
    const own = fieldItem(
      field,
      `${at}.fields.${i}`,
      { repeated: repeat ? group.key : null, within: isSeen ? `group:${group.key}` : id },
      saying,
    )
    return [own, ...tableItems(field.value, { owner: own, at: own.at, fact: 'value' }, saying)]
  })
  if (!isSeen) return fields
  const inner = groups.flatMap((each, i) =>
    groupItems(each as Group, `${at}.groups.${i}`, { page, id: `group:${group.key}` }, saying),
  )
  const own = item('group', group.key, at, {
    name: inBoth(title ?? page.title, group.key),
    within: id,
    facts: {
      title: bothTexts(title),
      visible: conditionWords(visible, saying.names, saying.locale),
      repeat: repeat
        ? said(saying.locale, 'differences.repeat', '', { min: repeat.min, max: repeat.max })
        : null,
      addLabel: bothTexts(repeat?.addLabel),
    },
  })
  return [own, ...fields, ...inner]
}

interface Place {
  repeated: string | null
  within: string
}

function fieldItem(field: Field, at: string, { repeated, within }: Place, saying: Saying): Item {
  const { locale } = saying
  const name = inBoth(field.label, field.key)
  const type = said(locale, `differences.fieldType.${field.type}`, field.type)
  const when = conditionWords(field.visible, saying.names, locale)
  return item('field', repeated === null ? field.key : `${repeated}[].${field.key}`, at, {
    name,
    within,
    summary: [
      `${name[locale]} (${type})`,
      ...(field.required === true ? [said(locale, 'differences.answerNeeded', '')] : []),
      ...(when ? [said(locale, 'differences.shownWhen', when, { when })] : []),
    ].join('; '),
    facts: {
      label: bothTexts(field.label),
      type,
      visible: when,
      ...askedFacts(field, saying),
      ...knownFacts(field, saying),
    },
  })
}

function askedFacts(field: Field, { locale, names }: Saying): Item['facts'] {
  const required =
    typeof field.required === 'string'
      ? conditionWords(field.required, names, locale)
      : yesNo(field.required, locale)
  const options = (field.options ?? []).map(
    ({ label, value, when }) =>
      `${inOne(label, locale) ?? value}${when ? ` (${conditionWords(when, names, locale)})` : ''}`,
  )
  return {
    required,
    options: options.join(', ') || null,
    help: bothTexts(field.help),
    example: field.example || null,
    legalLabel: field.legalLabel || null,
    min: shown(field.min),
    max: shown(field.max),
    maxLength: shown(field.maxLength),
    tense: field.tense ? said(locale, `differences.tense.${field.tense}`, field.tense) : null,
    multiple: field.multiple ? yesNo(true, locale) : null,
    asWritten: field.asWritten ? yesNo(true, locale) : null,
    parts: field.parts?.join(', ') || null,
  }
}

function knownFacts(field: Field, { locale, names }: Saying): Item['facts'] {
  const sources = (field.sources ?? []).map((source) => {
    const from = typeof source === 'string' ? source : source.from
    const [register = ''] = from.split('.')
    const when = typeof source === 'string' ? null : conditionWords(source.when, names, locale)
    return `${said(locale, `forms.source.${register}`, register)}${when ? ` (${when})` : ''}`
  })
  return {
    sources: sources.join(', ') || null,
    value: valueWords(field.value, { locale, names }),
    offers: (field.offers ?? []).map(({ label }) => inOne(label, locale)).join(', ') || null,
    locked: yesNo(field.locked ?? false, locale),
    sensitive: yesNo(field.sensitive ?? false, locale),
  }
}

const shown = (value: number | undefined) => (value === undefined ? null : String(value))
