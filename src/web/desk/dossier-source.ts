import { isRefusal } from 'motcua/kernel/errors'
import { findMessage, messages, type Translate } from 'motcua/kernel/i18n'
import { dateOfLaw } from 'motcua/kernel/time'
import { explainAll, loadCalendar, workingMinutesOrNone } from 'motcua/modules/calendar'
import { componentsFor, getVersion, type ProcedureVersion } from 'motcua/modules/catalogue'
import { listAuthorities } from 'motcua/modules/directory'
import {
  canJoin,
  fileState,
  findFiles,
  isPhoto,
  mayBeOpened,
  type StoredFile,
} from 'motcua/modules/documents'
import {
  type Dossier,
  DossierCode,
  type DossierView,
  declarationLines,
  draftFieldsFor,
  type HistoryItem,
  involved,
  papersOf,
  placeNames,
  QueueFilter,
  type ResultDraftField,
  resultsOf,
  wantsFiles,
} from 'motcua/modules/dossiers'
import { findForm, type ReviewView, reviewView } from 'motcua/modules/forms'
import type { Officer } from 'motcua/modules/identity'
import { type CompiledProcess, drawProcess, getProcess, type ProcessVersion } from 'motcua/modules/processes'
import { type PageContext, pageContext } from 'motcua/web/context'
import { data, type LoaderFunctionArgs } from 'react-router'
import type { PaperFile } from './dossier.view'
import { type ActView, actsOf, endsInRefusal } from './dossier-acts.view'
import { type SignedCommand, signedCommands } from './dossier-fields'
import type { Askable } from './dossier-request'
import { draftedLines, draftValues, noteField } from './draft-form'
import { officerNames, placeNamesOf, procedureNames } from './names'
import { officerOf } from './officer'
import { livePosition, placeLines } from './process-place.view'
import { type SigningView, signingOf } from './signing-source'
import { workingTimeOf } from './working-time'

/** A dossier with everything that its page and its acts need. */
export interface OpenDossier {
  page: PageContext
  officer: Officer
  view: DossierView
  sections: ReviewView['sections']
  acts: ActView[]
  askable: Askable[]
  fields: readonly ResultDraftField[]
  draftStart: Record<string, string>
  drafted: { label: string; value: string }[]
  refusalDraft: boolean
  process: CompiledProcess
  /** Another request for more needs a new fact: the one without was used. */
  newFact: boolean
  /** In which capacities the officer may sign here (TM., KT., TL., TUQ., Q.). */
  capacities: readonly string[]
  /** By what the officer would sign this dossier's paper now. */
  signing: SigningView | null
  /** Decisions that sign a paper, which takes a PIN. */
  signs: readonly SignedCommand[]
  /** Decisions that sign a paper once the officer has confirmed on a phone. */
  onPhone: readonly SignedCommand[]
  /** The papers that acts open to the officer would sign, in the order in which they are laid out. */
  signedPapers: readonly { command: SignedCommand; kind: string; label: string }[]
  /** Copies are wanted as files, which are captured and signed on a page of their own. */
  certifies: boolean
  /** Query of the queue that the officer came from. */
  from: string
}

/** A dossier that is closed to the officer, who has an interest of their own in it. */
export interface Conflict {
  conflict: string
}

/** Opens the dossier of the address; to an officer of another place it does not exist. */
export async function openDossier(args: LoaderFunctionArgs): Promise<OpenDossier | Conflict> {
  const page = pageContext(args)
  const officer = officerOf(args)
  const { app, now, locale } = page
  const code = DossierCode.safeParse(args.params.code)
  if (!code.success) throw data(null, { status: 404 })
  const view = await app.dossiers.view(officer, code.data)
  if (isRefusal(view)) {
    if (view.kind === 'forbidden') return { conflict: code.data }
    throw data(null, { status: 404 })
  }
  const { dossier, answers, draft } = view
  const [dayLeft, version, process, sections] = await Promise.all([
    hasDayLeft(page, dossier),
    getVersion(app.db, dossier.procedureCode, dossier.procedureVersion),
    getProcess(app.db, dossier.processKey, dossier.processVersion),
    sectionsOf(page, view),
  ])
  const drafting = view.actions.find(({ command }) => command === 'draftResult')?.task
  const refusalDraft = drafting?.stepId ? endsInRefusal(process.compiled, drafting.stepId, answers) : false
  const hasDraft = draft !== null && 'reason' in draft === refusalDraft
  const template = version.results.find((each) => !/^register-|-refusal$/.test(each.template))?.template
  const isPrinted = resultsOf(version, answers).length > 0
  const resultFields = [...(isPrinted ? draftFieldsFor(template ?? '') : []), noteField]
  const refusalFields = draftFieldsFor('refusal')
  const capacities = capacitiesOf(officer, dossier)
  const signedPapers = await papersToSign(page, officer, view, version)
  const signs = [...new Set(signedPapers.map(({ command }) => command))]
  const signing = signs.length > 0 ? await signingOf(page, officer, dossier.competent) : null
  const typed = signing?.byPhone ? [] : signs
  const fields = refusalDraft ? refusalFields : resultFields
  // In Vietnamese, whatever the officer reads: it is what the paper will say.
  const writes = drafting || view.actions.some(({ command }) => command === 'correctResult')
  const declared = writes ? await declarationLines(app.db, view) : []
  const words = Object.fromEntries(declared.map(({ key, text }) => [key, text]))
  const components = componentsFor(version, {
    caseCode: dossier.caseCode,
    channel: dossier.channel,
    answers,
    today: dateOfLaw(now),
  })
  return {
    page,
    officer,
    view,
    sections,
    acts: actsOf({
      dossier,
      actions: view.actions,
      process: process.compiled,
      answers,
      hasDraft,
      dayLeft,
      capacities,
      signs: typed,
      onPhone: signing?.byPhone ? signs : [],
      locale,
    }),
    askable: [
      ...sections.flatMap(({ rows }) =>
        rows
          .filter(({ editPageKey }) => editPageKey)
          .map(({ key, label, text }) => ({ key: `field:${key}`, label, value: text })),
      ),
      ...components
        .filter(({ provision }) => provision !== 'note' && provision !== 'form')
        .map(({ key, name }) => ({ key: `component:${key}`, label: name })),
      { key: 'other', label: messages(locale)('desk.panel.supplementOther') },
    ],
    fields,
    draftStart: draftValues(fields, hasDraft ? draft : null, { words, answers }),
    drafted: draftedLines([...resultFields, ...refusalFields], draft, locale),
    refusalDraft,
    process: process.compiled,
    capacities,
    signing,
    signs: typed,
    signedPapers,
    certifies: wantsFiles(version, answers),
    onPhone: signing?.byPhone ? signs : [],
    newFact: dossier.pauses.filter(({ reason }) => reason === 'supplement').length > 0,
    // Read and written again, so that nothing but a query can stand in it.
    from: new URLSearchParams(new URL(args.request.url).searchParams.get('tu') ?? '').toString(),
  }
}

/** Which papers the acts open to an officer would sign with their key. */
async function papersToSign(
  { app, now, locale }: PageContext,
  officer: Officer,
  view: DossierView,
  version: ProcedureVersion,
): Promise<OpenDossier['signedPapers']> {
  const open = signedCommands.filter((each) => view.actions.some(({ command }) => command === each))
  const kinds = await Promise.all(
    open.map((command) => app.dossiers.wouldSign(officer, { view, command }, { now })),
  )
  const names = new Map<string, string>(
    resultsOf(version, view.answers).map(({ kind, name }) => [kind, name]),
  )
  const labelOf = (kind: string) => names.get(kind) ?? findMessage(locale, `tracking.paper.${kind}`) ?? kind
  return open.flatMap((command, i) => kinds[i]!.map((kind) => ({ command, kind, label: labelOf(kind) })))
}

/** In which capacities an officer signs for the authority that settles a dossier, each once. */
function capacitiesOf({ posts }: Officer, { competent, procedureCode }: Dossier): string[] {
  const signing = posts.filter(
    ({ authorityCode, roles, procedures }) =>
      authorityCode === competent &&
      roles.includes('leader') &&
      (procedures === undefined || procedures.includes(procedureCode)),
  )
  return [...new Set(signing.flatMap(({ capacity }) => capacity ?? []))]
}

/** Whether a working day is left until the legal date: then it may be extended, later only apologised for. */
async function hasDayLeft({ app, now }: PageContext, { dueAt, competent }: Dossier): Promise<boolean | null> {
  if (dueAt === null) return null
  const calendar = await loadCalendar(app.db, { authorityCode: competent })
  const left = workingMinutesOrNone(calendar, now.toISOString(), dueAt)
  return Number.isNaN(left) ? null : left >= calendar.minutesPerDay
}

async function sectionsOf({ app, locale }: PageContext, { dossier, answers }: DossierView) {
  const form = await findForm(app.db, dossier.formKey, { version: dossier.formVersion })
  if (form === undefined) return []
  const today = dateOfLaw(dossier.submittedAt)
  const [places, authorities] = await Promise.all([
    placeNames(app.db, answers, today),
    listAuthorities(app.db),
  ])
  const agencies = authorities.map(({ code, name }) => ({ code, name }))
  const given = { answers, origins: {}, locale, places, agencies, today, channel: dossier.channel }
  return reviewView(form.compiled, given).sections
}

/** What only the page shows: names, files, the drawing and the neighbours in the queue. */
export async function pageFactsOf({ page, officer, view, from }: OpenDossier) {
  const { app, now, locale } = page
  const { dossier } = view
  const [version, process, files, queue] = await Promise.all([
    getVersion(app.db, dossier.procedureCode, dossier.procedureVersion),
    getProcess(app.db, dossier.processKey, dossier.processVersion),
    filesOf(page, view),
    queueOf(page, officer, from),
  ])
  const people = [...view.history.flatMap(officersIn), ...dossier.barred, ...assigneesOf(dossier)]
  const authorities = [...new Set([...involved(dossier), ...view.history.flatMap(authoritiesIn)])]
  const [officers, places, procedures, minutes] = await Promise.all([
    officerNames(page, people),
    placeNamesOf(page, authorities),
    procedureNames(page, [dossier.procedureCode]),
    workingTimeOf(page, involved(dossier)),
  ])
  const labels = new Map(version.components.map(({ key, name }) => [key, name]))
  return {
    procedure: procedures[dossier.procedureCode]!,
    places,
    officers,
    minutes,
    process: process.compiled,
    ...inProcess(dossier, process, locale),
    explanation: explainAll(view.explanation, locale),
    issued: papersOf(view, resultsOf(version, view.answers)),
    files: files.map((file) => ({
      ...file,
      label: labels.get(file.label) ?? otherLabel(file.label, locale),
    })),
    queue,
    now,
    locale,
  }
}

/** Where the dossier stands in its process, drawn and in words. */
function inProcess(
  dossier: Dossier,
  { key, version, compiled }: ProcessVersion,
  locale: PageContext['locale'],
) {
  const title = messages(locale)('processes.drawing.title', { name: compiled.name })
  return {
    drawing: drawProcess(compiled, { ...livePosition(dossier), title }),
    inProcess: {
      now: placeLines(dossier, compiled, locale),
      href: `/can-bo/quy-trinh/${encodeURIComponent(key)}/${version}`,
      version,
    },
  }
}

const assigneesOf = ({ tasks }: Dossier) => tasks.flatMap(({ assignee }) => (assignee ? [assignee] : []))

/** What an entry may name besides its actor. */
interface Naming {
  assignee?: string
  officer?: string
  from?: unknown
  to?: unknown
  consultation?: unknown
}

function officersIn({ actor, data: said }: HistoryItem): string[] {
  const { assignee, officer, to } = said as Naming
  const named = [assignee, officer, (to as { officer?: string } | undefined)?.officer]
  return [...(actor.kind === 'officer' ? [actor.id] : []), ...named.filter((id) => typeof id === 'string')]
}

function authoritiesIn({ data: said }: HistoryItem): string[] {
  const { from, to, consultation } = said as Naming
  const asked = (consultation as { to?: unknown } | undefined)?.to
  const named = [from, to, asked].map((each) =>
    typeof each === 'object' && each !== null ? (each as { authority?: unknown }).authority : each,
  )
  return named.filter((code) => typeof code === 'string' && /^[A-Z]\d{2}/.test(code)) as string[]
}

// Papers of the dossier and files that were given as answers, as the PDF/A that they became where they did.
async function filesOf({ app, locale }: PageContext, view: DossierView): Promise<PaperFile[]> {
  const t = messages(locale)
  const answered = Object.values(view.answers).flatMap((value) =>
    Array.isArray(value) ? (value as unknown[]).filter(isFile) : [],
  )
  const ids = [...view.papers, ...answered].map(({ fileId }) => fileId)
  const stored = new Map((await findFiles(app.db.pool, ids)).map((file) => [file.fileId, file]))
  const place = (fileId: string) => placeOf(stored.get(fileId), fileId, view.dossier.code)
  const stateOf = (fileId: string) => {
    const file = stored.get(fileId)
    return file ? { state: fileState(file, locale).text } : {}
  }
  // Where a paper came from and how far it can be relied on, beside the paper.
  const papers = view.papers.map(({ no, component, name, mediaType, fileId, how, trust }) => ({
    ...{ key: String(no), label: component, name, mediaType, ...place(fileId), ...stateOf(fileId) },
    ...(how && {
      source: [t(`vault.reuse.${how}`), ...(trust ? [t(`vault.trust.${trust}`)] : [])].join(' · '),
    }),
  }))
  const answers = answered.map(({ fileId, name }, i) => ({
    ...{ key: `k${i + 1}`, label: name, name, mediaType: stored.get(fileId)?.mediaType ?? '' },
    ...{ ...place(fileId), ...stateOf(fileId) },
  }))
  return [...joinedOf(view, stored, t), ...papers, ...answers]
}

// What may not be opened is not framed; what became a PDF/A is read as that, with the original beside it.
function placeOf(file: StoredFile | undefined, fileId: string, code: string) {
  const original = `/tep/${fileId}?ho-so=${code}`
  const open = file === undefined || mayBeOpened(file)
  if (!open) return { href: original, original, mediaType: '' }
  return file?.convertedSha256
    ? { href: `/tep/${fileId}?pdf=1&ho-so=${code}`, original, mediaType: 'application/pdf' }
    : { href: `/tep/${fileId}?xem=1&ho-so=${code}`, original }
}

// Photos of the sides of one paper are also there as the whole paper.
function joinedOf(view: DossierView, stored: ReadonlyMap<string, StoredFile>, t: Translate): PaperFile[] {
  const sides = Map.groupBy(view.papers, ({ component }) => component)
  return [...sides].flatMap(([component, papers]) => {
    const photos = papers.flatMap(({ fileId }) => stored.get(fileId) ?? []).filter(isPhoto)
    if (!canJoin(photos)) return []
    const href = `/tep/gop/${view.dossier.code}/${encodeURIComponent(component)}`
    const name = t('documents.joined', { pages: photos.length })
    return [
      { key: `gop-${component}`, label: component, name, mediaType: 'application/pdf', href, original: href },
    ]
  })
}

const isFile = (value: unknown): value is { fileId: string; name: string } =>
  typeof value === 'object' && value !== null && typeof (value as { fileId?: unknown }).fileId === 'string'

/** The queue that the officer came from, to go on to the next when this one is done. */
export async function queueOf({ app, now }: PageContext, officer: Officer, from: string) {
  const parsed = QueueFilter.safeParse(
    Object.fromEntries([...new URLSearchParams(from)].filter(([, value]) => !value.includes('\0'))),
  )
  const filter = parsed.success ? parsed.data : QueueFilter.parse({})
  const { items } = await app.dossiers.queue(officer, filter, { now, endOfToday: app.endOfToday(now) })
  return items.map(({ code, applicantName, task }) => ({ code, name: applicantName, task }))
}

const otherLabel = (component: string, locale: PageContext['locale']) =>
  component === 'other' ? messages(locale)('desk.dossier.otherPaper') : component
