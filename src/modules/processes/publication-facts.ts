import type { Db } from '../../kernel/db.ts'
import { dateOfLaw } from '../../kernel/time.ts'
import type { PreviewFacts } from './preview-process.ts'
import { findLastProcess } from './process-store.ts'
import { holdersIn, proceduresUsing } from './process-use.ts'
import { newestXml } from './publication-store.ts'

/** What a model is held against in this installation today. */
export async function publicationFacts(db: Db, now: Date): Promise<PreviewFacts> {
  return {
    uses: (key) => proceduresUsing(db, [key], dateOfLaw(now)),
    holders: await holdersIn(db),
    before: async (key) => (await findLastProcess(db, key))?.compiled,
    called: (key) => newestXml(db, key),
  }
}
