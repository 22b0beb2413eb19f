import { randomUUID } from 'node:crypto'
import type { App } from '../app.ts'
import { accepted } from '../kernel/errors.ts'
import { dateOfLaw } from '../kernel/time.ts'
import type { Person } from '../modules/identity/index.ts'
import type { DemoPerson } from './identity-provider.ts'

interface Couple {
  bride: DemoPerson
  groom: DemoPerson
  /** Account of the bride, who files. */
  personId: string
  authority: { code: string; name: string }
}

/** Two people of the demonstration marry: one has filed, and the other finds the question on their own phone. */
export async function fileAWedding(app: App, { bride, groom, personId, authority }: Couple, now: Date) {
  const actor: Person = {
    kind: 'person',
    personId,
    name: bride.name,
    ...(bride.personalId && { personalId: bride.personalId }),
    ...(bride.phone && { phone: bride.phone }),
    assurance: 2,
    organisations: [],
  }
  const appointment = Temporal.PlainDate.from(dateOfLaw(now)).add({ days: 7 }).toString()
  const answers = {
    filer: 'female',
    receivingAgency: authority,
    'partner.phone': `+84${groom.phone?.slice(1)}`,
    ...marrying('wife', bride),
    ...marrying('husband', groom),
    appointment,
    'copies.count': 2,
  }
  const input = { procedureCode: '1.000894', receiving: authority.code, answers }
  return accepted(await app.dossiers.submit(actor, input, { key: randomUUID(), now }))
}

const marrying = (who: 'wife' | 'husband', { name, dateOfBirth, personalId }: DemoPerson) => ({
  [`${who}.fullName`]: name,
  [`${who}.dateOfBirth`]: dateOfBirth,
  [`${who}.identityPaper`]: { kind: 'id', number: personalId },
  [`${who}.maritalStatus`]: 'never',
  [`${who}.marriageOrder`]: 1,
})
