import { z } from '@hono/zod-openapi'
import { dimensions, isOverdue, outcomes } from './derived.ts'
import { type Branch, branchStates, type Dossier, openTasks } from './dossier.ts'

const Instant = z.iso.datetime()

/** The word of a partner as it stands on a dossier. */
export const PartnerWordAnswer = z.object({
  source: z.string(),
  status: z.int(),
  stage: z.string(),
  authoritative: z.boolean(),
  statedAt: Instant,
  receivedAt: Instant,
})

export const DossierAnswer = z
  .object({
    code: z.string(),
    sequence: z.int(),
    state: z.string(),
    nationalStatus: z.int(),
    financial: z.string(),
    delivery: z.string(),
    procedureCode: z.string(),
    channel: z.string(),
    receivedBy: z.string(),
    competent: z.string(),
    helpedBy: z.string().nullable(),
    partnerWord: PartnerWordAnswer.nullable(),
    submittedAt: Instant,
    acceptedAt: Instant.nullable(),
    dueAt: Instant.nullable(),
    promisedDueAt: Instant.nullable(),
    indexDueAt: Instant.nullable(),
    decidedAt: Instant.nullable(),
    closedAt: Instant.nullable(),
    outcome: z.string().nullable(),
    resultState: z.string(),
    overdue: z.boolean(),
    timeOutcome: z.object({ legal: z.string(), index: z.string() }),
    /** The procedures of a linked filing; null for an ordinary dossier. */
    branches: z
      .array(
        z.object({
          key: z.string(),
          procedureCode: z.string(),
          name: z.string(),
          state: z.enum(branchStates),
          code: z.string().nullable(),
          competent: z.string().nullable(),
          dueAt: Instant.nullable(),
          endedAt: Instant.nullable(),
          reason: z.string().nullable(),
        }),
      )
      .nullable(),
    /** The code of the linked filing that this is a branch of, and which; null for what was filed by itself. */
    linked: z.object({ filing: z.string(), branch: z.string() }).nullable(),
    waitingFor: z.array(
      z.object({
        task: z.int(),
        kind: z.string(),
        name: z.string(),
        role: z.string(),
        authority: z.string(),
        dueAt: Instant.nullable(),
      }),
    ),
  })
  .openapi('Dossier')

/** What the API says of a dossier: explicit, so that a new column never leaks. */
export function present(dossier: Dossier, now: Date): z.infer<typeof DossierAnswer> {
  const { code, sequence, state, procedureCode, channel, receivedBy, competent } = dossier
  const { submittedAt, acceptedAt, dueAt, promisedDueAt, indexDueAt, decidedAt, closedAt } = dossier
  const { helpedBy, partnerWord } = dossier
  const { financial, delivery, national } = dimensions(dossier)
  const waitingFor = openTasks(dossier).map(({ no, kind, name, role, authority, dueAt }) => ({
    ...{ task: no, kind, name, role, authority, dueAt },
  }))
  return {
    ...{ code, sequence, state, nationalStatus: national, financial, delivery },
    ...{ procedureCode, channel, receivedBy, competent, helpedBy, partnerWord },
    ...{ submittedAt, acceptedAt, dueAt, promisedDueAt, indexDueAt, decidedAt, closedAt },
    ...{ outcome: dossier.outcome, resultState: dossier.resultState },
    overdue: isOverdue(dossier, now),
    timeOutcome: outcomes(dossier, now),
    branches: dossier.branches?.map(presentBranch) ?? null,
    linked: dossier.linked && { filing: dossier.linked.code, branch: dossier.linked.branch },
    waitingFor,
  }
}

const presentBranch = ({ key, procedureCode, name, state, ...branch }: Branch) => {
  const { code, competent, dueAt, endedAt, reason } = branch
  return { ...{ key, procedureCode, name, state, code, competent }, ...{ dueAt, endedAt, reason } }
}

const Day = z.union([z.iso.date(), Instant])

/** The clock of a dossier with everything that made its date. */
export const ClockAnswer = z
  .object({
    code: z.string(),
    acceptedAt: Instant.nullable(),
    dueAt: Instant.nullable(),
    promisedDueAt: Instant.nullable(),
    indexDueAt: Instant.nullable(),
    calendarVersion: z.string(),
    timeOutcome: z.object({ legal: z.string(), index: z.string() }),
    explanation: z.array(
      z.object({
        kind: z.string(),
        from: Day,
        to: Day.nullable(),
        amount: z.number().optional(),
        unit: z.string().optional(),
        reason: z.string().optional(),
        rule: z.object({ key: z.string(), source: z.string() }).loose().optional(),
      }),
    ),
    sentences: z.object({ vi: z.array(z.string()), en: z.array(z.string()) }),
  })
  .openapi('DossierClock')
