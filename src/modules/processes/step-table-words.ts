import { searchable } from '../../kernel/text.ts'
import type { Role } from '../directory/index.ts'
import type { StepKind } from './compiled-process.ts'

/** What a column of a step table holds. */
export type Column = 'number' | 'who' | 'content' | 'time' | 'product'

const headings: [Column, RegExp][] = [
  ['number', /^(s?tt|so tt|so thu tu|thu tu|buoc|buoc so|ma buoc|b|no\.?|step no\.?)$/],
  ['time', /thoi gian|thoi han|thoi luong|so gio|so ngay|gio lam viec|\btime\b|hours|duration/],
  ['product', /san pham|ket qua|bieu mau|mau bieu|dau ra|\bforms?\b|result|product/],
  [
    'who',
    /trach nhiem|nguoi (thuc hien|giai quyet|lam|xu ly|phu trach)|don vi|bo phan|chuc danh|vi tri|can bo|cong chuc|phong ban|co quan|chu the|thanh phan tham gia|\bwho\b|responsible/,
  ],
  [
    'content',
    /noi dung|cong viec|trinh tu|cac buoc|ten buoc|buoc |hoat dong|dien giai|mo ta|cach thuc|thao tac|content|\bstep\b/,
  ],
]

/** What a heading announces; undefined when it is none that we know. */
export function columnOf(heading: string): Column | undefined {
  const words = searchable(heading.slice(0, 200))
  return headings.find(([, pattern]) => pattern.test(words))?.[0]
}

// The narrower words first: a civil-status official at the one-stop desk is reception.
const roles: [Role, RegExp][] = [
  ['control', /kiem soat thu tuc/],
  ['cashier', /thu quy|thu ngan|thu phi/],
  ['post', /buu chinh|buu dien|buu ta/],
  ['head', /(lanh dao|truong|pho|giam doc|phu trach) (bo phan|trung tam|mot cua)|giam doc trung tam/],
  ['head', /(truong|pho|lanh dao|phu trach) (phong|ban|khoa|doi|to|chi nhanh|don vi)|chanh van phong/],
  [
    'leader',
    /chu tich|giam doc|cuc truong|chi cuc truong|thu truong|nguoi dung dau|lanh dao|nguoi co tham quyen/,
  ],
  ['reception', /mot cua|tiep nhan|tra ket qua|tntkq|tn tkq|hanh chinh cong|ttpvhcc|ttphcc|bpmc|bptn/],
  ['clerk', /van thu|dong dau|luu tru/],
  [
    'specialist',
    /chuyen vien|cong chuc|can bo|vien chuc|nhan vien|thu ly|tham dinh|tu phap|ho tich|dia chinh|chuyen mon|thanh tra vien/,
  ],
]

export interface ReadRole {
  role: Role
  /** Other roles that the same words name. */
  others: Role[]
}

/** The role that words like "Công chức tư pháp - hộ tịch" mean; undefined when none is named. */
export function roleOf(words: string): ReadRole | undefined {
  const parts = words
    .slice(0, 400)
    .split(/[;\n,]|\s+và\s+|\s*[/+]\s*/u)
    .flatMap((part) => roleIn(searchable(part)) ?? [])
  const role = parts[0] ?? roleIn(searchable(words.slice(0, 400)))
  return role && { role, others: [...new Set(parts)].filter((other) => other !== role) }
}

const roleIn = (words: string): Role | undefined => roles.find(([, pattern]) => pattern.test(words))?.[0]

const signing =
  /\bky (duyet|ban hanh|so|van ban|giay|quyet dinh|ket qua|ho so|tren|cap|vao|trich|phieu|thong bao)|\bky\b(?! nhay| tat| so ky)|phe duyet|quyet dinh (phe duyet|cap|giai quyet)/
const kinds: [StepKind, RegExp][] = [
  ['issue', /dong dau|phat hanh|vao so van ban|cap so|lay so|so hoa ket qua/],
  [
    'draft',
    /du thao|soan thao|soan |lap (to trinh|bao cao|van ban|giay)|hoan thien (ket qua|du thao|van ban)|in giay/,
  ],
  ['review', /kiem tra|xem xet|ra soat|thong qua|ky nhay|ky tat|duyet|cho y kien/],
  [
    'work',
    /tham dinh|tham tra|xac minh|thu ly|phan cong|nghien cuu|giai quyet|xu ly|tiep nhan|chuyen|do dac|khao sat/,
  ],
]

/** What kind of step the content describes, by its words and whoever does it; undefined when nothing says it. */
export function stepKindOf(content: string, role: Role | null): StepKind | undefined {
  // What is written to be signed by somebody else is not signed here.
  const words = searchable(content.slice(0, 2000)).replace(
    /trinh [a-z .]{0,60}?(ky|phe duyet|duyet|quyet dinh)\b/g,
    'trinh',
  )
  const said = kinds.filter(([, pattern]) => pattern.test(words)).map(([kind]) => kind)
  if (role === 'leader') return signing.test(words) || said.includes('review') ? 'decide' : said[0]
  if (role === 'clerk') return 'issue'
  if (role === 'head')
    return (
      said.find((kind) => kind === 'review' || kind === 'work') ?? (signing.test(words) ? 'review' : said[0])
    )
  if (signing.test(words) && said.length === 0) return 'decide'
  return said[0]
}
