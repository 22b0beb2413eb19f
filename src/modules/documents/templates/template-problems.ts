import { isRefusal, type Refusal } from '../../../kernel/errors.ts'
import { compileFeel, pathsOf } from '../../../kernel/feel/index.ts'
import { fieldsOfTemplate, pathOf, type SourceChoice, sameSource } from './bind-fields.ts'
import { typstOf } from './compile-template.ts'
import { forbiddenWord } from './forbidden-words.ts'
import { templateRefusals } from './refusals.ts'
import { sampleFacts, sampleView } from './sample-view.ts'
import { everyBlock, longestTypst, TemplateDraft } from './template-draft.ts'
import type { TemplateSources } from './template-values.ts'
import { tryTemplate } from './try-template.ts'

/** What is wrong with a template before it is laid out; `at` is a block, an input or a line. */
export interface TemplateFinding {
  at: string
  code:
    | 'field-unknown'
    | 'condition-broken'
    | 'condition-unknown'
    | 'source-unknown'
    | 'forbidden'
    | 'too-large'
    | 'empty'
  params: Record<string, string | number>
}

/**
 * What keeps a template from saying what it should: merge fields that are tied to nothing, inputs whose field or
 * fact there is no more, conditions that are no FEEL or read what nobody knows, forbidden words. Pure.
 */
export function templateFindings(draft: TemplateDraft, choices: readonly SourceChoice[]): TemplateFinding[] {
  return [
    ...(draft.source === 'typst' ? sourceFindings(draft) : blockFindings(draft)),
    ...inputFindings(draft, choices),
    ...(draft.source === 'typst' ? [] : conditionFindings(draft, choices)),
  ]
}

function sourceFindings({ typst }: TemplateDraft): TemplateFinding[] {
  if (typst.trim() === '') return [{ at: '', code: 'empty', params: {} }]
  if (typst.length > longestTypst) return [{ at: '', code: 'too-large', params: { most: longestTypst } }]
  const word = forbiddenWord(typst)
  return word
    ? [{ at: `${word.line}`, code: 'forbidden', params: { line: word.line ?? 0, word: word.message } }]
    : []
}

function blockFindings(draft: TemplateDraft): TemplateFinding[] {
  if (draft.blocks.length === 0) return [{ at: '', code: 'empty', params: {} }]
  const known = new Set(draft.inputs.map(({ name }) => name))
  return [...fieldsOfTemplate(draft)]
    .filter((field) => !known.has(field))
    .map((field) => ({ at: field, code: 'field-unknown', params: { field } }))
}

function inputFindings({ inputs }: TemplateDraft, choices: readonly SourceChoice[]): TemplateFinding[] {
  return inputs
    .filter(({ from }) => !choices.some((choice) => sameSource(choice.from, from)))
    .map(({ name, label }) => ({ at: name, code: 'source-unknown', params: { label } }))
}

function conditionFindings(draft: TemplateDraft, choices: readonly SourceChoice[]): TemplateFinding[] {
  const known = new Set(choices.map(({ from }) => pathOf(from)))
  return everyBlock(draft.blocks).flatMap((block): TemplateFinding[] => {
    if (block.kind !== 'when') return []
    const tree = compileFeel(block.feel)
    if (isRefusal(tree)) return [{ at: block.id, code: 'condition-broken', params: { feel: block.feel } }]
    return pathsOf(tree)
      .filter((path) => !isKnown(path, known))
      .map((path) => ({ at: block.id, code: 'condition-unknown', params: { path } }))
  })
}

// A repeated group, and a part of an address, are read below the key of their field.
const isKnown = (path: string, known: ReadonlySet<string>) =>
  [...known].some((each) => path === each || path.startsWith(`${each}.`) || each.startsWith(`${path}.`))

/**
 * Lays every template of a procedure out for an invented dossier, each in a process that may be killed. Gives the
 * first refusal of each that fails, with its key. Refuses what is no template at all.
 */
export async function tryTemplates(
  drafts: readonly unknown[],
  procedure: { code: string; name: string },
): Promise<{ key: string; refused: Refusal }[]> {
  const failed: { key: string; refused: Refusal }[] = []
  for (const each of drafts) {
    const draft = TemplateDraft.safeParse(each)
    const key = String((each as { key?: unknown } | null)?.key ?? '')
    if (!draft.success) {
      failed.push({
        key,
        refused: templateRefusals.incomplete({ key, problem: draft.error.issues[0]?.message ?? '' }),
      })
      continue
    }
    const sources: TemplateSources = {
      ...{ answers: {}, draft: {}, words: new Map(), facts: sampleFacts(procedure), today: '2026-11-20' },
    }
    const data = sampleView(draft.data, sources, { everything: true })
    const tried = await tryTemplate({ source: typstOf(draft.data), data })
    if (isRefusal(tried)) failed.push({ key, refused: tried })
  }
  return failed
}
