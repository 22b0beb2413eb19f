import type { PaperInput } from '../commands.ts'

/** A file that a filing speaks of, and where. */
export interface NamedFile {
  field: string
  fileId: string
  name: string
  /** What the sender says its content is; not stated in answers. */
  sha256?: string
}

/** The papers of a filing as files that it names. */
export function papersNamed(papers: readonly PaperInput[]): NamedFile[] {
  return papers.map(({ component, fileId, name, sha256 }) => ({
    field: `paper:${component}`,
    fileId,
    name,
    sha256,
  }))
}

/**
 * Every file that answers or a representation name, wherever it stands: an object with a `fileId`. Text that
 * happens to read like a number of a file names none.
 */
export function filesNamed(value: unknown, field = ''): NamedFile[] {
  if (typeof value !== 'object' || value === null) return []
  const { fileId, name } = value as { fileId?: unknown; name?: unknown }
  const own =
    typeof fileId === 'string' ? [{ field, fileId, name: typeof name === 'string' ? name : fileId }] : []
  const inner = Object.entries(value).flatMap(([key, each]) => filesNamed(each, field || key))
  return [...own, ...inner]
}
