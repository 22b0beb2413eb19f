import { limitText } from '../../catalogue/index.ts'
import type { ProcedureChange } from '../change.ts'
import type { Contents } from '../contents.ts'
import type { Difference } from './compare-items.ts'

/** What a draft of a decision is written from. */
export interface AnnouncementFacts {
  kind: ProcedureChange['kind']
  /** What is announced: the draft, or what ends. */
  contents: Contents
  differences: readonly Difference[]
  /** Name of the province, and whether it is invented. */
  province: string
  sample: boolean
  /** The day of the draft, `YYYY-MM-DD`. */
  on: string
}

/** The words of a decision that a person puts right: each a text of lines. */
export interface AnnouncementDraft {
  sample: boolean
  agency: { parent: string; name: string }
  number: string
  place: string
  on: string
  title: string
  subtitle: string
  issuer: string
  bases: string[]
  proposal: string
  articles: string[]
  annex: { title: string; columns: string[]; rows: string[][] }
  signerRole: string
  recipients: string[]
}

const announced = {
  new: 'mới ban hành',
  amend: 'được sửa đổi, bổ sung',
  abolish: 'bị bãi bỏ',
} as const

/**
 * Drafts the decision that announces a procedure as new, amended or abolished, in the words of the law (NĐ 63/2010/NĐ-CP,
 * Điều 13 to 15; TT 02/2017/TT-VPCP). In Vietnamese only: it is a Vietnamese act. Everything in it may be put right.
 */
export function draftAnnouncement(facts: AnnouncementFacts): AnnouncementDraft {
  const { kind, contents, province, sample, on } = facts
  const { procedure } = contents
  const what = announced[kind]
  const field = procedure.field?.name ?? ''
  const subtitle = `Về việc công bố thủ tục hành chính ${what} lĩnh vực ${field} thuộc thẩm quyền giải quyết của ${procedure.executing?.text ?? ''}`
  const committee = `Ủy ban nhân dân ${province}`
  return {
    ...{ sample, on, subtitle, number: '……/QĐ-UBND', title: 'Quyết định' },
    agency: { parent: '', name: committee },
    place: province.replace(/^(tỉnh|thành phố)\s+/i, ''),
    issuer: `Chủ tịch ${committee}`,
    bases: basesOf(procedure),
    proposal: `Theo đề nghị của Chánh Văn phòng ${committee}.`,
    articles: articlesOf(facts, what, field),
    annex: annexOf(facts, what),
    signerRole: 'Chủ tịch',
    recipients: [
      'Như Điều 3;',
      'Cục Kiểm soát thủ tục hành chính, Văn phòng Chính phủ;',
      `Chủ tịch, các Phó Chủ tịch ${committee};`,
      'Cổng Dịch vụ công quốc gia;',
      'Lưu: VT.',
    ],
  }
}

const basesOf = ({ legalBases = [] }: Contents['procedure']) => [
  'Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15;',
  'Căn cứ Nghị định số 63/2010/NĐ-CP ngày 08 tháng 6 năm 2010 của Chính phủ về kiểm soát thủ tục hành chính và các Nghị định sửa đổi, bổ sung;',
  'Căn cứ Nghị định số 118/2025/NĐ-CP của Chính phủ về thực hiện thủ tục hành chính theo cơ chế một cửa, một cửa liên thông;',
  'Căn cứ Thông tư số 02/2017/TT-VPCP ngày 31 tháng 10 năm 2017 của Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ hướng dẫn về nghiệp vụ kiểm soát thủ tục hành chính;',
  ...legalBases.map((basis) => `Căn cứ ${basisText(basis)};`),
]

/** Kinds of act by the end of their numbers (NĐ 30/2020/NĐ-CP, Phụ lục III; Luật 64/2025/QH15, Điều 4). */
const actKinds: [RegExp, string][] = [
  [/\/NĐ-CP$/, 'Nghị định'],
  [/\/NQ-[A-Z]+$/, 'Nghị quyết'],
  [/\/TT(LT)?-[A-ZĐ]+/, 'Thông tư'],
  [/\/QĐ-/, 'Quyết định'],
]

/** “Nghị định số 123/2015/NĐ-CP quy định chi tiết …”; a law keeps its name before its number. */
function basisText({ number, title }: { number: string; title?: string | null }): string {
  const kind = actKinds.find(([ending]) => ending.test(number))?.[1]
  if (!title) return kind ? `${kind} số ${number}` : number
  if (!kind) return `${title} số ${number}`
  const named = title.startsWith(kind) ? title.slice(kind.length).replace(/^\s*(số\s+)?/, '') : title
  const rest = named.startsWith(number) ? named.slice(number.length).trim() : lowerFirst(named)
  return [`${kind} số ${number}`, rest].filter(Boolean).join(' ')
}

const lowerFirst = (text: string) => text.charAt(0).toLocaleLowerCase('vi') + text.slice(1)

function articlesOf(
  { kind, contents: { procedure } }: AnnouncementFacts,
  what: string,
  field: string,
): string[] {
  const { procedureCode, name } = procedure
  const listed = `${name} (mã ${procedureCode})`
  const first = `Điều 1. Công bố kèm theo Quyết định này 01 thủ tục hành chính ${what} lĩnh vực ${field}: ${listed}.`
  const second = {
    new: 'Nội dung cụ thể của thủ tục hành chính nêu tại Phụ lục.',
    amend: 'Nội dung trước và sau khi sửa đổi nêu tại Phụ lục. Những nội dung khác của thủ tục giữ nguyên.',
    abolish:
      'Thủ tục hết hiệu lực kể từ ngày Quyết định này có hiệu lực; hồ sơ đã tiếp nhận trước ngày đó được giải quyết theo quy định tại thời điểm tiếp nhận.',
  }[kind]
  return [
    first,
    second,
    'Điều 2. Quyết định này có hiệu lực kể từ ngày … tháng … năm …. Văn phòng Ủy ban nhân dân tỉnh nhập, đăng tải công khai dữ liệu thủ tục hành chính trên Cơ sở dữ liệu quốc gia trong 05 ngày làm việc; cơ quan thực hiện niêm yết công khai tại nơi tiếp nhận hồ sơ.',
    'Điều 3. Chánh Văn phòng Ủy ban nhân dân tỉnh, Giám đốc các Sở, Thủ trưởng các cơ quan liên quan, Chủ tịch Ủy ban nhân dân các xã, phường, đặc khu chịu trách nhiệm thi hành Quyết định này.',
  ]
}

function annexOf(
  { kind, contents, differences }: AnnouncementFacts,
  what: string,
): AnnouncementDraft['annex'] {
  const title = `Phụ lục. Thủ tục hành chính ${what}`
  if (kind !== 'amend') {
    const rows = partsOf(contents).map(([name, text], i) => [String(i + 1), name, text])
    return { title, columns: ['TT', 'Bộ phận của thủ tục', 'Nội dung'], rows }
  }
  // Test cases bind nobody, and the questions of the form stand in the form itself.
  const told = differences.filter(({ part }) => part !== 'tests')
  const rows = told.map(({ label, before, after, what: how }, i) => [
    ...[String(i + 1), label.vi],
    how === 'moved' ? 'Đứng ở chỗ khác' : (before ?? 'Chưa có'),
    how === 'moved' ? (after ?? '') : (after ?? 'Bãi bỏ'),
  ])
  return { title, columns: ['TT', 'Nội dung', 'Trước', 'Sau'], rows }
}

/** The parts that must be published (NĐ 63/2010/NĐ-CP, Điều 8). */
function partsOf({ procedure, form }: Contents): [string, string][] {
  const cases = procedure.cases ?? []
  const papers = (procedure.components ?? []).filter(({ mode }) => mode !== 'note')
  return [
    ['Tên thủ tục hành chính', procedure.name],
    ['Trình tự thực hiện', (procedure.steps ?? []).map(({ name, text }) => `${name}: ${text}`).join('\n')],
    [
      'Cách thức thực hiện',
      [...new Set(cases.flatMap(({ channels }) => channels ?? []))]
        .map((each) => channelNames[each])
        .join(', '),
    ],
    [
      'Thành phần, số lượng hồ sơ',
      [...papers.map(({ name }) => name), `Số lượng: ${procedure.sets ?? 1} bộ`].join('\n'),
    ],
    [
      'Thời hạn giải quyết',
      cases.map(({ name, limit }) => `${name?.vi ?? ''}: ${limit ? limitText(limit) : ''}`).join('\n'),
    ],
    ['Đối tượng thực hiện', (procedure.subjects ?? []).join(', ')],
    ['Cơ quan thực hiện', procedure.executing?.text ?? ''],
    ['Kết quả thực hiện', (procedure.results ?? []).map(({ name }) => name).join('\n')],
    [
      'Phí, lệ phí',
      [...new Set(cases.flatMap(({ fees }) => (fees ?? []).map(({ name }) => name?.vi ?? '')))].join('\n') ||
        'Không',
    ],
    ['Tên mẫu đơn, mẫu tờ khai', form?.legalForm?.name ?? form?.title?.vi ?? ''],
    ['Yêu cầu, điều kiện', procedure.conditions ?? 'Không'],
    [
      'Căn cứ pháp lý',
      (procedure.legalBases ?? []).map(({ number, title }) => `${number} ${title}`.trim()).join('\n'),
    ],
  ]
}

const channelNames = { online: 'Trực tuyến', direct: 'Trực tiếp', post: 'Qua bưu chính' } as const
