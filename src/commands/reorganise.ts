import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Db, openDatabase } from '../kernel/db.ts'
import { accepted } from '../kernel/errors.ts'
import { appRole, migrate } from '../kernel/migrate.ts'
import { startEmbeddedPostgres } from '../kernel/postgres/supervisor.ts'
import {
  createReorganisations,
  julyFirst,
  julyFirst2025,
  listAuthorities,
  resolveAuthority,
  storeExample,
} from '../modules/directory/index.ts'
import type { Actor } from '../modules/identity/index.ts'
import { type Command, options, UsageError } from './command.ts'

const eve = new Date('2025-06-30T02:00:00Z')
const day = new Date('2025-06-30T17:00:00Z')

export default {
  summary: 'work the reform of 1 July 2025 through as one decision, in a database of its own',
  help: `  example              63 provinces, 696 districts and 10,035 communes; nothing of this installation is touched
  --province <codes>   only these provinces of after the reform, as 44,92`,
  async run([what, ...args]) {
    if (what !== 'example') throw new UsageError('reorganise knows one word: example')
    const { province } = options(args, { province: { type: 'string' } })
    const folder = mkdtempSync(join(tmpdir(), 'motcua-reorganise-'))
    const database = await startEmbeddedPostgres({ dataDir: folder })
    const db = openDatabase(database.url, { role: appRole, max: 4 })
    try {
      await migrate(database.url)
      return (await workThrough(db, province?.split(','))) ? 0 : 1
    } finally {
      await db.close()
      await database.stop()
      rmSync(folder, { recursive: true, force: true })
    }
  },
} satisfies Command

/** Stores, drafts, approves, applies, and asks every old code what it means; true when all lead where the lists say. */
async function workThrough(db: Db, provinces: string[] | undefined): Promise<boolean> {
  const example = await timed('build', () => julyFirst2025(provinces ? { provinces } : {}))
  await timed('store', () => storeExample(db.pool, example))
  const { draft, approve, applyDue } = createReorganisations({
    ...{ db, openWork: async () => new Map(), changed: () => undefined },
  })
  const { id } = accepted(
    await timed('validate', () => draft(operator('enters'), example.request, { now: eve })),
  )
  accepted(await timed('approve', () => approve(operator('checks'), id, { now: eve })))
  const { applied } = await timed('apply', () => applyDue(day))
  const record = applied[0]?.record
  let choices = 0
  let wrong = 0
  await timed('resolve', async () => {
    for (const { code } of example.authorities) {
      const found = await resolveAuthority(db, code, julyFirst)
      const codes = found?.authority
        ? [found.authority.code]
        : (found?.choices ?? []).map((each) => each.code)
      if (codes.length > 1) choices += 1
      if (codes.toSorted().join() !== example.heirs.get(code)?.join()) wrong += 1
    }
  })
  const standing = await listAuthorities(db, { on: julyFirst })
  const count = (kind: string) => standing.filter((each) => each.kind === kind).length
  say(`${example.authorities.length} authorities before; ${record?.began} began, ${record?.ended} ended`)
  say(`standing on ${julyFirst}: ${count('province')} provinces, ${count('commune')} communes`)
  say(
    `old codes: ${example.authorities.length - choices} lead to one, ${choices} give a choice, ${wrong} go astray`,
  )
  return wrong === 0
}

const operator = (clientId: string): Actor => ({
  ...{ kind: 'system', clientId, name: clientId, scopes: ['operator'] },
})

const say = (line: string) => process.stdout.write(`${line}\n`)

async function timed<T>(name: string, work: () => Promise<T>): Promise<T> {
  const began = performance.now()
  const result = await work()
  say(`${name.padEnd(9)}${Math.round(performance.now() - began)} ms`)
  return result
}
