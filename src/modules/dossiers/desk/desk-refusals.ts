import { refusal } from '../../../kernel/errors.ts'

/** What the desk's own conveniences refuse; the acts on a dossier have theirs in `refusals.ts`. */
export const deskRefusals = {
  nameTaken: (d: { name: string }) => refusal('conflict', 'work.name-taken', d),
  nameMissing: () => refusal('invalid', 'work.name-missing'),
  tooMany: (d: { most: number }) => refusal('too-many', 'work.too-many', d),
  notFound: () => refusal('not-found', 'work.not-found'),
  noUnit: () => refusal('forbidden', 'work.no-unit'),
}

/** Whether PostgreSQL refused a second row of the same name. */
export const isTaken = (error: unknown): boolean => (error as { code?: string }).code === '23505'
