import { isRefusal } from 'motcua/kernel/errors'
import { dateOfLaw, zoned } from 'motcua/kernel/time'
import type { Officer } from 'motcua/modules/identity'
import { type Objection, officerReport, ownObjections, toAnswer } from 'motcua/modules/indicators'
import type { PageContext } from 'motcua/web/context'
import { z } from 'zod'

const Asked = z.object({ tu: z.iso.date(), den: z.iso.date() }).refine(({ tu, den }) => tu <= den)

export const clock = (instant: string) => {
  const at = zoned(instant)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${two(at.day)}/${two(at.month)}/${at.year} ${two(at.hour)}:${two(at.minute)}`
}
export const day = (date: string) => date.split('-').toReversed().join('/')

/** Everything that the page of own figures shows; this month unless asked otherwise. */
export async function ownFigures({ app, actor, now }: PageContext, officer: Officer, query: URLSearchParams) {
  const today = dateOfLaw(now)
  const asked = Asked.safeParse({ tu: query.get('tu'), den: query.get('den') })
  const { tu: from, den: to } = asked.success ? asked.data : { tu: `${today.slice(0, 8)}01`, den: today }
  const [report, own, waiting] = await Promise.all([
    officerReport(app.db, actor, { officerId: officer.officerId, from, to }),
    ownObjections(app.db, actor),
    toAnswer(app.db, actor),
  ])
  if (isRefusal(report) || isRefusal(own)) throw new Response(null, { status: 403 })
  const shown = (each: Objection) => ({
    ...each,
    ...{ from: day(each.from), to: day(each.to), answerBy: each.answerBy && clock(each.answerBy) },
  })
  const isLeftOut = ({ leftOut }: (typeof report.steps)[number]) => leftOut.length > 0
  return {
    ...{ from, to, figures: report.figures, context: report.context },
    steps: report.steps.map((step) => ({
      ...step,
      closedAt: clock(step.closedAt),
      dueAt: step.dueAt && clock(step.dueAt),
    })),
    corrected: new Set(report.steps.filter(isLeftOut).map(({ code }) => code)).size,
    own: own.map(shown),
    waiting: waiting.length,
    dossier: query.get('ho-so') ?? '',
  }
}
