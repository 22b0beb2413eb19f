import type { Localised } from '../../forms/index.ts'
import type { Contents, DraftForm, DraftProcedure } from '../contents.ts'
import { type Finding, findingsOf } from './finding.ts'
import { placedFields } from './placed.ts'
import { knownAbbreviations, longSentence, plainWords } from './plain-words.ts'

interface Said {
  part: 'procedure' | 'form'
  at: string
  text: Partial<Localised> | undefined
  /** A question or a title, which must be in both languages. */
  needed: boolean
}

/** Words that people read: said in both languages, short, without the words of offices. */
export function* wordsFindings(
  { procedure, form }: Pick<Contents, 'procedure' | 'form'>,
  before: Pick<Contents, 'procedure' | 'form'> | null,
): Generator<Finding> {
  const translated = new Set(
    [...ofProcedure(before?.procedure), ...ofForm(before?.form)].flatMap(({ text }) =>
      text?.vi && text.en ? [text.vi] : [],
    ),
  )
  for (const said of [...ofProcedure(procedure), ...ofForm(form)]) {
    yield* languages(said, translated)
    if (said.text?.vi) yield* plainness(said, said.text.vi)
  }
}

// Vietnamese is the language of the law. English may follow later, but what was in English before stays so.
function* languages({ part, at, text, needed }: Said, translated: ReadonlySet<string>): Generator<Finding> {
  const found = findingsOf(part)
  if (!text?.vi && !text?.en) {
    if (needed) yield found('error', at, 'text-missing')
    return
  }
  if (!text.vi) yield found('error', at, 'vietnamese-missing', { text: text.en! })
  if (!text.en && text.vi)
    yield translated.has(text.vi)
      ? found('error', at, 'english-removed', { text: text.vi })
      : found('warning', at, 'english-missing', { text: text.vi })
}

function* plainness({ part, at }: Said, text: string): Generator<Finding> {
  const hint = findingsOf(part)
  const longest = sentencesOf(text).reduce((most, sentence) => Math.max(most, countWords(sentence)), 0)
  if (longest > longSentence)
    yield hint('hint', at, 'long-sentence', { words: longest, most: longSentence, text: short(text) })
  const small = ` ${text.toLocaleLowerCase('vi')} `
  for (const [words, plain] of plainWords)
    if (small.includes(` ${words} `) || small.includes(` ${words},`)) {
      yield hint('hint', at, 'plain-word', { words, plain, text: short(text) })
      break
    }
  const shouted = shoutedIn(text)
  if (shouted) yield hint('hint', at, 'all-capitals', { text: short(shouted) })
  else
    for (const abbreviation of abbreviationsIn(text))
      yield hint('hint', at, 'abbreviation', { abbreviation, text: short(text) })
}

const sentencesOf = (text: string) => text.split(/[.!?;:\n]+/)
const countWords = (text: string) => text.split(/\s+/).filter(Boolean).length
const short = (text: string) => (text.length > 80 ? `${text.slice(0, 79)}…` : text)

// Three or more words in a row in capitals are shouting; one or two may be a name.
const shoutedIn = (text: string) => /(?:^|\s)((?:\p{Lu}{2,}\s+){2,}\p{Lu}{2,})(?=$|[\s,.])/u.exec(text)?.[1]

function abbreviationsIn(text: string): string[] {
  // One that is explained beside it is none: “căn cước công dân (CCCD)”.
  const found = text.match(/(?<![\p{L}\d(./-])\p{Lu}{2,}[A-Z0-9]*(?![\p{L}\d/)-])/gu) ?? []
  return [...new Set(found)].filter(
    (each) => !knownAbbreviations.has(each) && !text.includes(`(${each}`) && !text.includes(`${each} (`),
  )
}

function* ofProcedure(procedure: DraftProcedure | undefined): Generator<Said> {
  if (!procedure) return
  const part = 'procedure' as const
  yield { part, at: 'summary', text: procedure.summary, needed: true }
  yield { part, at: 'audience', text: procedure.audience, needed: true }
  yield { part, at: 'plainName', text: { vi: procedure.plainName, en: procedure.plainNameEn }, needed: true }
  for (const [i, each] of (procedure.cases ?? []).entries()) {
    yield { part, at: `cases.${i}`, text: each.name, needed: true }
    for (const [j, fee] of (each.fees ?? []).entries())
      yield { part, at: `cases.${i}.fees.${j}`, text: fee.name, needed: true }
  }
  for (const [i, { name, nameEn, help }] of (procedure.components ?? []).entries()) {
    // Names of papers are those of the law: only their languages are looked at.
    if (!name || !nameEn) yield { part, at: `components.${i}`, text: { vi: name, en: nameEn }, needed: true }
    if (help) yield { part, at: `components.${i}`, text: help, needed: false }
  }
}

function* ofForm(form: DraftForm | undefined): Generator<Said> {
  if (!form) return
  const part = 'form' as const
  yield { part, at: '', text: form.title, needed: true }
  for (const [i, page] of (form.pages ?? []).entries()) {
    yield { part, at: `pages.${i}`, text: page.title, needed: true }
    if (page.intro) yield { part, at: `pages.${i}`, text: page.intro, needed: false }
    for (const [j, group] of (page.groups ?? []).entries())
      if (group.title) yield { part, at: `pages.${i}.groups.${j}`, text: group.title, needed: false }
  }
  for (const { at, field } of placedFields(form)) {
    yield { part, at, text: field.label, needed: true }
    if (field.help) yield { part, at, text: field.help, needed: false }
    for (const option of field.options ?? []) yield { part, at, text: option.label, needed: true }
  }
  for (const [i, rule] of (form.rules ?? []).entries())
    yield { part, at: `rules.${i}`, text: rule.message, needed: true }
}
