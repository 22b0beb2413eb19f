import { z } from 'zod'
import { cleanText } from '../../kernel/text.ts'
import { zoned } from '../../kernel/time.ts'
import { printable, printableParagraphs } from './printable.ts'
import { capital, dongInWords, grouped } from './vietnamese-words.ts'

/*
 * One schema per printed form. What goes in are facts (instants, dates of law, names); what comes out is
 * text ready to print, so templates only arrange.
 */

const two = (n: number) => String(n).padStart(2, '0')

/** "17 giờ 30 phút, ngày 23 tháng 11 năm 2026", in the time of Hà Nội. */
export function momentInWords(instant: string): string {
  const t = zoned(instant)
  return `${two(t.hour)} giờ ${two(t.minute)} phút, ${dateInWords(t.toPlainDate().toString())}`
}

/** "ngày 20 tháng 11 năm 2026"; days and months 1–2 carry a zero (NĐ 30/2020, annex I). */
export function dateInWords(date: string): string {
  const { day, month, year } = Temporal.PlainDate.from(date)
  return `ngày ${two(day)} tháng ${month <= 2 ? two(month) : month} năm ${year}`
}

/** "23/11/2026", for the narrow columns of tables. */
export const shortDate = (date: string): string => date.split('-').reverse().join('/')

function stamp(instant: string): string {
  const t = zoned(instant)
  return `${two(t.hour)}:${two(t.minute)}:${two(t.second)} ${two(t.day)}/${two(t.month)}/${t.year}`
}

export const Line = cleanText.pipe(z.string().max(2_000)).transform(printable)
export const Lines = cleanText.pipe(z.string().max(2_000)).transform(printableParagraphs)
export const Paragraphs = cleanText.pipe(z.string().max(20_000)).transform(printableParagraphs)
export const Moment = z.iso.datetime({ offset: true }).transform(momentInWords)
/** A moment, or a day of law when the hour is of no matter. */
const MomentOrDay = z.union([Moment, z.iso.date().transform(dateInWords)])
const OptionalMoment = MomentOrDay.nullish().transform((moment) => moment ?? null)
export const OptionalLine = Line.nullish().transform((line) => line || null)
const orNone = (none: string) => Line.nullish().transform((line) => line || none)

/** A signer: what was done on paper or by digital signature, and the printed name. */
export const Signer = z.object({
  note: OptionalLine,
  signed: z
    .object({ by: Line, at: z.iso.datetime({ offset: true }).transform(stamp) })
    .nullish()
    .transform((signed) => signed ?? null),
  name: Line,
})

/** A signer with the capacity printed above the name, e.g. "KT. Chủ tịch\nPhó Chủ tịch". */
export const Official = Signer.extend({ title: Lines })

/** Head, code and mark that every form carries. */
export const Head = z.object({
  /** True prints "Bản dùng thử: dữ liệu mẫu": invented data never bears the look of a real paper. */
  sample: z.boolean(),
  agency: z.object({ parent: Lines, name: Lines }),
  number: Line,
  place: Line,
  on: z.iso.date(),
  code: Line,
  /** Address that the code opens: public verification or status page. */
  qr: z.object({ text: z.string().min(1).max(500), label: Line }),
})

const Applicant = z.object({
  name: Line,
  onBehalfOf: OptionalLine,
  /** Who filed it together with the applicant. */
  jointly: z.array(Line).max(20).default([]),
  address: orNone('không có'),
  phone: orNone('không có'),
  email: orNone('không có'),
})
const Procedure = z.object({ code: Line, name: Line })

/** A web address to type or copy: no break may be put into it. */
const Address = z
  .string()
  .regex(/^[\x21-\x7e]{1,300}$/)
  .nullish()
  .transform((address) => address ?? null)

/** Why a date is what it is, step by step, as the calendar explained it. */
const Reasons = z.array(Line).max(40).default([])

export const ReceiptData = Head.extend({
  office: Line,
  applicant: Applicant,
  procedure: Procedure,
  papers: z.array(z.object({ name: Line, form: Line, quantity: z.int().min(0).max(9999) })).max(300),
  returnedPapers: z.array(Line).max(300).default([]),
  sets: z.int().min(1).max(999).default(1),
  /** The limit as the law words it: "01 ngày làm việc". */
  limit: Line,
  /** Who settles it, where that is another authority than the one that takes it in. */
  settledBy: OptionalLine,
  /** The procedures of a linked filing, each with its authority and its share in the limit. */
  linked: z
    .array(z.object({ name: Line, authority: Line, limit: Line }))
    .max(20)
    .default([]),
  receivedAt: Moment,
  dueAt: Moment,
  reasons: Reasons,
  delivery: Line,
  log: z.object({ book: Line, number: Line }),
  submitter: Signer,
  receiver: Signer,
  lookup: z.object({ site: Line, secret: OptionalLine, phone: OptionalLine, rating: Address }),
})

const Contact = z.object({ name: Line, phone: orNone('(chưa có)') })
const About = Head.extend({ office: Line, applicant: Applicant, procedure: Procedure, contact: Contact })
const Reason = Paragraphs.refine((paragraphs) => paragraphs.length > 0, { error: 'documents.reason-missing' })

export const SupplementData = About.extend({
  items: z.array(Reason).min(1).max(300),
  reason: Paragraphs.nullish().transform((reason) => reason ?? []),
  answerBy: OptionalMoment,
  /** What the law does with the time limit meanwhile; nothing when none runs yet. */
  clock: OptionalLine,
  reasons: Reasons,
  officer: Signer,
})

export const RefusalData = About.extend({
  reason: Reason,
  legalGround: OptionalLine,
  returnedPapers: z.array(Line).max(300).default([]),
  officer: Signer,
})

export const ApologyData = About.extend({
  /** `extension` moves the legal date once; `apology` promises a day while the legal date stays missed. */
  variant: z.enum(['extension', 'apology']),
  receivedAt: Moment.transform(capital),
  dueAt: Moment,
  /** Why the result was due then. */
  reasons: Reasons,
  reason: Reason,
  /** The legal date after the extension, or the promised one: an instant or a day. */
  newDueAt: MomentOrDay,
  /** What is added to the limit: "03 ngày làm việc"; nothing for an apology. */
  addition: OptionalLine,
  signer: Official,
})

const AmountVnd = z.int().min(0).max(1e15)

/** Asks for a financial obligation of the dossier: what for, how much, and how it is met. */
export const ObligationData = About.extend({
  items: z
    .array(z.object({ name: Line, amountVnd: AmountVnd.nullish() }))
    .min(1)
    .max(100),
  /** Why it is asked for, as the officer wrote it. */
  reason: Paragraphs.nullish().transform((reason) => reason ?? []),
  payment: Paragraphs,
  payBy: OptionalMoment,
  clock: OptionalLine,
  legalGround: OptionalLine,
  signer: Official,
}).transform(({ items, ...data }) => {
  const known = items.every(({ amountVnd }) => typeof amountVnd === 'number')
  const total = items.reduce((sum, { amountVnd }) => sum + (amountVnd ?? 0), 0)
  return {
    ...data,
    items: items.map(({ name, amountVnd }) => ({
      name,
      amount: typeof amountVnd === 'number' ? grouped(amountVnd) : null,
    })),
    // A sum with an open part would be mistaken for the whole.
    total: known ? { digits: `${grouped(total)} đồng`, words: dongInWords(total) } : null,
  }
})

export const StopData = About.extend({
  stoppedAt: Moment,
  reason: Reason,
  legalGround: OptionalLine,
  consequences: z.array(Reason).max(50).default([]),
  signer: Official,
})

export const DeclineData = About.extend({
  receivedAt: Moment,
  reason: Reason,
  legalGround: Line,
  signer: Official,
})

const Party = z.object({ unit: Line, name: orNone('') })

/** How an internal hand-over stands to its time: before, on, or after the day it was due. */
const handoverResults = { early: 'Trước hạn', 'on-time': 'Đúng hạn', late: 'Quá hạn', none: '' } as const
export type HandoverResult = keyof typeof handoverResults

export const ControlData = Head.extend({
  office: Line,
  applicant: Applicant,
  procedure: Procedure,
  receivedAt: Moment,
  dueAt: OptionalMoment,
  settledBy: OptionalLine,
  handovers: z
    .array(
      z.object({
        giver: Party,
        taker: Party,
        at: Moment,
        result: z.enum(['early', 'on-time', 'late', 'none']).transform((result) => handoverResults[result]),
        remark: orNone(''),
      }),
    )
    .max(500),
})

/** Phiếu bàn giao: dossiers that one officer gives and another takes, in one batch. */
export const HandOverData = Head.extend({
  giver: Signer.extend({ unit: Line }),
  taker: Signer.extend({ unit: Line }),
  at: Moment,
  reason: OptionalLine,
  dossiers: z
    .array(
      z.object({
        code: Line,
        applicant: Line,
        procedure: Line,
        due: OptionalLine,
        sheets: z.int().min(0).max(9999).nullish(),
        remark: orNone(''),
      }),
    )
    .min(1)
    .max(1000),
}).transform((data) => ({
  ...data,
  totalSheets: data.dossiers.reduce((sum, { sheets }) => sum + (sheets ?? 0), 0),
}))

const Cell = Line.nullish().transform((line) => line ?? '')

/** One line of the log book; every cell is text as it is printed and as it stands in the spreadsheet. */
export const LogBookRow = z.object({
  number: Cell,
  code: Line,
  procedure: Cell,
  sets: Cell,
  applicant: Cell,
  address: Cell,
  competent: Cell,
  received: Cell,
  due: Cell,
  decided: Cell,
  returned: Cell,
  method: Cell,
  signature: Cell,
  remark: Cell,
})
export type LogBookRow = z.input<typeof LogBookRow>

/** The columns of the form, in its order. */
export const logBookColumns: readonly (readonly [keyof LogBookRow, string])[] = [
  ['number', 'Số TT'],
  ['code', 'Mã hồ sơ'],
  ['procedure', 'Tên thủ tục hành chính'],
  ['sets', 'Số bộ'],
  ['applicant', 'Tên cá nhân, tổ chức'],
  ['address', 'Địa chỉ, số điện thoại'],
  ['competent', 'Cơ quan chủ trì giải quyết'],
  ['received', 'Nhận hồ sơ'],
  ['due', 'Hẹn trả kết quả'],
  ['decided', 'Nhận kết quả từ cơ quan'],
  ['returned', 'Trả kết quả'],
  ['method', 'Phương thức nhận kết quả'],
  ['signature', 'Ký nhận'],
  ['remark', 'Ghi chú'],
]

/** Lines of one printed book: each thousand takes two seconds and a quarter of a gigabyte. */
export const mostLogBookLines = 1000

/** Sổ theo dõi hồ sơ of one unit over some days. */
export const LogBookData = Head.omit({ qr: true })
  .extend({
    unit: Line,
    book: Line,
    from: z.iso.date().transform(shortDate),
    to: z.iso.date().transform(shortDate),
    rows: z.array(LogBookRow).max(mostLogBookLines),
  })
  .transform((data) => ({ ...data, columns: logBookColumns.map(([, title]) => title) }))

const Check = z.object({ at: Moment, streams: z.int(), entries: z.int(), faults: z.int(), heads: Line })

/** Biên bản hủy: what was destroyed, by whose decision, and that the journal was whole before and after. */
export const DestructionData = Head.omit({ qr: true }).extend({
  basis: Paragraphs,
  proposedBy: Line,
  proposedAt: Moment,
  approvedBy: Line,
  approvedAt: Moment,
  decision: Paragraphs,
  purged: z.int(),
  skipped: z.int(),
  /** What went, in words and numbers. */
  counts: z.array(z.object({ name: Line, count: z.int() })).max(50),
  before: Check,
  after: Check,
  dossiers: z
    .array(z.object({ code: Line, ended: Line, due: Line, rule: Line, outcome: Line }))
    .min(1)
    .max(5000),
})
