import { z } from '@hono/zod-openapi'
import { isRefusal } from '../../kernel/errors.ts'
import { defineRoute } from '../../kernel/http.ts'
import type { Actor } from '../identity/index.ts'
import { type FeedbackParts, rate, ratingPage } from './rate.ts'
import { aspects, changeableUntil, Grade, type Rating, RatingInput } from './rating.ts'

interface App {
  feedback: FeedbackParts
}

const Token = z.object({ token: z.string().max(100) })
const RatingAnswer = z
  .object({
    grade: Grade,
    aspects: z.partialRecord(z.enum(aspects), Grade),
    comment: z.string().nullable(),
    ratedAt: z.string(),
    changeableUntil: z.string(),
  })
  .openapi('Rating')

function present(rating: Rating): z.infer<typeof RatingAnswer> {
  const { grade, aspects, comment, ratedAt } = rating
  return { grade, aspects, comment, ratedAt, changeableUntil: changeableUntil(rating).toISOString() }
}

const read = defineRoute<App, Actor, typeof Token>({
  method: 'get',
  path: '/ratings/{token}',
  summary: 'The rating behind the QR of a receipt or result',
  tag: 'ratings',
  access: { public: true },
  params: Token,
  answer: z.object({ dossierCode: z.string(), open: z.boolean(), rating: RatingAnswer.nullable() }),
  async handle({ app, params, now }) {
    const page = await ratingPage(app.feedback, params.token, now)
    if (isRefusal(page)) return page
    return { dossierCode: page.dossier.code, open: page.open, rating: page.rating && present(page.rating) }
  },
})

const write = defineRoute<App, Actor, typeof Token, undefined, undefined, typeof RatingInput>({
  method: 'post',
  path: '/ratings/{token}',
  summary: 'Rate the service of a dossier, or change the rating within thirty days',
  tag: 'ratings',
  access: { public: true },
  params: Token,
  body: RatingInput,
  answer: RatingAnswer,
  async handle({ app, params, body, now }) {
    const rating = await rate(app.feedback, params.token, body, { now })
    return isRefusal(rating) ? rating : present(rating)
  },
})

/** The REST routes of this module; the app must offer `feedback`, the parts of this module. */
export const feedbackRoutes = [read, write]
