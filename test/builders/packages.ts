import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../../db/reference')

/** A JSON file of `db/reference`, by its path without the ending. */
export const reference = (name: string) => JSON.parse(readFileSync(join(root, `${name}.json`), 'utf8'))

/** Files of the shipped packages by pattern (`process*.bpmn`), as `<package>/<file>`, in order. */
export const packagedFiles = (pattern: string): string[] =>
  globSync(`*/${pattern}`, { cwd: join(root, 'packages') }).toSorted()

/** The text of a file of a shipped package (`birth-registration/process.bpmn`). */
export const packagedText = (path: string): string => readFileSync(join(root, 'packages', path), 'utf8')

/** Keys of the forms that are shipped. */
export const formKeys: string[] = packagedFiles('form.json').map((path) => path.split('/')[0]!)

/** The shipped definition of a form, as it is written. */
export const formJson = (key: string) => reference(`packages/${key}/form`)

/** The shipped editions of procedures, as they are written. */
export const procedureJsons: { procedureCode: string; formKey: string }[] = packagedFiles(
  'procedure.json',
).map((path) => JSON.parse(packagedText(path)))

/** The shipped edition of a procedure, as it is written. */
export function procedureJson(code: string) {
  const found = procedureJsons.find(({ procedureCode }) => procedureCode === code)
  if (!found) throw new Error(`no package ships procedure ${code}`)
  return found
}
