import { isRefusal } from 'motcua/kernel/errors'
import { dateOfLaw, zoned } from 'motcua/kernel/time'
import type { Officer } from 'motcua/modules/identity'
import { type Objection, objectionsFor, officerReport } from 'motcua/modules/indicators'
import type { PageContext } from 'motcua/web/context'
import { z } from 'zod'
import { officerNames } from './names'

const Asked = z.object({ tu: z.iso.date(), den: z.iso.date() }).refine(({ tu, den }) => tu <= den)

const clock = (instant: string) => {
  const at = zoned(instant)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${two(at.day)}/${two(at.month)}/${at.year} ${two(at.hour)}:${two(at.minute)}`
}
const day = (date: string) => date.split('-').toReversed().join('/')

/** Everything that the page of own figures shows; this month unless asked otherwise. */
export async function ownFigures({ app, actor, now }: PageContext, officer: Officer, query: URLSearchParams) {
  const today = dateOfLaw(now)
  const asked = Asked.safeParse({ tu: query.get('tu'), den: query.get('den') })
  const { tu: from, den: to } = asked.success ? asked.data : { tu: `${today.slice(0, 8)}01`, den: today }
  const [report, objections] = await Promise.all([
    officerReport(app.db, actor, { officerId: officer.officerId, from, to }),
    objectionsFor(app.db, actor),
  ])
  if (isRefusal(report) || isRefusal(objections)) throw new Response(null, { status: 403 })
  const names = await officerNames(
    { app },
    objections.toAnswer.map(({ officer: id }) => id),
  )
  const shown = (each: Objection) => ({
    ...each,
    ...{ from: day(each.from), to: day(each.to) },
    who: names[each.officer] ?? '',
  })
  return {
    ...{ from, to, figures: report.figures, context: report.context },
    steps: report.steps.map((step) => ({
      ...step,
      closedAt: clock(step.closedAt),
      dueAt: step.dueAt && clock(step.dueAt),
    })),
    own: objections.own.map(shown),
    toAnswer: objections.toAnswer.map(shown),
  }
}
