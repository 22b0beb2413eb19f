import { dateOfLaw } from '../../../kernel/time.ts'
import type { SlipKind } from '../../documents/index.ts'
import { approvedAs, type PaperFacts, placeName } from './paper-facts.ts'

interface Given {
  number: string
  verifyUrl: string
  verifyCode: string
}

/** The facts of a result as its form prints them: the answers of the dossier, and what the officer's draft adds. */
export function resultData(form: SlipKind, facts: PaperFacts, given: Given): object {
  const build = builders[form] ?? generic
  return { ...resultHead(facts, given), ...build(facts, given) }
}

function resultHead(facts: PaperFacts, given: Given) {
  const { dossier, competent, parent, act, baseUrl } = facts
  return {
    sample: competent.sample,
    agency: { parent: parent?.shortName ?? competent.name, name: competent.name },
    number: given.number,
    place: placeName(competent),
    on: dateOfLaw(act.at),
    code: dossier.code,
    qr: { text: given.verifyUrl, label: `Mã QR mở trang xác minh kết quả của hồ sơ ${dossier.code}` },
    signer: approvedAs(facts),
    verify: { site: `${new URL(baseUrl).host}/xac-minh`, code: given.verifyCode },
  }
}

type Build = (facts: PaperFacts, given: Given) => object

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

/** Reads a field of the form as words; the officer's draft comes first, so that what was corrected is printed. */
const said = ({ draft, words }: PaperFacts, key: string): string | null =>
  asText(draft?.[key]) ?? words.get(key) ?? null
const needed = (facts: PaperFacts, key: string, otherwise = '…………'): string => said(facts, key) ?? otherwise
const raw = ({ draft, answers }: PaperFacts, key: string): unknown => draft?.[key] ?? answers[key]
const asText = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null)
const asNumber = (value: unknown, otherwise: number) => (Number(value) > 0 ? Number(value) : otherwise)
const asDay = (value: unknown, otherwise: string) =>
  /^\d{4}-\d{2}-\d{2}$/.test(String(value)) ? String(value) : otherwise

const registration = (facts: PaperFacts, given: Given) => ({
  place: facts.competent.name,
  number: given.number,
  on: dateOfLaw(facts.act.at),
})

const declarant = (facts: PaperFacts) => ({
  fullName: said(facts, 'requester.fullName') ?? facts.party.name,
  identityPaper: said(facts, 'requester.identityPaper') ?? facts.party.personalId,
})

function parent(facts: PaperFacts, who: 'mother' | 'father') {
  const fullName = said(facts, `${who}.fullName`)
  if (fullName === null) return null
  return {
    fullName,
    yearOfBirth: asText(raw(facts, `${who}.dateOfBirth`))?.slice(0, 4) ?? null,
    ethnicGroup: said(facts, `${who}.ethnicGroup`),
    nationality: said(facts, `${who}.nationality`),
    residence: said(facts, `${who}.residence`),
  }
}

// A new birth certificate speaks of a child, a re-registered one of the person itself.
function birthCertificate(facts: PaperFacts, given: Given) {
  const who = raw(facts, 'child.fullName') === undefined ? 'subject' : 'child'
  return {
    child: {
      fullName: needed(facts, `${who}.fullName`, facts.party.name),
      dateOfBirth: asDay(raw(facts, `${who}.dateOfBirth`), dateOfLaw(facts.dossier.submittedAt)),
      sex: said(facts, `${who}.sex`),
      ethnicGroup: said(facts, `${who}.ethnicGroup`),
      nationality: said(facts, `${who}.nationality`),
      personalId: asText(facts.draft?.personalId) ?? said(facts, `${who}.identityPaper`),
      placeOfBirth: said(facts, `${who}.placeOfBirth`),
      hometown: said(facts, `${who}.hometown`),
    },
    mother: parent(facts, 'mother'),
    father: parent(facts, 'father'),
    declarant: declarant(facts),
    registration: registration(facts, given),
  }
}

function civilStatusCopy(facts: PaperFacts, given: Given) {
  return {
    heading: needed(facts, 'extractKind', 'Trích lục hộ tịch'),
    entries: linesAbout(facts, 'subject.'),
    registration: {
      place: needed(facts, 'registration.agency', facts.competent.name),
      number: said(facts, 'registration.number'),
      on: asDay(raw(facts, 'registration.registeredOn'), registration(facts, given).on),
    },
    takenFrom: 'database',
  }
}

/** Lines of label and value from the declaration; all of it when nothing has the prefix. */
function linesAbout({ lines }: PaperFacts, prefix: string) {
  const about = lines.filter((line) => line.key.startsWith(prefix))
  return (about.length > 0 ? about : lines).slice(0, 60).map(({ label, text }) => ({ label, value: text }))
}

function person(facts: PaperFacts, prefix: string) {
  return {
    fullName: said(facts, `${prefix}.fullName`) ?? facts.party.name,
    dateOfBirth: asText(raw(facts, `${prefix}.dateOfBirth`)),
    sex: said(facts, `${prefix}.sex`),
    ethnicGroup: said(facts, `${prefix}.ethnicGroup`),
    nationality: said(facts, `${prefix}.nationality`),
    identityPaper: said(facts, `${prefix}.identityPaper`) ?? facts.party.personalId,
    residence: said(facts, `${prefix}.residence`),
  }
}

function maritalStatus(facts: PaperFacts) {
  const on = Temporal.PlainDate.from(dateOfLaw(facts.act.at))
  const subject = said(facts, 'subject.fullName') === null ? 'requester' : 'subject'
  return {
    requester: said(facts, 'requester.fullName') ?? facts.party.name,
    person: person(facts, subject),
    status: needed(facts, 'maritalStatus'),
    purpose: needed(facts, 'purpose'),
    // NĐ 123/2015/NĐ-CP, Điều 23: six months from the day of issue.
    validUntil: on.add({ months: 6 }).toString(),
  }
}

function deathExtract(facts: PaperFacts, given: Given) {
  return {
    deceased: person(facts, 'deceased'),
    diedAt: asDay(
      raw(facts, 'death.date') ?? raw(facts, 'deceased.diedOn'),
      dateOfLaw(facts.dossier.submittedAt),
    ),
    placeOfDeath: said(facts, 'death.place') ?? needed(facts, 'deceased.placeOfDeath'),
    cause: said(facts, 'death.cause') ?? said(facts, 'deceased.cause'),
    registration: registration(facts, given),
    declarant: declarant(facts),
  }
}

function certifiedCopy(facts: PaperFacts, given: Given) {
  return {
    paperName:
      said(facts, 'paper.name') ??
      said(facts, 'documents[0].name') ??
      needed(facts, 'paperName', 'Giấy tờ đã xuất trình'),
    requester: facts.party.name,
    copies: asNumber(raw(facts, 'copies.count') ?? raw(facts, 'copies'), 1),
    certificationNumber: given.number,
    book: dateOfLaw(facts.act.at).slice(0, 4),
  }
}

function residenceNotice(facts: PaperFacts) {
  const address = said(facts, 'newAddress') ?? said(facts, 'temporaryAddress') ?? said(facts, 'place') ?? ''
  return {
    addressee: `ông/bà ${facts.party.name}`,
    grounds: 'Căn cứ Luật Cư trú; căn cứ hồ sơ đăng ký cư trú của ông/bà.',
    person: person(facts, 'requester'),
    kind: 'temporary',
    address: address || facts.competent.shortName,
    until: asText(raw(facts, 'until')),
    householder: {
      name: said(facts, 'householder.fullName') ?? facts.party.name,
      relation: said(facts, 'householder.relation'),
    },
  }
}

function buildingPermit(facts: PaperFacts) {
  return {
    holder: { name: facts.party.name, address: needed(facts, 'owner.address') },
    work: {
      name: needed(facts, 'work.name', 'Nhà ở riêng lẻ'),
      design: said(facts, 'design.number'),
      designer: said(facts, 'design.organisation'),
    },
    site: { location: needed(facts, 'plot.address'), areaM2: asNumber(raw(facts, 'plot.area'), 1) },
    planning: {},
    house: {
      footprintM2: asNumber(raw(facts, 'work.footprint'), 1),
      floorAreaM2: asNumber(raw(facts, 'work.floorArea'), 1),
      heightM: asNumber(raw(facts, 'work.height'), 1),
      storeys: needed(facts, 'work.storeys', '01 tầng'),
    },
    landPaper: needed(facts, 'land.certificate', 'Giấy tờ về quyền sử dụng đất trong hồ sơ'),
  }
}

/** NĐ 176/2025/NĐ-CP: funeral support of ten million đồng; set by law, so not typed. */
const funeralSupportVnd = 10_000_000

function supportDecision(facts: PaperFacts) {
  return {
    issuedBy: `Chủ tịch ${facts.competent.name}`,
    grounds: facts.version.legalBases.slice(0, 4).map(({ title }) => `Căn cứ ${title};`),
    recipient: person(facts, 'requester'),
    deceased: {
      fullName: needed(facts, 'deceased.fullName'),
      diedOn: asDay(raw(facts, 'deceased.diedOn'), dateOfLaw(facts.dossier.submittedAt)),
    },
    amountVnd: funeralSupportVnd,
    payment: needed(facts, 'payment.method', 'theo đề nghị trong hồ sơ'),
    effectiveOn: dateOfLaw(facts.act.at),
  }
}

function generic(facts: PaperFacts) {
  return {
    heading: facts.version.results[0]?.name ?? 'Kết quả giải quyết thủ tục hành chính',
    subtitle: facts.version.plainName,
    introduction: `${facts.competent.name} xác nhận kết quả giải quyết hồ sơ ${facts.dossier.code}:`,
    sections: [{ rows: linesAbout(facts, '') }],
  }
}
