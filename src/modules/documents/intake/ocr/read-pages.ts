// The process that reads letters: a picture comes in, its lines go out, until the parent ends it.
import { createWorker, OEM } from 'tesseract.js'
import type { ReadingReply, ReadLine } from './reader.ts'

const [memoryMb = '1000', modelFolder = ''] = process.argv.slice(2)
// The picture is unpacked in another thread, so this one can watch.
setInterval(() => {
  if (process.memoryUsage.rss() / 1024 / 1024 > Number(memoryMb)) process.exit(3)
}, 50)
process.once('disconnect', () => process.exit(0))
process.once('unhandledRejection', () => process.exit(4))

const worker = createWorker('vie', OEM.LSTM_ONLY, {
  langPath: modelFolder,
  gzip: true,
  cacheMethod: 'none',
  errorHandler: () => process.exit(4),
})

process.on('message', async (jpeg: Uint8Array) => {
  const { data } = await (await worker).recognize(Buffer.from(jpeg), {}, { blocks: true, text: false })
  const lines = (data.blocks ?? []).flatMap(({ paragraphs }) =>
    paragraphs.flatMap(({ lines }) => lines.flatMap(lineOf)),
  )
  process.send?.({ lines } satisfies ReadingReply)
})

interface Word {
  text: string
  confidence: number
  bbox: { x0: number; y0: number; x1: number; y1: number }
}

/** Words that are more than a guess, as one line; nothing where none is. */
function lineOf({ words }: { words: Word[] }): ReadLine[] {
  const sure = words.filter(({ confidence, text }) => confidence >= 50 && text.trim() !== '')
  if (sure.length === 0) return []
  const x = Math.min(...sure.map(({ bbox }) => bbox.x0))
  const y = Math.min(...sure.map(({ bbox }) => bbox.y0))
  const text = sure.map((word) => word.text).join(' ')
  const width = Math.max(...sure.map(({ bbox }) => bbox.x1)) - x
  const height = Math.max(...sure.map(({ bbox }) => bbox.y1)) - y
  return [{ text, x, y, width, height }]
}
