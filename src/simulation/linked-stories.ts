import { type SimulatedPerson, simulatePerson } from './people.ts'
import type { Setting } from './plausible-answers.ts'

type Answers = Record<string, unknown>

/** What people tell where one event concerns several authorities: a child at home, a death, a shop. */
export const linkedStories = {
  'linked-birth': child,
  'permanent-residence': residence,
  'child-insurance-card': (setting: Setting) => ({ ...childOf(setting, 5), facility: facility(setting) }),
  'child-identity-card': (setting: Setting) => childOf(setting, 5),
  'residence-removal': removal,
  'household-business': shop,
  'tax-registration': taxpayer,
  'employer-insurance': employer,
  'linked-business': (setting: Setting) => {
    const insures = setting.random.chance(0.5)
    const opened = shop(setting)
    const startsOn = opened['tax.startsOn']
    return {
      ...opened,
      'insurance.register': insures,
      ...(insures && { ...employer(setting), 'insurance.startsOn': startsOn }),
    }
  },
} satisfies Record<string, (setting: Setting) => Answers>

const yearOf = ({ today }: Setting) => Number(today.slice(0, 4))
const plus = (date: string, days: number) => Temporal.PlainDate.from(date).add({ days }).toString()
const home = ({ random, communeCode }: Setting) => ({
  communeCode,
  detail: `Số ${random.whole(1, 180)}, ngõ ${random.whole(1, 40)}`,
})
const facility = ({ random }: Setting) => random.pick(['Trạm y tế', 'Bệnh viện Đa khoa Sông Mai'])
const phone = ({ random }: Setting) => `+8490000${random.whole(1000, 9999)}`
const of = (setting: Setting, ages: { youngest: number; oldest: number }) =>
  simulatePerson(setting.random, { year: yearOf(setting), ...ages })

const guardian = ({ applicant }: Setting): Answers => ({
  'requester.fullName': applicant.name,
  'requester.personalId': applicant.personalId,
})

// What a birth adds to the story of the birth itself.
function child(setting: Setting): Answers {
  const { applicant, random } = setting
  return {
    'requester.phone': phone(setting),
    'residence.household': 'mine',
    'residence.address': home(setting),
    'head.fullName': applicant.name,
    'head.personalId': applicant.personalId,
    'head.relation': 'child',
    'insurance.facility': facility(setting),
    'identityCard.wanted': random.chance(0.6),
  }
}

function childOf(setting: Setting, oldest: number): Answers {
  const { random, applicant, today } = setting
  const { name, sex, personalId } = of(setting, { youngest: 0, oldest: 0 })
  return {
    ...guardian(setting),
    'requester.relation': applicant.sex === 'female' ? 'mother' : 'father',
    'requester.phone': phone(setting),
    'child.fullName': name,
    'child.sex': sex,
    'child.personalId': personalId,
    'child.dateOfBirth': plus(today, -random.whole(30, oldest * 360)),
    'child.residence': home(setting),
    delivery: { way: 'collect' },
  }
}

function residence(setting: Setting): Answers {
  const { random, applicant } = setting
  const head = of(setting, { youngest: 28, oldest: 75 })
  return {
    case: random.pick(['relatives', 'relatives', 'own']),
    'content.address': home(setting),
    fullName: applicant.name,
    dateOfBirth: applicant.dateOfBirth,
    sex: applicant.sex,
    personalId: applicant.personalId,
    phone: phone(setting),
    'head.relation': random.pick(['child', 'younger', 'other']),
    'head.fullName': head.name,
    'head.personalId': head.personalId,
    'owner.same': true,
    headConsent: 'vneid',
  }
}

function removal(setting: Setting): Answers {
  const { random, applicant, today } = setting
  const died = of(setting, { youngest: 62, oldest: 98 })
  return {
    ...guardian(setting),
    reason: 'death',
    'requester.relation': 'child',
    'requester.phone': phone(setting),
    ...personOf(died),
    'person.residence': home(setting),
    'death.date': plus(today, -random.whole(3, 30)),
    'deathExtract.number': `${random.whole(1, 90)}/TLKT`,
    'requester.fullName': applicant.name,
  }
}

const personOf = ({ name, dateOfBirth, sex, personalId }: SimulatedPerson): Answers => ({
  'person.fullName': name,
  'person.dateOfBirth': dateOfBirth,
  'person.sex': sex,
  'person.identityPaper': { kind: 'id', number: personalId },
})

/** What the group adds to what was told of a death; a pension of the commune begins at seventy-five. */
export function bereaved(setting: Setting, told: Answers): Answers {
  const { number } = told['deceased.identityPaper'] as { number: string }
  const born = Number(String(told['deceased.dateOfBirth']).slice(0, 4))
  const gets = yearOf(setting) - born > 75
  const notice = {
    'deathNotice.number': `${setting.random.whole(1, 90)}/GBT`,
    'deathNotice.issuer': 'Trạm y tế',
    'deathNotice.issuedOn': told['death.date'],
  }
  return {
    'requester.phone': phone(setting),
    'support.kind': gets ? 'social-pension' : 'none',
    ...(gets && {
      ...(told['deathNotice.number'] === undefined && notice),
      // Digit four of a personal number: century and sex.
      'deceased.sex': Number(number[3]) % 2 === 1 ? 'female' : 'male',
      'deceased.ethnicGroup': '01',
      'deceased.nationality': 'VN',
      'organiser.isApplicant': 'self',
      'requester.address': home(setting),
      'payment.method': 'cash',
    }),
  }
}

const shops = [
  ['Cà phê', 'Bán cà phê, nước giải khát'],
  ['Bún phở', 'Bán bún, phở, đồ ăn sáng'],
  ['Tạp hóa', 'Bán lẻ hàng tạp hóa'],
  ['Tiệm may', 'May đo, sửa quần áo'],
  ['Sửa xe', 'Sửa chữa xe máy, xe đạp'],
] as const

function shop(setting: Setting): Answers {
  const { random, applicant, today } = setting
  const [kind, line] = random.pick(shops)
  return {
    'owner.fullName': applicant.name,
    'owner.dateOfBirth': applicant.dateOfBirth,
    'owner.personalId': applicant.personalId,
    'owner.sex': applicant.sex,
    'owner.ethnicGroup': '01',
    'owner.nationality': 'VN',
    'owner.permanentAddress': home(setting),
    'owner.contactAddress': home(setting),
    'owner.phone': phone(setting),
    'business.name': `Hộ kinh doanh ${kind} ${applicant.name.split(' ').at(-1)}`,
    'business.address': home(setting),
    lines: [{ name: line }],
    'capital.amountVnd': random.whole(3, 40) * 5_000_000,
    'tax.startsOn': plus(today, random.whole(3, 30)),
    'tax.employees': random.whole(1, 4),
    'tax.vatMethod': 'revenue',
    'tax.sameAddress': true,
    'holder.kind': 'person',
    delivery: { way: 'electronic' },
  }
}

function taxpayer(setting: Setting): Answers {
  return { ...shop(setting), 'business.number': setting.applicant.personalId }
}

function employer(setting: Setting): Answers {
  const { random, applicant, today } = setting
  const worker = of(setting, { youngest: 18, oldest: 50 })
  return {
    'business.number': applicant.personalId,
    'insurance.startsOn': plus(today, random.whole(3, 30)),
    'insurance.payment': 'monthly',
    insured: [
      {
        fullName: worker.name,
        personalId: worker.personalId,
        monthlyPayVnd: random.whole(9, 16) * 500_000,
      },
    ],
  }
}
