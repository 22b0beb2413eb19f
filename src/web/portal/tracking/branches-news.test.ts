import { messages } from 'motcua/kernel/i18n'
import type { Branch, HistoryItem } from 'motcua/modules/dossiers'
import { expect, test } from 'vitest'
import { branchNews } from './branches-news'

const names = new Map([
  ['1', 'Khai sinh'],
  ['2', 'Nhập hộ khẩu'],
  ['3', 'Thẻ bảo hiểm'],
])
const written = (sequence: number, ...states: Branch['state'][]): HistoryItem => {
  const branches = states.map((state, i) => ({ key: `${i}`, procedureCode: `${i + 1}`, name: '', state }))
  return {
    ...{ sequence, kind: 'dossiers.branches-changed', at: '2026-11-20T02:00:00.000Z' },
    actor: { kind: 'system', id: 'linked' },
    data: { branches } as unknown as HistoryItem['data'],
  }
}
const history = [
  written(3, 'running', 'waiting', 'waiting'),
  written(5, 'granted', 'running', 'running'),
  written(7, 'granted', 'paused', 'running'),
  written(8, 'granted', 'paused', 'running'),
  written(9, 'granted', 'running', 'refused'),
]
const t = messages('vi')

test('each line of a group says what changed since the line before', () => {
  expect(history.map((item) => branchNews(item, history, names, t))).toEqual([
    ['Bắt đầu: Khai sinh'],
    ['Có kết quả: Khai sinh', 'Bắt đầu: Nhập hộ khẩu, Thẻ bảo hiểm'],
    ['Chờ anh/chị: Nhập hộ khẩu'],
    [],
    ['Không giải quyết được: Thẻ bảo hiểm', 'Làm tiếp: Nhập hộ khẩu'],
  ])
})
