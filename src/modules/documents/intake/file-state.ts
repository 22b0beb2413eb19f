import { type Locale, messages, type Translate } from '../../../kernel/i18n.ts'
import { mayBeOpened, type StoredFile } from '../documents-store.ts'
import type { SignatureCheck } from './signature-check.ts'

type Facts = Pick<
  StoredFile,
  | 'scanState'
  | 'conversion'
  | 'pages'
  | 'notes'
  | 'malware'
  | 'viewSha256'
  | 'fileId'
  | 'signatureCheck'
  | 'textLayer'
  | 'mediaType'
  | 'textProblem'
  | 'reading'
>

/** What a page says of a file in the line that names it. */
export interface FileState {
  text: string
  /** Whether it is worth asking again. */
  waiting: boolean
  /** A picture to look at, where there is one. */
  picture: string | undefined
}

/** What became of a file, in words. Pure. */
export function fileState(file: Facts, locale: Locale): FileState {
  const t = messages(locale)
  const isUnderWay = file.conversion === 'waiting' || file.reading === 'waiting'
  const waiting = file.scanState === 'waiting' || (file.scanState !== 'infected' && isUnderWay)
  const open = mayBeOpened(file)
  return {
    text: textOf(file, t, locale),
    waiting,
    picture: open && file.viewSha256 !== null ? `/tep/${file.fileId}?xem=1` : undefined,
  }
}

function textOf(file: Facts, t: Translate, locale: Locale): string {
  const { scanState, conversion, pages, notes, signatureCheck } = file
  if (scanState === 'infected' || scanState === 'waiting') return t(`documents.scan.${scanState}`)
  const kept =
    signatureCheck?.kind === 'xml' ? 'documents.conversion.kept-xml' : `documents.conversion.${conversion}`
  const state =
    conversion === 'done' && pages !== null && pages > 1
      ? t('documents.conversion.done-pages', { pages })
      : t(kept as 'documents.conversion.kept')
  const noticed = notes
    .filter((note) => note !== 'pdf-signed' || !signatureCheck)
    .map((note) => t(`documents.note.${note}` as 'documents.note.pdf-signed'))
  const signed = signatureCheck ? [signedText(signatureCheck, t, locale)] : []
  return [state, ...readText(file, t), ...noticed, ...signed].join('; ')
}

function readText({ textLayer, textProblem, mediaType, reading }: Facts, t: Translate): string[] {
  if (textProblem) return [t('documents.text.unread')]
  if (reading === 'waiting') return [t('documents.text.reading')]
  if (reading === 'read') return [t('documents.text.read-beside')]
  return textLayer && mediaType.startsWith('image/') ? [t('documents.text.read')] : []
}

/** Whose signatures a file bears, since when, and whether they hold: the verdict first. */
function signedText(check: SignatureCheck, t: Translate, locale: Locale): string {
  const { verdict, signatures, problems } = check
  if (verdict === 'not-checked') return t('documents.signed.not-checked')
  const who = signatures.map(({ name, at }) =>
    at ? t('documents.signed.by', { name, time: momentOf(at, locale) }) : name,
  )
  const why = new Set([...problems, ...signatures.flatMap((one) => one.problems)])
  const reasons = [...why].map((code) => t(`signatures.problem.${code}`))
  const words = [t(`signatures.verdict.${verdict}`), who.join(', '), reasons.join(' ')]
  return words.filter((part) => part !== '').join(': ')
}

const momentOf = (instant: string, locale: Locale): string =>
  new Intl.DateTimeFormat(locale, {
    ...{ hour: '2-digit', minute: '2-digit', day: '2-digit', month: '2-digit', year: 'numeric' },
    timeZone: 'Asia/Ho_Chi_Minh',
  }).format(new Date(instant))
