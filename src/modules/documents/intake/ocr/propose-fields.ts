/** What a text seems to say; each is a proposal that a person confirms. */
export interface ProposedFields {
  number?: string
  /** `YYYY-MM-DD`. */
  issuedOn?: string
  personalId?: string
  name?: string
}

/** What its number is called on a group of papers that says so in other words than most. */
const numberLabels: Readonly<Record<string, string>> = {
  land: '(?:số phát hành|số vào sổ[^:]*)',
}
const anyNumber = 'số(?!\\s*(?:định|điện|nhà|lượng|thứ|cccd|cmnd|căn))'
const nameLabels = 'họ(?:,)?\\s*(?:và tên|chữ đệm,?\\s*tên|tên)[^:]{0,30}'

/**
 * Proposals for the typed fields of a paper from the letters that were read on it. Only what a label on the paper
 * announces, or what can be nothing else (a personal number of twelve digits that names a known sex and century and
 * stands once), is proposed: a wrong proposal costs an officer more than none. `group` is the group of the paper's kind.
 */
export function proposeFields(text: string, group = ''): ProposedFields {
  const read = text.normalize('NFC').replace(/[ \t]+/g, ' ')
  const found = {
    number: numberIn(read, numberLabels[group] ?? anyNumber),
    issuedOn: dayIn(read),
    personalId: personalIdIn(read),
    name: nameIn(read),
  }
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined))
}

function numberIn(text: string, label: string): string | undefined {
  const found = new RegExp(
    `(?:^|[\\n\\f(,;])\\s*${label}\\s*[:.]\\s*((?:[A-Z]{1,3} (?=\\d))?[0-9A-ZĐ][0-9A-ZĐa-zđ./-]{0,39})`,
    'iu',
  ).exec(text)
  const number = found?.[1]?.replace(/[./-]+$/, '')
  return number !== undefined && /\d/.test(number) ? number : undefined
}

const dayPatterns = [
  /ngày\s*(\d{1,2})\s*tháng\s*(\d{1,2})\s*năm\s*(\d{4})/iu,
  /(?:ngày cấp|cấp ngày|ngày ký|ngày đăng ký)[^\d\n]{0,20}(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})/iu,
]

/** The day that a paper was made: what it says beside the place, or at its end, before what it says of its holder. */
function dayIn(text: string): string | undefined {
  const labelled = dayPatterns[1]!.exec(text)
  const lines = text.split(/[\n\f]/)
  // "Hoa Sen, ngày 20 tháng 11 năm 2026": a place and nothing else stands before it.
  const placed = lines
    .map((line) => /^[^:]{0,60},\s*ngày/iu.test(line) && dayPatterns[0]!.exec(line))
    .find(Boolean)
  const [, day, month, year] = (labelled ?? placed) || []
  return day && month && year ? validDay(Number(year), Number(month), Number(day)) : undefined
}

function validDay(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day))
  const same = date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return same && year >= 1900 && year <= 2100 ? date.toISOString().slice(0, 10) : undefined
}

/** Twelve digits: place 001 to 096, sex and century 0 to 3 (Nghị định 70/2024/NĐ-CP); the only ones on the paper. */
function personalIdIn(text: string): string | undefined {
  const found = new Set(text.replace(/(\d) (?=\d{3}\b)/g, '$1').match(/(?<!\d)0\d{2}[0-3]\d{8}(?!\d)/g) ?? [])
  const [only] = found
  return found.size === 1 && Number(only!.slice(0, 3)) >= 1 && Number(only!.slice(0, 3)) <= 96
    ? only
    : undefined
}

function nameIn(text: string): string | undefined {
  const found = new RegExp(`${nameLabels}:\\s*([^\\n\\f:;,(]{2,80})`, 'iu').exec(text)
  const words = (found?.[1] ?? '').trim().split(/\s+/)
  // What follows a name on the same line begins with a small letter or a digit.
  const end = words.findIndex((word) => !/^\p{Lu}[\p{L}'.-]*$/u.test(word))
  const name = (end < 0 ? words : words.slice(0, end)).join(' ')
  return /\p{L} \p{L}/u.test(name) ? name : undefined
}
