import { readJson } from 'motcua/kernel/read-json'
import { type Answers, type CompiledForm, fieldsOf, type Origins } from 'motcua/modules/forms'
import { z } from 'zod'

/** What was typed in a preview: it travels in the page, since nothing of a preview is stored. */
export interface PreviewState {
  answers: Answers
  origins: Origins
  /** Known facts that the person asked to correct. */
  editing: string[]
}

/** The most that a page of a preview carries, in characters. */
export const mostOfPreview = 256_000

const State = z.strictObject({
  answers: z.record(z.string(), z.unknown()),
  origins: z.record(
    z.string(),
    z.strictObject({
      source: z.string().max(40),
      state: z.enum(['given', 'unavailable']),
      note: z.string().max(400).optional(),
    }),
  ),
  editing: z.array(z.string().max(200)).max(100),
})

/** The state as a hidden field holds it; undefined when it has grown too large. */
export function packState(state: PreviewState): string | undefined {
  const text = Buffer.from(JSON.stringify(state)).toString('base64url')
  return text.length <= mostOfPreview ? text : undefined
}

/** Reads it back. Anything that no preview has written is no state; only answers of this form are taken over. */
export function unpackState(text: unknown, { definition }: CompiledForm): PreviewState | undefined {
  if (typeof text !== 'string' || text.length > mostOfPreview) return undefined
  const parsed = State.safeParse(readJson(Buffer.from(text, 'base64url').toString('utf8')))
  if (!parsed.success) return undefined
  const keys = new Set(fieldsOf(definition).map(({ group, field }) => (group.repeat ? group.key : field.key)))
  const own = <T>(record: Record<string, T>) =>
    Object.fromEntries(Object.entries(record).filter(([key]) => keys.has(key)))
  const { answers, origins, editing } = parsed.data
  return { answers: own(answers), origins: own(origins) as Origins, editing }
}
