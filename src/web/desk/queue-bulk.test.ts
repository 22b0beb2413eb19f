import { refusal } from 'motcua/kernel/errors'
import { describe, expect, test } from 'vitest'
import { pinOnce, readBulk } from './queue-bulk'

const code = 'H99.12-261119-00411~3~2'
const run = '0199d000-0000-7000-8000-000000000001'
const form = (fields: Record<string, string>, codes = [code]) => {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields)) data.set(name, value)
  for (const each of codes) data.append('code', each)
  return data
}
const read = (fields: Record<string, string>, codes?: string[]) => readBulk(form(fields, codes), 'vi')
const requestOf = (fields: Record<string, string>) => {
  const outcome = read(fields)
  return 'problem' in outcome ? outcome.problem : outcome.request
}

test('what was marked is read with what was seen of it', () => {
  expect(read({ command: 'accept', run })).toEqual({
    id: run,
    request: { command: 'accept' },
    marked: [{ code: 'H99.12-261119-00411', sequence: 3, taskNo: 2 }],
  })
})

test('nothing marked, or nothing of our making, is told', () => {
  const nothing = { problem: 'Chưa chọn hồ sơ nào. Đánh dấu ở đầu dòng rồi bấm lại.' }
  expect(read({ command: 'accept' }, [])).toEqual(nothing)
  expect(read({ command: 'accept' }, ["'; drop table"])).toEqual(nothing)
  expect(read({ command: 'restore' })).toEqual({ problem: expect.any(String) })
})

test('more than two hundred are told at once', () => {
  const many = Array.from({ length: 201 }, (_, i) => `H99.12-261119-${String(i).padStart(5, '0')}~1~1`)
  expect(read({ command: 'accept' }, many)).toEqual({ problem: 'Mỗi lần làm nhiều nhất 200 hồ sơ.' })
})

describe('what each act needs', () => {
  test.each([
    [{ command: 'assign' }, 'Chọn người nhận việc.'],
    [{ command: 'reassign', officer: 'mai' }, 'Ghi lý do.'],
    [{ command: 'rejectTransfer' }, 'Ghi lý do.'],
    [{ command: 'explainDelay', reason: 'Chờ' }, 'Chọn ngày mà đến lúc đó việc phải xong.'],
    [{ command: 'handOver' }, 'Chọn nơi nhận bàn giao.'],
    [{ command: 'handOver', receiver: 'H99.12|nobody|' }, 'Chọn nơi nhận bàn giao.'],
  ])('%j: %s', (fields, problem) => {
    expect(requestOf(fields)).toBe(problem)
  })

  test.each([
    [
      { command: 'assign', officer: 'mai' },
      { command: 'assign', officer: 'mai' },
    ],
    [
      { command: 'reassign', officer: 'mai', reason: ' Nghỉ ' },
      { command: 'reassign', officer: 'mai', reason: 'Nghỉ' },
    ],
    [{ command: 'returnResult' }, { command: 'returnResult', delivery: 'counter' }],
    [
      { command: 'explainDelay', reason: 'Chờ', until: '2026-12-04' },
      { command: 'explainDelay', reason: 'Chờ', until: '2026-12-04' },
    ],
    [
      { command: 'handOver', receiver: 'H99.12|clerk|mai', sheets: '4', batch: run },
      {
        command: 'handOver',
        to: { authority: 'H99.12', role: 'clerk', officer: 'mai' },
        sheets: 4,
        batch: run,
      },
    ],
    [
      { command: 'handOver', receiver: 'H99.12|clerk|', sheets: '-4', batch: run },
      {
        command: 'handOver',
        to: { authority: 'H99.12', role: 'clerk', officer: null },
        sheets: 0,
        batch: run,
      },
    ],
  ])('%j', (fields, request) => {
    expect(requestOf(fields)).toEqual(request)
  })
})

test('a PIN that is wrong takes one try of a press, however many dossiers are marked', async () => {
  const tried: string[] = []
  const act = pinOnce(async (marked: string) => {
    tried.push(marked)
    return marked === 'other'
      ? refusal('conflict', 'dossiers.acted-meanwhile')
      : refusal('forbidden', 'signatures.wrong-pin')
  })
  const codes: string[] = []
  for (const each of ['other', 'one', 'two', 'three']) codes.push((await act(each)).code)
  expect(tried).toEqual(['other', 'one'])
  expect(codes.slice(1)).toEqual(Array(3).fill('signatures.wrong-pin'))
})
