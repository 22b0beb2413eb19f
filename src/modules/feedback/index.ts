export { feedbackRoutes } from './api.ts'
export { decideRating, type FeedbackParts, type RatingPage, rate, ratingPage } from './rate.ts'
export {
  type Aspect,
  aspects,
  changeDays,
  Grade,
  grades,
  pointsOf,
  type RatedData,
  type Rating,
  RatingInput,
} from './rating.ts'
export { appendRating, findRating, ratingsBetween, ratingsOf } from './rating-store.ts'
export { ratingToken, readRatingToken } from './rating-token.ts'
export { refusals as feedbackRefusals } from './refusals.ts'
