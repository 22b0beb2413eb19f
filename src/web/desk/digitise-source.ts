import { isRefusal, type Refusal } from 'motcua/kernel/errors'
import { type Locale, messages } from 'motcua/kernel/i18n'
import { dateOfLaw } from 'motcua/kernel/time'
import {
  findFiles,
  mayBeOpened,
  type ProposedFields,
  proposeFields,
  readTextOf,
  type StoredFile,
} from 'motcua/modules/documents'
import {
  addScan,
  type DigitisingLine,
  DossierCode,
  type DossierView,
  digitisePapers,
  digitiserAt,
  digitisingOf,
  dropScans,
  fieldsOfPaper,
  isMissing,
  meansOf,
  type PaperField,
  refusedCopies,
  type WantedCopy,
} from 'motcua/modules/dossiers'
import type { Officer } from 'motcua/modules/identity'
import { findPaperKind } from 'motcua/modules/vault'
import { type PageContext, pageContext } from 'motcua/web/context'
import { data, type LoaderFunctionArgs } from 'react-router'
import { momentText } from '../ui/format'
import { refusalText } from './acting'
import { digitisingDoor } from './digitise-door'
import { officerOf } from './officer'
import { takePapers } from './officer-files'
import { askPhoneForCopies } from './phone-signing'
import { authorisationIn, type SigningView, signingView } from './signing-source'

/** A dossier whose papers an officer may digitise. */
export interface OpenDigitising {
  page: PageContext
  officer: Officer
  view: DossierView
  place: string
}

/** Opens the dossier of the address; refuses officers who do not receive it. */
export async function openDigitising(args: LoaderFunctionArgs): Promise<OpenDigitising> {
  const page = pageContext(args)
  const officer = officerOf(args)
  const code = DossierCode.safeParse(args.params.code)
  if (!code.success) throw data(null, { status: 404 })
  const view = await page.app.dossiers.view(officer, code.data)
  if (isRefusal(view)) throw data(null, { status: view.kind === 'forbidden' ? 403 : 404 })
  const place = digitiserAt(officer, view.dossier)
  if (place === undefined) throw data(null, { status: 403 })
  return { page, officer, view, place }
}

export interface ScannedFile {
  name: string
  href: string
  /** How it is looked at beside what is typed; null: in a page of its own. */
  shown: 'picture' | 'pdf' | null
}

/** One scan that waits for its data and signature. */
export interface WaitingPaper {
  key: string
  files: ScannedFile[]
  /** Its letters are being read: what is proposed may come in a moment. */
  beingRead: boolean
  kinds: { value: string; label: string; fields: FieldLine[] }[]
}

export interface FieldLine {
  key: string
  label: string
  type: PaperField['type']
  required: boolean
  proposal: string
}

export interface DigitiseLine {
  key: string
  name: string
  rule: DigitisingLine['rule']['rule']
  ruleText: string
  why: string
  missing: boolean
  taken: boolean
  inVault: string[]
  mayScan: boolean
  /** It is captured for who certifies and signed by nobody here. */
  captured: boolean
  waiting: WaitingPaper[]
  done: { key: string; name: string; text: string; href: string; kept: boolean }[]
}

export interface DigitisePage {
  code: string
  title: string
  lines: DigitiseLine[]
  left: number
  signing: SigningView | null
}

export async function digitisePage({ page, officer, view, place }: OpenDigitising): Promise<DigitisePage> {
  const { app, now, locale } = page
  const { code } = view.dossier
  // The owner is told that an officer looked their vault up.
  const { lines, holder } = await digitisingOf(app.db, view, dateOfLaw(now))
  const asked = lines.filter(({ rule }) => rule.rule !== 'never').flatMap(({ codes }) => codes)
  if (holder?.kind === 'person' && holder.personalId)
    await app.vault.checkAtCounter(officer, holder.personalId, [...new Set(asked)])
  const signer = await meansOf(app, officer, place)
  const read = await lettersOf(page, lines)
  return {
    code,
    title: view.party.name,
    lines: lines
      .filter(({ component }) => component.provision !== 'note')
      .map((line) => lineView(line, view, { locale, read })),
    left: lines.filter(isMissing).length,
    signing: signer ? await signingView(page, signer) : null,
  }
}

/**
 * What was read on the scans that wait, by their keys, and which are being read at this moment; a scan without letters
 * has none.
 */
async function lettersOf({ app }: PageContext, lines: readonly DigitisingLine[]): Promise<Letters> {
  const scans = lines.flatMap((line) => line.waiting)
  const known = await findFiles(
    app.db.pool,
    scans.flatMap(({ files }) => files.map(({ fileId }) => fileId)),
  )
  const now = new Set(app.config.intake.readText ? known.filter(isBeingRead).map(({ fileId }) => fileId) : [])
  const texts = scans.map(async ({ key, files }) => {
    const read = await Promise.all(files.map(({ fileId }) => readTextOf(app.db.pool, fileId)))
    return [key, read.filter((text) => text !== undefined).join('\f')] as const
  })
  return { texts: new Map(await Promise.all(texts)), now }
}

const isBeingRead = (file: StoredFile) =>
  mayBeOpened(file) && (file.conversion === 'waiting' || file.reading === 'waiting')

interface Letters {
  texts: ReadonlyMap<string, string>
  /** Files whose letters are being read. */
  now: ReadonlySet<string>
}

function lineView(
  line: DigitisingLine,
  view: DossierView,
  { locale, read }: { locale: Locale; read: Letters },
): DigitiseLine {
  const t = messages(locale)
  const { component, rule, inVault, taken, waiting, done } = line
  const query = `ho-so=${view.dossier.code}`
  return {
    key: component.key,
    name: component.name,
    rule: rule.rule,
    ruleText: t(`digitise.rule.${rule.rule}`),
    why: t(`digitise.why.${rule.why}`),
    missing: isMissing(line),
    taken,
    inVault: inVault.map(({ name, number, issuer }) => [name, number, issuer].filter(Boolean).join(' · ')),
    captured: rule.why === 'certify' && waiting.length > 0,
    mayScan: rule.rule !== 'never' && inVault.length === 0 && !taken,
    waiting: waiting.map(({ key, files }) => ({
      key,
      files: files.map(({ fileId, name, mediaType }) => {
        const shown = shownAs(mediaType)
        return { name, href: `/tep/${fileId}?${query}&${shown === 'picture' ? 'xem' : 'pdf'}=1`, shown }
      }),
      beingRead: files.some(({ fileId }) => read.now.has(fileId)),
      kinds: kindsOf(line, view, { locale, text: read.texts.get(key) ?? '' }),
    })),
    done: done.map(({ id, fileId, paperCode, signerName, signedAt, pages, vaultItemId }) => ({
      key: id,
      name: kindName(paperCode, locale) ?? component.name,
      text: t('digitise.doneBy', { name: signerName, at: momentText(signedAt, locale), pages }),
      href: `/tep/${fileId}?${query}&pdf=1`,
      kept: vaultItemId !== null,
    })),
  }
}

const shownAs = (mediaType: string) =>
  mediaType.startsWith('image/') ? 'picture' : mediaType === 'application/pdf' ? 'pdf' : null

const kindName = (code: string | null, locale: Locale) =>
  findPaperKind(code)?.[locale === 'en' ? 'nameEn' : 'name']

// The kinds that serve as the component; whatever else it may be goes by the name of the component.
function kindsOf(
  { codes }: DigitisingLine,
  view: DossierView,
  { locale, text }: { locale: Locale; text: string },
): WaitingPaper['kinds'] {
  const t = messages(locale)
  const known = codes.filter((code) => findPaperKind(code) !== undefined)
  return [...known, null].map((code) => ({
    value: code ?? '',
    label: kindName(code, locale) ?? t('digitise.kindOther'),
    fields: fieldsOfPaper(code).map(({ key, label, type, required }) => ({
      ...{ key, label: label[locale], type, required },
      proposal: proposalFor({ key, type }, view, proposeFields(text, findPaperKind(code)?.group)),
    })),
  }))
}

// What was read on the scan is proposed, or else what the dossier says already; the officer reads it on the paper.
function proposalFor(
  { key, type }: Pick<PaperField, 'key' | 'type'>,
  { party }: DossierView,
  read: ProposedFields,
): string {
  const who = party.filedFor.kind === 'helper' ? party.filedFor.principal : party
  if (key === 'holder') return read.name ?? who.name
  if (type === 'personal-id') return read.personalId ?? who.personalId ?? ''
  if (key === 'issuedOn') return read.issuedOn ?? ''
  return key === 'number' ? (read.number ?? '') : ''
}

export interface Told {
  /** The page that waits for the officer's phone. */
  waitsAt?: string
  problems: string[]
  done: string | null
  values: Record<string, string>
}

/** Takes scans in, takes one back, or signs what was chosen; says what was refused. */
export async function postDigitising(open: OpenDigitising, form: FormData): Promise<Told> {
  const { page, officer, view, place } = open
  const intent = String(form.get('intent') ?? '')
  const door = digitisingDoor(page)
  const values = valuesOf(form)
  const told = (problems: string[], done: string | null = null): Told => ({ problems, done, values })
  if (intent.startsWith('drop:')) {
    const dropped = await dropScans(door, officer, view, intent.slice('drop:'.length))
    return told(isRefusal(dropped) ? [refusalText(dropped, page.locale)] : [])
  }
  const { held, refused } = await takePapers(page, officer, form)
  const problems = [...refused]
  for (const { component, file } of held) {
    const added = await addScan(door, officer, view, { component, file })
    if (isRefusal(added)) problems.push(...sentences(added, page.locale))
  }
  if (intent !== 'sign') return told(problems)
  const t = messages(page.locale)
  const list = form.getAll('chosen').map((key) => wantedIn(form, String(key)))
  if (list.length === 0) return told([...problems, t('digitise.nothingChosen')])
  if ((await meansOf(page.app, officer, place))?.kind === 'mobile') {
    const refused = await refusedCopies(door, officer, view, list)
    if (refused.length > 0)
      return told([...problems, ...refused.flatMap((each) => sentences(each, page.locale))])
    const asked = await askPhoneForCopies(page, officer, { code: view.dossier.code, list })
    return isRefusal(asked)
      ? told([...problems, refusalText(asked, page.locale)])
      : { ...told(problems), ...asked }
  }
  const { authorisation } = authorisationIn(form)
  const answers = await digitisePapers(door, officer, view, { list, authorisation: authorisation ?? {} })
  for (const answer of answers) if (isRefusal(answer)) problems.push(...sentences(answer, page.locale))
  const signed = answers.filter((answer) => !isRefusal(answer)).length
  return told([...new Set(problems)], signed > 0 ? t('digitise.signed', { count: signed }) : null)
}

function wantedIn(form: FormData, key: string): WantedCopy {
  const text = (name: string) =>
    String(form.get(`${name}:${key}`) ?? '')
      .normalize('NFC')
      .replace(/[\u0000-\u001f\u007f]/g, ' ')
      .trim()
  const paperCode = text('kind') || null
  const fields = Object.fromEntries(fieldsOfPaper(paperCode).map((field) => [field.key, text(field.key)]))
  return { key, paperCode, fields, compared: form.has(`compared:${key}`) }
}

// Data that are wrong are told field by field.
function sentences(refusal: Refusal, locale: Locale): string[] {
  if (refusal.code !== 'digitise.bad-data') return [refusalText(refusal, locale)]
  const t = messages(locale)
  const { name, problems } = refusal.details as unknown as {
    name: string
    problems: { field: string; problem: Parameters<typeof t>[0] }[]
  }
  return problems.map(({ field, problem }) => {
    const label = labels.get(field)?.[locale] ?? field
    return t(`digitise.problem.${problem}` as Parameters<typeof t>[0], { name, field: label })
  })
}

const labels = new Map(
  [
    null,
    'KQ.G15.000031',
    '000.00.00.G15-KQ004946',
    'KQ.G01.000065',
    '000.00.00.H38-KQ000366',
    'KQ.G12.001041',
  ]
    .flatMap((code) => fieldsOfPaper(code))
    .map(({ key, label }) => [key, label]),
)

const valuesOf = (form: FormData): Record<string, string> =>
  Object.fromEntries(
    [...form.entries()].flatMap(([name, value]) =>
      typeof value === 'string' && name !== 'pin' && name !== 'intent' ? [[name, value]] : [],
    ),
  )
