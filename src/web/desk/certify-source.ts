import { isRefusal, type Refusal } from 'motcua/kernel/errors'
import { type Locale, messages } from 'motcua/kernel/i18n'
import { contentOf, pageOnScreen } from 'motcua/modules/documents'
import {
  captureOriginal,
  certificationNumber,
  certificationVolume,
  certifyCopy,
  changeCapture,
  countedFees,
  DossierCode,
  type DossierView,
  digitiserAt,
  feeOfAll,
  mostOriginals,
  type Original,
  originalsIn,
  type PageChange,
  previewCertification,
} from 'motcua/modules/dossiers'
import type { Officer } from 'motcua/modules/identity'
import { type PageContext, pageContext } from 'motcua/web/context'
import { data, type LoaderFunctionArgs } from 'react-router'
import { dateText, moneyText } from '../ui/format'
import { refusalText } from './acting'
import { officerOf } from './officer'
import { takePapers } from './officer-files'
import { authorisationIn, type SigningView, signingOf } from './signing-source'

export interface OpenCertifying {
  page: PageContext
  officer: Officer
  view: DossierView
  originals: Original[]
}

/** Opens a dossier by which copies are certified; to an officer of another place it does not exist. */
export async function openCertifying(args: LoaderFunctionArgs): Promise<OpenCertifying> {
  const page = pageContext(args)
  const officer = officerOf(args)
  const code = DossierCode.safeParse(args.params.code)
  if (!code.success) throw data(null, { status: 404 })
  const view = await page.app.dossiers.view(officer, code.data)
  if (isRefusal(view)) throw data(null, { status: view.kind === 'forbidden' ? 403 : 404 })
  const originals = await originalsIn(page.app, view)
  if (originals === undefined) throw data(null, { status: 404 })
  return { page, officer, view, originals }
}

/** One original as the page shows it. */
export interface OriginalView {
  place: number
  title: string
  name: string
  state: 'waiting' | 'captured' | 'certified'
  pages: { src: string; width: number; height: number }[]
  counted: string
  fee: string
  preview: string
  done: { text: string; href: string; verify: string | null; kept: boolean } | null
}

export interface CertifyView {
  code: string
  who: string
  originals: OriginalView[]
  mayCapture: boolean
  mayCertify: boolean
  mayAdd: boolean
  /** How the charge stands: what is to be collected, and whether the receipt said something else. */
  fee: { amount: string; text: string; changed: boolean; mayCorrect: boolean }
  signing: SigningView | null
  allDone: boolean
}

export async function certifyView({ page, officer, view, originals }: OpenCertifying): Promise<CertifyView> {
  const { code } = view.dossier
  const mayCertify = view.actions.some(({ command }) => command === 'approve')
  const mayCapture = digitiserAt(officer, view.dossier) !== undefined
  return {
    ...{ code, who: view.party.name, mayCapture, mayCertify },
    originals: originals.map((each) => originalView(each, code, page.locale)),
    mayAdd: mayCapture && originals.length < mostOriginals,
    fee: feeView(originals, view, page.locale),
    signing: mayCertify ? await signingOf(page, officer) : null,
    allDone: originals.every(({ certification }) => certification !== null),
  }
}

function originalView(original: Original, code: string, locale: Locale): OriginalView {
  const t = messages(locale)
  const { place, name, capture, certification, copies, statedPages, pages, feeVnd } = original
  const base = `/can-bo/ho-so/${code}/chung-thuc`
  const captured = capture?.pages ?? []
  const stated = statedPages === null ? [] : [t('certify.stated', { pages: statedPages })]
  return {
    ...{ place, name, title: name || t('certify.original', { no: place + 1 }) },
    state: certification ? 'certified' : captured.length > 0 ? 'captured' : 'waiting',
    // The hash in the address: a turned page is another picture.
    pages: captured.map(({ sha256, width, height }, i) => ({
      src: `${base}/trang/${place}/${i}?v=${sha256.slice(0, 12)}`,
      ...{ width, height },
    })),
    counted: [
      ...(captured.length > 0 ? [t('certify.counted', { pages }), ...stated] : []),
      ...(captured.length === 0 && statedPages !== null
        ? [t('certify.statedOnly', { pages: statedPages })]
        : []),
      t('certify.copies', { count: copies }),
    ].join(' · '),
    fee: t('certify.fee', { fee: feeVnd === null ? t('certify.feeUnknown') : moneyText(feeVnd) }),
    preview: `${base}/xem/${place}`,
    done: certification && {
      text: t('certify.done', {
        number: certificationNumber(certification),
        volume: certificationVolume(certification),
        date: dateText(certification.certifiedAt),
      }),
      href: `/tep/${certification.fileId}?ho-so=${code}&pdf=1`,
      verify: certification.verifyCode && `/xac-minh/${certification.verifyCode}`,
      kept: certification.vaultItemId !== null,
    },
  }
}

// What the receipt says was counted from what the person stated; what is collected follows the pages on the table.
function feeView(
  originals: readonly Original[],
  { dossier, actions }: DossierView,
  locale: Locale,
): CertifyView['fee'] {
  const t = messages(locale)
  const [counted, stated] = [
    feeOfAll(originals),
    feeOfAll(dossier.fees.map(({ amountVnd }) => ({ feeVnd: amountVnd }))),
  ]
  const isCaptured = originals.every(({ capture }) => capture !== null && capture.pages.length > 0)
  const words = (amount: number | null) => (amount === null ? t('certify.feeUnknown') : moneyText(amount))
  const changed = isCaptured && counted !== stated
  const mayCorrect = changed && actions.some(({ command }) => command === 'correctFees')
  return {
    ...{ amount: words(counted), changed, mayCorrect },
    text: changed
      ? t('certify.feeChanged', { fee: words(counted), stated: words(stated) })
      : t('certify.feeStated', { fee: words(stated) }),
  }
}

/** A captured page as small as a screen needs it; undefined when there is none. */
export async function pagePicture(
  { page, originals }: OpenCertifying,
  { place, no }: { place: number; no: number },
): Promise<Uint8Array | undefined> {
  const found = originals.find((each) => each.place === place)?.capture?.pages[no]
  const content = found && (await contentOf(page.app.files, found.sha256))
  return content && pageOnScreen(content)
}

/** The copy as it would be signed. */
export function previewOf(
  { page, officer, view, originals }: OpenCertifying,
  place: number,
  name: string | null,
) {
  const door = { ...page.app.papers, signatures: page.app.signatures }
  const named = originals.find((each) => each.place === place)?.name
  return previewCertification(door, officer, view, { place, paperName: cleaned(name) || named || '…' })
}

export interface Told {
  problems: string[]
  /** What was typed, so that a refusal costs nobody their words. */
  values: Record<string, string>
}

/** Does what a press of the page asks for; says what was refused. */
export async function postCertifying(
  open: OpenCertifying,
  form: FormData,
): Promise<Told & { count: number }> {
  const intent = String(form.get('intent') ?? '')
  const values = Object.fromEntries(
    [...form.entries()].flatMap(([name, value]) =>
      typeof value === 'string' && /^(name|compared|chosen):/.test(name) ? [[name, value]] : [],
    ),
  )
  if (intent === 'fee') return { problems: await carryFee(open), values, count: 0 }
  const [problems, count] =
    intent === 'sign' ? await sign(open, form) : [await capture(open, form, intent), 0]
  // Nothing that was signed is collected by an old amount, whoever forgot to put it right.
  if (count > 0) problems.push(...(await carryFee(open)))
  return { problems: [...new Set(problems)], values, count }
}

/** Puts the fee of the dossier right by the pages that were counted; whoever comes second has nothing left to do. */
async function carryFee({ page, officer, view: { dossier } }: OpenCertifying): Promise<string[]> {
  const view = await page.app.dossiers.view(officer, dossier.code)
  const request = isRefusal(view) ? null : await countedFees(page.app, view)
  if (request === null) return []
  const done = await page.app.dossiers.act(officer, dossier.code, request, { now: page.now })
  if (!isRefusal(done) || done.code === 'dossiers.fees-unchanged') return []
  return [refusalText(done, page.locale)]
}

async function capture({ page, officer, view, originals }: OpenCertifying, form: FormData, intent: string) {
  const { locale } = page
  const problems: string[] = []
  const tell = (outcome: object | null) => {
    if (outcome !== null && isRefusal(outcome)) problems.push(refusalText(outcome as Refusal, locale))
  }
  const { held, refused } = await takePapers(page, officer, form)
  problems.push(...refused)
  const [act = '', place = '', no = ''] = intent.split(':')
  const byPlace = Map.groupBy(held, ({ component }) => Number(component.replace('original-', '')))
  for (const [at, taken] of byPlace) {
    const files = taken.map(({ file }) => file)
    const name = cleaned(form.get(`name:${at}`)) || originals.find((each) => each.place === at)?.name || ''
    tell(await captureOriginal(page.app.papers, officer, view, { place: at, name, files }))
  }
  const change = changeIn(act, no)
  if (change) tell(await changeCapture(page.app.papers, officer, view, { place: Number(place), change }))
  else if (held.length === 0 && refused.length === 0) problems.push(messages(locale)('certify.no-file'))
  return problems
}

function changeIn(act: string, no: string): PageChange | undefined {
  if (act === 'drop-all') return { act }
  return act === 'turn' || act === 'up' || act === 'drop' ? { act, page: Number(no) } : undefined
}

// One PIN for all that were chosen; one that fails stops those after it only when the key did not open.
async function sign({ page, officer, view }: OpenCertifying, form: FormData): Promise<[string[], number]> {
  const { authorisation = {} } = authorisationIn(form)
  const door = { ...page.app.papers, signatures: page.app.signatures }
  const places = form.getAll('chosen').map(Number)
  if (places.length === 0) return [[messages(page.locale)('certify.nothing-chosen')], 0]
  const problems: string[] = []
  let count = 0
  for (const place of places) {
    const paperName = cleaned(form.get(`name:${place}`))
    const wanted = { place, paperName, compared: form.has(`compared:${place}`) }
    const line = await certifyCopy(door, officer, view, { wanted, authorisation })
    if (!isRefusal(line)) count += 1
    else {
      problems.push(
        places.length > 1
          ? `${paperName}: ${refusalText(line, page.locale)}`
          : refusalText(line, page.locale),
      )
      if (line.code.startsWith('signatures.')) break
    }
  }
  return [problems, count]
}

const cleaned = (value: FormDataEntryValue | null): string =>
  (typeof value === 'string' ? value : '')
    .normalize('NFC')
    .replace(/[\u0000-\u001f\u007f]/g, ' ')
    .trim()
    .slice(0, 200)
