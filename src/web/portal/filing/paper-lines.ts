import type { ComponentLine } from 'motcua/modules/catalogue'
import type { PaperInput } from 'motcua/modules/dossiers'

/** A paper that must be sent and is not there yet; of alternatives the first stands for all. */
export function missingPapers(
  lines: readonly ComponentLine[],
  given: readonly Pick<PaperInput, 'component'>[],
): ComponentLine[] {
  const has = new Set(given.map(({ component }) => component))
  const asked = lines.filter(({ required }) => required)
  const satisfied = (line: ComponentLine) =>
    has.has(line.key) ||
    (line.group !== null && asked.some(({ key, group }) => group === line.group && has.has(key)))
  const first = (line: ComponentLine) =>
    line.group === null || asked.find(({ group }) => group === line.group) === line
  return asked.filter((line) => !satisfied(line) && first(line))
}

export interface PaperGroup {
  /** Key of the group, or of its only paper. */
  key: string
  required: boolean
  lines: ComponentLine[]
}

/** Papers in their order; alternatives stand together, because one of them is enough. */
export function paperGroups(lines: readonly ComponentLine[]): PaperGroup[] {
  const groups: PaperGroup[] = []
  for (const line of lines) {
    const known = line.group === null ? undefined : groups.find(({ key }) => key === line.group)
    if (known) known.lines.push(line)
    else groups.push({ key: line.group ?? line.key, required: line.required, lines: [line] })
  }
  // What must be sent comes first.
  return groups.toSorted((a, b) => Number(b.required) - Number(a.required))
}
