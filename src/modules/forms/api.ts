import { z } from '@hono/zod-openapi'
import type { Db } from '../../kernel/db.ts'
import { refusal } from '../../kernel/errors.ts'
import { defineRoute } from '../../kernel/http.ts'
import { dateOfLaw } from '../../kernel/time.ts'
import { findForm } from './form-store.ts'
import { jsonSchemaOf } from './json-schema.ts'

interface App {
  db: Db
}

const Params = z.object({ key: z.string().regex(/^[a-z][a-z0-9-]{0,79}$/) })
const Asked = z.object({ version: z.coerce.number().int().min(1).max(1_000_000).optional() })

const schema = defineRoute<App, { kind: 'anonymous' }, typeof Params, typeof Asked>({
  method: 'get',
  path: '/forms/{key}/schema',
  summary: 'JSON Schema 2020-12 of the answers to a form: the version in force, or a numbered one',
  tag: 'forms',
  access: { public: true },
  params: Params,
  query: Asked,
  answer: z.record(z.string(), z.unknown()),
  handle: async ({ app, params: { key }, query: { version }, now }) => {
    const form = await findForm(app.db, key, version === undefined ? { on: dateOfLaw(now) } : { version })
    return form ? jsonSchemaOf(form.compiled) : refusal('not-found', 'forms.no-such-form', { key })
  },
})

/** REST routes of forms. */
export const formRoutes = [schema]
