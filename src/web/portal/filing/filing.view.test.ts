import { accepted, refusal } from 'motcua/kernel/errors'
import { ProcedureVersion } from 'motcua/modules/catalogue'
import { compileForm, formPageView, liveForm, reviewView } from 'motcua/modules/forms'
import type { Person } from 'motcua/modules/identity'
import type { VaultItem } from 'motcua/modules/vault'
import { describe, expect, test } from 'vitest'
import { formJson, formKeys, procedureJson } from '../../../../test/builders/packages'
import { doneView, statusUrl } from './done-page.view'
import { around, filingSteps } from './filing-steps'
import { filingPageView, savedText } from './form-page.view'
import { missingPapers, paperGroups } from './paper-lines'
import { papersView } from './papers-page.view'
import { asksAgency, receivingOf } from './receiving'
import { refusalProblems, refusalText } from './refusal-texts'
import { reviewPageView } from './review-page.view'
import { answersFromStart, computesAgency, homeAgency, readForWhom, startView } from './start-page.view'
import { supplementView } from './supplement-page.view'
import { isKnown } from './vault-offers'

const formOf = (key: string) => accepted(compileForm(formJson(key)))
const birth = formOf('birth-registration')
const version = ProcedureVersion.parse(procedureJson('1.001193'))
const today = '2026-11-19'
const person: Person = {
  kind: 'person',
  personId: '0199d000-0000-7000-8000-000000000001',
  name: 'Nguyễn Thị Mẫu Đơn',
  assurance: 2,
  organisations: [{ code: '8099000003', name: 'Quán Lúa', role: 'owner' }],
}
const agencies = [
  { code: 'H99.12', name: 'Ủy ban nhân dân phường Hoa Sen', communeCode: 'S9001' },
  { code: 'H99.13', name: 'Ủy ban nhân dân xã Bến Gỗ', communeCode: 'S9002' },
]
const line = (key: string, more: object = {}) => ({
  key,
  name: key,
  code: null,
  original: 1,
  copies: 0,
  mode: 'submit' as const,
  provision: 'submit' as const,
  required: true,
  group: null as string | null,
  replacedBy: null,
  text: '',
  help: null,
  ...more,
})

describe('for whom somebody files', () => {
  const read = (typed: Record<string, string>, proofFileId?: string) =>
    readForWhom(typed, { person, locale: 'vi', proofFileId })
  const hrefs = (result: ReturnType<typeof read>) =>
    'problems' in result ? result.problems.map(({ href }) => href) : []

  test('oneself, a child, an organisation of the account', () => {
    expect(read({ for: 'self' })).toEqual({ filedFor: { kind: 'self' } })
    expect(read({ for: 'child:mother' })).toEqual({ filedFor: { kind: 'child', relation: 'mother' } })
    expect(read({ for: 'organisation:8099000003:owner' })).toEqual({
      filedFor: { kind: 'organisation', code: '8099000003', name: 'Quán Lúa', role: 'owner' },
    })
  })

  test('an organisation that the account does not belong to is no choice', () => {
    expect(hrefs(read({ for: 'organisation:1:owner' }))).toEqual(['#for'])
  })

  test('every missing thing about a relative is told at once', () => {
    expect(hrefs(read({ for: 'relative', personalId: '12' }))).toEqual(['#name', '#personalId', '#relation'])
  })

  test('close relatives need no letter of authority, others do', () => {
    expect(read({ for: 'relative', name: 'Phạm Thị Sen', relation: 'grandparent' })).toHaveProperty(
      'filedFor.kind',
      'relative',
    )
    expect(hrefs(read({ for: 'relative', name: 'Phạm Thị Sen', relation: 'other' }))).toEqual(['#proof'])
    const proof = '0199d000-0000-7000-8000-000000000002'
    expect(read({ for: 'relative', name: 'Phạm Thị Sen', relation: 'other' }, proof)).toHaveProperty(
      'filedFor.proof.fileId',
      proof,
    )
  })

  test('nothing chosen is asked for again, and nonsense is no choice', () => {
    expect(hrefs(read({}))).toEqual(['#for'])
    expect(hrefs(read({ for: 'child:neighbour' }))).toEqual(['#for'])
  })

  test('what was said here is not asked again in the form', () => {
    const answers = answersFromStart(
      birth.definition,
      { kind: 'child', relation: 'mother' },
      'H99.12',
      agencies,
    )
    expect(answers).toEqual({
      'requester.relation': 'mother',
      receivingAgency: { code: 'H99.12', name: agencies[0]!.name },
    })
  })

  test('the page lists sources that answered and those that are silent', () => {
    const registers = { POP: { GioiTinh: 'female' }, CIV: { unavailable: true as const } }
    const given = {
      version,
      definition: birth.definition,
      person,
      registers,
      drafts: [],
      agencies,
      locale: 'vi' as const,
      most: '100 MB',
    }
    const view = startView({ ...given, expected: {}, effort: { asks: 5, notAsked: 29 } }, undefined)
    expect(view.knownFrom).toContain('Cơ sở dữ liệu quốc gia về dân cư')
    expect(view.silent).toEqual(['Cơ sở dữ liệu hộ tịch điện tử'])
    expect(view.values.for).toBe('child:mother')
    expect(view.forWhom.map(({ value }) => value)).not.toContain('child:father')
  })
})

describe('who settles', () => {
  test('the authority chosen in the form, when it may settle this procedure', () => {
    expect(receivingOf(birth.definition, { receivingAgency: { code: 'H99.13' } }, agencies)).toBe('H99.13')
    expect(receivingOf(birth.definition, { receivingAgency: { code: 'H01' } }, agencies)).toBeUndefined()
  })

  test('the authority of the place from which the form computes it', () => {
    const { definition } = formOf('building-permit')
    expect(asksAgency(definition)).toBe(false)
    expect(computesAgency(definition)).toBe(true)
    expect(receivingOf(definition, { 'plot.address': { communeCode: 'S9002' } }, agencies)).toBe('H99.13')
    expect(receivingOf(definition, { 'plot.address': { communeCode: '00004' } }, agencies)).toBeUndefined()
  })

  test('the authority of the home is proposed: by the residence register, else by the address', () => {
    expect(
      homeAgency(
        { RES: { CoQuan: { code: 'H99.13' } }, POP: { ThuongTru: { communeCode: 'S9001' } } },
        agencies,
      ),
    ).toBe('H99.13')
    expect(homeAgency({ POP: { ThuongTru: { communeCode: 'S9001' } } }, agencies)).toBe('H99.12')
    expect(homeAgency({}, agencies)).toBeUndefined()
  })
})

describe('the parts of a filing', () => {
  const form = formPageView(birth, 'em-be', { answers: {}, origins: {}, locale: 'vi', today })

  test('papers come before checking, and only when there are any', () => {
    const keys = (asked: number) =>
      filingSteps(form, { draftId: 'd', now: 'em-be', papers: { asked, missing: 0 }, locale: 'vi' }).map(
        ({ key }) => key,
      )
    expect(keys(2).slice(-2)).toEqual(['gui-kem', 'kiem-tra'])
    expect(keys(0).slice(-1)).toEqual(['kiem-tra'])
    expect(keys(0)).not.toContain('gui-kem')
  })

  test('every part but this one can be opened', () => {
    const steps = filingSteps(form, {
      draftId: 'd',
      now: 'em-be',
      papers: { asked: 1, missing: 1 },
      locale: 'vi',
    })
    expect(steps.filter(({ href }) => !href).map(({ key }) => key)).toEqual(['em-be'])
    expect(around(steps, 'em-be').before).toBe('nguoi-di-khai')
  })

  test('known facts stand in one block; facts of other sources name theirs', () => {
    const answers = {
      'requester.relation': 'mother',
      'child.sex': 'female',
      'child.dateOfBirth': '2026-11-02',
      'child.nationality': 'VN',
    }
    const origins = {
      'child.sex': { source: 'HEALTH', state: 'given' as const, note: 'Giấy chứng sinh số 1' },
      'child.dateOfBirth': { source: 'HEALTH', state: 'given' as const, note: 'Giấy chứng sinh số 1' },
      'child.nationality': { source: 'POP', state: 'given' as const },
    }
    const page = formPageView(birth, 'em-be', { answers, origins, locale: 'vi', today })
    const rest = {
      draftId: 'd',
      steps: [],
      hits: {},
      most: '',
      savedAt: '',
      procedure: { code: '', title: '' },
      live: liveForm(birth, ['em-be'], { answers, locale: 'vi', today }),
    }
    const { known } = filingPageView(page, rest)
    expect(known?.source).toBe('Giấy chứng sinh số 1')
    expect(known?.facts.find(({ path }) => path === 'child.nationality')?.source).toBe(
      'Cơ sở dữ liệu quốc gia về dân cư',
    )
    expect(known?.facts.find(({ path }) => path === 'child.sex')?.source).toBeUndefined()
  })

  test('a draft saved on another day says which', () => {
    const now = new Date('2026-11-19T08:00:00Z')
    expect(savedText('2026-11-19T07:30:00Z', now, 'vi')).toBe('14:30')
    expect(savedText('2026-11-18T07:30:00Z', now, 'vi')).toBe('14:30 ngày 18/11/2026')
  })
})

describe('papers to send', () => {
  const lines = [
    line('notice', { group: 'proof' }),
    line('witness', { group: 'proof' }),
    line('plan'),
    line('extra', { required: false }),
  ]

  test('one of the alternatives is enough, and the lack of all is told once', () => {
    expect(missingPapers(lines, []).map(({ key }) => key)).toEqual(['notice', 'plan'])
    expect(missingPapers(lines, [{ component: 'witness' }]).map(({ key }) => key)).toEqual(['plan'])
  })

  test('alternatives stand together and what must be sent comes first', () => {
    expect(
      paperGroups([line('extra', { required: false }), ...lines])
        .map(({ key }) => key)
        .slice(0, 2),
    ).toEqual(['proof', 'plan'])
  })

  test('refusals of files and missing papers are links to their place', () => {
    const common = {
      draftId: 'd',
      title: '',
      names: {},
      steps: [],
      most: '',
      savedAt: '',
      locale: 'vi' as const,
    }
    const view = papersView({
      ...common,
      lines,
      papers: [],
      missing: missingPapers(lines, []),
      refused: { extra: ['Tệp hỏng.'] },
      offers: {},
      propose: true,
      today: '2026-11-19',
    })
    expect(view.problems.map(({ href }) => href)).toEqual(['#giay-notice', '#giay-plan', '#giay-extra'])
    expect(view.must.map(({ key }) => key)).toEqual(['notice', 'witness', 'plan'])
  })

  test('a paper that a register gave is shown though nobody asks for it', () => {
    const paper = {
      component: 'birth-notice',
      fileId: 'f',
      sha256: '',
      name: 'a.txt',
      mediaType: 'text/plain',
      source: 'register' as const,
    }
    const common = { draftId: 'd', title: '', steps: [], most: '', savedAt: '', locale: 'vi' as const }
    const view = papersView({
      ...common,
      names: { 'birth-notice': 'Giấy chứng sinh' },
      lines: [],
      papers: [paper],
      missing: [],
      refused: {},
      offers: {},
      propose: true,
      today: '2026-11-19',
    })
    expect(view.have).toEqual([{ label: 'Giấy chứng sinh', text: 'Bản điện tử, lấy từ cơ sở dữ liệu' }])
  })
})

describe('checking before sending', () => {
  const review = reviewView(birth, { answers: {}, origins: {}, locale: 'vi', today })
  const given = {
    draftId: 'd',
    title: 'Làm giấy khai sinh',
    review,
    lines: [line('plan')],
    papers: [],
    names: {},
    missing: [line('plan')],
    fees: [],
    limit: version.cases[0]!.limit,
    filedFor: { kind: 'self' as const },
    agency: undefined,
    settles: { why: null, warning: null },
    agencies,
    intakeDue: '17:30 thứ Sáu 20/11/2026',
    resultName: 'Giấy khai sinh',
    steps: [],
    savedAt: '',
    refused: [],
    assuranceMissing: true,
    tried: true,
    locale: 'vi' as const,
  }

  test('everything left to do is listed with the page that mends it', () => {
    const { problems } = reviewPageView(given)
    expect(problems.some(({ href }) => href.startsWith('/nop/d/em-be#'))).toBe(true)
    expect(problems.map(({ href }) => href)).toEqual(
      expect.arrayContaining(['/nop/d/gui-kem#giay-plan', '#receiving', '#assurance']),
    )
  })

  test('an authority is asked for only when the answers do not say which', () => {
    expect(reviewPageView(given).agencies).toHaveLength(2)
    expect(reviewPageView({ ...given, agency: agencies[0]!.name }).agencies).toBeUndefined()
  })

  test('until when the authority answers is said before sending', () => {
    const { answerBy } = reviewPageView({ ...given, agency: 'Phường Hoa Sen' })
    expect(answerBy).toContain(
      'Phường Hoa Sen trả lời trong 8 giờ làm việc, chậm nhất 17:30 thứ Sáu 20/11/2026',
    )
  })
})

describe('refusals in words', () => {
  const where = { hrefOf: (field: string) => `/x#${field}`, labelOf: () => 'họ tên' }

  test('each problem is a link to where it is mended', () => {
    const no = refusal('invalid', 'dossiers.incomplete', {
      problems: [
        { field: 'paper:plan', code: 'dossiers.paper-missing', params: { name: 'Bản vẽ' } },
        { field: 'x', code: 'nowhere.known' },
      ],
    })
    const [paper, unknown] = refusalProblems(no, 'vi', where)
    expect(paper?.href).toBe('/x#paper:plan')
    expect(paper?.text).toContain('Bản vẽ')
    expect(unknown?.text).toBe('Xem lại họ tên')
  })

  test('why somebody may not act for another is said', () => {
    const no = refusal('forbidden', 'identity.may-not-represent', { reason: 'authorisation-ended' })
    expect(refusalText(no, 'vi')).toBe('Văn bản ủy quyền đã hết thời hạn.')
  })
})

describe('after sending', () => {
  const dossier = {
    code: 'H99.12-261119-00412',
    state: 'submitted' as const,
    submittedAt: '2026-11-19T13:14:00Z',
    intakeDueAt: '2026-11-20T10:30:00Z',
    acceptedAt: null,
    limit: { amount: 1, unit: 'working-day' as const, cutOff: null },
    delivery: 'electronic' as const,
  }
  const given = {
    dossier,
    title: '',
    secret: 'ABCD2345',
    phone: '+84912345601',
    email: null,
    agency: 'Phường Hoa Sen',
    resultName: 'Giấy khai sinh',
    baseUrl: 'https://a.example',
    locale: 'vi' as const,
  }
  const view = doneView(given)

  test('the QR opens the status with the secret of the dossier', () => {
    expect(view.statusUrl).toBe('https://a.example/ho-so/H99.12-261119-00412?m=ABCD2345')
    expect(statusUrl('https://a.example', 'X', 'a b')).toBe('https://a.example/ho-so/X?m=a+b')
  })

  test('it says until when the authority answers, and how one is told', () => {
    expect(view.next.find(({ state }) => state === 'now')?.lines?.[0]).toContain('17:30 thứ Sáu 20/11/2026')
    expect(view.toldBy).toContain('••• 601')
    expect(view.toldBy).not.toContain('912345')
  })

  test('it does not say that a dossier was sent for which somebody has yet to agree', () => {
    const waiting = { ...dossier, state: 'awaiting-party' as const, intakeDueAt: null }
    const { heading, next } = doneView({ ...given, dossier: waiting, awaited: 'Trịnh Văn Lúa' })
    expect(heading).toBe('Đã lưu, chờ người cùng làm xác nhận')
    expect(next.find(({ state }) => state === 'now')?.title).toBe('Trịnh Văn Lúa đọc và xác nhận')
  })
})

const anItem: VaultItem = {
  ...{ id: '0199d000-0000-7000-8000-000000000002', ownerKind: 'person', ownerId: 'x', personalId: null },
  ...{
    paperCode: 'KQ.G15.000031',
    name: 'Giấy khai sinh',
    number: '1',
    issuedOn: '2022-06-09',
    validTo: null,
  },
  ...{
    issuer: null,
    trust: 'digitised',
    sha256: null,
    mediaType: 'application/pdf',
    size: null,
    fileId: null,
  },
  ...{ documentId: null, evidenceId: null, dossierCode: null, origin: 'o', state: 'valid', replacedBy: null },
  ...{ hidden: false, fields: {}, addedAt: '2022-06-09T00:00:00.000Z' },
}

test.each([
  ['an upload beside an offer', [{ source: 'upload' as const }], [anItem], true],
  ['an upload of what the vault has not', [{ source: 'upload' as const }], [], false],
  ['nothing yet', [], [anItem], false],
  ['the paper of the vault itself', [{ source: 'vault' as const, vaultItemId: anItem.id }], [anItem], false],
  [
    'an upload beside the paper of the vault',
    [{ source: 'upload' as const }, { source: 'vault' as const, vaultItemId: anItem.id }],
    [anItem],
    false,
  ],
])('%s is told as known or not', (_, papers, items, known) => {
  expect(isKnown(papers, { items, preselected: null })).toBe(known)
})

describe('a request for more', () => {
  const pages = birth.definition.pages.map(({ key }) =>
    formPageView(birth, key, { answers: {}, origins: {}, locale: 'vi', today }),
  )
  const items = [
    { target: { field: 'child.fullName' }, text: 'Viết có dấu.' },
    { target: { field: 'child.fullName' }, text: 'Bỏ chữ số.' },
    { target: { component: 'birth-notice' }, text: 'Ảnh mờ.' },
    { target: null, text: 'Việc khác.' },
  ]
  const given = {
    code: 'X',
    title: '',
    sequence: 3,
    request: { items, reason: null },
    pages,
    review: reviewView(birth, { answers: {}, origins: {}, locale: 'vi', today }),
    paperNames: { 'birth-notice': 'Giấy chứng sinh' },
    kept: {},
    offers: {},
    ticked: undefined,
    today,
    refused: { 'birth-notice': ['Tệp hỏng.'] },
    problems: [],
    hits: {},
    most: '',
    locale: 'vi' as const,
  }
  const view = supplementView(given)

  test('what the vault has of a paper is offered, and what it has already is said of an upload', () => {
    const offers = { 'birth-notice': { items: [anItem], preselected: anItem.id } }
    const paperOf = (more: Partial<typeof given> & object) =>
      supplementView({ ...given, ...more }).items[2]!.paper!
    expect(paperOf({}).offers).toEqual([])
    expect(paperOf({ offers }).offers.map(({ itemId, checked }) => [itemId, checked])).toEqual([
      [anItem.id, true],
    ])
    const kept = { 'birth-notice': [{ fileId: 'f', name: 'a.jpg' }] }
    const posted = { offers, kept, ticked: { 'birth-notice': [] as string[] } } as object
    expect(paperOf(posted)).toMatchObject({ known: true, offers: [{ checked: false }] })
    const chosen = { offers, kept, ticked: { 'birth-notice': [anItem.id] } } as object
    expect(paperOf(chosen)).toMatchObject({ known: false, offers: [{ checked: true }] })
  })

  test('each remark is pinned to its question or paper, and one control answers two remarks', () => {
    expect(view.items.map(({ field, paper }) => field?.path ?? paper?.key)).toEqual([
      'child.fullName',
      undefined,
      'birth-notice',
      'other',
    ])
    expect(view.items.map(({ about }) => about)).toEqual([
      'Câu: Họ, chữ đệm, tên của bé',
      'Câu: Họ, chữ đệm, tên của bé',
      'Giấy: Giấy chứng sinh',
      'Việc chung',
    ])
  })

  test('a file that was refused is told at its paper', () => {
    expect(view.problems).toEqual([{ href: '#giay-birth-notice', text: 'Tệp hỏng.' }])
  })
})

test('no form calls a page by an address that the filing uses itself', () => {
  const keys = formKeys.flatMap((form) => (formJson(form).pages as { key: string }[]).map(({ key }) => key))
  expect(keys.filter((key) => ['gui-kem', 'kiem-tra', 'xong', 'tu-luu'].includes(key))).toEqual([])
})
