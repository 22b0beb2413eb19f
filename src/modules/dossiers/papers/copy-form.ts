/** How certified copies are wanted (NĐ 45/2020/NĐ-CP, Điều 10: as a file when somebody asks for it). */
export const copyForms = ['paper', 'electronic', 'both'] as const
export type CopyForm = (typeof copyForms)[number]

/** The choice of a filing; what came in before there was one said only whether a file is wanted beside the paper. Pure. */
export function copyFormOf(answers: Record<string, unknown>): CopyForm {
  const chosen = copyForms.find((each) => each === answers.copyForm)
  return chosen ?? (answers.wantsElectronic === true ? 'both' : 'paper')
}

/** The template by which a procedure says that it certifies copies. */
export const certifiedCopy = 'certified-copy'
