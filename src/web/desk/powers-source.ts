import { messages } from 'motcua/kernel/i18n'
import { dateOfLaw } from 'motcua/kernel/time'
import { listVersions } from 'motcua/modules/catalogue'
import {
  type Capacity,
  type Officer as DirectoryOfficer,
  findAuthority,
  isCollective,
  isPrincipal,
  listAuthorities,
  mayRecordFor,
  officersOf,
  ownPosts,
  unitsOf,
} from 'motcua/modules/directory'
import type { Officer } from 'motcua/modules/identity'
import type { PageContext } from 'motcua/web/context'
import type { Choice } from '../ui/fields'

/** What the forms of dated powers offer to this officer. */
export interface PowerChoices {
  /** Whose absence this officer may record, themself first. */
  away: Choice[]
  standIns: Choice[]
  /** Posts to hand over, of this officer alone: others hand over all of theirs. */
  posts: Choice[]
  /** Whose authority to sign this officer may give away; empty when none. */
  heads: Choice[]
  signers: Choice[]
  /** Capacities that the kind of authority knows. */
  capacities: Capacity[]
  procedures: Choice[]
  fields: Choice[]
}

/** Looks up whom and what this officer may choose, at the authority of their first own post. */
export async function powerChoices(page: PageContext, officer: Officer): Promise<PowerChoices> {
  const { app, now, locale } = page
  const own = ownPosts(officer.posts)
  const place = own[0]?.authorityCode
  if (place === undefined)
    return { ...{ away: [], standIns: [], posts: [], heads: [], signers: [] }, ...none }
  const today = dateOfLaw(now)
  const [authority, colleagues, below, units, versions] = await Promise.all([
    findAuthority(app.db, place),
    officersOf(app.db, place, undefined, today),
    headsBelow(page, place, today),
    unitsOf(app.db, place),
    listVersions(app.db, today),
  ])
  const others = colleagues.filter(({ officerId }) => officerId !== officer.officerId)
  const self = {
    value: officer.officerId,
    label: messages(locale)('powers.absence.self', { name: officer.name }),
  }
  const away = others.filter((each) => mayRecordFor(officer, ownPosts(each.posts)))
  const heads = colleagues.filter((each) => givesSignatures(each) && maySpeakFor(officer, each))
  const mayGive = heads.length > 0
  return {
    away: [self, ...away.map(named)],
    standIns: others.map(named),
    posts: own.length > 1 ? own.map(({ postId, title }) => ({ value: postId, label: title })) : [],
    heads: heads.map(named),
    signers: mayGive
      ? [...others, ...below].filter(({ posts }) => ownPosts(posts).some(signs)).map(named)
      : [],
    ...(mayGive
      ? {
          capacities: capacitiesOf(authority !== undefined && isCollective(authority.kind)),
          procedures: versions.map(({ procedureCode, plainName }) => ({
            value: procedureCode,
            label: plainName,
          })),
          fields: fieldsOf(units),
        }
      : none),
  }
}

const none = { capacities: [], procedures: [], fields: [] }

// On behalf of a committee nobody signs where there is none.
const capacitiesOf = (collective: boolean): Capacity[] => [
  ...(['KT.', 'TL.', 'TUQ.', 'Q.'] as const),
  ...(collective ? (['TM.'] as const) : []),
]

const named = ({ officerId, name, posts }: DirectoryOfficer): Choice => ({
  value: officerId,
  label: [name, ownPosts(posts)[0]?.title].filter(Boolean).join(', '),
})

const maySpeakFor = (officer: Officer, head: DirectoryOfficer) =>
  officer.officerId === head.officerId || mayRecordFor(officer, ownPosts(head.posts))

// The head of the authority, and who may hand on an order to sign.
const givesSignatures = ({ posts }: DirectoryOfficer) =>
  posts.some(
    (post) => (post.grant === undefined && isPrincipal(post)) || (post.grant && post.capacity === 'TL.'),
  )

const signs = ({ roles, title }: DirectoryOfficer['posts'][number]) =>
  roles.includes('leader') || roles.includes('head') || /^phó\s/iu.test(title)

// Điều 13 khoản 3: the province may let the heads of its departments sign.
async function headsBelow({ app }: PageContext, place: string, today: string): Promise<DirectoryOfficer[]> {
  const kinds = ['department', 'office', 'provincial-centre'] as const
  const bodies = await listAuthorities(app.db, { parentCode: place, kinds })
  const leaders = await Promise.all(bodies.map(({ code }) => officersOf(app.db, code, 'leader', today)))
  return leaders.flat().filter(({ posts }) => ownPosts(posts).some(isPrincipal))
}

function fieldsOf(units: Awaited<ReturnType<typeof unitsOf>>): Choice[] {
  const names = new Set(units.flatMap(({ fields }) => fields))
  return [...names].sort((a, b) => a.localeCompare(b, 'vi')).map((name) => ({ value: name, label: name }))
}
