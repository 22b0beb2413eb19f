import { messages } from 'motcua/kernel/i18n'
import { dateOfLaw } from 'motcua/kernel/time'
import { componentsFor, getVersion } from 'motcua/modules/catalogue'
import { listAuthorities, searchPlaces } from 'motcua/modules/directory'
import { type Request as Act, digitiserAt, placeNames } from 'motcua/modules/dossiers'
import {
  type Answers,
  type FieldView,
  findForm,
  formPageView,
  readPage,
  resolveAddresses,
} from 'motcua/modules/forms'
import type { Problem } from '../ui/error-summary'
import {
  type CounterOffer,
  type CounterVault,
  counterOffers,
  counterVault,
  takeChosen,
} from './counter-vault'
import type { OpenDossier } from './dossier-source'
import { takePapers, toPaper } from './officer-files'

/** What was asked for, as it is answered at the counter: the fields to type again and the papers to take in. */
export interface SupplementForm {
  fields: FieldView[]
  papers: { component: string; text: string; offers: CounterOffer[] }[]
  vaultLooked: boolean
  /** Where the vault is looked up; null where it cannot be: elsewhere, without a number, or for no known paper. */
  lookUpHref: string | null
}

/** The open request as a form; empty when nothing is asked. */
export async function supplementForm(open: OpenDossier, query: URLSearchParams): Promise<SupplementForm> {
  const { page, view } = open
  const items = view.openRequest?.items ?? []
  const paths = items.flatMap(({ target }) => (target && 'field' in target ? [target.field] : []))
  const papers = items.flatMap(({ target, text }) => {
    if (target && 'field' in target) return []
    return [{ component: target ? target.component : 'other', text }]
  })
  const vault = query.has('kho') ? await vaultOf(open) : undefined
  const lookUp = new URLSearchParams([...query, ['kho', '1']])
  const words = { today: dateOfLaw(page.now), locale: page.locale }
  return {
    fields: paths.length > 0 ? await fieldsAt(page, view, paths) : [],
    papers: papers.map((paper) => ({
      ...paper,
      offers: vault ? counterOffers(vault, paper.component, words) : [],
    })),
    vaultLooked: vault !== undefined,
    lookUpHref: vault === undefined && (await mayLookUp(open)) !== undefined ? `?${lookUp}#viec` : null,
  }
}

/**
 * The papers that were asked for, as the procedure describes them, where the vault may be looked up for them: by who
 * receives papers there, for a person with a number. Undefined everywhere else.
 */
async function mayLookUp({ page, officer, view }: OpenDossier) {
  const { procedureCode, procedureVersion, caseCode, channel, submittedAt } = view.dossier
  const { personalId } = view.party
  if (personalId === null || digitiserAt(officer, view.dossier) === undefined) return undefined
  const version = await getVersion(page.app.db, procedureCode, procedureVersion)
  const asked = new Set(
    (view.openRequest?.items ?? []).flatMap(({ target }) =>
      target && 'component' in target ? [target.component] : [],
    ),
  )
  const today = dateOfLaw(submittedAt)
  const lines = componentsFor(version, { caseCode, channel, answers: view.answers, today })
  const papers = lines.filter(({ key }) => asked.has(key))
  return papers.length > 0 ? { version, papers, personalId } : undefined
}

/**
 * What the vault of whom the dossier is for has of the papers that were asked for. Looked up when the officer says that
 * the person is there, as at a filing at the counter; the person sees that it was.
 */
async function vaultOf(open: OpenDossier, form?: FormData): Promise<CounterVault | undefined> {
  const asked = await mayLookUp(open)
  if (asked === undefined) return undefined
  const { version, papers, personalId } = asked
  const at = { rules: { version }, visitor: { personalId } }
  return counterVault(open.page, open.officer, at, { papers, form })
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
  open: OpenDossier,
  posted: FormData,
): Promise<{ act: Act } | { problems: Problem[] }> {
  const { page, officer, view } = open
  const taken = await takePapers(page, officer, posted)
  const vault = posted.has('vault') ? await vaultOf(open, posted) : undefined
  const chosen = vault
    ? await takeChosen(page, officer, view.party.personalId ?? '', vault)
    : { papers: [], refused: [] }
  const refused = [...taken.refused, ...chosen.refused]
  if (refused.length > 0) return { problems: refused.map((text) => ({ href: '#viec', text })) }
  const papers = [...taken.held.map(toPaper), ...chosen.papers]
  const answers = await readAnswers(page, view, posted)
  if (papers.length === 0 && Object.keys(answers).length === 0)
    return { problems: [{ href: '#viec', text: messages(page.locale)('desk.panel.supplementNothing') }] }
  const changed = Object.keys(answers).length > 0 ? { answers } : {}
  return { act: { command: 'supplement', ...changed, papers } }
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
