import { type SimulatedPerson, simulatePerson } from './people.ts'
import type { Setting } from './plausible-answers.ts'

type Answers = Record<string, unknown>

/** Stories of land, licences, allowances and of what a civil-status paper says wrong. */
export const furtherStories = {
  'parent-child-recognition': recognition,
  'civil-status-change': correction,
  'criminal-record': record,
  'social-pension': pension,
  'land-change': landChange,
  'driver-licence': licence,
  'food-safety': kitchen,
  'internal-process-approval': internalProcesses,
} satisfies Record<string, (setting: Setting) => Answers>

const paperOf = ({ personalId }: SimulatedPerson) => ({ kind: 'id', number: personalId })
const plus = (date: string, span: Temporal.DurationLike) => Temporal.PlainDate.from(date).add(span).toString()
const yearOf = (date: string) => Number(date.slice(0, 4))

function someone({ random, today }: Setting, youngest: number, oldest: number, sex?: 'male' | 'female') {
  return simulatePerson(random, { year: yearOf(today), youngest, oldest, ...(sex && { sex }) })
}

const requester = ({ applicant, authority }: Setting): Answers => ({
  receivingAgency: authority,
  'requester.fullName': applicant.name,
  'requester.dateOfBirth': applicant.dateOfBirth,
  'requester.identityPaper': paperOf(applicant),
})

/** Mostly fathers of small children; now and then an adult who recognises a parent. */
function recognition(setting: Setting): Answers {
  const { random, applicant, today } = setting
  const age = yearOf(today) - yearOf(applicant.dateOfBirth)
  const parent = applicant.sex === 'female' ? 'self-mother' : 'self-father'
  const asParent = age >= 22 && random.chance(0.9)
  const other = asParent
    ? someone(setting, 1, Math.min(14, age - 19))
    : someone(setting, Math.max(40, age + 20), age + 40)
  return {
    ...requester(setting),
    relation: asParent ? parent : 'self-child',
    'second.fullName': other.name,
    'second.dateOfBirth': other.dateOfBirth,
    'second.identityPaper': paperOf(other),
    'evidence.kind': 'document',
  }
}

const mistakes = [
  ['hometown', 'Xã Xuân Hồng, huyện Xuân Thủy', 'Xã Xuân Hồng, huyện Xuân Trường'],
  ['fullName', 'Nguyễn Thị Thuý Hằng', 'Nguyễn Thị Thúy Hằng'],
  ['mother', 'Năm sinh 1968', 'Năm sinh 1969'],
] as const

function correction(setting: Setting): Answers {
  const { random, applicant, authority } = setting
  const [item, from, to] = random.pick(mistakes)
  return {
    ...requester(setting),
    changeKind: 'correction',
    relation: 'self',
    'registration.kind': 'birth',
    'registration.agency': authority,
    'registration.registeredOn': String(yearOf(applicant.dateOfBirth)),
    'change.item': item,
    'change.from': from,
    'change.to': to,
    'change.reason': 'Giấy khai sinh ghi nhầm',
    'copies.count': random.whole(0, 3),
  }
}

function record(setting: Setting): Answers {
  const { random, communeCode, today } = setting
  const purpose = random.pick(['job', 'job', 'abroad-work', 'licence'])
  return {
    certificateKind: 'one',
    banInfo: false,
    purpose,
    permanentAddress: { communeCode, detail: `Số ${random.whole(1, 180)}` },
    'now.from': String(yearOf(today) - random.whole(1, 6)),
    'now.place': { communeCode },
    'now.work': 'Công nhân',
    'copies.count': random.whole(1, 3),
  }
}

/** A person of 75 or more, for whom a child files as often as not. */
function pension(setting: Setting): Answers {
  const { random, applicant, communeCode } = setting
  const person = someone(setting, 75, 90)
  const byAccount = random.chance(0.6)
  return {
    'filer.fullName': applicant.name,
    fullName: person.name,
    dateOfBirth: person.dateOfBirth,
    personalId: person.personalId,
    sex: person.sex,
    ethnicGroup: '01',
    residence: { communeCode, detail: `Số ${random.whole(1, 180)}` },
    contactAddress: { communeCode, detail: `Số ${random.whole(1, 180)}` },
    currentBenefits: 'none',
    'payment.method': byAccount ? 'account' : 'pay-point',
    ...(byAccount && {
      'payment.holder': applicant.name,
      'payment.number': `0${random.whole(100_000_000, 999_999_999)}`,
      'payment.bank': random.pick(['agribank', 'vietcombank', 'bidv']),
    }),
    'guardian.fullName': applicant.name,
    'guardian.relation': 'child',
  }
}

function landChange(setting: Setting): Answers {
  const { random, communeCode, today } = setting
  return {
    'certificate.serial': `AA ${String(random.whole(1, 99_999_999)).padStart(8, '0')}`,
    'certificate.bookNumber': `CN ${random.whole(10_000, 99_999)}`,
    'certificate.issuer': 'Sở Tài nguyên và Môi trường tỉnh Sông Mai',
    'certificate.issuedOn': plus(today, { days: -random.whole(400, 4000) }),
    'plot.number': String(random.whole(1, 400)),
    'plot.mapSheet': String(random.whole(1, 60)),
    'plot.address': { communeCode, detail: `Ngõ ${random.whole(1, 40)}` },
    'plot.area': random.whole(50, 400),
    'change.kind': random.pick(['transfer', 'transfer', 'gift', 'inheritance']),
    wantsNewCertificate: 'new',
    'contract.number': `${random.whole(100, 9000)}/${yearOf(today)}`,
    'contract.on': plus(today, { days: -random.whole(2, 25) }),
    'contract.office': 'Văn phòng công chứng mẫu Sông Mai',
  }
}

function licence(setting: Setting): Answers {
  const { random, today } = setting
  const held = random.pick(['A1', 'B', 'B', 'C'])
  const year = yearOf(today) - random.whole(3, 12)
  return {
    'licence.class': held,
    'licence.number': `99${String(random.whole(1, 9_999_999_999)).padStart(10, '0')}`,
    'licence.issuer': 'Sở Giao thông vận tải tỉnh Sông Mai',
    'licence.issuedOn': `${year}-06-15`,
    'training.school': 'Trung tâm mẫu Dạy lái xe Hoa Sen',
    'training.year': year,
    violation: false,
    reason: random.pick(['expiring', 'expiring', 'damaged', 'data']),
    requestedClass: held,
    'portrait.source': 'register',
  }
}

function kitchen({ random, communeCode }: Setting): Answers {
  const workers = random.whole(2, 12)
  return {
    'business.name': 'Hộ kinh doanh mẫu Bếp Nhà',
    'business.code': String(random.whole(8_099_000_000, 8_099_999_999)),
    'business.address': { communeCode, detail: `Số ${random.whole(1, 180)}` },
    activity: random.pick(['make', 'sell', 'both']),
    products: 'Cơm hộp, bánh, nước giải khát',
    workers,
    trainedWorkers: random.whole(1, workers),
    visitFrom: 'any',
  }
}

function internalProcesses({ random, applicant, today }: Setting): Answers {
  const row = (i: number) => {
    const limitHours = 8 * random.whole(1, 10)
    return {
      code: `1.00${1000 + i}`,
      name: `Thủ tục mẫu số ${i}`,
      limitHours,
      stepHours: limitHours - random.whole(0, 4),
    }
  }
  return {
    'agency.name': 'Sở Tư pháp',
    'agency.letter': `${random.whole(10, 300)}/TTr-STP`,
    'agency.letterOn': plus(today, { days: -random.whole(1, 5) }),
    'contact.fullName': applicant.name,
    announcement: `${random.whole(100, 3000)}/QĐ-UBND`,
    procedures: Array.from({ length: random.whole(1, 6) }, (_, i) => row(i + 1)),
    consulted: true,
  }
}
