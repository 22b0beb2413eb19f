import type { Db } from '../../../kernel/db.ts'
import type { Outcome } from '../../../kernel/errors.ts'
import { dateOfLaw, zoned } from '../../../kernel/time.ts'
import { getVersion } from '../../catalogue/index.ts'
import { findAuthority } from '../../directory/index.ts'
import { type LogBookRow, logVolume, type SlipData } from '../../documents/index.ts'
import { fieldKinds } from '../../forms/index.ts'
import type { State } from '../dossier.ts'
import { type LogBookFilter, type LogBookLine, readLogBook } from '../log-book.ts'
import { needAuthority, officeName, placeName, placeNames, unitHead } from './paper-facts.ts'
import { printWithSeal } from './print-with-seal.ts'
import type { PaperDoor } from './slips.ts'

/** A unit's log book on some days, as it is printed; whoever asks may see the unit's dossiers. */
export interface LogBook {
  data: SlipData<'log-book'>
  /** False when the limit left lines out. */
  whole: boolean
}

/** Reads a log book for printing or for a spreadsheet: the same lines in the same words. */
export async function logBookPaper(db: Db, filter: LogBookFilter, now: Date): Promise<LogBook> {
  const [unit, lines] = await Promise.all([
    needAuthority(db, filter.authority),
    readLogBook(db.pool, { ...filter, limit: filter.limit + 1 }),
  ])
  const shown = lines.slice(0, filter.limit)
  const parent = unit.parentCode ? await findAuthority(db, unit.parentCode) : undefined
  const today = dateOfLaw(now)
  const volumes = [...new Set(shown.map(({ year }) => year))].map((year) => logVolume({ year }))
  const book = volumes.join(', ') || logVolume({ year: Number(filter.to.slice(0, 4)) })
  return {
    whole: lines.length <= filter.limit,
    data: {
      sample: unit.sample,
      agency: unitHead(unit, parent),
      number: '',
      place: placeName(unit),
      on: today,
      code: `${unit.code} ${book}`,
      unit: officeName(unit),
      book,
      from: filter.from,
      to: filter.to,
      rows: await rowsOf(db, shown, today),
    },
  }
}

/** Mẫu 07: a log book as it was read, printed with the seal of its unit. */
export async function logBookPdf(
  door: PaperDoor,
  data: LogBook['data'],
  authorityCode: string,
): Promise<Outcome<Uint8Array>> {
  return printWithSeal(door, 'log-book', data, await needAuthority(door.db, authorityCode))
}

async function rowsOf(db: Db, lines: readonly LogBookLine[], today: string): Promise<LogBookRow[]> {
  const addresses = Object.fromEntries(lines.map(({ code, address }) => [code, address]))
  const [places, competent, procedures] = await Promise.all([
    placeNames(db, addresses, today),
    named(
      lines,
      ({ competent }) => competent,
      async (code) => (await findAuthority(db, code))?.name,
    ),
    named(
      lines,
      ({ procedureCode, procedureVersion }) => `${procedureCode}@${procedureVersion}`,
      async (key) => {
        const [code, version] = key.split('@') as [string, string]
        return (await getVersion(db, code, Number(version))).name
      },
    ),
  ])
  return lines.map((line) =>
    logBookRow(line, {
      procedure: procedures.get(`${line.procedureCode}@${line.procedureVersion}`) ?? line.procedureCode,
      competent: competent.get(line.competent) ?? line.competent,
      address: addressText(line.address, places),
    }),
  )
}

async function named(
  lines: readonly LogBookLine[],
  keyOf: (line: LogBookLine) => string,
  find: (key: string) => Promise<string | undefined>,
): Promise<Map<string, string>> {
  const keys = [...new Set(lines.map(keyOf))]
  return new Map(await Promise.all(keys.map(async (key) => [key, (await find(key)) ?? key] as const)))
}

function addressText(address: unknown, places: Record<string, string>): string {
  if (typeof address === 'string') return address
  if (typeof address !== 'object' || address === null) return ''
  return fieldKinds.address.display(address, { type: 'address' } as never, { locale: 'vi', places })
}

/** A line in the words of the form. Pure. */
export function logBookRow(
  line: LogBookLine,
  names: { procedure: string; competent: string; address: string },
): LogBookRow {
  return {
    number: line.number,
    code: line.code,
    procedure: names.procedure,
    sets: '01',
    applicant: line.applicantName,
    address: [names.address, line.phone?.replace(/^\+84/, '0')].filter(Boolean).join('; '),
    competent: names.competent,
    received: shortMoment(line.acceptedAt),
    due: shortMoment(line.promisedDueAt),
    decided: shortMoment(line.decidedAt),
    returned: line.state === 'returned' ? shortMoment(line.closedAt) : '',
    method: methods[line.delivery],
    signature: '',
    remark: [...remarks(line)].join('; '),
  }
}

const methods = { electronic: 'Bản điện tử', counter: 'Tại quầy', post: 'Bưu chính công ích' }

const ends: Partial<Record<State, string>> = {
  submitted: 'Khôi phục về trước khi tiếp nhận',
  'awaiting-supplement': 'Chờ bổ sung',
  'awaiting-obligation': 'Chờ thực hiện nghĩa vụ tài chính',
  refused: 'Từ chối',
  withdrawn: 'Người nộp rút',
  stopped: 'Dừng giải quyết',
}

function* remarks(line: LogBookLine): Generator<string> {
  const end = ends[line.state]
  if (end !== undefined) yield line.closedAt === null ? end : `${end} ${shortMoment(line.closedAt)}`
  if (line.supplementRequests > 0) yield `Yêu cầu bổ sung ${line.supplementRequests} lần`
  if (line.extension !== null) yield `Gia hạn đến ${shortMoment(line.extension.to)}`
  if (line.apologisedUntil !== null) yield `Xin lỗi, hẹn lại ${shortMoment(line.apologisedUntil)}`
  if (line.resultState === 'corrected') yield 'Kết quả đã đính chính'
  if (line.resultState === 'revoked') yield 'Kết quả đã thu hồi'
}

/** "08:05 20/11/2026" in Hà Nội. */
export function shortMoment(instant: string | null): string {
  if (instant === null) return ''
  const { hour, minute, day, month, year } = zoned(instant)
  const two = (n: number) => String(n).padStart(2, '0')
  return `${two(hour)}:${two(minute)} ${two(day)}/${two(month)}/${year}`
}
