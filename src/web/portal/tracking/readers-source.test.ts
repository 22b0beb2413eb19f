import type { Reader } from 'motcua/modules/dossiers'
import { expect, test } from 'vitest'
import { readerLine } from './readers-source.ts'

const names = {
  officers: new Map([
    ['o1', { name: 'Trần Thị Bưởi', posts: [{ postId: 'p1', title: 'Chuyên viên' }] as never }],
  ]),
  places: new Map([['H99.12', 'Ủy ban nhân dân phường Hoa Sen']]),
}
const reader = {
  ...{ readerKind: 'officer', readerId: 'o1', how: 'opened', authority: 'H99.12', post: 'p1' },
  ...{ times: 1, lastAt: '2026-11-19T02:07:00.000Z', atWork: true },
} as const satisfies Reader
const line = (changes: Partial<Reader>, locale: 'vi' | 'en' = 'vi') =>
  readerLine({ ...reader, ...changes }, names, locale, 0)

test('an official is named with post and authority, and what for', () => {
  expect(line({})).toEqual({
    key: '0',
    who: 'Trần Thị Bưởi, Chuyên viên, Ủy ban nhân dân phường Hoa Sen',
    what: 'mở để giải quyết hồ sơ; một lần, lúc 09:07 ngày 19/11/2026',
  })
})

test('who had no work in it opened it in the course of duty', () => {
  expect(line({ atWork: false, times: 3 }).what).toContain('mở theo nhiệm vụ được giao; 3 lần')
})

test('who has left the directory or the post is still told of', () => {
  expect(line({ readerId: 'gone', post: null }).who).toBe('gone, Ủy ban nhân dân phường Hoa Sen')
  expect(line({ post: 'p9' }).who).toBe('Trần Thị Bưởi, Ủy ban nhân dân phường Hoa Sen')
})

test('systems, registers and archives are told in plain words', () => {
  const system = { readerKind: 'system', readerId: 'cong-quoc-gia', authority: null, post: null } as const
  expect(line(system)).toMatchObject({
    who: 'Hệ thống cong-quoc-gia',
    what: expect.stringContaining('lấy dữ liệu'),
  })
  expect(line({ how: 'exported' }).what).toContain('xuất sổ sách')
  expect(line({ ...system, readerId: 'retention', how: 'exported' }, 'en').who).toContain('The software')
})
