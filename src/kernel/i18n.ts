import { en } from '../messages/en.ts'
import { vi } from '../messages/vi.ts'
import { fill, flatten } from './i18n-text.ts'

/** The languages a person may choose; Vietnamese is what everything is written in first. */
export const locales = ['vi', 'en'] as const
export type Locale = (typeof locales)[number]
export const defaultLocale: Locale = 'vi'

/** Reads a language from anything a person or a cookie may say; anything unknown is Vietnamese. */
export function toLocale(value: unknown): Locale {
  return value === 'en' ? 'en' : defaultLocale
}

type Path<T> = T extends string
  ? never
  : { [K in keyof T & string]: T[K] extends string ? K : `${K}.${Path<T[K]>}` }[keyof T & string]

/** Every key of the Vietnamese catalogue: `<area>.<key>`. */
export type MessageKey = Path<typeof vi>
export type MessageParams = Readonly<Record<string, string | number>>
export type Translate = (key: MessageKey, params?: MessageParams) => string

const catalogues: Record<Locale, ReadonlyMap<string, string>> = {
  vi: new Map(flatten(vi)),
  en: new Map(flatten(en)),
}

const translators = Object.fromEntries(
  locales.map((locale) => [locale, ((key, params) => message(locale, key, params)) as Translate]),
) as Record<Locale, Translate>

/** The sentences of one language: `messages('vi')('web.home.title')`. */
export function messages(locale: Locale): Translate {
  return translators[locale]
}

/** A sentence whose key is only known at run time, such as the code of a refusal; `undefined` when there is none. */
export function findMessage(locale: Locale, key: string, params: MessageParams = {}): string | undefined {
  const text = catalogues[locale].get(key) ?? catalogues[defaultLocale].get(key)
  return text === undefined ? undefined : fill(text, params)
}

/** All keys of one language, for the test that keeps the languages in step. */
export function messageKeys(locale: Locale): string[] {
  return [...catalogues[locale].keys()]
}

function message(locale: Locale, key: string, params?: MessageParams): string {
  return findMessage(locale, key, params) ?? key
}
