import { closePrinting, renderSlip } from '../src/modules/documents/index.ts'
import { samples } from '../src/modules/documents/samples.ts'

/*
 * How long one receipt takes as PDF/A-2a, one after the other in one thread, every one different.
 * Prints one JSON line; budget: 10 ms each, 100 a second and core.
 */
const n = Number(process.argv[2] ?? 1_000)

await printReceipts(20)
const times = await printReceipts(n)
const total = times.reduce((sum, ms) => sum + ms, 0)
const p95 = times.toSorted((a, b) => a - b)[Math.floor(n * 0.95)] ?? 0
console.log(
  JSON.stringify({
    bench: 'receipt',
    perDocumentMs: round(total / n),
    perSecond: round((n * 1_000) / total),
    n,
    p95: round(p95),
    residentMb: round(process.memoryUsage().rss / 1024 / 1024),
  }),
)
await closePrinting()

async function printReceipts(count: number): Promise<number[]> {
  const times: number[] = []
  for (let i = 0; i < count; i++) {
    const start = performance.now()
    const code = `H99.12-261120-${String(i).padStart(5, '0')}`
    await renderSlip('receipt', { ...samples.receipt, code, applicant: { name: `Nguyễn Thị Mẫu Đơn ${i}` } })
    times.push(performance.now() - start)
  }
  return times
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
