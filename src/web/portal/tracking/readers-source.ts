import type { App } from 'motcua/app'
import { type Locale, messages } from 'motcua/kernel/i18n'
import { findAuthority, findOfficer, type Officer } from 'motcua/modules/directory'
import { type DossierView, mayKnowReaders, type Reader, readersOf } from 'motcua/modules/dossiers'
import { momentText } from '../../ui/format'

/** One reader in words. */
export interface ReaderLine {
  key: string
  who: string
  /** What for, how often and when last. */
  what: string
}

/** Who read a dossier, in words, for the people it is about; null for everybody else. */
export async function readerLines(app: App, view: DossierView, locale: Locale): Promise<ReaderLine[] | null> {
  if (!mayKnowReaders(view)) return null
  const readers = await readersOf(app.db.pool, view.dossier.id)
  const ids = readers.filter(({ readerKind }) => readerKind === 'officer').map(({ readerId }) => readerId)
  const places = readers.flatMap(({ authority }) => authority ?? [])
  const [officers, authorities] = await Promise.all([
    found(ids, (id) => findOfficer(app.db, id)),
    found(places, (code) => findAuthority(app.db, code)),
  ])
  const names = { officers, places: new Map([...authorities].map(([code, { name }]) => [code, name])) }
  return readers.map((reader, i) => readerLine(reader, names, locale, i))
}

async function found<T>(keys: readonly string[], find: (key: string) => Promise<T | undefined>) {
  const pairs = await Promise.all([...new Set(keys)].map(async (key) => [key, await find(key)] as const))
  return new Map(pairs.flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const])))
}

interface Names {
  officers: ReadonlyMap<string, Pick<Officer, 'name' | 'posts'>>
  places: ReadonlyMap<string, string>
}

/** One reader in words: post and authority as they publish them. Pure. */
export function readerLine(reader: Reader, names: Names, locale: Locale, key: number): ReaderLine {
  const t = messages(locale)
  const { times, lastAt } = reader
  const at = momentText(lastAt, locale)
  const often = times === 1 ? t('tracking.readers.once', { at }) : t('tracking.readers.often', { times, at })
  return { key: String(key), who: whoOf(reader, names, locale), what: `${t(whyOf(reader))}; ${often}` }
}

function whoOf({ readerKind, readerId, post, authority }: Reader, names: Names, locale: Locale): string {
  const t = messages(locale)
  if (readerKind === 'system')
    return readerId === 'retention'
      ? t('tracking.readers.platform')
      : t('tracking.readers.system', { name: readerId })
  const officer = names.officers.get(readerId)
  // Whoever has left the post since is still named by it where the directory knows it.
  const title = officer?.posts.find(({ postId }) => postId === post)?.title
  const place = authority === null ? undefined : (names.places.get(authority) ?? authority)
  return [officer?.name ?? readerId, title, place].filter(Boolean).join(', ')
}

function whyOf({ how, readerKind, atWork }: Reader) {
  if (how === 'exported') return 'tracking.readers.exported'
  if (readerKind === 'system') return 'tracking.readers.partner'
  return atWork ? 'tracking.readers.atWork' : 'tracking.readers.onDuty'
}
