import type { Authority, AuthorityKind, Post } from './authority.ts'
import { isCollective } from './decide-grant.ts'

/** The title of who heads an authority of each kind, as it stands after an abbreviation. */
const headTitles: Record<AuthorityKind, string> = {
  province: 'Chủ tịch',
  commune: 'Chủ tịch',
  'provincial-centre': 'Giám đốc',
  'commune-centre': 'Giám đốc',
  office: 'Chánh Văn phòng',
  department: 'Giám đốc',
  'provincial-police': 'Giám đốc',
  'commune-police': 'Trưởng Công an',
  'land-registry': 'Giám đốc',
  insurance: 'Giám đốc',
  tax: 'Trưởng Thuế',
}

/**
 * The lines above a signature, in capitals, top to bottom: in which capacity, then the signer's own position
 * (NĐ 30/2020/NĐ-CP, Phụ lục I, phần I mục II.7: TM. stands before the name of the collective body; KT., TL., TUQ.
 * and Q. before the title of its head). The name and the signature itself are the paper's matter.
 *
 * `post` is the post in which somebody signs, as the officer Actor carries it (its title is always the signer's
 * own, also for a post by grant); `authority` is whose paper it is.
 *
 * - chair, TM.: TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH
 * - deputy, KT.: KT. CHỦ TỊCH / PHÓ CHỦ TỊCH; deputy with TM.: TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH
 * - head of a unit, TUQ. or TL.: TUQ. CHỦ TỊCH / CHÁNH VĂN PHÒNG
 * - deputy of such a head, TL. handed on: TL. CHỦ TỊCH / KT. CHÁNH VĂN PHÒNG / PHÓ CHÁNH VĂN PHÒNG
 * - acting head, Q.: Q. CHỦ TỊCH, after TM. ỦY BAN NHÂN DÂN for a collective body
 * - who heads an office alone, no capacity: GIÁM ĐỐC
 */
export function signatureLines(
  post: Pick<Post, 'title' | 'capacity'>,
  authority: Pick<Authority, 'kind' | 'name'>,
): string[] {
  return linesOf(post, authority).map((line) => line.toLocaleUpperCase('vi'))
}

function linesOf(
  { title, capacity }: Pick<Post, 'title' | 'capacity'>,
  authority: Pick<Authority, 'kind' | 'name'>,
) {
  const head = headTitles[authority.kind]
  // Who signs by order or mandate heads another body: its name belongs to the title.
  const byOrder = capacity === 'TL.' || capacity === 'TUQ.'
  const own = byOrder ? withoutPlace(title, authority) : shortTitle(title, authority)
  const above = headOf(own)
  const body = isCollective(authority.kind) ? ['TM. Ủy ban nhân dân'] : []
  switch (capacity) {
    case undefined:
      return [own]
    case 'TM.':
      return above === null ? [...body, own] : [...body, `KT. ${head}`, own]
    case 'KT.':
      return [`KT. ${head}`, own]
    case 'Q.':
      return [...body, `Q. ${head}`]
    case 'TL.':
      return above === null ? [`TL. ${head}`, own] : [`TL. ${head}`, `KT. ${above}`, own]
    case 'TUQ.':
      return [`TUQ. ${head}`, own]
    default:
      return capacity satisfies never
  }
}

// "Phó Chánh Văn phòng" → "Chánh Văn phòng"; null for who is nobody's deputy.
const headOf = (title: string): string | null => /^Phó\s+(.+)$/u.exec(title)?.[1] ?? null

function withoutPlace(title: string, { name }: Pick<Authority, 'name'>): string {
  const place = /(?:tỉnh|thành phố|phường|xã|đặc khu)\s.+$/u.exec(name)?.[0]
  return place ? title.replace(` ${place}`, '') : title
}

// The agency stands at the head of the paper already: a leader's title goes without its name.
function shortTitle(title: string, authority: Pick<Authority, 'name'>): string {
  const plain = withoutPlace(title, authority)
  const leader = /^((?:Phó )?(?:Chủ tịch|Giám đốc))(?:$| (?:Ủy ban|Sở|Chi nhánh|Công an|Trung tâm$))/u.exec(
    plain,
  )
  return leader?.[1] ?? plain
}
