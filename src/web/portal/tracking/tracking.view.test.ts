import { rateLimit } from 'motcua/kernel/rate-limit'
import type { IssuedDocument } from 'motcua/modules/documents'
import type { Draft, MyDossier, PublicStatus } from 'motcua/modules/dossiers'
import { expect, test } from 'vitest'
import { waitBeforeTry } from './lookup-limits'
import { myDossiersView } from './my-dossiers.view'
import { outboxView, smsParts } from './outbox.view'
import { publicStatusView } from './public-status.view'
import { ratingInput, ratingView } from './rating.view'
import { verifyView } from './verify.view'

const now = new Date('2026-11-20T05:30:00.000Z')

const status: PublicStatus = {
  code: 'H99.12-261119-00042',
  state: 'decided',
  procedureCode: '1.001193',
  receivedBy: 'H99.13',
  competent: 'H99.12',
  helpedBy: null,
  submittedAt: '2026-11-19T13:14:00.000Z',
  acceptedAt: '2026-11-20T01:05:00.000Z',
  dueAt: null,
  decidedAt: '2026-11-20T04:00:00.000Z',
  closedAt: null,
  parts: null,
}

test('the look-up without sign-in says where each part of a group stands, not how it was decided', () => {
  const part = { name: 'Việc', competent: 'H99.12', dueAt: null }
  const parts = [
    { ...part, procedureCode: '1', state: 'over' as const },
    { ...part, procedureCode: '2', state: 'running' as const, dueAt: '2026-11-25T10:30:00.000Z' },
    { ...part, procedureCode: '3', state: 'running' as const, dueAt: '2026-11-18T10:30:00.000Z' },
    { ...part, procedureCode: '4', state: 'waiting' as const },
  ]
  const names = { procedure: 'Nhóm', place: () => 'Phường Hoa Sen', part: () => undefined }
  const view = publicStatusView({ ...status, parts }, names, now, 'vi')
  expect(view.parts.map(({ tag, due }) => [tag.text, due])).toEqual([
    ['Đã trả lời', null],
    ['Đang làm', 'Hẹn xong: thứ Tư 25/11/2026.'],
    ['Quá ngày hẹn', 'Hẹn xong: thứ Tư 18/11/2026.'],
    ['Chưa đến lượt', null],
  ])
})

test('the look-up without sign-in shows status and dates, not how the decision went', () => {
  const view = publicStatusView(status, { procedure: 'Khai sinh', place: (code) => `Nơi ${code}` }, now, 'vi')
  expect(view.tag.text).toBe('Đã có kết quả')
  expect(view.rows.map(({ label }) => label)).toEqual([
    'Đã gửi',
    'Đã tiếp nhận',
    'Hẹn trả kết quả',
    'Có kết quả',
    'Nơi nhận',
    'Nơi giải quyết',
  ])
  expect(view.rows.slice(-2).map(({ text }) => text)).toEqual(['Nơi H99.13', 'Nơi H99.12'])
})

test('tries are counted for each code and for each address', () => {
  const limits = {
    byCode: rateLimit({ limit: 2, windowSeconds: 600 }),
    byAddress: rateLimit({ limit: 3, windowSeconds: 600 }),
  }
  const attempt = (address: string, code?: string) =>
    waitBeforeTry({ address, ...(code && { code }) }, now, limits)
  expect(attempt('a', 'H99-1')).toBeNull()
  expect(attempt('b', 'h99-1 ')).toBeNull()
  expect(attempt('c', 'H99-1')).toBeGreaterThan(0)
  expect(attempt('a', 'H99-2')).toBeNull()
  expect(attempt('a')).toBeNull()
  expect(attempt('a', 'H99-3')).toBeGreaterThan(0)
})

const mine = (stated: Partial<MyDossier>): MyDossier => ({
  id: 'd',
  code: 'H99.12-261119-00042',
  state: 'in-progress',
  procedureCode: '1.001193',
  competent: 'H99.12',
  submittedAt: '2026-11-19T13:14:00.000Z',
  dueAt: '2026-11-23T10:30:00.000Z',
  applicantName: 'Nguyễn Thị Mẫu Đơn',
  as: 'applicant',
  asked: false,
  partAsks: false,
  toAnswer: false,
  ...stated,
})

test('a question of the office, and a yes that is awaited, are told on the line', () => {
  const all = [
    mine({ code: 'a' }),
    mine({ code: 'b', toAnswer: true }),
    mine({ code: 'c', state: 'awaiting-party', as: 'second-party', asked: true }),
  ]
  const { open } = myDossiersView({ mine: all, drafts: [], now }, new Map(), 'vi')
  expect(open.map(({ href, tag }) => `${href} ${tag.text}`)).toEqual([
    '/ho-so/b Cơ quan hỏi, chờ trả lời',
    '/ho-so/c Chờ anh/chị xác nhận',
    '/ho-so/a Đang xử lý',
  ])
  expect(open[1]?.about).toContain('anh/chị cùng đứng tên')
})

test('what waits for the person stands first, what is finished stands apart', () => {
  const all = [
    mine({ code: 'a' }),
    mine({ code: 'b', state: 'awaiting-supplement', dueAt: null }),
    mine({ code: 'c', state: 'returned' }),
  ]
  const view = myDossiersView({ mine: all, drafts: [], now }, new Map([['1.001193', 'Khai sinh']]), 'vi')
  expect(view.open.map(({ href }) => href)).toEqual(['/ho-so/b', '/ho-so/a'])
  expect(view.ended.map(({ href }) => href)).toEqual(['/ho-so/c'])
  expect(view.open[1]).toMatchObject({ title: 'Khai sinh', when: 'hẹn trả 17:30 ngày 23/11/2026' })
})

test('a draft says when it was saved and goes on where it stopped', () => {
  const draft = { id: 'x', procedureCode: '1.001193', updatedAt: '2026-11-20T05:00:00.000Z' } as Draft
  const [line] = myDossiersView({ mine: [], drafts: [draft], now }, new Map(), 'vi').drafts
  expect(line).toEqual({ href: '/nop/x', title: '1.001193', when: 'lưu lúc 12:00 ngày 20/11/2026' })
})

const paper = {
  kind: 'receipt',
  dossierCode: 'H99.12-261119-00042',
  title: 'Giấy tiếp nhận',
  number: '00012/TTPVHCC',
  authorityName: 'Phường Hoa Sen',
  issuedAt: '2026-11-20T01:05:00.000Z',
  standard: 'PDF/A-2a',
  size: 71_648,
  sha256: 'ab'.repeat(32),
  signerName: 'Lê Thu Trang',
  status: 'valid',
  statusReason: null,
  sample: true,
} as IssuedDocument

test('verification tells what anybody may know, and nobody by name', () => {
  const view = verifyView(paper, [], 'vi')
  expect(view).toMatchObject({ tone: 'ok', sample: true, sha256: paper.sha256 })
  expect(JSON.stringify(view)).not.toContain('Lê Thu Trang')
})

test('only a receipt leads on to the status, where the proof is still asked for', () => {
  expect(verifyView(paper, [], 'vi').followHref).toBe('/tra-cuu?code=H99.12-261119-00042')
  expect(verifyView({ ...paper, kind: 'result' }, [], 'vi').followHref).toBeNull()
})

test('a replaced paper names the one that counts now', () => {
  const by = { verifyCode: 'NEW2', number: '391/2026', issuedAt: '2026-12-01T03:00:00.000Z' }
  const { tone, verdict, replaced } = verifyView({ ...paper, status: 'replaced' }, [by], 'vi')
  expect([tone, verdict]).toEqual(['warn', 'Giấy tờ này đã được thay bằng bản khác'])
  expect(replaced).toEqual([{ text: 'Bản thay thế: số 391/2026, ngày 01/12/2026.', href: '/xac-minh/NEW2' }])
})

test('a paper is replaced from the correction on, also before the new one is printed', () => {
  const { tone, replaced } = verifyView({ ...paper, status: 'replaced' }, [], 'vi')
  expect(tone).toBe('warn')
  expect(replaced).toEqual([{ text: 'Bản thay thế chưa được phát hành.', href: null }])
})

test('a revoked paper says that it is revoked, and by which decision', () => {
  const statusReason = 'Theo quyết định thu hồi ngày 20/11/2026.'
  const view = verifyView({ ...paper, status: 'revoked', statusReason }, [], 'vi')
  expect(view).toMatchObject({ tone: 'bad', verdict: 'Giấy tờ này đã bị thu hồi', replaced: [] })
  expect(view.reason).toContain(statusReason)
})

test('aspects that were skipped are not sent', () => {
  const form = new FormData()
  form.set('grade', 'satisfied')
  form.set('aspect.ease', '')
  form.set('aspect.speed', 'very-satisfied')
  expect(ratingInput(form)).toEqual({ grade: 'satisfied', aspects: { speed: 'very-satisfied' }, comment: '' })
})

test('before a rating there are no thanks', () => {
  const page = { dossier: { code: 'x' }, rating: null, changeableUntil: null, open: true } as never
  expect(ratingView(page, 'vi')).toMatchObject({ thanks: null, grade: '' })
})

test.each([
  [1, 1],
  [160, 1],
  [161, 2],
  [306, 2],
  [307, 3],
])('a text of %i letters goes as %i messages', (length, parts) => {
  expect(smsParts('a'.repeat(length))).toBe(parts)
})

test('a text message in the outbox has no subject, a mail has one', () => {
  const base = {
    id: '1',
    recipient: '0912',
    createdAt: now.toISOString(),
    subject: 'Hồ sơ',
    text: 'x',
    state: 'sent',
  }
  const [sms, mail] = outboxView(
    [
      { ...base, channel: 'sms' },
      { ...base, channel: 'email' },
    ] as never,
    'vi',
  )
  expect([sms?.subject, mail?.subject]).toEqual([null, 'Hồ sơ'])
})
