import type { Locale } from 'motcua/kernel/i18n'
import type { ListedProcedure } from 'motcua/modules/catalogue'

/** One procedure in a list: the plain name first, the legal one small. */
export interface Hit {
  code: string
  title: string
  /** The legal name, when it is not what stands above. */
  legal: string | null
  field: string | null
  filedHere: boolean
}

export function toHit(procedure: ListedProcedure, locale: Locale): Hit {
  const plain = (locale === 'en' && procedure.plainNameEn) || procedure.plainName
  const title = plain ?? procedure.name
  return {
    code: procedure.code,
    title,
    legal: title === procedure.name ? null : procedure.name,
    field: procedure.field,
    filedHere: procedure.filedHere,
  }
}

export interface SearchAsked {
  q: string
  field: string | undefined
  cursor: string | undefined
}

/** What the address asks for; anything that cannot be text is nothing. */
export function readSearch(params: URLSearchParams): SearchAsked {
  const text = (name: string) => (params.get(name) ?? '').replaceAll('\u0000', '').trim().slice(0, 200)
  return { q: text('q'), field: text('linh-vuc') || undefined, cursor: text('tiep') || undefined }
}

/** The address of a search: the same page can be sent to somebody else. */
export function searchPath({ q, field, cursor }: Partial<SearchAsked>): string {
  const params = new URLSearchParams()
  if (q) params.set('q', q)
  if (field) params.set('linh-vuc', field)
  if (cursor) params.set('tiep', cursor)
  const query = params.toString()
  return query ? `/tim?${query}` : '/tim'
}

/** The bodies whose procedures were looked through, the largest few by name: "Bộ Tài chính, Bộ Xây dựng và 12 nơi khác". */
export function bodiesText(publishers: readonly { name: string }[], and: (count: number) => string): string {
  const shown = publishers.slice(0, 4).map(({ name }) => name)
  const others = publishers.length - shown.length
  return shown.join(', ') + (others > 0 ? ` ${and(others)}` : '')
}
