import { messages } from 'motcua/kernel/i18n'
import { findAuthority, officersOf } from 'motcua/modules/directory'
import type { QueueItem, Role } from 'motcua/modules/dossiers'
import type { Officer } from 'motcua/modules/identity'
import type { PageContext } from 'motcua/web/context'
import type { Choice } from '../ui/fields'
import { receiverValue } from './dossier-request'
import { placesOf } from './officer'

/** Roles that take papers in hand. */
const receiving = ['reception', 'specialist', 'head', 'clerk', 'cashier', 'post'] as const satisfies Role[]

/** Who may be given the tasks of some lines: officers of any of their roles, each once. */
export async function assigneesFor(
  { app }: Pick<PageContext, 'app'>,
  tasks: readonly Pick<QueueItem['task'], 'authority' | 'role'>[],
): Promise<Choice[]> {
  const wanted = new Map(
    tasks.filter(({ role }) => role !== 'applicant').map((task) => [`${task.authority} ${task.role}`, task]),
  )
  const found = await Promise.all(
    [...wanted.values()].map(({ authority, role }) => officersOf(app.db, authority, role as Role)),
  )
  const byId = new Map(found.flat().map((officer) => [officer.officerId, officer]))
  return [...byId.values()].map(({ officerId, name, posts }) => ({
    value: officerId,
    label: posts[0] ? `${name}, ${posts[0].title}` : name,
  }))
}

/** Who may be handed papers: each role at each of the places, then everybody by name. */
export async function receiversAt(
  { app, locale }: Pick<PageContext, 'app' | 'locale'>,
  officer: Officer,
  authorities: readonly string[],
): Promise<Choice[]> {
  const t = messages(locale)
  const places = [...new Set([...placesOf(officer), ...authorities])]
  const lists = await Promise.all(
    places.map(async (authority) => {
      const [place, people] = await Promise.all([
        findAuthority(app.db, authority),
        officersOf(app.db, authority),
      ])
      const held = people.flatMap(({ officerId, name, posts }) =>
        receiving
          .filter((role) =>
            posts.some((post) => post.authorityCode === authority && post.roles.includes(role)),
          )
          .map((role) => ({ officerId, name, role })),
      )
      const name = place?.shortName ?? authority
      const roles = [...new Set(held.map(({ role }) => role))]
      return [
        ...roles.map((role) => ({
          value: receiverValue(authority, role),
          label: `${name}, ${t(`work.role.${role}`)}: ${t('work.handover.anyone').toLowerCase()}`,
        })),
        ...held
          .filter(({ officerId }) => officerId !== officer.officerId)
          .map((each) => ({
            value: receiverValue(authority, each.role, each.officerId),
            label: `${name}, ${t(`work.role.${each.role}`)}: ${each.name}`,
          })),
      ]
    }),
  )
  return lists.flat()
}
