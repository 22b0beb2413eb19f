import { isRefusal } from 'motcua/kernel/errors'
import { messages, type Translate } from 'motcua/kernel/i18n'
import { dateOfLaw } from 'motcua/kernel/time'
import type { Officer } from 'motcua/modules/identity'
import {
  holdKinds,
  type Line,
  mayDecide,
  mayExport,
  mayPropose,
  placesOfRetention,
  skippedWhy,
} from 'motcua/modules/retention'
import type { PageContext } from 'motcua/web/context'
import { data } from 'react-router'
import { dateText } from '../ui/format'
import { officerNames, placeNamesOf } from './names'

const spans = { year: 365, five: 1826, ten: 4383 } as const
type Span = keyof typeof spans

/** Of so many batches the dossiers are listed, and so many of each; the certificate names all. */
const mostOpened = 20
const mostListed = 200

const lineWords = ({ code, dueOn, state, why }: Line, t: Translate) => ({
  ...{ code, until: dateText(dueOn) },
  state:
    state === 'skipped'
      ? t(`retention.skipped.${skippedWhy(why)}`)
      : state === 'purged'
        ? t('retention.line.purged')
        : null,
})

/** What an officer may see of an authority's keeping, in words. */
export async function retentionPage(page: PageContext, officer: Officer, query: URLSearchParams) {
  const { app, locale } = page
  const t = messages(locale)
  const places = await placesOfRetention(app.db, officer)
  const asked = query.get('noi')
  const place = places.find((code) => code === asked) ?? places[0]
  if (place === undefined) throw data(null, { status: 403 })
  const span = (Object.keys(spans) as Span[]).find((each) => each === query.get('trong')) ?? 'year'
  const [coming, rules, holds, batches] = await Promise.all([
    app.retention.due(officer, place, spans[span]),
    app.retention.rules(),
    app.retention.holds(officer, place),
    app.retention.batches(officer, place),
  ])
  if (isRefusal(coming) || isRefusal(holds) || isRefusal(batches)) throw data(null, { status: 403 })
  const people = [...holds.map(({ placedBy }) => placedBy), ...batches.map(({ proposedBy }) => proposedBy)]
  const [names, placeNames] = await Promise.all([
    officerNames(page, people),
    placeNamesOf(page, [...places, ...coming.counts.map(({ authority }) => authority)]),
  ])
  const linesOf = await Promise.all(
    batches.slice(0, mostOpened).map(async ({ id }) => {
      const opened = await app.retention.batch(officer, id)
      return isRefusal(opened) ? [] : opened.lines.slice(0, mostListed).map((line) => lineWords(line, t))
    }),
  )
  const named = (code: string) => placeNames[code] ?? code
  const today = dateOfLaw(page.now)
  return {
    place,
    placeName: named(place),
    places: places.map((value) => ({ value, label: named(value) })),
    span,
    spans: (Object.keys(spans) as Span[]).map((value) => ({
      value,
      label: t(`retention.daysOption.${value}`),
    })),
    until: dateText(coming.until),
    counts: coming.counts.map((each) => ({ ...each, place: named(each.authority) })),
    hasMore: coming.hasMore,
    dossiers: coming.first.map(({ dossier, due }) => ({
      code: dossier.code,
      ended: dossier.endedOn === null ? '' : dateText(dossier.endedOn),
      until: dateText(due.dueOn),
      rule: due.rule.basis,
      sure: t(`retention.confidence.${due.rule.confidence}`),
      state: t(`retention.state.${dossier.listed && due.state !== 'held' ? 'listed' : due.state}`),
    })),
    mayGo: coming.counts.find(({ authority }) => authority === place)?.due ?? 0,
    rules: rules
      .filter(({ validTo }) => validTo === null || validTo >= today)
      .map((rule) => ({
        key: `${rule.id} ${rule.validFrom}`,
        name: rule.id,
        basis: rule.basis,
        part: [
          t(`retention.part.${rule.part}`),
          rule.procedureCode,
          rule.template,
          rule.closing && t(`retention.closing.${rule.closing}`),
        ]
          .filter(Boolean)
          .join(', '),
        years: rule.years === null ? t('retention.rules.forever') : String(rule.years),
        source: rule.source,
        sure: t(`retention.confidence.${rule.confidence}`),
      })),
    holds: holds.map((hold) => ({
      id: hold.id,
      kind: t(`retention.holdKind.${hold.kind}`),
      reason: hold.reason,
      codes: hold.codes,
      since: `${dateText(hold.placedAt)}, ${names[hold.placedBy] ?? hold.placedBy}`,
      state: t(
        hold.liftedAt
          ? 'retention.hold.lifted'
          : hold.liftAskedAt
            ? 'retention.hold.asked'
            : 'retention.hold.inForce',
      ),
      mayAsk: !hold.liftAskedAt && mayPropose(officer, hold.authority),
      mayLift: Boolean(hold.liftAskedAt) && !hold.liftedAt && mayDecide(officer, hold.authority),
    })),
    batches: batches.map((batch, i) => ({
      id: batch.id,
      lines: linesOf[i] ?? [],
      basis: batch.basis,
      proposed: `${dateText(batch.proposedAt)}, ${names[batch.proposedBy] ?? batch.proposedBy}`,
      count: batch.waiting + batch.purged + batch.skipped,
      state: t(`retention.batch.states.${batch.state}`),
      progress: t('retention.batch.progress', {
        purged: batch.purged,
        skipped: batch.skipped,
        waiting: batch.waiting,
      }),
      certificate: batch.certificate ? `/can-bo/luu-tru/bien-ban/${batch.id}` : null,
      mayDecide:
        batch.state === 'proposed' &&
        batch.proposedBy !== officer.officerId &&
        mayDecide(officer, batch.authority),
    })),
    holdKinds: holdKinds.map((value) => ({ value, label: t(`retention.holdKind.${value}`) })),
    may: {
      propose: mayPropose(officer, place),
      export: mayExport(officer, place),
    },
  }
}

/** Codes as somebody typed or pasted them. */
export const codesIn = (text: FormDataEntryValue | null): string[] =>
  String(text ?? '')
    .toUpperCase()
    .split(/[\s,;]+/)
    .filter(Boolean)
