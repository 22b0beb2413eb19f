import type { Component, ComponentLine } from '../../catalogue/index.ts'
import { codesServing } from '../../vault/index.ts'

/** What becomes of a component at the counter. */
export type Digitise = 'required' | 'on-demand' | 'never'

/** Why: each has a sentence in the messages `digitise.why.*`, with the article it rests on. */
export type DigitiseWhy =
  | 'stated'
  | 'earlier-result'
  | 'demand'
  | 'register'
  | 'shown'
  | 'form'
  | 'note'
  | 'copy'
  | 'certify'

export interface DigitiseRule {
  rule: Digitise
  why: DigitiseWhy
}

type Line = Pick<ComponentLine, 'key' | 'code' | 'original' | 'copies' | 'provision'>

/**
 * Whether a component is digitised when a dossier is received (TT 01/2023/TT-VPCP, Điều 4): results of earlier
 * procedures are; what a register answers, what is only shown and plain copies are not; everything else is when the
 * person wants it. What a procedure states goes before all of it. Pure.
 */
export function digitiseRule(
  procedureCode: string,
  line: Line,
  { stated, certified = false }: { stated?: Component['digitise']; certified?: boolean } = {},
): DigitiseRule {
  if (line.provision === 'note') return { rule: 'never', why: 'note' }
  // The original of a certified copy is captured to be certified: whoever certifies signs it, not the counter.
  if (certified && line.original > 0) return { rule: 'never', why: 'certify' }
  if (stated !== undefined) return { rule: stated, why: 'stated' }
  if (line.provision === 'form') return { rule: 'never', why: 'form' }
  if (line.provision === 'lookup') return { rule: 'never', why: 'register' }
  if (line.provision === 'show') return { rule: 'never', why: 'shown' }
  if (line.original === 0 && line.copies > 0) return { rule: 'on-demand', why: 'copy' }
  // Under its own name a paper comes from an earlier filing of the same thing: that makes it no result.
  const ownName = `${procedureCode}:${line.key}`
  return codesServing(procedureCode, line).some((code) => code !== ownName)
    ? { rule: 'required', why: 'earlier-result' }
    : { rule: 'on-demand', why: 'demand' }
}
