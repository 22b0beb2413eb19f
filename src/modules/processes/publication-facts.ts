import type { Db } from '../../kernel/db.ts'
import { dateOfLaw } from '../../kernel/time.ts'
import type { Caller, PreviewFacts } from './preview-process.ts'
import { findLastProcess, listProcesses } from './process-store.ts'
import { holdersIn, proceduresUsing } from './process-use.ts'
import { newestXml } from './publication-store.ts'

/** What a model is held against in this installation today. */
export async function publicationFacts(db: Db, now: Date): Promise<PreviewFacts> {
  return {
    uses: (key) => proceduresUsing(db, [key], dateOfLaw(now)),
    holders: await holdersIn(db),
    before: async (key) => (await findLastProcess(db, key))?.compiled,
    called: (key) => newestXml(db, key),
    callers: (key) => callersOf(db, key, dateOfLaw(now)),
  }
}

/** Processes whose last version calls another one, itself or through a third. */
async function callersOf(db: Db, key: string, on: string): Promise<Caller[]> {
  const newest = new Map((await listProcesses(db)).map((each) => [each.key, each]))
  const calling = [...newest.values()].filter(({ compiled }) =>
    Object.values(compiled.subs).some(({ called }) => called === key),
  )
  const found = await Promise.all(
    calling.map(async ({ key: caller, compiled }) => {
      const [xml, uses] = await Promise.all([newestXml(db, caller), proceduresUsing(db, [caller], on)])
      return xml === undefined ? [] : [{ key: caller, name: compiled.name, xml, uses }]
    }),
  )
  return found.flat()
}
