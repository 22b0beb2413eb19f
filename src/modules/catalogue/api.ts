import { z } from '@hono/zod-openapi'
import type { Db } from '../../kernel/db.ts'
import { isRefusal, refusal } from '../../kernel/errors.ts'
import { defineRoute } from '../../kernel/http.ts'
import { cleanText } from '../../kernel/text.ts'
import { dateOfLaw } from '../../kernel/time.ts'
import { findListedProcedure, resultsOf, searchProcedures } from './catalogue-store.ts'
import type { ListedProcedure } from './procedure-list.ts'
import { findVersion } from './version-store.ts'

interface App {
  db: Db
}

const Listed = z
  .object({
    code: z.string(),
    name: z.string(),
    plainName: z.string().nullable(),
    field: z.string().nullable(),
    levels: z.array(z.string()),
    publisher: z.string().nullable(),
    subjects: z.array(z.string()),
    channels: z.array(z.string()),
    processingTimes: z.array(z.object({ channel: z.string(), text: z.string() })),
    filedHere: z.boolean(),
    source: z.string(),
    asOf: z.iso.date(),
  })
  .openapi('ListedProcedure')

/** What the API says of a published procedure: explicit, so that a new column never leaks. */
function present(procedure: ListedProcedure): z.infer<typeof Listed> {
  const { code, name, plainName, field, levels, publisher, subjects, channels } = procedure
  const { processingTimes, filedHere, source, asOf } = procedure
  return {
    ...{ code, name, plainName, field, levels, publisher, subjects, channels },
    ...{ processingTimes, filedHere, source, asOf },
  }
}

const Found = z
  .object({
    items: z.array(Listed),
    nextCursor: z.string().nullable(),
    total: z.int(),
    near: z.array(z.object({ text: z.string(), code: z.string() })),
    publishers: z.array(z.object({ name: z.string(), count: z.int() })),
  })
  .openapi('ProcedurePage')

const Asked = z.object({
  q: cleanText.pipe(z.string().max(300)).default(''),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().max(40).optional(),
  field: cleanText.optional(),
  filedHere: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional(),
})

const search = defineRoute<App, { kind: 'anonymous' }, undefined, typeof Asked>({
  method: 'get',
  path: '/procedures',
  summary: 'Search procedures by words, code, field or abbreviation',
  tag: 'procedures',
  access: { public: true },
  query: Asked,
  answer: Found,
  handle: async ({ app, query }) => {
    const page = await searchProcedures(app.db, query)
    return isRefusal(page) ? page : { ...page, items: page.items.map(present) }
  },
})

const Code = z.object({ code: z.string().max(40) })
const Procedure = Listed.extend({
  results: z.array(z.object({ code: z.string(), name: z.string() })),
  version: z.record(z.string(), z.unknown()).nullable(),
}).openapi('Procedure')

const read = defineRoute<App, { kind: 'anonymous' }, typeof Code>({
  method: 'get',
  path: '/procedures/{code}',
  summary: 'One procedure, with the version in force when it can be filed here',
  tag: 'procedures',
  access: { public: true },
  params: Code,
  answer: Procedure,
  handle: async ({ app, params, now }) => {
    const procedure = await findListedProcedure(app.db, params.code)
    if (!procedure) return refusal('not-found', 'catalogue.no-such-procedure', params)
    const [results, version] = await Promise.all([
      resultsOf(app.db, params.code),
      findVersion(app.db, params.code, dateOfLaw(now)),
    ])
    return { ...present(procedure), results, version: version ?? null }
  },
})

/** REST routes of the catalogue. */
export const catalogueRoutes = [search, read]
