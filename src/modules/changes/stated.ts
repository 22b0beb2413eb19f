import { z } from 'zod'
import { cleanText } from '../../kernel/text.ts'
import type { StatedProblem } from './refusals.ts'

/** What is typed in one line. */
export const Line = cleanText.pipe(z.string().trim().min(1).max(200))
/** What is typed in some sentences. */
export const Paragraph = cleanText.pipe(z.string().trim().min(1).max(2000))

/** A change, and why something was done to it when somebody said so. */
export const Note = z.object({ id: z.uuid(), note: cleanText.pipe(z.string().trim().max(2000)).default('') })
/** A change, and why something was done to it: needed. */
export const Reasoned = z.object({ id: z.uuid(), note: Paragraph })

const fields: Record<string, StatedProblem['field']> = {
  code: 'code',
  title: 'title',
  reason: 'reason',
  note: 'note',
  validFrom: 'validFrom',
  'decision.number': 'decisionNumber',
  'decision.on': 'decisionOn',
}

/** What was stated wrongly, each field once. */
export function stated(error: z.ZodError): StatedProblem[] {
  const problems = error.issues.map(({ path, code }): StatedProblem => {
    const field = fields[path.join('.')] ?? 'content'
    return { field, code: code === 'too_big' ? 'too-long' : 'needed' }
  })
  return problems.filter(({ field }, i) => problems.findIndex((each) => each.field === field) === i)
}

/** What is wrong with the content of a part. */
export const unfit = ({ issues }: z.ZodError): StatedProblem => ({
  field: 'content',
  code: issues.some(({ message }) => message === 'too large') ? 'too-large' : 'unreadable',
})
