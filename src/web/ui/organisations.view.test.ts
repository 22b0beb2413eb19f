import { messages } from 'motcua/kernel/i18n'
import { describe, expect, test } from 'vitest'
import { organisationRows } from './organisations.view'
import { differenceOf, wordOfRecord } from './partner-word.view'
import { transferLines } from './transfers.view'

const t = messages('vi')
const named = (code: string) => `nơi ${code}`
const rows = (receivedBy: string, competent: string, helpedBy: string | null = null) =>
  organisationRows({ receivedBy, competent, helpedBy }, named, t).map(
    ({ label, value }) => `${label}: ${value}`,
  )

describe('the places of a dossier', () => {
  test('are one line where it is taken in and settled by the same', () => {
    expect(rows('A', 'A')).toEqual(['Nơi nhận và giải quyết: nơi A'])
  })

  test('are told apart otherwise, with who helped', () => {
    expect(rows('B', 'A')).toEqual(['Nơi nhận: nơi B', 'Nơi giải quyết: nơi A'])
    expect(rows('A', 'A', 'B')).toEqual(['Nơi nhận và giải quyết: nơi A', 'Nơi hỗ trợ nộp: nơi B'])
  })
})

describe('the word of a partner', () => {
  const at = '2026-11-19T02:00:00.000Z'
  const dossier = (authoritative: boolean, status = 6) => ({
    ...{ state: 'in-progress' as const, acceptedAt: at, tasks: [] },
    partnerWord: {
      ...{ source: 'moc', status, stage: 'processing' as const, authoritative },
      ...{ statedAt: at, receivedAt: at },
    },
  })

  test('is the status where its system says it', () => {
    expect(wordOfRecord(dossier(true), 'vi')).toContain('moc cập nhật: yêu cầu thực hiện nghĩa vụ tài chính')
    expect(differenceOf(dossier(true), 'vi')).toBeNull()
  })

  test('stands beside ours where we say it, and only a difference is told', () => {
    expect(wordOfRecord(dossier(false), 'vi')).toBeNull()
    expect(differenceOf(dossier(false), 'vi')?.title).toBe(
      'Hệ thống moc ghi “yêu cầu thực hiện nghĩa vụ tài chính”, nơi này ghi “được tiếp nhận”',
    )
    expect(differenceOf(dossier(false, 2), 'vi')).toBeNull()
  })

  test('of a stage that is over is nobody’s status', () => {
    expect(wordOfRecord({ ...dossier(true), state: 'decided' }, 'vi')).toBeNull()
  })
})

test('a transfer explains the date that it may have moved; one before acceptance moved none', () => {
  const transferred = (dueAt: string | null) => ({
    kind: 'dossiers.transferred' as const,
    at: '2026-11-20T02:00:00.000Z',
    data: { from: 'A', to: 'B', calendarVersion: 'VN-2026', dueAt, indexDueAt: dueAt },
  })
  expect(transferLines([transferred('2026-11-24T10:00:00.000Z')], named, 'vi')).toEqual([
    expect.stringContaining('Chuyển từ nơi A đến nơi B lúc 09:00'),
  ])
  expect(transferLines([transferred(null)], named, 'vi')).toEqual([])
})
