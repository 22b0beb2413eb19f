import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { buffer, text } from 'node:stream/consumers'
import { printable } from '../printable.ts'
import { type AcceptedType, acceptedTypes } from '../sniff-file.ts'
import { NotLaidOut, TypstPool } from '../typst/pool.ts'
import type { ReadingFault, ReadLine, TextReader } from './ocr/reader.ts'
import type { Office, OfficeFault } from './office.ts'
import { type PicturePage, picturePages, type UnusablePicture } from './pictures.ts'

/** A paper as an archive wants it. */
export interface Converted {
  pdf: Uint8Array
  pages: number | null
  textLayer: boolean
  /** What was read from pictures, one page after the other, apart by a form feed. */
  text?: string
  /** Why nothing was read; the paper is whole without it. */
  textProblem?: ReadingFault
}
export type ConversionFault = UnusablePicture | OfficeFault | 'no-office' | 'not-laid-out'

export interface Converters {
  office: Office | undefined
  /** Reads the letters of pictures, where the installation wants it. */
  reader?: TextReader | undefined
}

export interface Source {
  name: string
  mediaType: string
  open(): Promise<Readable>
}

const folder = join(import.meta.dirname, 'templates')
/** A paper of three hundred photographed pages is laid out in half a minute; slips do not wait behind it. */
let pool: TypstPool | undefined

export async function closeConversion(): Promise<void> {
  await pool?.close()
  pool = undefined
}

export const isPicture = (mediaType: string): boolean => mediaType.startsWith('image/')

/** Whether a file of this kind is made a PDF/A here; a PDF and a signed XML stay as they are. */
export const isConverted = (mediaType: string): boolean => !/^application\/(pdf|xml)$/.test(mediaType)

/** Makes PDF/A-2 of a file. A fault is the file's; anything else is thrown. */
export async function convert(
  source: Source,
  converters: Converters,
  now: Date,
): Promise<Converted | ConversionFault> {
  if (isPicture(source.mediaType)) return joinPictures([source], now, converters.reader)
  if (source.mediaType === 'text/plain') return plainText(source, now)
  const { office } = converters
  if (!office) return 'no-office'
  const [extension] = acceptedTypes[source.mediaType as AcceptedType]
  const pdf = await office.toPdf(await source.open(), extension)
  return typeof pdf === 'string' ? pdf : { pdf, pages: null, textLayer: false }
}

/** Pictures of one paper, in their order, straightened, as one PDF/A-2b; with a layer of text where there is a reader. */
export async function joinPictures(
  sources: readonly Source[],
  now: Date,
  reader?: TextReader,
): Promise<Converted | ConversionFault> {
  const pages: PicturePage[] = []
  for (const source of sources)
    for await (const page of picturePages(await buffer(await source.open()), { straighten: true })) {
      if (typeof page === 'string') return page
      pages.push(page)
    }
  const read = await reader?.read(pages)
  const lines = typeof read === 'string' ? undefined : read
  const data = {
    title: printable(sources[0]!.name),
    pages: pages.map(({ width, height }, i) => ({
      ...{ file: `page-${i}.jpg`, width, height },
      lines: (lines?.[i] ?? []).map((line) => ({ ...line, text: printable(line.text) })),
    })),
  }
  const assets = Object.fromEntries(pages.map(({ jpeg }, i) => [`page-${i}.jpg`, jpeg]))
  const pdf = await print('scan', data, now, assets)
  if (typeof pdf === 'string') return pdf
  return { pdf, pages: pages.length, ...layerOf(read) }
}

function layerOf(read: ReadLine[][] | ReadingFault | undefined) {
  if (typeof read === 'string') return { textLayer: false, textProblem: read }
  const text = lettersIn(read ?? [])
  return text === undefined ? { textLayer: false } : { textLayer: true, text }
}

/** What was read, as one text, pages apart by a form feed; undefined where there are no letters. */
export function lettersIn(read: readonly ReadLine[][]): string | undefined {
  const text = read.map((page) => page.map((line) => line.text).join('\n')).join('\f')
  return text.trim() === '' ? undefined : text
}

async function plainText({ name, open }: Source, now: Date): Promise<Converted | ConversionFault> {
  const lines = (await text(await open())).split(/\r\n|\r|\n/).map(printable)
  const pdf = await print('plain', { title: printable(name), lines }, now)
  return typeof pdf === 'string' ? pdf : { pdf, pages: null, textLayer: true }
}

/** Lays a template of this folder out as PDF/A-2b. */
export async function print(
  template: string,
  data: object,
  now: Date,
  assets: Record<string, Uint8Array> = {},
): Promise<Uint8Array | 'not-laid-out'> {
  pool ??= new TypstPool()
  const createdAt = Math.floor(now.getTime() / 1000)
  const job = { folder, template, data: JSON.stringify(data), standard: 'a-2b' as const, createdAt, assets }
  try {
    return (await pool.print(job)).pdf
  } catch (error) {
    if (error instanceof NotLaidOut) return 'not-laid-out'
    throw error
  }
}
