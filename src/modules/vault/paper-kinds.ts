import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

export const paperGroups = ['civil-status', 'identity', 'residence', 'land', 'business', 'other'] as const
export type PaperGroup = (typeof paperGroups)[number]

const PaperKind = z.object({
  /** Code of the paper as the national catalogue gives it. */
  code: z.string().max(60),
  name: z.string(),
  nameEn: z.string(),
  group: z.enum(paperGroups),
  /** Papers of procedures that it serves as: by their own code, or as `procedure:component`. */
  serves: z.array(z.string()),
  /** Where its code stands in the national catalogue: among results, or among papers asked for. */
  source: z.enum(['results', 'components']),
  /** How sure it is what it serves as: as published, or read from the texts of the papers asked for. */
  confidence: z.enum(['S', 'R']),
})
export type PaperKind = z.infer<typeof PaperKind>

const file = join(import.meta.dirname, '../../../db/reference/paper-kinds.json')

/** Kinds of papers that people keep, in the order in which they are listed. */
export const paperKinds: readonly PaperKind[] = z
  .object({ kinds: z.array(PaperKind) })
  .parse(JSON.parse(readFileSync(file, 'utf8'))).kinds

const byCode = new Map(paperKinds.map((kind) => [kind.code, kind]))

export const findPaperKind = (code: string | null): PaperKind | undefined =>
  code === null ? undefined : byCode.get(code)

/**
 * Codes of the papers that serve as a component: its own code, its place in its procedure (so an upload for it that was
 * kept serves it again), and every kind that may stand for it. Pure.
 */
export function codesServing(
  procedureCode: string,
  component: { key: string; code: string | null },
): string[] {
  const own = [...(component.code === null ? [] : [component.code]), `${procedureCode}:${component.key}`]
  const asked = new Set(own)
  const others = paperKinds
    .filter(({ serves }) => serves.some((each) => asked.has(each)))
    .map(({ code }) => code)
  return [...new Set([...own, ...others])]
}
