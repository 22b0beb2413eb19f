import type { allOfficers } from '../../src/modules/directory/index.ts'
import type { Officer } from '../../src/modules/identity/index.ts'

/** Finds one of these officers by id, as somebody who acts; throws where there is none. */
export function officerAmong(
  officers: Awaited<ReturnType<typeof allOfficers>>,
): (officerId: string) => Officer {
  return (officerId) => {
    const found = officers.find((each) => each.officerId === officerId)
    if (!found) throw new Error(`no officer ${officerId}`)
    return { kind: 'officer', officerId, name: found.name, posts: found.posts as Officer['posts'] }
  }
}
