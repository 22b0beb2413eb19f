import { en } from '../messages/en.ts'
import { vi } from '../messages/vi.ts'

/** The languages a person may choose; Vietnamese is what everything is written in first. */
export const locales = ['vi', 'en'] as const
export type Locale = (typeof locales)[number]
export const defaultLocale: Locale = 'vi'

/** Reads a language from anything a person or a cookie may say; anything unknown is Vietnamese. */
export function toLocale(value: unknown): Locale {
  return value === 'en' ? 'en' : defaultLocale
}

type Tree = { readonly [key: string]: string | Tree }
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

// `{name}` takes the value; `{count|question|questions}` takes the first word for one and the second for others.
function fill(text: string, params: MessageParams): string {
  if (!text.includes('{')) return text
  return text.replace(
    /\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g,
    (whole, name: string, one?: string, many?: string) => {
      const value = params[name]
      if (value === undefined) return whole
      if (one === undefined || many === undefined) return String(value)
      return Number(value) === 1 ? one : many
    },
  )
}

function* flatten(tree: Tree, prefix = ''): Generator<[string, string]> {
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') yield [prefix + key, value]
    else yield* flatten(value, `${prefix}${key}.`)
  }
}
