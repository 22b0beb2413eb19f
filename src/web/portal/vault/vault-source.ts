import { searchable } from 'motcua/kernel/text'
import { dateOfLaw } from 'motcua/kernel/time'
import { findAuthority, listAuthorities } from 'motcua/modules/directory'
import type { Organisation, Person } from 'motcua/modules/identity'
import { findItems, ownersOf, type Read } from 'motcua/modules/vault'
import type { PageContext } from 'motcua/web/context'
import { data } from 'react-router'

/** Organisations whose papers a person may manage. */
export function managedOrganisations(person: Person): Organisation[] {
  const codes = new Set(
    ownersOf(person).flatMap((owner) => (owner.kind === 'organisation' ? owner.code : [])),
  )
  return person.organisations.filter(
    ({ code }, i, all) => codes.has(code) && all.findIndex((o) => o.code === code) === i,
  )
}

/** The organisation that the address names, when the person may manage its papers; others do not exist. */
export function askedOrganisation(person: Person, url: URL): Organisation | undefined {
  const code = url.searchParams.get('to-chuc')
  if (code === null || code === '') return undefined
  const found = managedOrganisations(person).find((each) => each.code === code)
  if (found === undefined) throw data(null, { status: 404 })
  return found
}

/** The query that keeps the organisation from page to page. */
export const whoseQuery = (organisation: Organisation | undefined): string =>
  organisation ? `?${new URLSearchParams({ 'to-chuc': organisation.code })}` : ''

/** Names that a list of reads needs: of the offices where officers work, and of the papers. */
export async function namesOfReads({ app }: PageContext, reads: readonly Read[]) {
  const codes = [...new Set(reads.flatMap(({ place }) => place ?? []))]
  const [authorities, items] = await Promise.all([
    Promise.all(codes.map((code) => findAuthority(app.db, code))),
    findItems(app.db.pool, [...new Set(reads.map(({ itemId }) => itemId))]),
  ])
  return {
    places: new Map(codes.map((code, i) => [code, authorities[i]?.name ?? code])),
    items: new Map(items.map(({ id, name }) => [id, name])),
  }
}

/**
 * The code of the office that somebody means: by its code or its name, with or without accents; a part of a name is
 * enough when it fits one office alone.
 */
export async function officeNamed({ app, now }: PageContext, typed: string): Promise<string | undefined> {
  const wanted = searchable(typed).trim()
  if (wanted === '') return undefined
  const standing = await listAuthorities(app.db, { on: dateOfLaw(now) })
  const named = standing.map(({ code, name }) => ({ code, text: searchable(name), plain: searchable(code) }))
  const exact = named.filter(({ text, plain }) => text === wanted || plain === wanted)
  const found = exact.length > 0 ? exact : named.filter(({ text }) => text.includes(wanted))
  return found.length === 1 ? found[0]!.code : undefined
}
