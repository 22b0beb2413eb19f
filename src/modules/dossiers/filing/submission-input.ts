import { z } from 'zod'
import { cleanText } from '../../../kernel/text.ts'
import { OnBehalfOf } from '../../identity/index.ts'
import { PaperInput } from '../commands.ts'

/** A person who came to the counter, or for whom a system files: stated, because there is no account. */
export const ApplicantInput = z.object({
  name: cleanText.pipe(z.string().trim().min(1).max(200)),
  personalId: z
    .string()
    .regex(/^\d{12}$/)
    .optional(),
  phone: cleanText.pipe(z.string().trim().max(20)).optional(),
  email: z.email().max(200).optional(),
})

export const SubmissionInput = z.object({
  procedureCode: z.string().max(20),
  /** Code of the authority asked to settle it; the form's own answer comes first. */
  receiving: z.string().max(35).optional(),
  answers: z.record(z.string().max(200), z.unknown()),
  papers: z.array(PaperInput).max(200).default([]),
  filedFor: OnBehalfOf.default({ kind: 'self' }),
  delivery: z.enum(['electronic', 'counter', 'post']).optional(),
  applicant: ApplicantInput.optional(),
})
export type SubmissionInput = z.input<typeof SubmissionInput>
/** The same once a door has checked its shape. */
export type CheckedInput = z.output<typeof SubmissionInput>
