import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, expect, test } from 'vitest'
import { aDesk, morning, staff } from '../../../../test/builders/a-desk.ts'
import { aGroup, branchOf } from '../../../../test/builders/a-group.ts'
import { pdfText } from '../../../../test/harness/pdf-text.ts'
import { accepted } from '../../../kernel/errors.ts'
import { filesOnDisk } from '../../../kernel/files.ts'
import { closePrinting, openDocument } from '../../documents/index.ts'
import { enterMissing } from '../enter-received.ts'
import { papersOf } from '../papers/paper-kinds.ts'
import { issuePaper, type PaperDoor } from '../papers/slips.ts'

const results = [{ kind: 'result', name: 'Kết quả' }] as const
const desk = await aDesk()
const folder = mkdtempSync(join(tmpdir(), 'motcua-linked-'))
const files = filesOnDisk(folder)
const door: PaperDoor = { db: desk.db, files, baseUrl: 'https://motcua.example', now: () => morning }
afterAll(async () => {
  await closePrinting()
  await desk.db.close()
  rmSync(folder, { recursive: true, force: true })
})

const group = await aGroup(desk, [
  branchOf('birth', '1.001193', { lead: true }),
  branchOf('residence', '1.004194', { after: ['birth'] }),
])
const view = async (code: string, officerId: string) =>
  accepted(await desk.dossiers.view(desk.officer(officerId), code))

test('the one receipt of a linked filing names its procedures, who settles them and by when', async () => {
  const filed = await group.fileGroup()
  const seen = await view(filed.code, staff.reception)
  const receipt = papersOf(seen, results).find(({ kind }) => kind === 'receipt')!
  const issued = accepted((await issuePaper(door, seen, 'receipt', receipt.sequence))!)
  const { stream } = accepted(await openDocument(files, issued))
  const text = (await pdfText(await buffer(stream))).join('\n').replace(/\s+/g, ' ')
  for (const words of [
    'Các thủ tục liên thông trong hồ sơ này',
    'Làm giấy khai sinh cho con',
    'Đăng ký tạm trú',
    'Công an phường Hoa Sen',
    '3 ngày làm việc',
  ])
    expect(text).toContain(words)
})

test('a branch has no receipt and no line in the log book of its own', async () => {
  const filed = await group.fileGroup()
  const birth = await group.child(filed, 'birth')
  const kinds = papersOf(await view(birth.code, staff.specialist), results).map(({ kind }) => kind)
  expect(kinds).not.toContain('receipt')
  await enterMissing(desk.db, new Date(morning.getTime() - 86_400_000), new Date(morning.getTime() + 1000))
  const { rows } = await desk.database.pool.query(
    'select dossier_id from documents.log_entry where dossier_id = any($1)',
    [[filed.id, birth.id]],
  )
  expect(rows).toEqual([{ dossier_id: filed.id }])
})
