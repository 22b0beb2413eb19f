import { messageKeys } from 'motcua/kernel/i18n'
import { conditions, dossierRefusals } from 'motcua/modules/dossiers'
import { expect, test } from 'vitest'
import { refusalText } from './acting'

const details = { issues: [], condition: 'accepted' }
const made = Object.values(dossierRefusals) as ((given: object) => { code: string })[]
const codes = [
  ...made.map((make) => make(details).code),
  ...Object.keys(conditions).map((condition) => `dossiers.must-be-${condition}`),
]

test.each(['vi', 'en'] as const)('every refusal has a sentence in %s', (locale) => {
  const keys = new Set(messageKeys(locale))
  expect(codes.filter((code) => !keys.has(code))).toEqual([])
})

test('days in a sentence are written as people write them', () => {
  const refusal = dossierRefusals.dateAfterDue({ date: '2026-11-30', due: '2026-11-27' })
  expect(refusalText(refusal, 'vi')).toBe(
    'Ngày 30/11/2026 sau hạn trả kết quả 27/11/2026. Chọn ngày sớm hơn.',
  )
})
