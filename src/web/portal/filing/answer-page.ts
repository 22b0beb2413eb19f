import {
  type Answers,
  addressesIn,
  type Field,
  fieldsOf,
  type PageAction,
  type Problem,
  readPage,
  validateAnswers,
} from 'motcua/modules/forms'
import { type Filing, findPlaces, keep } from './filing-source'
import { isSamePlace, type PlaceHit, settlePlace, type TypedPlace } from './places'
import { takeUploads } from './uploads'

/** What came of a posted page: everything typed is kept, whatever else is said about it. */
export interface Answered {
  filing: Filing
  action: PageAction
  problems: Problem[]
  hits: Record<string, PlaceHit[]>
  /** Why files were not taken, by the path of their field. */
  refusedFiles: Record<string, string[]>
}

/** Takes a posted page into the draft: answers, places, files. Saves first and judges after. */
export async function answerPage(filing: Filing, pageKey: string, form: FormData): Promise<Answered> {
  const { answers, origins, action, hits, refusedFiles } = await takePage(filing, pageKey, form)
  const kept = await keep(filing, { answers, origins })
  const judged = action.kind === 'save'
  const { problems } = validateAnswers(filing.form, kept.answers, {
    pageKey,
    partial: !judged,
    today: filing.today,
  })
  return { filing: kept, action, problems: judged ? problems : [], hits, refusedFiles }
}

/** What taking a page needs of a filing. */
export type Asked = Pick<Filing, 'page' | 'person' | 'form' | 'answers' | 'origins' | 'today'> & {
  offers?: Filing['offers']
}

/** Reads a posted page: answers, places, files. Nothing but new files is stored. */
export async function takePage(filing: Asked, pageKey: string, form: FormData) {
  const {
    answers: read,
    origins,
    action,
  } = readPage(filing.form, pageKey, form, {
    ...filing,
    now: filing.page.now.toISOString(),
  })
  // Places are settled inside rows and parts of answers, which the draft still holds as well.
  const answers = structuredClone(read)
  keepOwnFiles(filing, pageKey, answers)
  const hits = await settlePlaces(filing, pageKey, form, { answers, origins })
  const refusedFiles = await takeFiles(filing, pageKey, form, answers)
  return { answers, origins, action, hits, refusedFiles }
}

/** The fields of a page outside repeated groups. */
function fieldsOn({ form }: Pick<Filing, 'form'>, pageKey: string): Field[] {
  return fieldsOf(form.definition).flatMap(({ page, group, field }) =>
    page.key === pageKey && !group.repeat ? [field] : [],
  )
}

// A page may name only files that this draft already had: a foreign file number opens nothing.
function keepOwnFiles(filing: Asked, pageKey: string, answers: Answers): void {
  for (const { key, type } of fieldsOn(filing, pageKey)) {
    if (type !== 'file' || !Array.isArray(answers[key])) continue
    const own = new Set(idsOf(filing.answers[key]))
    answers[key] = answers[key].filter((file) => own.has(file.fileId))
  }
}

const idsOf = (value: unknown) =>
  Array.isArray(value) ? value.map((file: { fileId: string }) => file.fileId) : []

async function settlePlaces(
  filing: Asked,
  pageKey: string,
  form: FormData,
  { answers, origins }: Pick<Asked, 'answers' | 'origins'>,
): Promise<Record<string, PlaceHit[]>> {
  const asked = new Set(form.getAll('_asked'))
  const hits: Record<string, PlaceHit[]> = {}
  for (const cell of addressesIn(filing.form.definition, pageKey, answers)) {
    const { field, path, addressPath, name, within } = cell
    const offered = form.get(`${path}.offer`)
    if (!asked.has(path) || (offered !== null && offered !== 'other')) continue
    const typed = within[name] as TypedPlace
    const found = typed.written ? await findPlaces(filing, typed.written) : []
    const settled = settlePlace(typed, found, { asWritten: field.asWritten })
    if (addressPath === field.key && isSamePlace(settled.value, filing.answers[field.key])) {
      answers[field.key] = filing.answers[field.key]
      if (filing.origins[field.key]) origins[field.key] = filing.origins[field.key]
    } else if (Object.keys(settled.value).length > 0) within[name] = settled.value
    else delete within[name]
    if (settled.hits.length > 0) hits[addressPath] = settled.hits
  }
  return hits
}

/** Communes to choose from for addresses that were typed but not settled, when the page is opened again. */
export async function openPlaces(filing: Asked, pageKey: string): Promise<Record<string, PlaceHit[]>> {
  const hits: Record<string, PlaceHit[]> = {}
  for (const { field, addressPath, name, within } of addressesIn(
    filing.form.definition,
    pageKey,
    filing.answers,
  )) {
    const place = within[name] as TypedPlace
    if (field.asWritten || !place.written || place.communeCode) continue
    const settled = settlePlace(place, await findPlaces(filing, place.written))
    if (settled.hits.length > 0) hits[addressPath] = settled.hits
  }
  return hits
}

/** Hits as the view of a form draws them inside answers of several parts. */
export const choicesOf = (hits: Readonly<Record<string, readonly PlaceHit[]>>) =>
  Object.fromEntries(
    Object.entries(hits).map(([path, found]) => [
      path,
      found.map(({ code, text }) => ({ value: code, label: text })),
    ]),
  )

async function takeFiles(
  filing: Asked,
  pageKey: string,
  form: FormData,
  answers: Answers,
): Promise<Record<string, string[]>> {
  const refused: Record<string, string[]> = {}
  for (const { key, type } of fieldsOn(filing, pageKey)) {
    if (type !== 'file') continue
    const { files, refusals } = await takeUploads(filing.page, filing.person, form, key, `answer:${key}`)
    const kept = Array.isArray(answers[key]) ? answers[key] : []
    if (files.length > 0) answers[key] = [...kept, ...files.map(({ fileId, name }) => ({ fileId, name }))]
    if (refusals.length > 0) refused[key] = refusals
  }
  return refused
}
