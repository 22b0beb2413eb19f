import { furtherStories } from './further-stories.ts'
import { bereaved, linkedStories } from './linked-stories.ts'
import { type SimulatedPerson, simulatePerson } from './people.ts'
import type { Setting } from './plausible-answers.ts'

type Answers = Record<string, unknown>
type Story = (setting: Setting) => Answers

/** What people tell in each form, by its key: persons of fitting age and sex, dates in their order. */
export const stories: Record<string, Story> = {
  'birth-registration': birth,
  'birth-re-registration': birthAgain,
  'death-registration': death,
  'civil-status-copy': copy,
  'marital-status': marital,
  'marriage-registration': wedding,
  'temporary-residence': residence,
  'building-permit': house,
  'funeral-support': funeral,
  'certified-copies': certified,
  ...furtherStories,
  ...linkedStories,
  'linked-birth': (setting) => ({ ...birth(setting), ...linkedStories['linked-birth'](setting) }),
  'linked-death': (setting) => {
    const told = death(setting)
    return { ...told, ...bereaved(setting, told) }
  },
}

const paperOf = ({ personalId }: SimulatedPerson) => ({ kind: 'id', number: personalId })
const surnameOf = ({ name }: SimulatedPerson) => name.split(' ')[0]!
const yearOf = (date: string) => Number(date.slice(0, 4))
const ageOf = ({ dateOfBirth }: SimulatedPerson, { today }: Setting) => yearOf(today) - yearOf(dateOfBirth)
const otherSex = ({ sex }: SimulatedPerson) => (sex === 'female' ? 'male' : 'female')
const plus = (date: string, span: Temporal.DurationLike) => Temporal.PlainDate.from(date).add(span).toString()
const earliest = (...dates: string[]) => dates.toSorted()[0]!
const latest = (...dates: string[]) => dates.toSorted().at(-1)!
const rounded = (n: number) => Math.round(n * 10) / 10

function someone(
  setting: Setting,
  youngest: number,
  oldest: number,
  sex?: SimulatedPerson['sex'],
  surname?: string,
) {
  const { random, today } = setting
  return simulatePerson(random, {
    year: yearOf(today),
    youngest,
    oldest: Math.max(youngest, oldest),
    ...(sex && { sex }),
    ...(surname && { surname }),
  })
}

function home({ random, communeCode }: Setting) {
  return { communeCode, detail: `Số ${random.whole(1, 180)}, ngõ ${random.whole(1, 40)}` }
}

/** Real communes of today, for hometowns and places of birth. */
const hometowns = [
  { communeCode: '13075', provinceCode: '33', written: 'Xã Kiến Xương, tỉnh Hưng Yên' },
  { communeCode: '14089', provinceCode: '37', written: 'Xã Xuân Trường, tỉnh Ninh Bình' },
  { communeCode: '13966', provinceCode: '37', written: 'Xã Nam Trực, tỉnh Ninh Bình' },
  { communeCode: '14701', provinceCode: '37', written: 'Xã Yên Mô, tỉnh Ninh Bình' },
  { communeCode: '03808', provinceCode: '14', written: 'Xã Mường La, tỉnh Sơn La' },
]

function hometown({ random, communeCode }: Setting) {
  return random.chance(0.6) ? { communeCode } : random.pick(hometowns)
}

function requester({ applicant, authority }: Setting): Answers {
  return {
    receivingAgency: authority,
    'requester.fullName': applicant.name,
    'requester.dateOfBirth': applicant.dateOfBirth,
    'requester.identityPaper': paperOf(applicant),
  }
}

const delivery = ({ random, channel }: Setting) => ({
  delivery: { way: channel === 'online' && random.chance(0.6) ? 'electronic' : 'collect' },
})

function parentOf(who: 'mother' | 'father', parent: SimulatedPerson): Answers {
  return {
    [`${who}.fullName`]: parent.name,
    [`${who}.dateOfBirth`]: parent.dateOfBirth,
    [`${who}.identityPaper`]: paperOf(parent),
  }
}

function birth(setting: Setting): Answers {
  const { random, applicant, today } = setting
  const { mother, father, relation } = parents(setting)
  const late = random.chance(0.05)
  const born = plus(today, { days: -(late ? random.whole(61, 200) : random.whole(2, 50)) })
  const sex = random.chance(0.48) ? 'female' : 'male'
  const child = someone(setting, 1, 1, sex, surnameOf(father))
  return {
    ...requester(setting),
    'requester.relation': relation,
    'child.fullName': child.name,
    'child.sex': sex,
    'child.dateOfBirth': born,
    'child.ethnicGroup': '01',
    'child.nationality': 'VN',
    'child.hometown': hometown(setting),
    'child.placeOfBirth': { communeCode: setting.communeCode, facility: random.pick(clinics) },
    ...parentOf('mother', relation === 'mother' ? applicant : mother),
    ...parentOf('father', relation === 'father' ? applicant : father),
    ...marriage(setting, mother, born),
    'birthNotice.code': `99001.GCS.${String(random.whole(1, 99_999)).padStart(5, '0')}.${born.slice(2, 4)}`,
    'copies.count': random.whole(0, 3),
    ...delivery(setting),
  }
}

const clinics = ['Bệnh viện Phụ sản Sông Mai', 'Bệnh viện Đa khoa Sông Mai', 'Trạm y tế']

/** Parents of a newborn: the applicant when old enough and not too old, else a couple whose parent files. */
function parents(setting: Setting) {
  const { applicant } = setting
  const age = ageOf(applicant, setting)
  const isMother = applicant.sex === 'female' && age >= 20 && age <= 42
  const isFather = applicant.sex === 'male' && age >= 21 && age <= 55
  const mother = isMother ? applicant : someone(setting, 20, Math.min(42, isFather ? age + 3 : 38), 'female')
  const motherAge = ageOf(mother, setting)
  const father = isFather ? applicant : someone(setting, Math.max(21, motherAge - 2), motherAge + 8, 'male')
  const elder = age >= 45 ? (applicant.sex === 'female' ? 'grandmother' : 'grandfather') : 'relative'
  return { mother, father, relation: isMother ? 'mother' : isFather ? 'father' : elder }
}

// A couple that married in time has a certificate; nobody marries before eighteen.
function marriage({ random, authority }: Setting, mother: SimulatedPerson, born: string): Answers {
  const on = plus(born, { days: -random.whole(280, 2500) })
  if (on < plus(mother.dateOfBirth, { years: 18 }) || random.chance(0.12)) return {}
  return {
    'marriage.number': `${random.whole(1, 180)}/${on.slice(0, 4)}`,
    'marriage.book': `01/${on.slice(0, 4)}`,
    'marriage.registeredOn': on,
    'marriage.registeredAt': authority,
  }
}

function birthAgain(setting: Setting): Answers {
  const { random, applicant, authority } = setting
  const age = ageOf(applicant, setting)
  const mother = someone(setting, age + 19, age + 36, 'female')
  const father = someone(setting, age + 21, age + 38, 'male', surnameOf(applicant))
  const registered = plus(applicant.dateOfBirth, { days: random.whole(3, 40) })
  return {
    ...requester(setting),
    relation: 'self',
    'subject.fullName': applicant.name,
    'subject.dateOfBirth': applicant.dateOfBirth,
    'subject.identityPaper': paperOf(applicant),
    'subject.sex': applicant.sex,
    'subject.ethnicGroup': '01',
    'subject.nationality': 'VN',
    'subject.hometown': hometown(setting),
    'subject.placeOfBirth': { ...random.pick(hometowns), facility: 'Trạm y tế xã' },
    ...pastParent('mother', mother, setting),
    ...pastParent('father', father, setting),
    'previous.agency': { name: authority.name },
    'previous.registeredOn': registered,
    'previous.number': String(random.whole(1, 240)),
    'previous.book': `01/${registered.slice(0, 4)}`,
    'copies.count': random.whole(0, 3),
    ...delivery(setting),
  }
}

/** A parent of long ago: who has died has no paper of today, so the form asks for more. */
function pastParent(who: 'mother' | 'father', parent: SimulatedPerson, setting: Setting): Answers {
  const isDead = ageOf(parent, setting) > 82
  const stated: Answers = {
    [`${who}.fullName`]: parent.name,
    [`${who}.dateOfBirth`]: isDead ? parent.dateOfBirth.slice(0, 4) : parent.dateOfBirth,
    ...(who === 'father' && { 'father.isDead': isDead }),
  }
  if (!isDead) return { ...stated, [`${who}.identityPaper`]: paperOf(parent) }
  return {
    ...stated,
    [`${who}.ethnicGroup`]: '01',
    [`${who}.nationality`]: 'VN',
    ...(who === 'mother' && { 'mother.residence': home(setting) }),
  }
}

const causes = ['Tuổi già', 'Suy tim', 'Đột quỵ', 'Bệnh phổi', 'Ung thư']

/** Who died, seen from the applicant: a parent, or the husband or wife. */
function deceased(setting: Setting, youngest: number) {
  const { random, applicant } = setting
  const age = ageOf(applicant, setting)
  const from = Math.max(youngest, age + 20)
  if (from <= 98 && (age < 45 || random.chance(0.6)))
    return { relation: 'child', person: someone(setting, from, Math.min(100, age + 38)) }
  const person = someone(
    setting,
    Math.max(youngest, age - 5, 20),
    Math.max(youngest, age + 6),
    otherSex(applicant),
  )
  return { relation: applicant.sex === 'female' ? 'wife' : 'husband', person }
}

function death(setting: Setting): Answers {
  const { random, today, communeCode } = setting
  const { relation, person } = deceased(setting, 40)
  const died = plus(today, { days: -random.whole(1, 14) })
  const inHospital = random.chance(0.4)
  const hospital = 'Bệnh viện Đa khoa Sông Mai'
  return {
    ...requester(setting),
    relation,
    'deceased.fullName': person.name,
    'deceased.dateOfBirth': person.dateOfBirth,
    'deceased.identityPaper': paperOf(person),
    'deceased.lastResidence': home(setting),
    'death.date': died,
    'death.time': `${String(random.whole(0, 23)).padStart(2, '0')}:${random.whole(10, 59)}`,
    'death.place': inHospital ? { communeCode, facility: hospital } : { communeCode, detail: 'tại nhà' },
    'death.cause': random.pick(causes),
    ...(inHospital && {
      'deathNotice.number': `99002.GBT.${String(random.whole(1, 9_999)).padStart(5, '0')}.${died.slice(2, 4)}`,
      'deathNotice.issuer': hospital,
      'deathNotice.issuedOn': died,
    }),
    'copies.count': random.whole(0, 4),
    ...delivery(setting),
  }
}

function copy(setting: Setting): Answers {
  const { random, applicant } = setting
  const kind = random.weighted([
    ['birth', 70],
    ['marriage', 15],
    ['death', 15],
  ] as const)
  const about = kind === 'death' ? deceasedParent(setting) : subjectOf(setting, kind)
  const on = registeredOn(setting, kind, about.person)
  return {
    ...requester(setting),
    relation: about.relation,
    extractKind: kind,
    ...(about.person !== applicant && {
      'subject.fullName': about.person.name,
      'subject.dateOfBirth': about.person.dateOfBirth,
      'subject.identityPaper': paperOf(about.person),
    }),
    'registration.agency': { name: setting.authority.name },
    'registration.registeredOn': on,
    'registration.number': `${random.whole(1, 240)}/${on.slice(0, 4)}`,
    'registration.book': `01/${on.slice(0, 4)}`,
    'copies.count': random.whole(1, 5),
    ...delivery(setting),
  }
}

function deceasedParent(setting: Setting) {
  const age = ageOf(setting.applicant, setting)
  return { relation: 'child', person: someone(setting, Math.min(age + 20, 110), Math.min(age + 38, 115)) }
}

function subjectOf(setting: Setting, kind: 'birth' | 'marriage') {
  const { random, applicant } = setting
  const age = ageOf(applicant, setting)
  if (kind === 'marriage' || age < 26 || random.chance(0.65)) return { relation: 'self', person: applicant }
  const child = someone(setting, 1, Math.min(40, age - 20))
  return { relation: applicant.sex === 'female' ? 'mother' : 'father', person: child }
}

function registeredOn({ random, today }: Setting, kind: string, { dateOfBirth }: SimulatedPerson): string {
  const yesterday = plus(today, { days: -1 })
  if (kind === 'birth') return earliest(yesterday, plus(dateOfBirth, { days: random.whole(3, 40) }))
  if (kind === 'marriage')
    return earliest(yesterday, plus(dateOfBirth, { years: random.whole(20, 34), days: 40 }))
  return plus(today, { days: -random.whole(20, 2000) })
}

function marital(setting: Setting): Answers {
  const { random, applicant, today, authority } = setting
  const age = ageOf(applicant, setting)
  const status = age < 24 ? 'never' : random.weighted(statuses)
  const grown = plus(applicant.dateOfBirth, { years: 18 })
  const settled = plus(today, { days: -random.whole(200, 5000) })
  return {
    ...requester(setting),
    relation: 'self',
    'period.place': home(setting),
    'period.from': earliest(plus(today, { days: -30 }), latest(settled, grown)),
    maritalStatus: status,
    ...(status !== 'never' && {
      'statusDetails.number': `${random.whole(1, 200)}/${yearOf(today) - 2}`,
      'statusDetails.on': plus(today, { days: -random.whole(400, 730) }),
      'statusDetails.agency': authority.name,
    }),
    ...(status === 'married' && {
      'statusDetails.spouse': someone(setting, age - 4, age + 5, otherSex(applicant)).name,
    }),
    ...purposeOf(setting, status),
    ...delivery(setting),
  }
}

function wedding(setting: Setting): Answers {
  const { random, authority, today } = setting
  const self = ageOf(setting.applicant, setting) > 20 ? setting.applicant : someone(setting, 21, 45)
  const age = ageOf(self, setting)
  const other = someone(setting, Math.max(21, age - 6), age + 6, otherSex(self))
  const [wife, husband] = self.sex === 'female' ? [self, other] : [other, self]
  return {
    filer: self.sex,
    receivingAgency: authority,
    'partner.phone': `+849${random.whole(10_000_000, 99_999_999)}`,
    ...marrying('wife', wife),
    ...marrying('husband', husband),
    appointment: plus(today, { days: random.whole(1, 14) }),
    'copies.count': random.whole(0, 3),
  }
}

const marrying = (who: 'wife' | 'husband', person: SimulatedPerson): Answers => ({
  [`${who}.fullName`]: person.name,
  [`${who}.dateOfBirth`]: person.dateOfBirth,
  [`${who}.identityPaper`]: paperOf(person),
  [`${who}.maritalStatus`]: 'never',
  [`${who}.marriageOrder`]: 1,
})

const statuses = [
  ['never', 62],
  ['divorced', 18],
  ['married', 12],
  ['widowed', 8],
] as const

function purposeOf(setting: Setting, status: string): Answers {
  const { random, applicant, authority } = setting
  const age = ageOf(applicant, setting)
  // Men marry from twenty, women from eighteen (Luật Hôn nhân và gia đình, Điều 8).
  if (status === 'married' || age < 21 || random.chance(0.55))
    return { purpose: random.pick(['loan', 'property', 'vehicle', 'file']) }
  const partner = someone(setting, Math.max(21, age - 6), Math.max(22, age + 4), otherSex(applicant))
  return {
    purpose: 'marriage',
    'partner.fullName': partner.name,
    'partner.dateOfBirth': partner.dateOfBirth,
    'partner.identityPaper': paperOf(partner),
    'partner.agency': authority,
  }
}

function residence(setting: Setting): Answers {
  const { random, applicant, today } = setting
  const age = ageOf(applicant, setting)
  const owner = someone(setting, 30, 70)
  const isHead = random.chance(0.65)
  const head = someone(setting, 28, 65)
  return {
    'content.address': home(setting),
    'content.basis': random.pick(['rent', 'rent', 'rent', 'borrow', 'stay']),
    'content.until': plus(today, { days: random.whole(90, 720) }),
    fullName: applicant.name,
    dateOfBirth: applicant.dateOfBirth,
    sex: applicant.sex,
    personalId: applicant.personalId,
    phone: `+8490000${random.whole(1000, 9999)}`,
    'head.relation': isHead ? 'head' : 'tenant',
    ...(!isHead && {
      'head.fullName': head.name,
      'head.personalId': head.personalId,
      headConsent: 'declaration',
    }),
    'owner.fullName': owner.name,
    'owner.personalId': owner.personalId,
    ...(isHead && age >= 28 && random.chance(0.25) && { members: family(setting, age) }),
  }
}

/** Who moves along: wife or husband, and perhaps a child. */
function family(setting: Setting, age: number) {
  const { random, applicant } = setting
  const partner = someone(setting, Math.max(22, age - 5), age + 4, otherSex(applicant))
  const surname = surnameOf(applicant.sex === 'male' ? applicant : partner)
  const child = someone(setting, 1, Math.min(14, age - 21), undefined, surname)
  const rows = [{ ...rowOf(partner), relation: partner.sex === 'female' ? 'wife' : 'husband' }]
  return random.chance(0.5) ? [...rows, { ...rowOf(child), relation: 'child' }] : rows
}

const rowOf = ({ name, dateOfBirth, sex, personalId }: SimulatedPerson) => ({
  fullName: name,
  dateOfBirth,
  sex,
  personalId,
})

function house(setting: Setting): Answers {
  const { random, applicant } = setting
  const plot = random.whole(60, 320)
  const footprint = rounded(plot * (0.45 + random.next() * 0.35))
  const storeys = random.weighted([
    [1, 5],
    [2, 4],
    [3, 4],
    [4, 1],
  ] as const)
  const floorArea = rounded(footprint * (1 + (storeys - 1) * (0.85 + random.next() * 0.15)))
  const height = rounded(storeys * 3.5 + random.whole(5, 20) / 10)
  const licence = () => `SOM-${String(random.whole(1, 99_999)).padStart(8, '0')}`
  return {
    'plot.choice': `AA ${String(random.whole(1, 99_999_999)).padStart(8, '0')}`,
    'plot.number': `Thửa ${random.whole(1, 400)}, tờ bản đồ ${random.whole(1, 60)}`,
    'plot.area': plot,
    'plot.address': home(setting),
    'owner.name': applicant.name,
    'owner.personalId': applicant.personalId,
    'owner.contactAddress': home(setting),
    'owner.phone': `+8490000${random.whole(1000, 9999)}`,
    'design.org.licence': licence(),
    'design.org.name': random.pick(designers),
    'design.lead.licence': licence(),
    'design.lead.name': someone(setting, 28, 60).name,
    'house.groundLevel': random.whole(3, 12) * 0.05,
    'house.setback': random.pick([0, 0, 1.5, 2]),
    'house.footprint': footprint,
    'house.floorArea': floorArea,
    'house.height': height,
    'house.storeys': storeys,
    ...(storeys > 2 && random.chance(0.4) && { 'house.attics': 1 }),
    'house.months': random.whole(4, 12),
    'house.class': storeys === 1 && height <= 6 ? 'IV' : 'III',
    ...delivery(setting),
  }
}

const designers = [
  'Công ty mẫu Thiết kế Nhà Nắng',
  'Công ty mẫu Kiến trúc Bến Sông',
  'Văn phòng mẫu Thiết kế Mái Lá',
]

function funeral(setting: Setting): Answers {
  const { random, applicant, today } = setting
  const { relation, person } = deceased(setting, 75)
  const died = plus(today, { days: -random.whole(4, 60) })
  const byAccount = random.chance(0.7)
  return {
    'deceased.pick': `${random.whole(1, 90)}/TLKT`,
    'deceased.fullName': person.name,
    'deceased.dateOfBirth': person.dateOfBirth,
    'deceased.sex': person.sex,
    'deceased.ethnicGroup': '01',
    'deceased.nationality': 'VN',
    'deceased.residence': home(setting),
    'deceased.personalId': person.personalId,
    'death.date': died,
    'death.place': random.pick(['Tại nhà', 'Bệnh viện Đa khoa Sông Mai']),
    'death.cause': random.pick(causes),
    'deathNotice.number': `${random.whole(1, 90)}/GBT`,
    'deathNotice.issuer': 'Trạm y tế',
    'deathNotice.issuedOn': died,
    'applicant.relation': relation,
    'applicant.fullName': applicant.name,
    'applicant.personalId': applicant.personalId,
    'applicant.residence': home(setting),
    'organiser.isApplicant': 'self',
    'payment.method': byAccount ? 'account' : 'cash',
    ...(byAccount && {
      'payment.number': `0${random.whole(100_000_000, 999_999_999)}`,
      'payment.bank': random.pick(['agribank', 'vietcombank', 'bidv', 'vietinbank']),
    }),
  }
}

const originals = [
  'Bằng tốt nghiệp trung học phổ thông',
  'Bằng tốt nghiệp đại học',
  'Căn cước',
  'Giấy khai sinh',
  'Giấy chứng nhận kết hôn',
  'Giấy chứng nhận quyền sử dụng đất',
  'Giấy phép lái xe',
  'Học bạ',
]

function certified({ random, applicant }: Setting): Answers {
  const count = random.weighted([
    [1, 6],
    [2, 3],
    [3, 1],
  ] as const)
  const first = random.whole(0, originals.length - 1)
  return {
    'requester.fullName': applicant.name,
    originals: Array.from({ length: count }, (_, i) => ({
      paperType: originals[(first + i) % originals.length],
      pages: random.whole(1, 4),
      copies: random.whole(1, 5),
    })),
    // A file alone is captured and signed before it is decided, which no story does.
    copyForm: random.chance(0.2) ? 'both' : 'paper',
  }
}
