import { dateOfLaw } from '../../../kernel/time.ts'
import type { IssuedDocument, SlipData } from '../../documents/index.ts'
import type { Answers } from '../../forms/index.ts'
import { draftFieldsFor } from './draft-fields.ts'
import { citation, type PaperFacts } from './paper-facts.ts'
import { resultHead } from './results.ts'
import { dataOf, type Given, said } from './slip-data.ts'

/** A paper of the result that a decision is about, and the day on which it was decided. */
export interface OldResult {
  document: IssuedDocument
  on: string
}

/** The paper that takes the place of another; known by its code as long as it has no number. */
export type Replacement = Pick<IssuedDocument, 'title' | 'verifyCode'> & { number: string | null }

/** The decision to correct a result: what was wrong, what stands now, and which paper takes the place of which. */
export function correctionData(
  facts: PaperFacts,
  given: Given,
  papers: { old: OldResult[]; replacements: readonly Replacement[]; template: string },
): SlipData<'correction'> {
  return {
    ...decision(facts, given, papers.old),
    changes: changesOf(facts, papers.template),
    replacements: papers.replacements.map(({ title, number, verifyCode }) => ({ title, number, verifyCode })),
    fault: dataOf(facts, 'dossiers.result-corrected').fault,
  }
}

export const revocationData = (
  facts: PaperFacts,
  given: Given,
  papers: { old: OldResult[] },
): SlipData<'revocation'> => decision(facts, given, papers.old)

function decision(facts: PaperFacts, given: Given, old: readonly OldResult[]) {
  const { competent, version, party, dossier, act } = facts
  return {
    ...resultHead(facts, given),
    issuedBy: competent.kind === 'commune' ? `Chủ tịch ${competent.name}` : competent.name,
    grounds: [
      ...version.legalBases.slice(0, 4).map((base) => `Căn cứ ${citation(base)};`),
      `Xét hồ sơ ${dossier.code} và kết quả đã cấp.`,
    ],
    papers: old.map(({ document: { title, number }, on }) => ({ title, number, on })),
    holder: party.name,
    reason: said(facts),
    effectiveOn: dateOfLaw(act.at),
    recipients: ['Người được cấp', 'Nơi đã trả kết quả', 'Lưu: VT'],
  }
}

/** The fields that the new draft says otherwise, in the words of their labels. Pure. */
function changesOf(
  { draft, draftBefore, words, lines }: Pick<PaperFacts, 'draft' | 'draftBefore' | 'words' | 'lines'>,
  template: string,
): { label: string; before: string | null; after: string | null }[] {
  const labels = new Map([
    ...lines.map(({ key, label }) => [key, label] as const),
    ...draftFieldsFor(template).map(({ key, label }) => [key, label.vi] as const),
  ])
  const keys = [...new Set([...Object.keys(draftBefore ?? {}), ...Object.keys(draft ?? {})])]
  // What the draft left open, the declaration and the registers said.
  const value = (of: Answers | null, key: string) => asText(of?.[key]) ?? words.get(key) ?? null
  return keys
    .map((key) => ({
      label: labels.get(key) ?? key,
      before: value(draftBefore, key),
      after: value(draft, key),
    }))
    .filter(({ before, after }) => before !== after)
}

function asText(value: unknown): string | null {
  if (typeof value === 'number') return String(value)
  if (typeof value !== 'string' || value.trim() === '') return null
  return /^\d{4}-\d{2}-\d{2}$/.test(value) ? value.split('-').reverse().join('/') : value
}
