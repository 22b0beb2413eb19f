import { afterAll, expect, test } from 'vitest'
import { packagedText } from '../../../../test/builders/packages.ts'
import { accepted } from '../../../kernel/errors.ts'
import { ProcedureVersion } from '../../catalogue/index.ts'
import { AnnouncementDraftData, announcementDocx, closePrinting, renderSlip } from '../../documents/index.ts'
import { FormDefinition } from '../../forms/index.ts'
import type { Contents } from '../contents.ts'
import { draftAnnouncement } from './announcement.ts'
import { differencesOf } from './index.ts'

afterAll(closePrinting)

const birth = (): Contents => ({
  procedure: ProcedureVersion.parse(JSON.parse(packagedText('birth-registration/procedure.json'))),
  form: FormDefinition.parse(JSON.parse(packagedText('birth-registration/form.json'))),
  process: { xml: packagedText('birth-registration/process.bpmn') },
  templates: [],
  tests: [],
})
const stated = { province: 'tỉnh Sông Mai', sample: true, on: '2026-11-22' }

async function draftOf(kind: 'new' | 'amend' | 'abolish') {
  const after = birth()
  after.procedure.cases[0]!.limit = { ...after.procedure.cases[0]!.limit, amount: 4, unit: 'working-hour' }
  const differences = await differencesOf(birth(), after)
  return draftAnnouncement({ kind, contents: after, differences, ...stated })
}

test('an amended procedure is announced with what was said before and what is said now', async () => {
  const draft = await draftOf('amend')
  expect(draft.subtitle).toContain('được sửa đổi, bổ sung lĩnh vực Hộ tịch')
  expect(draft.annex.rows).toEqual([
    [
      '1',
      'Trường hợp “Trong 60 ngày từ ngày sinh” · thời hạn giải quyết',
      '1 ngày làm việc',
      '4 giờ làm việc',
    ],
  ])
  expect(draft.bases.some((line) => line.includes('63/2010/NĐ-CP'))).toBe(true)
})

test('what it rests on is named by the kind of act first, a law by its name', async () => {
  const { bases } = await draftOf('amend')
  expect(bases).toContain('Căn cứ Luật Hộ tịch số 60/2014/QH13;')
  expect(bases).toContain(
    'Căn cứ Nghị định số 123/2015/NĐ-CP quy định chi tiết một số điều và biện pháp thi hành Luật Hộ tịch;',
  )
  expect(bases).toContain('Căn cứ Thông tư số 03/2023/TT-BTP;')
})

test.each([
  ['new', 'mới ban hành'],
  ['abolish', 'bị bãi bỏ'],
] as const)('a procedure that is %s is announced with its parts', async (kind, words) => {
  const draft = await draftOf(kind)
  expect(draft.articles[0]).toContain(words)
  expect(draft.annex.columns).toEqual(['TT', 'Bộ phận của thủ tục', 'Nội dung'])
  expect(draft.annex.rows.every((cells) => cells.every((text) => text !== ''))).toBe(true)
})

test('prints as PDF and as a Word file, marks and accents included', async () => {
  const draft = { ...(await draftOf('amend')), bases: ['Căn cứ <b>*#luật*</b> & “Nghị định”;'] }
  const pdf = accepted(await renderSlip('announcement-draft', draft))
  expect(Buffer.from(pdf.slice(0, 5)).toString()).toBe('%PDF-')
  const docx = await announcementDocx(draft)
  expect(Buffer.from(docx.slice(0, 2)).toString()).toBe('PK')
})

test('refuses text that no printer should get', () => {
  const draft = {
    ...stated,
    agency: { parent: '', name: 'x' },
    number: '1',
    place: 'x',
    title: 'x',
    subtitle: 'x',
    issuer: 'x',
  }
  const rest = { bases: [], proposal: '', articles: [], annex: null, signerRole: 'x', recipients: [] }
  expect(AnnouncementDraftData.safeParse({ ...draft, ...rest }).success).toBe(true)
  expect(AnnouncementDraftData.safeParse({ ...draft, ...rest, place: 'a\u0000b' }).success).toBe(false)
  expect(AnnouncementDraftData.safeParse({ ...draft, ...rest, articles: ['x'.repeat(3000)] }).success).toBe(
    false,
  )
})
