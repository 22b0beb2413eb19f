import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { PDFDocument } from 'pdf-lib'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { pdfText } from '../../../test/harness/pdf-text.ts'
import { accepted, isRefusal } from '../../kernel/errors.ts'
import { slipKinds } from './forms.ts'
import { type Layouts, layoutOf, readLayouts, sharedLibrary } from './layouts.ts'
import { closePrinting, renderSlip } from './render-slip.ts'
import { samples } from './samples.ts'

let folder: string
const folders: string[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'motcua-layouts-'))
  folders.push(folder)
})
afterAll(async () => {
  await closePrinting()
  for (const each of folders) rmSync(each, { recursive: true, force: true })
})

/** Puts an edition of the installation into its folder: its manifest and the source of its receipt. */
function anEdition(name: string, { validFrom = '2026-01-01', page = 'a4', source = plain } = {}) {
  const layout = { template: 'receipt', page, source: 'Quyết định của tỉnh', confidence: 'C' }
  mkdirSync(join(folder, name))
  writeFileSync(
    join(folder, name, 'manifest.json'),
    JSON.stringify({ edition: name, name, validFrom, forms: { receipt: layout } }),
  )
  writeFileSync(join(folder, name, 'receipt.typ'), source)
}

const plain = '#import "lib.typ": *\n#show: form\n#head()\n= Mẫu riêng của tỉnh\n#data.applicant.name'
const printed = async (layouts: Layouts) =>
  accepted(await renderSlip('receipt', samples.receipt, { layouts }))

test('every form has a shipped layout that states its source and how sure we are of it', async () => {
  const layouts = await readLayouts()
  expect(layouts.unreadable).toEqual([])
  for (const kind of slipKinds) expect(layoutOf(layouts, kind, '2026-11-20').own).toBe(false)
})

test('slips are A5, the log book is A4 across, decisions are A4', async () => {
  const layouts = await readLayouts()
  const pages = (kind: Parameters<typeof layoutOf>[1]) => layoutOf(layouts, kind, '2026-11-20').page
  expect(pages('control')).toBe('a5')
  expect(pages('log-book')).toBe('a4-landscape')
  expect(pages('revocation')).toBe('a4')
})

test('an installation lays out one form itself, on its paper, and takes head and signatures from the product', async () => {
  anEdition('song-mai')
  const pdf = await printed(await readLayouts(folder))
  const text = (await pdfText(pdf)).join('\n')
  expect(text).toContain('Mẫu riêng của tỉnh')
  expect(text).toContain('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM')
  const { width } = (await PDFDocument.load(pdf)).getPage(0).getSize()
  expect(Math.round((width / 72) * 25.4)).toBe(210)
})

test('the edition in force on the day of the paper is taken, and the own one before the shipped', async () => {
  anEdition('old', { validFrom: '2026-01-01' })
  anEdition('new', { validFrom: '2027-01-01' })
  const layouts = await readLayouts(folder)
  const on = (day: string) => layoutOf(layouts, 'receipt', day).edition
  expect([on('2025-12-31'), on('2026-01-01'), on('2027-01-01')]).toEqual(['tt03-2025', 'old', 'new'])
  expect(layoutOf(layouts, 'stop', '2027-01-01').edition).toBe('tt03-2025')
  expect(on('2020-01-01')).toBe('tt03-2025')
})

test.each([
  ['that is no Typst', '#let x = (', 'receipt.typ:1: unclosed delimiter'],
  [
    'that asks for what the form does not have',
    '#import "lib.typ": *\n#show: form\n#data.nothing',
    'dictionary does not contain key "nothing"',
  ],
  ['that never ends', '#let x = 0\n#while x < 1 { x -= 1 }', 'infinite'],
  ['that reads beyond its folder', `#read("${sharedLibrary}")`, 'file not found'],
])(
  'a template %s is refused by name with the reason, and the next paper prints',
  async (_, source, reason) => {
    anEdition('broken', { source })
    const layouts = await readLayouts(folder)
    const refused = await renderSlip('receipt', samples.receipt, { layouts })
    expect(isRefusal(refused) && refused).toMatchObject({
      kind: 'unavailable',
      code: 'documents.layout-broken',
      details: { edition: 'broken', template: 'receipt', reason: expect.stringContaining(reason) },
    })
    expect(JSON.stringify(refused)).not.toContain(folder)
    expect(isRefusal(await renderSlip('refusal', samples.refusal, { layouts }))).toBe(false)
  },
)

test('a manifest that cannot be read leaves its edition out and is named with the reason', async () => {
  anEdition('good')
  mkdirSync(join(folder, 'bad'))
  writeFileSync(join(folder, 'bad', 'manifest.json'), '{"edition": "bad", "validFrom": "soon"}')
  mkdirSync(join(folder, 'empty'))
  const layouts = await readLayouts(folder)
  expect(layouts.unreadable.map((each) => each.folder)).toEqual([join(folder, 'bad'), join(folder, 'empty')])
  expect(layouts.unreadable[0]!.reason).toContain('validFrom')
  expect(layoutOf(layouts, 'receipt', '2026-11-20').edition).toBe('good')
})

test('a folder that is not there is named, and the shipped layouts print', async () => {
  const layouts = await readLayouts(join(folder, 'nowhere'))
  expect(layouts.unreadable).toHaveLength(1)
  expect(layoutOf(layouts, 'receipt', '2026-11-20').edition).toBe('tt03-2025')
})

test('a copy of the shipped edition is a working edition of the installation', async () => {
  cpSync(dirname(sharedLibrary), join(folder, 'copy'), { recursive: true })
  copyFileSync(join(folder, 'copy', 'refusal.typ'), join(folder, 'copy', 'receipt.typ'))
  const layouts = await readLayouts(folder)
  expect(layouts.unreadable).toEqual([])
  expect(layoutOf(layouts, 'log-book', '2026-11-20')).toMatchObject({ own: true, page: 'a4-landscape' })
  expect(isRefusal(await renderSlip('stop', samples.stop, { layouts }))).toBe(false)
})
