import { Worker } from 'node:worker_threads'
import type { SpreadsheetJob } from './spreadsheet-worker.ts'

/**
 * A table as an XLSX file. Every cell is stored as text: a name that begins with `=`, `+`, `-` or `@` is a name,
 * and a code keeps its leading zeros. The line of titles stays in sight. Twenty thousand lines take a second, so
 * a thread of its own does it.
 */
export function spreadsheet(
  sheet: string,
  columns: SpreadsheetJob['columns'],
  rows: SpreadsheetJob['rows'],
): Promise<Uint8Array<ArrayBuffer>> {
  const job: SpreadsheetJob = { sheet, columns, rows }
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./spreadsheet-worker.ts', import.meta.url), { workerData: job })
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('the spreadsheet thread ended')))
  })
}
