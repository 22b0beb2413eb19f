import { z } from 'zod'
import { article, type Block, table, text, words } from './result-blocks.ts'
import { layout, Result } from './result-data.ts'
import { Line, OptionalLine, Paragraphs, shortDate } from './slip-data.ts'

/*
 * Decisions about a result that was issued already: to correct it or to revoke it (form of administrative
 * decisions, NĐ 30/2020/NĐ-CP, phụ lục III).
 */

const Reason = Paragraphs.refine((paragraphs) => paragraphs.length > 0, { error: 'documents.reason-missing' })
const Paper = z.object({ title: Line, number: Line, on: z.iso.date().transform(shortDate) })

const Decision = Result.extend({
  issuedBy: Line,
  grounds: z.array(Line).min(1).max(30),
  papers: z.array(Paper).min(1).max(10),
  holder: Line,
  reason: Reason,
  effectiveOn: z.iso.date().transform(shortDate),
})
type Decision = z.output<typeof Decision>

/** Quyết định đính chính: names the paper, what is corrected, and the paper that takes its place. */
export const CorrectionData = Decision.extend({
  changes: z
    .array(z.object({ label: Line, before: OptionalLine, after: OptionalLine }))
    .max(60)
    .default([]),
  /** Those that have no number yet are known by the code that stands on them. */
  replacements: z
    .array(z.object({ title: Line, number: OptionalLine, verifyCode: Line }))
    .min(1)
    .max(10),
  /** Who made the mistake: an authority that did bears the cost itself. */
  fault: z.enum(['authority', 'applicant']),
}).transform((data) => ({
  ...data,
  ...layout({
    titleLines: ['Quyết định'],
    subtitle: 'Về việc đính chính kết quả giải quyết thủ tục hành chính',
    blocks: [
      ...opening(data),
      article('Điều 1.', [`Đính chính ${named(data)}. Lý do:`, ...data.reason]),
      ...changesTable(data.changes),
      article(
        'Điều 2.',
        `${data.replacements.map(calledBy).join(' và ')} thay thế giấy nêu tại Điều 1. Giấy cũ không còn giá trị sử dụng.`,
      ),
      article('Điều 3.', costs[data.fault]),
      ...closing(data, 4),
    ],
  }),
}))

const calledBy = ({
  title,
  number,
  verifyCode,
}: {
  title: string
  number: string | null
  verifyCode: string
}) => (number === null ? `${title} mang mã xác minh ${verifyCode}` : `${title} số ${number}`)

const costs = {
  authority:
    'Cơ quan giải quyết chịu chi phí đính chính và cấp lại. Người được cấp không phải nộp phí, lệ phí, không phải nộp thêm giấy tờ.',
  applicant: 'Phí, lệ phí cấp lại (nếu có) thực hiện theo quy định đối với thủ tục này.',
} as const

function changesTable(changes: { label: string; before: string | null; after: string | null }[]): Block[] {
  if (changes.length === 0) return []
  const lines = changes.map(({ label, before, after }) => [label, before ?? 'để trống', after ?? 'để trống'])
  return [table(['Nội dung', 'Đã ghi', 'Đính chính thành'], lines)]
}

/** Quyết định thu hồi: the paper loses its force, and what its holder can do about it. */
export const RevocationData = Decision.extend({ legalGround: OptionalLine }).transform((data) => ({
  ...data,
  ...layout({
    titleLines: ['Quyết định'],
    subtitle: 'Về việc thu hồi kết quả giải quyết thủ tục hành chính',
    blocks: [
      ...opening(data),
      article('Điều 1.', [`Thu hồi ${named(data)}. Lý do:`, ...data.reason]),
      article(
        'Điều 2.',
        'Giấy nêu tại Điều 1 không còn giá trị sử dụng. Người đang giữ bản giấy nộp lại tại nơi đã nhận kết quả.',
      ),
      article(
        'Điều 3.',
        'Người được cấp có quyền khiếu nại theo Luật Khiếu nại hoặc khởi kiện theo Luật Tố tụng hành chính.',
      ),
      ...closing(data, 4),
    ],
  }),
}))

const named = ({ papers, holder, code }: Pick<Decision, 'papers' | 'holder' | 'code'>) =>
  `${papers.map(({ title, number, on }) => `${title} số ${number} ngày ${on}`).join(' và ')} cấp cho ${holder} (mã hồ sơ ${code})`

const opening = ({ issuedBy, grounds }: Decision): Block[] => [
  words(issuedBy),
  text(grounds, true),
  words('Quyết định:'),
]

const closing = ({ effectiveOn, holder }: Decision, no: number): Block[] => [
  article(
    `Điều ${no}.`,
    `Quyết định này có hiệu lực từ ngày ${effectiveOn}. Các đơn vị liên quan và ${holder} chịu trách nhiệm thi hành Quyết định này.`,
  ),
]
