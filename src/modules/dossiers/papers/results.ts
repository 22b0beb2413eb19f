import { dateOfLaw } from '../../../kernel/time.ts'
import type { SlipKind } from '../../documents/index.ts'
import { agencyHead, approvedAs, citation, type PaperFacts, placeName, rowsIn } from './paper-facts.ts'

export interface ResultNumbers {
  /** Running number in the register of the year. */
  n: number
  year: number
  /** The number as printed. */
  number: string
  verifyUrl: string
  verifyCode: string
}

/**
 * The facts of a result as its form prints them: the officer's draft first, then the answers, then what
 * registers knew. What nobody knows is left blank, never guessed.
 */
export function resultData(form: SlipKind, facts: PaperFacts, given: ResultNumbers): object {
  const build = builders[form] ?? generic
  return { ...resultHead(facts, given), ...build(facts, given) }
}

/** How each register prints its numbers (NĐ 30/2020/NĐ-CP; declaration forms of civil status). */
export function resultNumber(template: string, n: number, year: number): string {
  return (numberings[template] ?? ((number, of) => `${number}/${of}`))(n, year)
}

const numberings: Record<string, (n: number, year: number) => string> = {
  'civil-status-copy': (n, year) => `${n}/${year}/TLHT-BS`,
  'marital-status-certificate': (n) => `${n}/UBND-XNTTHN`,
  'death-extract': (n) => `${n}/TLKT`,
  'certified-copy': (n) => String(n).padStart(5, '0'),
  'residence-notice': (n) => `${n}/TB-CAP`,
  'building-permit': (n) => `${n}/GPXD`,
  'support-decision': (n) => `${n}/QĐ-UBND`,
}

/** Head and foot of a result: whose it is, who signs it, and how it is verified. */
export function resultHead(facts: PaperFacts, given: ResultNumbers) {
  const { dossier, competent, parent, act, baseUrl } = facts
  return {
    sample: competent.sample,
    agency: agencyHead(competent, parent),
    number: given.number,
    place: placeName(competent),
    on: dateOfLaw(act.at),
    code: dossier.code,
    qr: { text: given.verifyUrl, label: `Mã QR mở trang xác minh kết quả của hồ sơ ${dossier.code}` },
    signer: approvedAs(facts),
    verify: { site: `${new URL(baseUrl).host}/xac-minh`, code: given.verifyCode },
  }
}

type Build = (facts: PaperFacts, given: ResultNumbers) => object

const builders: Partial<Record<SlipKind, Build>> = {
  'birth-certificate': birthCertificate,
  'civil-status-copy': civilStatusCopy,
  'marital-status-certificate': maritalStatus,
  'death-extract': deathExtract,
  'certified-copy': certifiedCopy,
  'residence-notice': residenceNotice,
  'building-permit': buildingPermit,
  'support-decision': supportDecision,
}

/** The first of these keys that anybody said something about, as words. */
function said({ draft, words }: PaperFacts, ...keys: string[]): string | null {
  const drafted = keys.map((key) => asText(draft?.[key])).find((text) => text !== null)
  return drafted ?? keys.map((key) => words.get(key)).find((text) => text) ?? null
}

/** The same, as the value itself. */
const raw = ({ draft, answers, known }: PaperFacts, ...keys: string[]): unknown =>
  [draft ?? {}, answers, known]
    .flatMap((from) => keys.map((key) => from[key]))
    .find((value) => value !== undefined && value !== null && value !== '')

function asText(value: unknown): string | null {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value.trim() !== '' ? value : null
}

function asNumber(value: unknown): number | null {
  const number = typeof value === 'string' ? Number(value.replace(',', '.')) : value
  return typeof number === 'number' && number > 0 ? number : null
}

/** A date as far as it is known; anything else is unknown. */
const asDate = (value: unknown): string | null =>
  typeof value === 'string' && /^\d{4}(-\d{2}(-\d{2})?)?$/.test(value) ? value : null

const shortDate = (value: unknown) => asDate(value)?.split('-').reverse().join('/') ?? null
const onDate = (value: unknown) => (asDate(value) ? ` ngày ${shortDate(value)}` : '')
const withSmallStart = (text: string) => text.charAt(0).toLowerCase() + text.slice(1)

/** An identity paper as results name it; a number of twelve digits is the personal number. */
function identity(facts: PaperFacts, who: string): { personalId: string | null; paper: string | null } {
  const paper = raw(facts, `${who}.identityPaper`) as { kind?: string; number?: string } | undefined
  const personalId = paper?.kind === 'id' ? (paper.number ?? null) : asText(raw(facts, `${who}.personalId`))
  return { personalId, paper: personalId ? `Căn cước số ${personalId}` : said(facts, `${who}.identityPaper`) }
}

function ownPaper({ party }: PaperFacts): string | null {
  return party.personalId ? `Căn cước số ${party.personalId}` : null
}

const registration = (facts: PaperFacts, { n, year }: ResultNumbers) => ({
  place: facts.competent.name,
  number: `${n}/${year}`,
  on: dateOfLaw(facts.act.at),
})

const declarant = (facts: PaperFacts) => ({
  fullName: said(facts, 'requester.fullName') ?? facts.party.name,
  identityPaper: identity(facts, 'requester').paper ?? ownPaper(facts),
})

function parent(facts: PaperFacts, who: 'mother' | 'father') {
  const fullName = said(facts, `${who}.fullName`)
  if (fullName === null) return null
  const isDead = raw(facts, `${who}.isDead`) === true
  return {
    fullName,
    yearOfBirth: asDate(raw(facts, `${who}.dateOfBirth`))?.slice(0, 4) ?? null,
    ethnicGroup: said(facts, `${who}.ethnicGroup`),
    nationality: said(facts, `${who}.nationality`),
    residence: said(facts, `${who}.residence`) ?? (isDead ? 'Đã chết' : null),
  }
}

// A new birth certificate speaks of a child, a re-registered one of the person itself.
function birthCertificate(facts: PaperFacts, given: ResultNumbers) {
  const who = facts.words.has('child.fullName') ? 'child' : 'subject'
  return {
    child: {
      fullName: said(facts, `${who}.fullName`) ?? '',
      dateOfBirth: asDate(raw(facts, `${who}.dateOfBirth`)),
      sex: said(facts, `${who}.sex`),
      ethnicGroup: said(facts, `${who}.ethnicGroup`),
      nationality: said(facts, `${who}.nationality`),
      personalId: asText(facts.draft?.personalId) ?? identity(facts, who).personalId,
      placeOfBirth: said(facts, `${who}.placeOfBirth`),
      hometown: said(facts, `${who}.hometown`),
    },
    mother: parent(facts, 'mother'),
    father: parent(facts, 'father'),
    declarant: declarant(facts),
    registration: registration(facts, given),
  }
}

/** Titles of copies by kind of entry; the printed form adds "(BẢN SAO)". */
const copyTitles: Record<string, string> = {
  birth: 'Giấy khai sinh',
  marriage: 'Trích lục kết hôn',
  death: 'Trích lục khai tử',
  guardianship: 'Trích lục\nđăng ký giám hộ',
  'guardianship-end': 'Trích lục đăng ký\nchấm dứt giám hộ',
  recognition: 'Trích lục đăng ký\nnhận cha, mẹ, con',
  adoption: 'Trích lục ghi vào sổ hộ tịch\nviệc nuôi con nuôi',
  change: 'Trích lục thay đổi, cải chính,\nbổ sung thông tin hộ tịch',
  'divorce-note': 'Trích lục ghi chú ly hôn',
  supervision: 'Trích lục đăng ký\ngiám sát giám hộ',
  'supervision-end': 'Trích lục đăng ký\nchấm dứt giám sát giám hộ',
}

function civilStatusCopy(facts: PaperFacts) {
  const kind = String(facts.answers.extractKind)
  return {
    heading: copyTitles[kind] ?? 'Trích lục hộ tịch',
    entries: copyEntries(facts, kind),
    registration: {
      place: said(facts, 'registration.agency'),
      number: said(facts, 'registration.number'),
      on: asDate(raw(facts, 'registration.registeredOn')),
    },
    takenFrom: 'database',
  }
}

// The person on the paper: the one named, or who asked for a paper of their own.
function copyEntries(facts: PaperFacts, kind: string) {
  const own = facts.answers.relation === 'self'
  const of = (key: string) => said(facts, `subject.${key}`, ...(own ? [`requester.${key}`] : []))
  const who = facts.words.has('subject.identityPaper') || !own ? 'subject' : 'requester'
  const { personalId, paper } = identity(facts, who)
  const always = [
    ['Họ, chữ đệm, tên', of('fullName')?.toUpperCase() ?? null],
    ['Ngày, tháng, năm sinh', of('dateOfBirth')],
    ['Giới tính', of('sex')],
    ['Dân tộc', of('ethnicGroup')],
    ['Quốc tịch', of('nationality')],
    personalId ? ['Số định danh cá nhân', personalId] : ['Giấy tờ tùy thân', paper],
  ] as [string, string | null][]
  const whenKnown: [string, string | null][] =
    kind === 'birth'
      ? [
          ['Nơi sinh', said(facts, 'entry.placeOfBirth')],
          ['Quê quán', said(facts, 'entry.hometown')],
          ['Họ, chữ đệm, tên người mẹ', said(facts, 'entry.mother')],
          ['Họ, chữ đệm, tên người cha', said(facts, 'entry.father')],
        ]
      : [['Nơi cư trú', of('residence')]]
  const other: [string, string | null] = ['Nội dung khác', said(facts, 'entry.other')]
  return [...always, ...[...whenKnown, other].filter(([, value]) => value !== null)].map(
    ([label, value]) => ({
      label,
      value,
    }),
  )
}

function person(facts: PaperFacts, who: string, otherwise = who) {
  const of = (key: string) => said(facts, `${who}.${key}`, `${otherwise}.${key}`)
  return {
    fullName: of('fullName') ?? facts.party.name,
    dateOfBirth: asDate(raw(facts, `${who}.dateOfBirth`, `${otherwise}.dateOfBirth`)),
    sex: of('sex'),
    ethnicGroup: of('ethnicGroup'),
    nationality: of('nationality'),
    residence: of('residence') ?? said(facts, `${who}.lastResidence`),
  }
}

function maritalStatus(facts: PaperFacts) {
  const on = Temporal.PlainDate.from(dateOfLaw(facts.act.at))
  const own = facts.answers.relation === 'self'
  const spare = own ? 'requester' : 'subject'
  const identityPaper = identity(facts, 'subject').paper ?? identity(facts, spare).paper
  return {
    requester: said(facts, 'requester.fullName') ?? facts.party.name,
    onBehalfOf: own ? null : said(facts, 'subject.fullName'),
    person: { ...person(facts, 'subject', spare), identityPaper },
    residence: residenceSpan(facts),
    status: maritalSentence(facts) ?? '…………',
    purpose: maritalPurpose(facts) ?? '…………',
    validUntil: validUntil('marital-status-certificate', on.toString())!,
  }
}

/** Months for which a result counts from its day; results that are not named do not end by themselves. */
const validMonths: Record<string, number> = {
  // NĐ 123/2015/NĐ-CP, Điều 23.
  'marital-status-certificate': 6,
}

/** The last day of law of a result issued on a day; null when it does not end by itself. Pure. */
export function validUntil(template: string, issuedOn: string): string | null {
  const months = validMonths[template]
  return months === undefined ? null : Temporal.PlainDate.from(issuedOn).add({ months }).toString()
}

function residenceSpan(facts: PaperFacts) {
  const place = said(facts, 'period.place')
  if (place === null) return null
  return {
    place,
    from: shortDate(raw(facts, 'period.from')),
    to: shortDate(raw(facts, 'period.to')) ?? shortDate(dateOfLaw(facts.dossier.submittedAt)),
  }
}

/** The sentence of the option with the facts it leaves open (TT 04/2020/TT-BTP). */
function maritalSentence(facts: PaperFacts): string | null {
  const written = said(facts, 'statusText')
  const option = said(facts, 'maritalStatus')
  if (written !== null) return written
  const paper = papersOfStatus(facts)
  const spouse = said(facts, 'statusDetails.spouse')
  const named = spouse ? ` là ${spouse}` : ''
  switch (facts.answers.maritalStatus) {
    case 'married':
      return `Hiện tại đang có vợ/chồng${named}${paper('Giấy chứng nhận kết hôn')}`
    case 'divorced':
      return `Đã đăng ký kết hôn hoặc đã có vợ/chồng, nhưng đã ly hôn${paper('Bản án, Quyết định')}; hiện tại chưa đăng ký kết hôn với ai`
    case 'widowed':
      return `Đã đăng ký kết hôn hoặc đã có vợ/chồng, nhưng vợ/chồng đã chết${paper('Giấy chứng tử, Trích lục khai tử, Bản án')}; hiện tại chưa đăng ký kết hôn với ai`
    case 'single-then-married':
      return `Từ${onDate(raw(facts, 'statusDetails.from'))} đến${onDate(raw(facts, 'statusDetails.to'))} chưa đăng ký kết hôn với ai; hiện tại đang có vợ/chồng${named}${paper('Giấy chứng nhận kết hôn')}`
    case 'other':
      return said(facts, 'statusDetails.other')
    default:
      return option
  }
}

function papersOfStatus(facts: PaperFacts) {
  const number = said(facts, 'statusDetails.number')
  const agency = said(facts, 'statusDetails.agency')
  const on = onDate(raw(facts, 'statusDetails.on'))
  return (name: string) => (number ? ` (${name} số ${number}${agency ? ` do ${agency} cấp` : ''}${on})` : '')
}

// Only a certificate for marrying may be used to marry (NĐ 123/2015/NĐ-CP, Điều 23).
function maritalPurpose(facts: PaperFacts): string | null {
  const written = said(facts, 'purposeText')
  if (written !== null) return written
  const purpose = said(facts, 'purposeOther', 'purpose')
  if (facts.answers.purpose !== 'marriage')
    return purpose && `${withSmallStart(purpose)}; không có giá trị để đăng ký kết hôn`
  const partner = said(facts, 'partner.fullName')
  if (partner === null) return 'kết hôn'
  const born = onDate(raw(facts, 'partner.dateOfBirth'))
  const { paper } = identity(facts, 'partner')
  const about = [born && `sinh${born}`, paper && withSmallStart(paper)].filter(Boolean).join(', ')
  const agency = said(facts, 'partner.agency')
  return `kết hôn với ${partner}${about ? ` (${about})` : ''}${agency ? ` tại ${agency}` : ''}`
}

function deathExtract(facts: PaperFacts, given: ResultNumbers) {
  const { personalId, paper } = identity(facts, 'deceased')
  return {
    deceased: { ...person(facts, 'deceased'), personalId, identityPaper: personalId ? null : paper },
    diedAt: diedAt(facts),
    placeOfDeath: said(facts, 'death.place'),
    cause: said(facts, 'death.cause'),
    registration: registration(facts, given),
    declarant: declarant(facts),
  }
}

/** The instant when day and hour are known, else the date as far as it goes. */
function diedAt(facts: PaperFacts): string | null {
  const date = asDate(raw(facts, 'death.date'))
  const time = asText(raw(facts, 'death.time'))
  if (date?.length !== 10 || time === null || !/^\d{2}:\d{2}$/.test(time)) return date
  return `${date}T${time}:00+07:00`
}

function certifiedCopy(facts: PaperFacts, { n, year }: ResultNumbers) {
  const originals = rowsIn(facts.answers, 'originals').map((row) => asText(row.paperType))
  const counted = rowsIn(facts.answers, 'originals').reduce(
    (sum, row) => sum + (asNumber(row.copies) ?? 0),
    0,
  )
  return {
    // The certification number stands in the text: the head of a certified copy has none.
    number: '',
    paperName: said(facts, 'paperName') ?? (originals.filter(Boolean).join('; ') || 'Giấy tờ đã xuất trình'),
    requester: said(facts, 'requester.fullName') ?? facts.party.name,
    copies: asNumber(raw(facts, 'copies')) ?? asNumber(counted),
    certificationNumber: said(facts, 'certificationNumber') ?? String(n).padStart(5, '0'),
    book: said(facts, 'book') ?? `01/${year}`,
  }
}

interface ResidenceMatter {
  kind: 'temporary' | 'permanent' | 'removed'
  matter: string
}

const residenceMatters: Record<string, ResidenceMatter> = {
  'temporary-residence': { kind: 'temporary', matter: 'đăng ký tạm trú' },
  'permanent-residence': { kind: 'permanent', matter: 'đăng ký thường trú' },
  'residence-removal': { kind: 'removed', matter: 'xóa đăng ký thường trú' },
}

// Temporary or permanent residence, or its end: one notice (declaration forms, R8).
function residenceNotice(facts: PaperFacts) {
  const { kind, matter } = residenceMatters[facts.version.formKey] ?? residenceMatters['temporary-residence']!
  const who = kind === 'removed' ? 'person.' : ''
  const name = said(facts, `${who}fullName`) ?? facts.party.name
  const isHead = facts.answers['head.relation'] === 'head'
  const own = said(facts, `${who}personalId`) ?? (who ? identity(facts, 'person').personalId : null)
  return {
    addressee: `ông/bà ${kind === 'temporary' ? name : facts.party.name}`,
    grounds: ['Căn cứ Luật Cư trú;', `Căn cứ hồ sơ ${matter} của ông/bà.`].join('\n'),
    person: {
      fullName: name,
      dateOfBirth: asDate(raw(facts, `${who}dateOfBirth`)),
      sex: said(facts, `${who}sex`),
      personalId: own ?? (kind === 'temporary' ? facts.party.personalId : null),
    },
    kind,
    address: said(facts, ...(who ? ['person.residence'] : ['content.address', 'newAddress'])),
    until: kind === 'temporary' ? fullDate(raw(facts, 'content.until', 'until')) : null,
    householder: {
      name: isHead ? name : said(facts, 'head.fullName'),
      relation: said(facts, 'head.relation'),
    },
    members: rowsIn(facts.answers, 'members').map((row, i) => ({
      name: asText(row.fullName) ?? '',
      personalId: asText(row.personalId),
      relation: said(facts, `members[${i}].relation`),
    })),
  }
}

const fullDate = (value: unknown) => (asDate(value)?.length === 10 ? asDate(value) : null)

function buildingPermit(facts: PaperFacts) {
  const designer = said(facts, 'design.org.name', 'design.organisation')
  return {
    holder: {
      name: said(facts, 'owner.name') ?? facts.party.name,
      address: said(facts, 'owner.contactAddress', 'owner.address'),
    },
    work: {
      name: ['Nhà ở riêng lẻ', classOf(facts)].filter(Boolean).join(', '),
      design: said(facts, 'design.drawings', 'design.number'),
      designer: withLicence(facts, designer, 'design.org.licence'),
      lead: withLicence(facts, said(facts, 'design.lead.name'), 'design.lead.licence'),
      verifier: said(facts, 'design.verifier'),
    },
    site: {
      location: [said(facts, 'plot.number'), said(facts, 'plot.address')].filter(Boolean).join(', ') || null,
      areaM2: asNumber(raw(facts, 'plot.area')),
    },
    planning: {
      groundLevel: groundLevel(raw(facts, 'house.groundLevel')),
      redLine: said(facts, 'planning.redLine'),
      buildingLine: said(facts, 'planning.buildingLine') ?? setback(raw(facts, 'house.setback')),
      colour: said(facts, 'planning.colour'),
      depth: said(facts, 'planning.depth'),
    },
    house: {
      footprintM2: asNumber(raw(facts, 'house.footprint', 'work.footprint')),
      floorAreaM2: asNumber(raw(facts, 'house.floorArea', 'work.floorArea')),
      heightM: asNumber(raw(facts, 'house.height', 'work.height')),
      storeys: storeys(facts),
    },
    landPaper: landPaper(facts),
    recipients: ['Như mục 1', 'Lưu: VT'],
  }
}

function classOf(facts: PaperFacts): string | null {
  const words = said(facts, 'house.class')
  return words && `công trình ${withSmallStart(words)}`
}

function withLicence(facts: PaperFacts, name: string | null, key: string): string | null {
  const licence = said(facts, key)
  return name && licence ? `${name} (chứng chỉ ${licence})` : name
}

const metres = (value: number) => value.toFixed(2).replace('.', ',')

function groundLevel(value: unknown): string | null {
  if (typeof value !== 'number') return null
  return `${value >= 0 ? '+' : '-'}${metres(Math.abs(value))} m`
}

function setback(value: unknown): string | null {
  if (typeof value !== 'number') return null
  return value === 0 ? 'không lùi' : `lùi ${metres(value)} m`
}

function storeys(facts: PaperFacts): string | null {
  const written = asText(facts.draft?.['work.storeys'])
  if (written !== null) return written
  const parts = (
    [
      ['house.storeys', 'tầng'],
      ['house.basements', 'tầng hầm'],
      ['house.mezzanines', 'tầng lửng'],
      ['house.attics', 'tum'],
    ] as const
  ).map(([key, unit]) => [asNumber(raw(facts, key)), unit] as const)
  return (
    parts
      .filter(([count]) => count !== null)
      .map(([count, unit]) => `${String(count).padStart(2, '0')} ${unit}`)
      .join(', ') || null
  )
}

function landPaper(facts: PaperFacts): string | null {
  const number = said(facts, 'plot.choice', 'land.certificate')
  if (number === null) return null
  const book = said(facts, 'plot.bookNumber')
  const on = onDate(raw(facts, 'plot.issuedOn'))
  return `Giấy chứng nhận quyền sử dụng đất số ${number}${book ? `, số vào sổ ${book}` : ''}${on && `, cấp${on}`}`
}

/** NĐ 176/2025/NĐ-CP: funeral support of ten million đồng; set by law, so not typed. */
const funeralSupportVnd = 10_000_000

function supportDecision(facts: PaperFacts) {
  const recipient = recipientOf(facts)
  return {
    issuedBy: `Chủ tịch ${facts.competent.name}`,
    grounds: [
      'Căn cứ Luật Tổ chức chính quyền địa phương;',
      ...facts.version.legalBases.slice(0, 4).map((base) => `Căn cứ ${citation(base)};`),
      `Xét hồ sơ đề nghị hỗ trợ chi phí mai táng của ${recipient.fullName}.`,
    ],
    recipient,
    deceased: {
      fullName: said(facts, 'deceased.fullName') ?? 'người hưởng trợ cấp hưu trí xã hội có tên trong hồ sơ',
      diedOn: asDate(raw(facts, 'death.date')),
    },
    amountVnd: funeralSupportVnd,
    payment: paymentOf(facts) ?? '…………',
    effectiveOn: dateOfLaw(facts.act.at),
    recipients: ['Người có tên tại Điều 1', 'Lưu: VT'],
  }
}

/** Who sees to the funeral gets the support: the applicant, another person or an organisation. */
function recipientOf(facts: PaperFacts) {
  if (facts.answers['organiser.isApplicant'] === 'organisation')
    return {
      fullName: said(facts, 'organisation.name') ?? facts.party.name,
      residence: said(facts, 'organisation.address'),
    }
  const who = facts.answers['organiser.isApplicant'] === 'other' ? 'organiser' : 'applicant'
  return {
    fullName: said(facts, `${who}.fullName`) ?? facts.party.name,
    dateOfBirth: asDate(raw(facts, `${who}.dateOfBirth`)),
    sex: said(facts, `${who}.sex`),
    personalId: said(facts, `${who}.personalId`) ?? (who === 'applicant' ? facts.party.personalId : null),
    residence: said(facts, `${who}.residence`),
  }
}

function paymentOf(facts: PaperFacts): string | null {
  const written = said(facts, 'payment.text')
  if (written !== null) return written
  if (facts.answers['payment.method'] !== 'account')
    return said(facts, 'payment.method')?.toLowerCase() ?? null
  const holder = said(facts, 'payment.holder')
  const bank = said(facts, 'payment.bank')
  const parts = [`chuyển khoản vào tài khoản số ${said(facts, 'payment.number') ?? '…………'}`]
  if (holder) parts.push(`chủ tài khoản ${holder}`)
  if (bank) parts.push(`ngân hàng ${bank}`)
  return parts.join(', ')
}

function generic(facts: PaperFacts) {
  return {
    heading: facts.version.results[0]?.name ?? 'Kết quả giải quyết thủ tục hành chính',
    subtitle: facts.version.plainName,
    introduction: `${facts.competent.name} xác nhận kết quả giải quyết hồ sơ ${facts.dossier.code}:`,
    sections: [{ rows: facts.lines.slice(0, 60).map(({ label, text }) => ({ label, value: text })) }],
  }
}
