import type { App } from '../app.ts'
import { accepted } from '../kernel/errors.ts'
import { at, dateOfLaw } from '../kernel/time.ts'
import { dossierCode, type State } from '../modules/dossiers/index.ts'
import { copyDossiers } from '../simulation/copy-dossiers.ts'
import { seededRandom } from '../simulation/random.ts'
import { type SimulatedDossier, simulateDossier } from '../simulation/simulate-dossier.ts'
import { loadWorld, type World } from '../simulation/world.ts'
import { type DemoPerson, demonstrationPeople } from './identity-provider.ts'

interface Wish {
  subject: string
  procedure: string
  /** Authority near the person's home. */
  authority: string
  daysAgo: number
  state: State
}

/** What the invented citizens find under their own name: something finished, something moving, something asked. */
const wishes: readonly Wish[] = [
  { subject: 'citizen-mau-don', procedure: '2.000635', authority: 'H99.12', daysAgo: 41, state: 'returned' },
  {
    subject: 'citizen-mau-don',
    procedure: '1.004873',
    authority: 'H99.12',
    daysAgo: 4,
    state: 'awaiting-supplement',
  },
  {
    subject: 'citizen-mau-don',
    procedure: '1.004194',
    authority: 'H99.10.01',
    daysAgo: 3,
    state: 'in-progress',
  },
  { subject: 'citizen-lua', procedure: '1.013225', authority: 'H99.12', daysAgo: 5, state: 'in-progress' },
  { subject: 'citizen-sen', procedure: '1.014028', authority: 'H99.12', daysAgo: 20, state: 'returned' },
  { subject: 'citizen-ban', procedure: '2.000635', authority: 'H99.12', daysAgo: 1, state: 'submitted' },
  { subject: 'citizen-tung', procedure: '1.000656', authority: 'H99.12', daysAgo: 60, state: 'returned' },
]

const mostTries = 400

/** Gives the citizens of the demonstration dossiers of their own, each lived until it stands as wished. */
export async function giveOwnDossiers(app: App, now: Date): Promise<void> {
  const world = await loadWorld(app.db, now)
  const people = new Map(demonstrationPeople([]).map((person) => [person.subject, person]))
  const lives: SimulatedDossier[] = []
  for (const [i, wish] of wishes.entries()) {
    const person = people.get(wish.subject)
    const life = person && live(world, wish, { person, personId: await accountOf(app, person) }, now, i)
    if (life) lives.push(life)
  }
  await copyDossiers(app.db, lives)
}

// The account is what the first sign-in would have made; the session that comes with it is ended.
async function accountOf(app: App, person: DemoPerson): Promise<string> {
  accepted(await app.identity.openSessionFor(person))
  const personId = await app.identity.findAccountId(person.subject)
  if (personId === undefined) throw new Error(`no account for ${person.subject}`)
  await app.identity.signOutEverywhere(personId)
  return personId
}

function live(
  world: World,
  wish: Wish,
  who: { person: DemoPerson; personId: string },
  now: Date,
  nth: number,
) {
  const offer = world.offers.find((each) => each.rules.version.procedureCode === wish.procedure)
  const site = offer?.sites.find((each) => each.authority.code === wish.authority)
  const { name, dateOfBirth, personalId } = who.person
  if (!offer || !site || !dateOfBirth || !personalId) return undefined
  const person = {
    name,
    dateOfBirth,
    personalId,
    sex: / (Thị|Ngọc|Thu) /.test(name) ? ('female' as const) : ('male' as const),
  }
  const date = Temporal.PlainDate.from(dateOfLaw(now)).subtract({ days: wish.daysAgo }).toString()
  const code = dossierCode(wish.authority, date, 90_001 + nth)
  const filing = {
    offer,
    site,
    channel: 'online' as const,
    at: at(date, '09:12:00'),
    code,
    who: { person, personId: who.personId },
  }
  for (let seed = 0; seed < mostTries; seed++) {
    const life = simulateDossier(filing, now, seededRandom(7000 + nth * 1000 + seed))
    if (life.dossier.state === wish.state) return life
  }
  return undefined
}
