import { z } from '@hono/zod-openapi'
import { refusal } from '../../../kernel/errors.ts'
import { defineRoute } from '../../../kernel/http.ts'
import type { Actor } from '../../identity/index.ts'
import { Definition } from './definition.ts'
import { findDefinition, library } from './library.ts'

const figures = defineRoute<object, Actor>({
  method: 'get',
  path: '/board/figures',
  summary:
    'What every figure of the boards means: words, formula, unit, base, source, owner, direction, validity',
  tag: 'board',
  access: { public: true },
  answer: z.object({ figures: z.array(Definition) }),
  async handle() {
    return { figures: await library() }
  },
})

const Key = z.object({ key: z.string().max(60) })

const figure = defineRoute<object, Actor, typeof Key>({
  method: 'get',
  path: '/board/figures/{key}',
  summary: 'What one figure means',
  tag: 'board',
  access: { public: true },
  params: Key,
  answer: Definition,
  async handle({ params }) {
    return (await findDefinition(params.key)) ?? refusal('not-found', 'library.unknown')
  },
})

/** The REST routes of the index library. */
export const libraryRoutes = [figures, figure]
