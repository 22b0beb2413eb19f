import { appContext, type PageContext } from 'motcua/web/context'
import { PDFDocument } from 'pdf-lib'
import { type LoaderFunctionArgs, RouterContextProvider } from 'react-router'
import { readSheet } from 'read-excel-file/node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accepted } from '../src/kernel/errors.ts'
import { advance, stampPositions } from '../src/kernel/feed.ts'
import { closePrinting, logBookColumns } from '../src/modules/documents/index.ts'
import { papersConsumer } from '../src/modules/dossiers/index.ts'
import type { Actor } from '../src/modules/identity/index.ts'
import { loader as page } from '../src/web/desk/log-book.tsx'
import { loader as csv } from '../src/web/desk/log-csv.ts'
import { loader as pdf } from '../src/web/desk/log-pdf.ts'
import { loader as xlsx } from '../src/web/desk/log-xlsx.ts'
import { aDesk, staff } from './builders/a-desk.ts'
import { pdfText } from './harness/pdf-text.ts'

const desk = await aDesk()
const now = new Date('2026-11-20T02:00:00Z')
const reception = desk.officer(staff.reception)
const codes: string[] = []

beforeAll(async () => {
  for (let i = 0; i < 3; i++) {
    const { dossier } = await desk.file({ at: new Date('2026-11-19T01:30:00Z') })
    const options = { now: new Date('2026-11-19T02:00:00Z') }
    accepted(await desk.dossiers.act(reception, dossier.code, { command: 'accept' }, options))
    codes.push(dossier.code)
  }
  const consumer = papersConsumer(() => new Date('2026-11-19T02:00:00Z'))
  while ((await stampPositions(desk.db)) > 0);
  while ((await advance(desk.db, consumer)) > 0);
})
afterAll(async () => {
  await closePrinting()
  await desk.db.close()
})

/** What a loader is given when this actor opens that address. */
function opening(actor: Actor, query = ''): LoaderFunctionArgs {
  const context = new RouterContextProvider()
  const app = { db: desk.db, papers: { db: desk.db }, log: { error: () => undefined } }
  context.set(appContext, { actor, app, now, locale: 'vi' } as unknown as PageContext)
  const request = new Request(`http://localhost/can-bo/so-theo-doi?${query}`)
  return { request, context, params: {} } as unknown as LoaderFunctionArgs
}

const days = 'don-vi=H99.12&tu=2026-11-19&den=2026-11-19'
const statusOf = async (opened: Promise<unknown>) => {
  const thrown = await opened.then(
    () => ({ status: 200 }),
    (error: { status?: number; init?: { status: number } }) => error,
  )
  return ('init' in thrown ? thrown.init?.status : thrown.status) ?? 0
}

test('the page lists what the unit received on those days, in the order of the book', async () => {
  const { rows, files, units } = await page(opening(reception, days))
  expect(rows.map(({ number, code }) => [number, code])).toEqual(
    codes.map((code, i) => [`0000${i + 1}/2026`, code]),
  )
  expect(rows[0]).toMatchObject({ received: '09:00 19/11/2026', state: 'Đang xử lý' })
  expect(units).toMatchObject([{ value: 'H99.12' }])
  expect(files[0]).toBe('/can-bo/so-theo-doi.pdf?don-vi=H99.12&tu=2026-11-19&den=2026-11-19')
})

test('days without a dossier are an empty book', async () => {
  const { rows } = await page(opening(reception, 'tu=2026-11-01&den=2026-11-02'))
  expect(rows).toEqual([])
})

test('the spreadsheet has the columns of the form and the same lines', async () => {
  const file = await xlsx(opening(reception, days))
  expect(file.headers.get('content-disposition')).toContain('so-theo-doi-H99.12-2026-11-19-2026-11-19.xlsx')
  const [head, ...lines] = await readSheet(Buffer.from(await file.arrayBuffer()))
  expect(head).toEqual(logBookColumns.map(([, title]) => title))
  expect(lines.map((line) => line[1])).toEqual(codes)
  expect(lines[0]!.slice(0, 1)).toEqual(['00001'])
  expect(lines[0]![4]).toBe(desk.citizen().name)
})

test('the CSV says the same', async () => {
  const text = await (await csv(opening(reception, days))).text()
  expect(text.startsWith('Số TT,Mã hồ sơ,')).toBe(true)
  for (const code of codes) expect(text).toContain(code)
})

test('the print is A4 across and names unit, days and every dossier', async () => {
  const file = new Uint8Array(await (await pdf(opening(reception, days))).arrayBuffer())
  const { width, height } = (await PDFDocument.load(file)).getPage(0).getSize()
  expect(width).toBeGreaterThan(height)
  const text = (await pdfText(file)).join('\n').replace(/[\s\u200b]+/g, '')
  expect(text).toContain('từngày19/11/2026đếnngày19/11/2026')
  for (const code of codes) expect(text).toContain(code)
})

test.each([
  ['page', page],
  ['pdf', pdf],
  ['xlsx', xlsx],
  ['csv', csv],
])('%s: an officer opens the book of a unit of theirs and of no other; others none', async (_, open) => {
  expect(await statusOf(open(opening(reception, days)))).toBe(200)
  expect(await statusOf(open(opening(desk.officer(staff.elsewhere), days)))).toBe(403)
  expect(await statusOf(open(opening(reception, 'don-vi=H99.13')))).toBe(403)
  expect(await statusOf(open(opening(desk.citizen(), days)))).toBe(403)
  expect(await statusOf(open(opening({ kind: 'anonymous' }, days)))).toBe(302)
})
