import { type Locale, messages } from '../../../kernel/i18n.ts'
import type { StoredFile } from '../documents-store.ts'

type Facts = Pick<
  StoredFile,
  'scanState' | 'conversion' | 'pages' | 'notes' | 'malware' | 'viewSha256' | 'fileId'
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
  const waiting =
    file.scanState === 'waiting' || (file.scanState !== 'infected' && file.conversion === 'waiting')
  const open = file.scanState === 'clean' || file.scanState === 'not-configured'
  return {
    text: textOf(file, t),
    waiting,
    picture: open && file.viewSha256 !== null ? `/tep/${file.fileId}?xem=1` : undefined,
  }
}

function textOf({ scanState, conversion, pages, notes }: Facts, t: ReturnType<typeof messages>): string {
  if (scanState === 'infected' || scanState === 'waiting') return t(`documents.scan.${scanState}`)
  const state =
    conversion === 'done' && pages !== null && pages > 1
      ? t('documents.conversion.done-pages', { pages })
      : t(`documents.conversion.${conversion}`)
  const noticed = notes.map((note) => t(`documents.note.${note}` as 'documents.note.pdf-signed'))
  return [state, ...noticed].join('; ')
}
