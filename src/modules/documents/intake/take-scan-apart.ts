// The process that takes a stranger's PDF apart: the file comes in, what its pages are made of goes out piece by piece.
import { type NotAScan, type ScanPart, scanParts } from './scan-parts.ts'
import { watchMemory } from './watch-memory.ts'

export type ScanQuestion = { content: Uint8Array; first: number | undefined } | { page: number }
export type ScanLayout = { pages: Omit<ScanPart, 'packed'>[] } | { fault: NotAScan }
export type PackedPicture = { packed: Uint8Array }

const watched = watchMemory(Number(process.argv[2]))
let parts: ScanPart[] = []

process.on('message', async (question: ScanQuestion) => {
  await watched
  if ('page' in question)
    return process.send?.({ packed: parts[question.page]!.packed } satisfies PackedPicture)
  const found = await scanParts(question.content, question.first)
  if (typeof found === 'string') return process.send?.({ fault: found } satisfies ScanLayout)
  parts = found
  process.send?.({ pages: parts.map(({ packed: _, ...page }) => page) } satisfies ScanLayout)
})
