import { z } from 'zod'
import { article, type Block, cell, heading, rows, table, text, words } from './result-blocks.ts'
import {
  dateInWords,
  Head,
  Line,
  Lines,
  Moment,
  Official,
  OptionalLine,
  Paragraphs,
  shortDate,
} from './slip-data.ts'
import { dateReadAloud, dongInWords, grouped } from './vietnamese-words.ts'

/*
 * What results say (declaration forms and annexes of TT 04/2020/TT-BTP, NĐ 23/2015, TT 66/2023/TT-BCA,
 * NĐ 217/2026). Each schema takes the facts of one result and gives the blocks to print.
 */

/** What every result carries besides the head of slips. */
export const Result = Head.extend({
  signer: Official,
  /** The words above the signer that the legal form prints, e.g. "Người ký giấy khai sinh". */
  recipients: z.array(Line).max(20).default([]),
  verify: z.object({ site: Line, code: Line }),
})

type Layout = {
  titleLines: string[]
  subtitle?: string | null
  signerRole?: string | null
  blocks: Block[]
  afterSignature?: Block[]
}

export const layout = (printed: Layout) => ({
  subtitle: null,
  signerRole: null,
  afterSignature: [],
  ...printed,
})

/** A date as far as it is known: 1948, 1948-05 or 1948-05-17. */
const PartialDate = z
  .string()
  .regex(/^\d{4}(-\d{2}(-\d{2})?)?$/)
  .refine((date) => date.length < 10 || isDate(date), { error: 'documents.not-a-date' })

const Person = z.object({
  fullName: Line,
  dateOfBirth: PartialDate.nullish(),
  sex: OptionalLine,
  ethnicGroup: OptionalLine,
  nationality: OptionalLine,
  personalId: OptionalLine,
  identityPaper: OptionalLine,
  residence: OptionalLine,
})
type Person = z.output<typeof Person>

const Registration = z.object({ place: OptionalLine, number: OptionalLine, on: PartialDate.nullish() })

/** Any result that has no form of its own: a title and lines of label and value. */
export const GenericResultData = Result.extend({
  heading: Lines,
  subtitle: OptionalLine,
  introduction: Paragraphs.default([]),
  sections: z
    .array(
      z.object({
        heading: OptionalLine,
        rows: z
          .array(z.object({ label: Line, value: Line }))
          .max(200)
          .default([]),
        text: Paragraphs.default([]),
      }),
    )
    .max(50)
    .default([]),
  closing: Paragraphs.default([]),
}).transform((data) => ({
  ...data,
  ...layout({
    titleLines: data.heading,
    subtitle: data.subtitle,
    blocks: [
      text(data.introduction),
      ...data.sections.flatMap((section) => [
        ...(section.heading ? [heading(section.heading)] : []),
        rows(...section.rows.map(({ label, value }) => cell(label, value))),
        text(section.text),
      ]),
      text(data.closing),
    ],
  }),
}))

const Parent = Person.pick({ fullName: true, ethnicGroup: true, nationality: true, residence: true }).extend({
  yearOfBirth: OptionalLine,
})

const BirthFacts = Result.extend({
  child: Person.extend({ placeOfBirth: OptionalLine, hometown: OptionalLine }),
  mother: Parent.nullish(),
  father: Parent.nullish(),
  declarant: z.object({ fullName: Line, identityPaper: OptionalLine }),
  registration: Registration,
  changes: z
    .array(z.object({ on: z.iso.date(), content: Line, ground: Line, by: Line }))
    .max(50)
    .default([]),
})

/** Giấy khai sinh, original (TT 04/2020/TT-BTP, annex 1). */
export const BirthCertificateData = BirthFacts.transform((data) => ({
  ...data,
  ...layout({
    titleLines: ['Giấy khai sinh'],
    signerRole: 'Người ký giấy khai sinh',
    blocks: birthBlocks(data),
    afterSignature: changeBlocks(data.changes),
  }),
}))

function birthBlocks({
  child,
  mother,
  father,
  declarant,
  registration,
}: z.output<typeof BirthFacts>): Block[] {
  return [
    rows(
      cell('Họ, chữ đệm, tên', child.fullName.toUpperCase(), { strong: true }),
      cell('Ngày, tháng, năm sinh', dayOrNothing(child.dateOfBirth)),
      cell('Ghi bằng chữ', readAloud(child.dateOfBirth)),
      [
        cell('Giới tính', child.sex),
        cell('Dân tộc', child.ethnicGroup),
        cell('Quốc tịch', child.nationality, { width: 1.3 }),
      ],
      cell('Nơi sinh', child.placeOfBirth ?? null),
      cell('Quê quán', child.hometown ?? null),
      cell('Số định danh cá nhân', child.personalId, { strong: true }),
    ),
    parentRows('mẹ', mother ?? null),
    parentRows('cha', father ?? null),
    rows(
      cell('Họ, chữ đệm, tên người đi khai sinh', declarant.fullName),
      cell('Giấy tờ tùy thân', declarant.identityPaper),
      cell('Nơi đăng ký khai sinh', registration.place),
      cell('Ngày, tháng, năm đăng ký', dayOrNothing(registration.on)),
    ),
  ]
}

function parentRows(who: 'mẹ' | 'cha', parent: z.output<typeof Parent> | null): Block {
  return rows(
    cell(`Họ, chữ đệm, tên người ${who}`, parent?.fullName.toUpperCase() ?? null, {
      strong: parent !== null,
    }),
    [
      cell('Năm sinh', parent?.yearOfBirth ?? null),
      cell('Dân tộc', parent?.ethnicGroup ?? null),
      cell('Quốc tịch', parent?.nationality ?? null, { width: 1.3 }),
    ],
    cell('Nơi cư trú', parent?.residence ?? null),
  )
}

function changeBlocks(changes: { on: string; content: string; ground: string; by: string }[]): Block[] {
  if (changes.length === 0) return []
  const lines = changes.map(({ on, content, ground, by }) => [shortDate(on), content, ground, by])
  return [
    heading('Phần ghi chú những thông tin thay đổi sau này'),
    table(['Ngày, tháng, năm', 'Nội dung ghi chú', 'Căn cứ ghi chú', 'Người ghi chú'], lines),
  ]
}

/** Bản sao trích lục hộ tịch, bản sao Giấy khai sinh: the fields of the entry, marked as a copy. */
export const CivilStatusCopyData = Result.extend({
  heading: Lines,
  entries: z
    .array(z.object({ label: Line, value: OptionalLine }))
    .min(1)
    .max(80),
  registration: Registration,
  /** Where the extract was taken from; the form lets the officer choose one. */
  takenFrom: z.enum(['register', 'database']),
}).transform((data) => ({
  ...data,
  ...layout({
    titleLines: data.heading,
    subtitle: '(BẢN SAO)',
    signerRole: 'Người ký trích lục',
    blocks: [
      rows(...data.entries.map(({ label, value }) => cell(label, value))),
      registeredRows(data.registration),
      rows(cell('Thực hiện trích lục từ', registerNames[data.takenFrom])),
    ],
  }),
}))

const registerNames = { register: 'Sổ đăng ký hộ tịch', database: 'Cơ sở dữ liệu hộ tịch điện tử' }

const registeredRows = ({ place, number, on }: z.output<typeof Registration>): Block =>
  rows(cell('Đã đăng ký tại', place), [cell('Số', number), cell('Ngày', dayOrNothing(on))])

/** Giấy xác nhận tình trạng hôn nhân; good for six months (NĐ 123/2015, art. 23) or until the status changes. */
export const MaritalStatusData = Result.extend({
  requester: Line,
  onBehalfOf: OptionalLine,
  person: Person,
  residence: z.object({ place: Line, from: OptionalLine, to: OptionalLine }).nullish(),
  /** The whole sentence of the status, e.g. "Hiện tại chưa đăng ký kết hôn với ai". */
  status: Line,
  purpose: Line,
  validUntil: z.iso.date(),
}).transform((data) => ({
  ...data,
  ...layout({
    titleLines: ['Giấy xác nhận', 'tình trạng hôn nhân'],
    signerRole: 'Người ký giấy xác nhận',
    blocks: [
      text(
        `Xét đề nghị của ông/bà: ${data.requester}${data.onBehalfOf ? `, về việc cấp cho ${data.onBehalfOf}` : ''}.`,
      ),
      words('Xác nhận'),
      personRows(data.person),
      ...(data.residence ? [rows(cell('Trong thời gian cư trú tại', residenceSpan(data.residence)))] : []),
      rows(
        cell('Tình trạng hôn nhân', data.status, { strong: true }),
        cell('Giấy này được sử dụng để', data.purpose),
      ),
      text(
        `Giấy này có giá trị đến hết ngày ${shortDate(data.validUntil)}, hoặc đến khi tình trạng hôn nhân thay đổi.`,
        true,
      ),
    ],
  }),
}))

const residenceSpan = ({ place, from, to }: { place: string; from: string | null; to: string | null }) =>
  [place, from && `từ ngày ${from}`, to && `đến ngày ${to}`].filter(Boolean).join(' ')

function personRows(person: Person): Block {
  return rows(
    cell('Họ, chữ đệm, tên', person.fullName.toUpperCase(), { strong: true }),
    [
      cell('Ngày, tháng, năm sinh', dayOrNothing(person.dateOfBirth), { width: 1.6 }),
      cell('Giới tính', person.sex),
    ],
    [cell('Dân tộc', person.ethnicGroup), cell('Quốc tịch', person.nationality)],
    ...(person.personalId ? [cell('Số định danh cá nhân', person.personalId)] : []),
    // A paper that is the personal number itself is not printed twice.
    ...(person.personalId && !person.identityPaper ? [] : [cell('Giấy tờ tùy thân', person.identityPaper)]),
    ...(person.residence ? [cell('Nơi cư trú', person.residence)] : []),
  )
}

/** Who a notice or decision is about: only what those forms print. */
function shortPersonRows(person: Person): Block {
  return rows(
    cell('Họ và tên', person.fullName.toUpperCase(), { strong: true }),
    ...(person.dateOfBirth ? [cell('Ngày, tháng, năm sinh', dayOrNothing(person.dateOfBirth))] : []),
    ...(person.sex ? [cell('Giới tính', person.sex)] : []),
    ...(person.personalId ? [cell('Số định danh cá nhân', person.personalId)] : []),
    ...(person.residence ? [cell('Nơi cư trú', person.residence)] : []),
  )
}

/** Trích lục khai tử (original issued at registration). */
export const DeathExtractData = Result.extend({
  deceased: Person,
  /** The instant, or the date as far as it is known. */
  diedAt: z.union([Moment, PartialDate.transform(partialInWords)]).nullish(),
  placeOfDeath: OptionalLine,
  cause: OptionalLine,
  registration: Registration,
  declarant: z.object({ fullName: Line, identityPaper: OptionalLine }),
}).transform((data) => ({
  ...data,
  ...layout({
    titleLines: ['Trích lục khai tử'],
    signerRole: 'Người ký trích lục',
    blocks: [
      personRows(data.deceased),
      rows(
        cell('Đã chết vào lúc', data.diedAt ?? null, { strong: true }),
        cell('Nơi chết', data.placeOfDeath),
        cell('Nguyên nhân chết', data.cause),
      ),
      registeredRows(data.registration),
      rows(
        cell('Họ, chữ đệm, tên người đi khai tử', data.declarant.fullName),
        cell('Giấy tờ tùy thân', data.declarant.identityPaper),
      ),
    ],
  }),
}))

/** Lời chứng of a certified copy (NĐ 23/2015): one number for one original on one occasion. */
export const CertifiedCopyData = Result.extend({
  paperName: Line,
  requester: Line,
  copies: z.int().min(1).max(9999).nullish(),
  certificationNumber: Line,
  book: Line,
}).transform((data) => ({
  ...data,
  ...layout({
    titleLines: ['Chứng thực bản sao', 'đúng với bản chính'],
    blocks: [
      rows(
        [
          cell('Số chứng thực', data.certificationNumber, { strong: true }),
          cell('quyển số', `${data.book} SCT/BS`),
        ],
        cell('Ngày', shortDate(data.on)),
        cell('Tên bản chính', data.paperName),
        cell('Người yêu cầu chứng thực', data.requester),
        cell('Số bản sao', data.copies ? String(data.copies).padStart(2, '0') : null),
      ),
      text(
        'Người ký chứng thực đã đối chiếu bản sao với bản chính và chịu trách nhiệm về việc chứng thực bản sao đúng với bản chính.',
      ),
    ],
  }),
}))

/** Thông báo kết quả đăng ký cư trú (TT 66/2023/TT-BCA): a notice that the data were updated. */
export const ResidenceNoticeData = Result.extend({
  addressee: Line,
  grounds: Paragraphs.default([]),
  person: Person,
  kind: z.enum(['temporary', 'permanent', 'removed']),
  address: OptionalLine,
  until: z.iso.date().nullish(),
  householder: z.object({ name: OptionalLine, relation: OptionalLine }),
  members: z
    .array(z.object({ name: Line, personalId: OptionalLine, relation: OptionalLine }))
    .max(100)
    .default([]),
}).transform((data) => ({
  ...data,
  ...layout({
    titleLines: ['Thông báo', 'kết quả giải quyết đăng ký cư trú'],
    blocks: [
      words(`Kính gửi: ${data.addressee}`),
      text(data.grounds),
      text('Cơ quan đăng ký cư trú thông báo đã cập nhật vào Cơ sở dữ liệu về cư trú thông tin sau:'),
      shortPersonRows(data.person),
      rows(
        cell(residenceKinds[data.kind], data.address, { strong: true }),
        ...(data.until ? [cell('Thời hạn tạm trú đến hết ngày', shortDate(data.until))] : []),
        // Who is no longer registered belongs to no household.
        ...(data.kind === 'removed'
          ? []
          : [
              [
                cell('Họ và tên chủ hộ', data.householder.name, { width: 1.5 }),
                cell('Quan hệ với chủ hộ', data.householder.relation),
              ],
            ]),
      ),
      ...memberBlocks(data.members),
    ],
  }),
}))

const residenceKinds = {
  temporary: 'Đăng ký tạm trú tại',
  permanent: 'Đăng ký thường trú tại',
  removed: 'Đã xóa đăng ký thường trú tại',
}

function memberBlocks(
  members: { name: string; personalId: string | null; relation: string | null }[],
): Block[] {
  if (members.length === 0) return []
  const lines = members.map(({ name, personalId, relation }, i) => [
    String(i + 1),
    name,
    personalId ?? '',
    relation ?? '',
  ])
  return [
    text('Thành viên trong hộ cùng thay đổi:'),
    table(['TT', 'Họ và tên', 'Số định danh', 'Quan hệ với chủ hộ'], lines),
  ]
}

/** Metres or square metres; absent when nobody stated it. */
const Measure = z.number().positive().nullish()

const PermitFacts = Result.extend({
  holder: z.object({ name: Line, address: OptionalLine }),
  work: z.object({
    name: Line,
    design: OptionalLine,
    designer: OptionalLine,
    lead: OptionalLine,
    verifier: OptionalLine,
  }),
  site: z.object({ location: OptionalLine, areaM2: Measure }),
  planning: z.object({
    groundLevel: OptionalLine,
    redLine: OptionalLine,
    buildingLine: OptionalLine,
    colour: OptionalLine,
    depth: OptionalLine,
  }),
  house: z.object({
    footprintM2: Measure,
    floorAreaM2: Measure,
    heightM: Measure,
    storeys: OptionalLine,
  }),
  landPaper: OptionalLine,
  extensions: z
    .array(z.object({ content: Line, on: z.iso.date(), by: Line }))
    .max(10)
    .default([]),
})

/** Giấy phép xây dựng for a detached house (Mẫu số 03, NĐ 217/2026). */
export const BuildingPermitData = PermitFacts.transform((data) => ({
  ...data,
  ...layout({
    titleLines: ['Giấy phép xây dựng'],
    subtitle: '(Sử dụng cho nhà ở riêng lẻ)',
    blocks: permitBlocks(data),
    afterSignature: [...ownerDuties, ...extensionBlocks(data.extensions)],
  }),
}))

function permitBlocks({
  holder,
  work,
  site,
  planning,
  house,
  landPaper,
}: z.output<typeof PermitFacts>): Block[] {
  return [
    rows(cell('1. Cấp cho', holder.name, { strong: true }), cell('Địa chỉ', holder.address)),
    rows(
      cell('2. Được phép xây dựng công trình', work.name, { strong: true }),
      cell('Theo thiết kế', work.design),
      cell('Do (đơn vị lập)', work.designer),
      [cell('Chủ nhiệm, chủ trì', work.lead), cell('Thẩm tra', work.verifier)],
      cell('Vị trí xây dựng', site.location),
      [cell('Diện tích đất', metres(site.areaM2, 'm²')), cell('Cốt nền', planning.groundLevel)],
      // Density and floor ratio follow from the areas, so they cannot contradict them.
      [
        cell(
          'Mật độ xây dựng',
          ratio(house.footprintM2, site.areaM2, (share) => `${decimal(share * 100)}%`),
        ),
        cell('Hệ số sử dụng đất', ratio(house.floorAreaM2, site.areaM2, decimal)),
      ],
      [cell('Chỉ giới đường đỏ', planning.redLine), cell('Chỉ giới xây dựng', planning.buildingLine)],
      [cell('Màu sắc (nếu có)', planning.colour), cell('Chiều sâu công trình', planning.depth)],
      [
        cell('Diện tích xây dựng tầng 1', metres(house.footprintM2, 'm²')),
        cell('Tổng diện tích sàn', metres(house.floorAreaM2, 'm²')),
      ],
      [cell('Chiều cao công trình', metres(house.heightM, 'm')), cell('Số tầng', house.storeys)],
    ),
    rows(cell('3. Giấy tờ về đất đai', landPaper)),
    text(
      '4. Giấy phép này có hiệu lực khởi công trong thời hạn 12 tháng kể từ ngày cấp; quá thời hạn trên thì phải đề nghị gia hạn.',
    ),
  ]
}

const ownerDuties: Block[] = [
  heading('Chủ đầu tư phải thực hiện các nội dung sau'),
  article(
    '1.',
    'Chịu hoàn toàn trách nhiệm trước pháp luật nếu xâm phạm các quyền hợp pháp của các chủ sở hữu liền kề.',
  ),
  article(
    '2.',
    'Thực hiện đúng các quy định của pháp luật về đất đai, về đầu tư xây dựng và Giấy phép xây dựng này.',
  ),
  article(
    '3.',
    'Thông báo cho cơ quan cấp phép đến kiểm tra khi định vị công trình và xuất trình giấy phép khi được yêu cầu.',
  ),
  article(
    '4.',
    'Khi điều chỉnh thiết kế làm thay đổi nội dung giấy phép thì phải đề nghị điều chỉnh và chờ quyết định.',
  ),
]

function extensionBlocks(extensions: { content: string; on: string; by: string }[]): Block[] {
  if (extensions.length === 0) return []
  const lines = extensions.map(({ content, on, by }) => [content, shortDate(on), by])
  return [heading('Gia hạn, điều chỉnh giấy phép'), table(['Nội dung', 'Ngày', 'Người ký'], lines)]
}

/** Quyết định hỗ trợ chi phí mai táng of the commune's chair. */
export const FuneralSupportData = Result.extend({
  issuedBy: Line,
  grounds: z.array(Line).min(1).max(30),
  recipient: Person,
  deceased: z.object({ fullName: Line, diedOn: PartialDate.nullish() }),
  amountVnd: z.int().positive(),
  payment: Line,
  effectiveOn: z.iso.date(),
}).transform((data) => ({
  ...data,
  ...layout({
    titleLines: ['Quyết định'],
    subtitle: 'Về việc hỗ trợ chi phí mai táng',
    blocks: [
      words(data.issuedBy),
      text(data.grounds, true),
      words('Quyết định:'),
      article(
        'Điều 1.',
        `Hỗ trợ chi phí mai táng đối với ${data.deceased.fullName}${diedOn(data.deceased.diedOn)}. Người nhận hỗ trợ:`,
      ),
      shortPersonRows(data.recipient),
      rows(
        cell('Mức hỗ trợ', `${grouped(data.amountVnd)} đồng`, { strong: true }),
        cell('Bằng chữ', dongInWords(data.amountVnd)),
        cell('Hình thức chi trả', data.payment),
      ),
      article('Điều 2.', `Quyết định này có hiệu lực từ ngày ${shortDate(data.effectiveOn)}.`),
      article(
        'Điều 3.',
        'Các đơn vị liên quan và người có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này.',
      ),
    ],
  }),
}))

function isDate(text: string): boolean {
  return z.iso.date().safeParse(text).success
}

const dayOrNothing = (date: string | null | undefined) => (date ? shortDate(date) : null)
const readAloud = (date: string | null | undefined) => (date?.length === 10 ? dateReadAloud(date) : null)
const diedOn = (date: string | null | undefined) => (date ? `, chết ${partialInWords(date)}` : '')
const decimal = (n: number) => String(Math.round(n * 100) / 100).replace('.', ',')
const metres = (n: number | null | undefined, unit: string) => (n ? `${decimal(n)} ${unit}` : null)

function ratio(
  part: number | null | undefined,
  whole: number | null | undefined,
  print: (n: number) => string,
): string | null {
  return part && whole ? print(part / whole) : null
}

/** "ngày 17 tháng 5 năm 1948", "tháng 5 năm 1948" or "năm 1948", as far as the date is known. */
function partialInWords(date: string): string {
  if (date.length === 10) return dateInWords(date)
  const [year, month] = date.split('-')
  return month ? `tháng ${Number(month)} năm ${year}` : `năm ${year}`
}
