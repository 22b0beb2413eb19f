import { describe, expect, test } from 'vitest'
import { aDossier } from '../../../test/builders/a-dossier.ts'
import type { Locale } from '../../kernel/i18n.ts'
import { compose } from './compose.ts'
import { messageKinds } from './message.ts'
import { channelsOf } from './telling.ts'

const accepted = {
  at: '2026-11-20T02:30:00.000Z',
  is: 'accepted',
  dueAt: '2026-11-24T10:00:00.000Z',
} as const
const { dossier, party } = aDossier({ life: [accepted], party: { name: 'Nguyễn Thị Riêng' } })
const says = {
  ...{ newDue: '26/11/2026', oldDue: '24/11/2026', amount: '12.500.000 đ', name: 'Tiền sử dụng đất' },
  ...{ when: '09:00 24/11/2026', place: 'Số 8 đường Hoa Sen', carrier: 'VNPost', tracking: 'EM123456789VN' },
  fees: 'Phí chứng thực, 5.000 đ',
  ...{ reason: 'Lý do: thiếu người ký.', until: '01/12/2026' },
}
const named = { name: 'Ủy ban nhân dân phường Hoa Sen rất dài tên', shortName: 'Phường Hoa Sen rất dài tên' }

const composed = (
  kind: (typeof messageKinds)[number],
  channel: 'sms' | 'email' | 'in-app',
  language: Locale,
) =>
  compose(
    {
      ...{ kind, dossier, party, language, says, baseUrl: 'https://dichvucong.songmai.example' },
      names: {
        ...{ authority: named, receivingAuthority: named, procedure: 'Đăng ký khai sinh' },
        ...{ receiver: 'Bà Nhận', handler: 'Ông Xử' },
      },
    },
    channel,
  )

const languages = ['vi', 'en'] as const
const cases = messageKinds.flatMap((kind) => languages.map((language) => [kind, language] as const))

describe.each(cases)('%s in %s', (kind, language) => {
  test('fits one text message of plain letters, without a name, a procedure, a sum or a reason', () => {
    if (!channelsOf[kind].includes('sms')) return
    const { text } = composed(kind, 'sms', language)
    expect(text).toMatch(/^[\x20-\x7e]{20,160}$/)
    expect(text).not.toMatch(/khai sinh|Rieng|Nhan|Xu |12\.500|thieu nguoi|Hoa Sen 8|https?:/)
  })

  test('is said in full in the app, and without anything private by mail', () => {
    const inApp = composed(kind, 'in-app', language).text
    expect(inApp).toContain(dossier.code)
    expect(inApp).not.toMatch(/[{}]|undefined/)
    const { subject, text } = composed(kind, 'email', language)
    expect(`${subject} ${text.split('\n')[0]}`).not.toMatch(/khai sinh|Riêng|12\.500|thiếu người|[{}]/)
  })
})

test('an apology in the app gives its reason and the new day', () => {
  expect(composed('extended', 'in-app', 'vi').text).toContain(
    'xin lùi ngày trả kết quả hồ sơ ' +
      dossier.code +
      ' (Đăng ký khai sinh) từ 24/11/2026 sang 26/11/2026. Lý do: thiếu người ký.',
  )
})
