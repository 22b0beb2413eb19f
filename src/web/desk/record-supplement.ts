import { messages } from 'motcua/kernel/i18n'
import { dateOfLaw } from 'motcua/kernel/time'
import { listAuthorities, searchPlaces } from 'motcua/modules/directory'
import { type Request as Act, placeNames } from 'motcua/modules/dossiers'
import {
  type Answers,
  type FieldView,
  findForm,
  formPageView,
  readPage,
  resolveAddresses,
} from 'motcua/modules/forms'
import type { Problem } from '../ui/error-summary'
import type { OpenDossier } from './dossier-source'
import { takePapers, toPaper } from './officer-files'

/** What was asked for, as it is answered at the counter: the fields to type again and the papers to take in. */
export interface SupplementForm {
  fields: FieldView[]
  papers: { component: string; text: string }[]
}

/** The open request as a form; empty when nothing is asked. */
export async function supplementForm({ page, view }: OpenDossier): Promise<SupplementForm> {
  const items = view.openRequest?.items ?? []
  const paths = items.flatMap(({ target }) => (target && 'field' in target ? [target.field] : []))
  const papers = items.flatMap(({ target, text }) => {
    if (target && 'field' in target) return []
    return [{ component: target ? target.component : 'other', text }]
  })
  return { fields: paths.length > 0 ? await fieldsAt(page, view, paths) : [], papers }
}

async function fieldsAt(
  { app, now, locale }: OpenDossier['page'],
  { dossier, answers }: OpenDossier['view'],
  paths: string[],
) {
  const form = await findForm(app.db, dossier.formKey, { version: dossier.formVersion })
  if (form === undefined) return []
  const today = dateOfLaw(now)
  const places = await placeNames(app.db, answers, today)
  const agencies = (await listAuthorities(app.db)).map(({ code, name }) => ({ code, name }))
  const given = {
    answers,
    origins: {},
    places,
    agencies,
    locale,
    today,
    channel: dossier.channel,
    editing: paths,
  }
  const all = form.compiled.definition.pages.flatMap(({ key }) =>
    formPageView(form.compiled, key, given).groups.flatMap(({ fields, rows = [] }) => [
      ...fields,
      ...rows.flatMap((row) => row.fields),
    ]),
  )
  return all.filter(({ path }) => paths.includes(path))
}

/** Reads what the person brought to the counter; nothing at all is a problem. */
export async function readSupplement(
  { page, officer, view }: OpenDossier,
  posted: FormData,
): Promise<{ act: Act } | { problems: Problem[] }> {
  const taken = await takePapers(page, officer, posted)
  if (taken.refused.length > 0) return { problems: taken.refused.map((text) => ({ href: '#viec', text })) }
  const answers = await readAnswers(page, view, posted)
  if (taken.held.length === 0 && Object.keys(answers).length === 0)
    return { problems: [{ href: '#viec', text: messages(page.locale)('desk.panel.supplementNothing') }] }
  const changed = Object.keys(answers).length > 0 ? { answers } : {}
  return { act: { command: 'supplement', ...changed, papers: taken.held.map(toPaper) } }
}

// Only what differs from the declaration is a correction.
async function readAnswers(
  { app, now, demonstration }: OpenDossier['page'],
  { dossier, answers }: OpenDossier['view'],
  posted: FormData,
) {
  const form = await findForm(app.db, dossier.formKey, { version: dossier.formVersion })
  if (form === undefined) return {}
  let state: { answers: Answers; origins: Record<string, never> } = { answers, origins: {} }
  for (const { key } of form.compiled.definition.pages) {
    const read = readPage(form.compiled, key, posted, state)
    const { answers: resolved } = await resolveAddresses(form.compiled, key, read.answers, (q) =>
      searchPlaces(app.db, {
        q: q.slice(0, 200),
        on: dateOfLaw(now),
        includeSample: demonstration,
        orFormer: true,
        limit: 8,
      }),
    )
    state = { answers: resolved, origins: {} }
  }
  return Object.fromEntries(
    Object.entries(state.answers).filter(
      ([key, value]) => JSON.stringify(value) !== JSON.stringify(answers[key]),
    ),
  )
}
