import { expect, test } from 'vitest'
import {
  aDossier,
  type BuiltDossier,
  type Happening,
  storeDossier,
} from '../../../test/builders/a-dossier.ts'
import { testDatabase } from '../../../test/harness/database.ts'
import { inTransaction, openDatabase } from '../../kernel/db.ts'
import { newId } from '../../kernel/ids.ts'
import { type Counted, readCounted } from './counted-dossiers.ts'
import { countedOf, readLives } from './counted-lives.ts'
import type { DossierEntry } from './entries.ts'

const database = await testDatabase()
const db = openDatabase(database.url, { role: 'motcua_app' })

const filedAt = '2026-11-02T02:00:00.000Z'
const accepted: Happening = {
  at: '2026-11-02T03:00:00.000Z',
  is: 'accepted',
  dueAt: '2026-11-05T10:00:00.000Z',
}
const asked: Happening = { at: '2026-11-03T03:00:00.000Z', is: 'supplement-requested' }
const supplemented: Happening = { at: '2026-11-04T03:00:00.000Z', is: 'supplemented' }
const moved: Happening = { at: '2026-11-04T04:00:00.000Z', is: 'succeeded', to: 'H99.13' }
const decided: Happening = { at: '2026-11-04T05:00:00.000Z', is: 'decided' }
const returned: Happening = { at: '2026-11-04T06:00:00.123Z', is: 'returned' }
const paper = { component: 'paper', fileId: newId(), sha256: 'a'.repeat(64) }

const lives: BuiltDossier[] = [
  aDossier({ at: filedAt }),
  aDossier({ at: filedAt, life: [accepted, asked, supplemented, moved, decided, returned], assurance: 2 }),
  aDossier({ at: filedAt, life: [{ at: accepted.at, is: 'refused' }], channel: 'direct' }),
  withStepSigned(aDossier({ at: filedAt, life: [accepted, decided], delivery: 'counter' })),
  aDossier({ at: filedAt, papers: [{ ...paper, how: 'vault', vaultItem: newId(), trust: 'issued' }] }),
  aDossier({ at: filedAt, papers: [{ ...paper, how: 'upload' }], lookedUp: ['identity'] }),
  aDossier({ at: filedAt, otherParties: [{ kind: 'second-party', until: '2026-11-09T10:00:00.000Z' }] }),
  aDossier({
    ...{ at: filedAt, otherParties: [{ kind: 'second-party', until: null }] },
    life: [{ at: '2026-11-02T02:30:00.000Z', is: 'confirmed' }, accepted, decided],
  }),
]
const filing = aDossier({ at: filedAt, assurance: 2 })
lives.push(filing, aDossier({ at: filedAt, linked: { filing: filing.id, branch: 'residence' } as never }))

for (const each of lives) await storeDossier(db.pool, each)
await database.pool.query(
  `insert into dossiers.digitised_paper (id, dossier_id, component, source, source_files, file_id, sha256, size, pages,
     fields, officer_id, authority, signer_name, certificate, signed_at)
   values ($1, $2, 'scan', $3, '{}', $1, $3, 1, 1, '[]', 'officer-1', 'H99.12', 'A', 'c', now())`,
  [newId(), lives[2]!.id, 'b'.repeat(64)],
)
await database.pool.query(
  `insert into dossiers.sync values ($1, 'national-portal', 'acknowledged', 1, null, now(), now()),
     ($2, 'national-portal', 'sent', 1, null, now(), null)`,
  [lives[0]!.id, lives[1]!.id],
)

// A step that signs moves no figure of time, and its signature counts.
function withStepSigned(built: BuiltDossier): BuiltDossier {
  const signature = { paper: newId(), sha256: 'a'.repeat(64), certificate: 'c' }
  const signed = {
    kind: 'dossiers.step-completed',
    data: { note: null, signature },
    actor: { kind: 'officer', id: 'officer-1' },
    at: new Date('2026-11-02T04:00:00.000Z'),
  } as unknown as DossierEntry
  return { ...built, entries: built.entries.toSpliced(2, 0, signed) }
}

async function folded(rowsAtOnce: number): Promise<Counted[][]> {
  return inTransaction(db, async (tx) => {
    const all: Counted[][] = []
    for await (const some of readLives(tx, { rowsAtOnce })) all.push(some.map(countedOf))
    return all
  })
}

test('the journal tells of every dossier what its row does, wherever a reading ends', async () => {
  const ids = lives.map(({ id }) => id).toSorted()
  const rows = (await readCounted(db.pool, ids)).toSorted((a, b) => (a.dossier.id < b.dossier.id ? -1 : 1))
  expect(rows).toHaveLength(lives.length)
  for (const rowsAtOnce of [1, 2, 3, 1000]) {
    const all = (await folded(rowsAtOnce)).flat()
    expect(all.map(({ dossier }) => dossier.id)).toEqual(ids)
    expect(all).toMatchObject(rows)
  }
})

test('facts beside the life are told with it', async () => {
  const of = new Map((await folded(5)).flat().map(({ dossier, facts }) => [dossier.id, facts]))
  const facts = lives.map(({ id }) => of.get(id)!)
  expect(facts.map(({ synchronised }) => synchronised).indexOf(true)).toBe(0)
  expect(facts.filter(({ synchronised }) => synchronised)).toHaveLength(1)
  expect(facts[2]).toMatchObject({ hasPaper: true, reused: true })
  expect(facts[3]).toMatchObject({ signedResult: true })
  expect(facts[4]).toMatchObject({ hasPaper: true, fromVault: true, reused: true })
  expect(facts[5]).toMatchObject({ hasPaper: true, fromVault: false, reused: true })
  expect(facts.at(-1)).toMatchObject({ proven: true })
})
