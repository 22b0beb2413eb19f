import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sharedLibrary } from '../layouts.ts'

/** Where the two libraries lie that a template of a procedure may import; it reads nothing else. */
export const libraryFiles: Readonly<Record<string, string>> = {
  'lib.typ': sharedLibrary,
  'blocks.typ': join(import.meta.dirname, 'library', 'blocks.typ'),
}

/** Their sources by name. */
export const librarySources = (): Record<string, string> =>
  Object.fromEntries(Object.entries(libraryFiles).map(([name, path]) => [name, readFileSync(path, 'utf8')]))
