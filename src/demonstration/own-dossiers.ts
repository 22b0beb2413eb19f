import type { App } from '../app.ts'
import { accepted } from '../kernel/errors.ts'
import { at, dateOfLaw } from '../kernel/time.ts'
import { type Dossier, dossierCode, openTasks, type State } from '../modules/dossiers/index.ts'
import type { Person } from '../modules/identity/index.ts'
import { copyDossiers } from '../simulation/copy-dossiers.ts'
import { seededRandom } from '../simulation/random.ts'
import { type Filing, type SimulatedDossier, simulateDossier } from '../simulation/simulate-dossier.ts'
import { loadWorld, type World } from '../simulation/world.ts'
import { fileAWedding } from './a-wedding.ts'
import { type DemoPerson, demonstrationPeople } from './identity-provider.ts'
import { fileLinkedGroups } from './linked-filings.ts'
import { giveOwnPapers, type PersonOwner } from './own-vault.ts'

interface Wish {
  /** A citizen of the demonstration; null for a stranger. */
  subject: string | null
  procedure: string
  /** Authority near the person's home. */
  authority: string
  daysAgo: number
  wanted: (dossier: Dossier) => boolean
}

const isIn = (state: State) => (dossier: Dossier) => dossier.state === state
const awaitsDecision = (dossier: Dossier) => openTasks(dossier).some((task) => task.stepKind === 'decide')
const ward = 'H99.12'
const police = 'H99.10.01'

/** What the invented citizens find under their own name: something finished, something moving, something asked. */
const ofCitizens: readonly Wish[] = [
  {
    subject: 'citizen-mau-don',
    procedure: '2.000635',
    authority: ward,
    daysAgo: 41,
    wanted: isIn('returned'),
  },
  {
    subject: 'citizen-mau-don',
    procedure: '1.004873',
    authority: ward,
    daysAgo: 4,
    wanted: isIn('awaiting-supplement'),
  },
  {
    subject: 'citizen-mau-don',
    procedure: '1.004194',
    authority: police,
    daysAgo: 3,
    wanted: isIn('in-progress'),
  },
  { subject: 'citizen-lua', procedure: '1.013225', authority: ward, daysAgo: 5, wanted: isIn('in-progress') },
  { subject: 'citizen-sen', procedure: '1.014028', authority: ward, daysAgo: 20, wanted: isIn('returned') },
  { subject: 'citizen-ban', procedure: '2.000635', authority: ward, daysAgo: 1, wanted: isIn('submitted') },
  { subject: 'citizen-tung', procedure: '1.000656', authority: ward, daysAgo: 60, wanted: isIn('returned') },
]

/** What the officers of the best-staffed ward find, whatever day it is: three to decide, some to receive. */
const ofTheWard: readonly Wish[] = [
  ...['1.004873', '1.004884', '1.013225', '1.004873'].map((procedure) => ({
    procedure,
    daysAgo: 4,
    wanted: awaitsDecision,
  })),
  ...['1.001193', '1.004873', '2.000635'].map((procedure) => ({
    procedure,
    daysAgo: 1,
    wanted: isIn('submitted'),
  })),
].map((wish) => ({ ...wish, subject: null, authority: ward }))

const mostTries = 400

/** Gives the citizens and the desk of the demonstration dossiers, each lived until it stands as wished. */
export async function giveOwnDossiers(app: App, now: Date): Promise<void> {
  const world = await loadWorld(app.db, now)
  const people = new Map(demonstrationPeople([]).map((person) => [person.subject, person]))
  const lives: SimulatedDossier[] = []
  for (const [i, wish] of [...ofCitizens, ...ofTheWard].entries()) {
    const person = wish.subject === null ? undefined : people.get(wish.subject)
    const who = person && whoIs(person, await accountOf(app, person))
    const life = live(world, wish, who, now, i)
    if (life) lives.push(life)
  }
  await copyDossiers(app.db, lives)
  const mother = people.get('citizen-mau-don')
  // A year of history does not wait for a few filings.
  await fileLinkedGroups(app, mother && personOf(mother, await accountOf(app, mother)), now).catch((error) =>
    app.log.error({ err: error }, 'the sample linked filings could not be made'),
  )
  await giveOwnPapers(
    app,
    {
      mother: await ownerOf(app, people, 'citizen-mau-don'),
      owner: await ownerOf(app, people, 'citizen-lua'),
    },
    now,
  ).catch((error) => app.log.error({ err: error }, 'the sample papers could not be made'))
  const [bride, groom] = [people.get('citizen-ban'), people.get('citizen-lua')]
  if (bride && groom) {
    const couple = { bride, groom, personId: await accountOf(app, bride) }
    const at = new Date(now.getTime() - 2 * 3_600_000)
    await fileAWedding(
      app,
      { ...couple, authority: { code: ward, name: 'Ủy ban nhân dân phường Hoa Sen' } },
      at,
    )
  }
}

async function ownerOf(
  app: App,
  people: ReadonlyMap<string, DemoPerson>,
  subject: string,
): Promise<PersonOwner> {
  const person = people.get(subject)!
  return { kind: 'person', personId: await accountOf(app, person), personalId: person.personalId ?? null }
}

// The account is what the first sign-in would have made; the session that comes with it is ended.
async function accountOf(app: App, person: DemoPerson): Promise<string> {
  accepted(await app.identity.openSessionFor(person))
  const personId = await app.identity.findAccountId(person.subject)
  if (personId === undefined) throw new Error(`no account for ${person.subject}`)
  await app.identity.signOutEverywhere(personId)
  return personId
}

function personOf({ name, personalId, dateOfBirth, phone }: DemoPerson, personId: string): Person {
  return {
    ...{ kind: 'person', personId, name, assurance: 2, organisations: [] },
    ...(personalId && { personalId }),
    ...(dateOfBirth && { dateOfBirth }),
    ...(phone && { phone: `+84${phone.slice(1)}` }),
  }
}

function whoIs({ name, dateOfBirth, personalId }: DemoPerson, personId: string): Filing['who'] {
  if (!dateOfBirth || !personalId) return undefined
  const sex = / (Thị|Ngọc|Thu) /.test(name) ? ('female' as const) : ('male' as const)
  return { personId, person: { name, dateOfBirth, personalId, sex } }
}

function live(
  world: World,
  wish: Wish,
  who: Filing['who'],
  now: Date,
  nth: number,
): SimulatedDossier | undefined {
  const offer = world.offers.find((each) => each.rules.version.procedureCode === wish.procedure)
  const site = offer?.sites.find((each) => each.authority.code === wish.authority)
  if (!offer || !site) return undefined
  for (let seed = 0; seed < mostTries; seed++) {
    // From day to day and hour to hour, so that weekends and evenings find what they look for as well.
    const date = Temporal.PlainDate.from(dateOfLaw(now)).subtract({ days: wish.daysAgo + (seed % 3) })
    const filedAt = at(date.toString(), `${String(8 + (seed % 9)).padStart(2, '0')}:12:00`)
    const code = dossierCode(wish.authority, date.toString(), 90_001 + nth)
    const filing: Filing = { offer, site, channel: 'online', at: filedAt, code, ...(who && { who }) }
    const life =
      filedAt < now ? simulateDossier(filing, now, seededRandom(7000 + nth * 1000 + seed)) : undefined
    if (life && wish.wanted(life.dossier)) return life
  }
  return undefined
}
