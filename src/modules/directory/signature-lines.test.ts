import { expect, test } from 'vitest'
import type { AuthorityKind, Capacity } from './authority.ts'
import { signatureLines } from './index.ts'

const ward = { kind: 'commune', name: 'Ủy ban nhân dân phường Hoa Sen' } as const
const province = { kind: 'province', name: 'Ủy ban nhân dân tỉnh Sông Mai' } as const
const department = { kind: 'department', name: 'Sở Tư pháp tỉnh Sông Mai' } as const
const police = { kind: 'commune-police', name: 'Công an phường Hoa Sen' } as const
const provincialPolice = { kind: 'provincial-police', name: 'Công an tỉnh Sông Mai' } as const

test.each<[string, Capacity | undefined, { kind: AuthorityKind; name: string }, string]>([
  ['Chủ tịch Ủy ban nhân dân phường Hoa Sen', 'TM.', ward, 'TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH'],
  ['Phó Chủ tịch Ủy ban nhân dân phường Hoa Sen', 'KT.', ward, 'KT. CHỦ TỊCH / PHÓ CHỦ TỊCH'],
  [
    'Phó Chủ tịch Ủy ban nhân dân phường Hoa Sen',
    'TM.',
    ward,
    'TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH',
  ],
  ['Phó Chủ tịch Ủy ban nhân dân tỉnh', 'KT.', province, 'KT. CHỦ TỊCH / PHÓ CHỦ TỊCH'],
  ['Phó Chủ tịch Ủy ban nhân dân phường Hoa Sen', 'Q.', ward, 'TM. ỦY BAN NHÂN DÂN / Q. CHỦ TỊCH'],
  ['Chánh Văn phòng', 'TUQ.', ward, 'TUQ. CHỦ TỊCH / CHÁNH VĂN PHÒNG'],
  ['Trưởng phòng', 'TL.', ward, 'TL. CHỦ TỊCH / TRƯỞNG PHÒNG'],
  ['Phó Chánh Văn phòng', 'TL.', ward, 'TL. CHỦ TỊCH / KT. CHÁNH VĂN PHÒNG / PHÓ CHÁNH VĂN PHÒNG'],
  ['Giám đốc Sở Tư pháp', 'TUQ.', province, 'TUQ. CHỦ TỊCH / GIÁM ĐỐC SỞ TƯ PHÁP'],
  [
    'Phó Giám đốc Trung tâm Phục vụ hành chính công',
    'TUQ.',
    ward,
    'TUQ. CHỦ TỊCH / PHÓ GIÁM ĐỐC TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG',
  ],
  ['Giám đốc Sở Tư pháp', undefined, department, 'GIÁM ĐỐC'],
  ['Phó Giám đốc Sở Tư pháp', 'KT.', department, 'KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC'],
  ['Phó Giám đốc Sở Tư pháp', 'Q.', department, 'Q. GIÁM ĐỐC'],
  ['Trưởng Công an phường Hoa Sen', undefined, police, 'TRƯỞNG CÔNG AN'],
  ['Phó Giám đốc Công an tỉnh', 'KT.', provincialPolice, 'KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC'],
  [
    'Chánh Văn phòng',
    undefined,
    { kind: 'office', name: 'Văn phòng Ủy ban nhân dân tỉnh' },
    'CHÁNH VĂN PHÒNG',
  ],
])('%s, %s: the lines are %#', (title, capacity, authority, lines) => {
  const post = { title, ...(capacity && { capacity }) }
  expect(signatureLines(post, authority).join(' / ')).toBe(lines)
})
