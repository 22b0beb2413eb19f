import { type Locale, messages } from 'motcua/kernel/i18n'
import { dateOfLaw } from 'motcua/kernel/time'
import { type Calendar, loadCalendar } from 'motcua/modules/calendar'
import { type Edition, editionsOf, listVersions, type ProcedureVersion } from 'motcua/modules/catalogue'
import { changesFor, type PublicationClock, publicationClock } from 'motcua/modules/changes'
import { findForm, formBurden } from 'motcua/modules/forms'
import type { Officer } from 'motcua/modules/identity'
import type { PageContext } from 'motcua/web/context'
import { dateText, momentText } from '../ui/format'
import { burdenExplained, burdenLines } from './burden.view'
import { changeLines } from './home-source'

/** One edition in the list of a procedure. */
export interface EditionLine {
  version: number
  from: string
  to: string | null
  withdrawn: boolean
  decision: string | null
  publishedAt: string
  /** Working days from the decision to its entry, against the most that the index allows. */
  clock: PublicationClock | null
}

/** Everything of the page of a procedure; undefined when it has no edition here and no change. */
export async function procedureOf(page: PageContext, officer: Officer, code: string) {
  const { app, now, locale } = page
  const on = dateOfLaw(now)
  const [editions, changes, versions] = await Promise.all([
    editionsOf(app.db.pool, code),
    changesFor(app.db, officer, code),
    listVersions(app.db, on),
  ])
  if (editions.length === 0 && changes.length === 0) return undefined
  const calendar = await loadCalendar(app.db, { authorityCode: officer.posts[0]?.authorityCode ?? '' })
  const inForce = versions.find(({ procedureCode }) => procedureCode === code)
  const shown = inForce ?? editions[0]?.version
  return {
    code,
    name: shown?.plainName ?? changes[0]!.title,
    publicPage: `/thu-tuc/${code}`,
    tools: toolsOf(code, { editions, isInForce: inForce !== undefined, locale }),
    editions: editions.map((edition) => editionLine(page, edition, calendar)),
    changes: changeLines(changes, versions, page),
    open: changes.find(({ state }) => ['draft', 'in-review', 'approved'].includes(state))?.id ?? null,
    burden: inForce ? await burdenOf(page, inForce, on, locale) : null,
  }
}

/** Where two editions are compared, and the package of what is in force. */
function toolsOf(
  code: string,
  { editions, isInForce, locale }: { editions: readonly Edition[]; isInForce: boolean; locale: Locale },
) {
  const t = messages(locale)
  const at = `/thiet-ke/thu-tuc/${code}`
  const [older, newer] = editions
    .map(({ version: { version } }) => version)
    .toSorted((a, b) => a - b)
    .slice(-2)
  return [
    ...(newer
      ? [{ href: `${at}/so-sanh?tu=${older}&den=${newer}`, label: t('studio.procedure.compare') }]
      : []),
    ...(isInForce ? [{ href: `${at}/goi`, label: t('studio.procedure.package') }] : []),
  ]
}

function editionLine(page: PageContext, edition: Edition, calendar: Calendar): EditionLine {
  const { version, publishedAt, decision, withdrawnAt } = edition
  return {
    version: version.version,
    from: dateText(version.validFrom),
    to: version.validTo && dateText(version.validTo),
    withdrawn: withdrawnAt !== null,
    decision: decision && `${decision.number}, ${dateText(decision.on)}`,
    publishedAt: momentText(publishedAt, page.locale),
    clock: publicationClock(edition, calendar),
  }
}

async function burdenOf(
  { app }: PageContext,
  { formKey, components }: ProcedureVersion,
  on: string,
  locale: 'vi' | 'en',
) {
  const form = await findForm(app.db, formKey, { on })
  if (!form) return null
  const burden = formBurden(form.compiled.definition, components)
  return {
    counts: burdenLines(burden, null, locale).map(({ label, now }) => ({ label, value: now })),
    explained: burdenExplained(burden, locale),
  }
}
