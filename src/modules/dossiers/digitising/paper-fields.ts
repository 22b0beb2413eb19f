import { findPaperKind, type PaperGroup } from '../../vault/index.ts'

export type PaperFieldType = 'text' | 'date' | 'personal-id'

/** One thing that an officer reads on a paper. */
export interface PaperField {
  key: string
  label: { vi: string; en: string }
  type: PaperFieldType
  required: boolean
}

const field = (key: string, vi: string, en: string, more: Partial<PaperField> = {}): PaperField => ({
  ...{ key, label: { vi, en }, type: 'text', required: false },
  ...more,
})

const number = field('number', 'Số', 'Number', { required: true })
const issuedOn = field('issuedOn', 'Ngày cấp', 'Issued on', { type: 'date', required: true })
const issuer = field('issuer', 'Cơ quan cấp', 'Issued by', { required: true })
const validTo = field('validTo', 'Có giá trị đến', 'Valid until', { type: 'date' })
const holder = field('holder', 'Họ tên trên giấy', 'Name on the paper', { required: true })

const byGroup: Record<PaperGroup, readonly PaperField[]> = {
  'civil-status': [number, issuedOn, issuer, holder, field('book', 'Quyển số', 'Book')],
  identity: [
    field('number', 'Số định danh', 'Personal id', { type: 'personal-id', required: true }),
    ...[issuedOn, issuer, holder, validTo],
  ],
  residence: [number, issuedOn, issuer, holder, field('address', 'Địa chỉ', 'Address')],
  land: [
    ...[number, issuedOn, issuer, holder],
    field('plot', 'Thửa đất số', 'Plot'),
    field('mapSheet', 'Tờ bản đồ số', 'Map sheet'),
  ],
  business: [
    number,
    issuedOn,
    issuer,
    field('holder', 'Tên cơ sở', 'Name of the business', { required: true }),
  ],
  other: [number, issuedOn, issuer, holder, validTo],
}

/** What is read on a paper whose kind nobody listed: enough to find it again. */
const unlisted = [
  field('number', 'Số', 'Number'),
  issuedOn,
  issuer,
  field('holder', 'Họ tên trên giấy', 'Name on the paper'),
  validTo,
]

/** The data fields of a paper, by its code. Pure. */
export function fieldsOfPaper(code: string | null): readonly PaperField[] {
  const kind = findPaperKind(code)
  return kind === undefined ? unlisted : byGroup[kind.group]
}

export type PaperFieldProblem =
  | 'missing'
  | 'not-a-date'
  | 'not-a-personal-id'
  | 'too-long'
  | 'in-the-future'
  | 'ends-before'

/** What is wrong with the data of a paper, by field. Pure. */
export function problemsOfPaper(
  code: string | null,
  given: Readonly<Record<string, string>>,
  today: string,
): { field: string; problem: PaperFieldProblem }[] {
  const found: { field: string; problem: PaperFieldProblem }[] = fieldsOfPaper(code).flatMap((each) => {
    const problem = problemOf(each, (given[each.key] ?? '').trim(), today)
    return problem ? [{ field: each.key, problem }] : []
  })
  const { issuedOn: from, validTo: to } = given
  if (found.length === 0 && from && to && to < from) found.push({ field: 'validTo', problem: 'ends-before' })
  return found
}

function problemOf({ key, type, required }: PaperField, value: string, today: string) {
  if (value === '') return required ? ('missing' as const) : undefined
  if (value.length > 200) return 'too-long' as const
  if (type === 'personal-id' && !/^\d{12}$/.test(value)) return 'not-a-personal-id' as const
  if (type !== 'date') return undefined
  if (!isDay(value)) return 'not-a-date' as const
  return key === 'issuedOn' && value > today ? ('in-the-future' as const) : undefined
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  try {
    return Temporal.PlainDate.from(text).toString() === text
  } catch {
    return false
  }
}
