import { findMessage, type Locale } from 'motcua/kernel/i18n'
import type { Path } from './procedure-editor.view'

/** Words of the editor whose key is known at run time only. */
export function said(locale: Locale, key: string, params = {}): string {
  return findMessage(locale, `procedureEditor.${key}`, params) ?? key
}

/** The words of a field: the nearest that its place has, `cases_fees_name` before `fees_name` before `name`. */
export function wordsAt(locale: Locale, kind: 'field' | 'hint', path: Path): string | undefined {
  const names = path.filter((name) => typeof name === 'string')
  for (let from = 0; from < names.length; from++) {
    const found = findMessage(locale, `procedureEditor.${kind}.${names.slice(from).join('_')}`)
    if (found !== undefined) return found
  }
  return undefined
}
