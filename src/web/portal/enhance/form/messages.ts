import { fill, flatten } from 'motcua/kernel/i18n-text'
import { forms as formsEn } from '../../../../messages/forms.en.ts'
import { forms as formsVi } from '../../../../messages/forms.vi.ts'
import { live as liveEn } from '../../../../messages/live.en.ts'
import { live as liveVi } from '../../../../messages/live.vi.ts'

// Stands in for `kernel/i18n.ts` in browsers: the sentences of all other pages would weigh more than the evaluator.
const catalogues = {
  vi: new Map(flatten({ forms: formsVi, live: liveVi })),
  en: new Map(flatten({ forms: formsEn, live: liveEn })),
}

type Locale = keyof typeof catalogues
type Params = Readonly<Record<string, string | number>>

/** As in `kernel/i18n.ts`. */
export function findMessage(locale: Locale, key: string, params: Params = {}): string | undefined {
  const text = catalogues[locale].get(key)
  return text === undefined ? undefined : fill(text, params)
}

/** As in `kernel/i18n.ts`. */
export const messages =
  (locale: Locale) =>
  (key: string, params?: Params): string =>
    findMessage(locale, key, params) ?? key
