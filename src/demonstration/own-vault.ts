import type { App } from '../app.ts'
import { accepted } from '../kernel/errors.ts'
import { dateOfLaw } from '../kernel/time.ts'
import { renderSlip, storeFile } from '../modules/documents/index.ts'
import { keepItem, type Owner, type Trust } from '../modules/vault/index.ts'

/** A paper that an invented citizen has had for long: from before the installation, so that no dossier here made it. */
interface OldPaper {
  trust: Trust
  paperCode: string | null
  name: string
  heading: string
  number: string
  /** Day of issue, or how many days ago. */
  issued: string | number
  /** How many days ago it ended; absent: it does not end. */
  endedDaysAgo?: number
  issuer: string
  rows: [string, string][]
  subject?: string
}

const ward = 'Ủy ban nhân dân phường Hoa Sen'

/** What the mother of the demonstration keeps. */
const ofMother: readonly OldPaper[] = [
  {
    trust: 'digitised',
    paperCode: 'KQ.G15.000031',
    name: 'Giấy khai sinh',
    heading: 'Giấy khai sinh',
    number: '112/2022',
    issued: '2022-06-09',
    issuer: ward,
    subject: 'Trần Mẫu Khôi',
    rows: [
      ['Họ, chữ đệm, tên', 'TRẦN MẪU KHÔI'],
      ['Ngày, tháng, năm sinh', '01/06/2022'],
      ['Người mẹ', 'Nguyễn Thị Mẫu Đơn'],
      ['Người cha', 'Trần Văn Bách'],
    ],
  },
  {
    trust: 'digitised',
    paperCode: 'KQ.G15.000032',
    name: 'Giấy chứng nhận kết hôn',
    heading: 'Giấy chứng nhận kết hôn',
    number: '45/2020',
    issued: '2020-10-20',
    issuer: ward,
    rows: [
      ['Vợ', 'Nguyễn Thị Mẫu Đơn, sinh 1995'],
      ['Chồng', 'Trần Văn Bách, sinh 1993'],
    ],
  },
  {
    trust: 'certified-copy',
    paperCode: '000.00.00.G15-KQ004946',
    name: 'Thẻ căn cước (bản sao chứng thực)',
    heading: 'Bản sao chứng thực\nThẻ căn cước',
    number: '099195000001',
    issued: '2024-08-15',
    issuer: 'Bộ Công an',
    rows: [
      ['Họ và tên', 'NGUYỄN THỊ MẪU ĐƠN'],
      ['Số định danh cá nhân', '099195000001'],
    ],
  },
  {
    trust: 'digitised',
    paperCode: 'KQ.G15.000038',
    name: 'Giấy xác nhận tình trạng hôn nhân',
    heading: 'Giấy xác nhận tình trạng hôn nhân',
    number: '77/UBND-XNTTHN',
    issued: 400,
    endedDaysAgo: 218,
    issuer: ward,
    rows: [['Họ và tên', 'Nguyễn Thị Mẫu Đơn']],
  },
  {
    trust: 'own-upload',
    paperCode: '000.00.00.G01-KQ003631',
    name: 'Hợp đồng thuê nhà',
    heading: 'Hợp đồng thuê nhà',
    number: '02/2026/HĐTN',
    issued: 190,
    issuer: '',
    rows: [
      ['Bên thuê', 'Nguyễn Thị Mẫu Đơn'],
      ['Nhà ở', 'Số 8 ngõ 21 đường Hoa Sen'],
    ],
  },
]

/** What the owner of the noodle shop keeps, and what the shop does. */
const ofOwner: readonly OldPaper[] = [
  {
    ...ofMother[2]!,
    number: '099088000003',
    rows: [
      ['Họ và tên', 'TRỊNH VĂN LÚA'],
      ['Số định danh cá nhân', '099088000003'],
    ],
  },
]
const ofShop: readonly OldPaper[] = [
  {
    trust: 'digitised',
    paperCode: 'KQ.G12.001041',
    name: 'Giấy chứng nhận đăng ký hộ kinh doanh',
    heading: 'Giấy chứng nhận đăng ký\nhộ kinh doanh',
    number: '8099000003',
    issued: '2023-03-06',
    issuer: ward,
    rows: [
      ['Tên hộ kinh doanh', 'Quán Lúa'],
      ['Chủ hộ', 'Trịnh Văn Lúa'],
      ['Ngành, nghề', 'Phục vụ ăn uống'],
    ],
  },
]

/** Gives invented citizens the papers that they had before; as often as one likes. */
export async function giveOwnPapers(
  app: App,
  people: { mother: PersonOwner; owner: PersonOwner },
  now: Date,
): Promise<void> {
  const shop: Owner = { kind: 'organisation', code: '8099000003' }
  for (const [owner, uploader, papers] of [
    [people.mother, people.mother, ofMother],
    [people.owner, people.owner, ofOwner],
    [shop, people.owner, ofShop],
  ] as const)
    for (const [i, paper] of papers.entries()) await keep(app, { owner, uploader, paper, nth: i }, now)
}

export type PersonOwner = Extract<Owner, { kind: 'person' }> & { personId: string }

async function keep(
  app: App,
  { owner, uploader, paper, nth }: { owner: Owner; uploader: PersonOwner; paper: OldPaper; nth: number },
  now: Date,
): Promise<void> {
  const today = Temporal.PlainDate.from(dateOfLaw(now))
  const daysAgo = (days: number) => today.subtract({ days }).toString()
  const issuedOn = typeof paper.issued === 'number' ? daysAgo(paper.issued) : paper.issued
  const printed = accepted(await renderSlip('result', print(paper, issuedOn)))
  const file = accepted(
    await storeFile({ db: app.db.pool, files: app.files }, [printed], {
      name: `${paper.name}.pdf`,
      owner: { kind: 'person', id: uploader.personId },
      purpose: 'vault',
      now,
    }),
  )
  await keepItem(app.db.pool, {
    owner,
    name: paper.name,
    trust: paper.trust,
    paperCode: paper.paperCode,
    number: paper.number,
    issuedOn,
    validTo: paper.endedDaysAgo === undefined ? null : daysAgo(paper.endedDaysAgo),
    issuer: paper.issuer || null,
    sha256: file.sha256,
    size: file.size,
    mediaType: file.mediaType,
    fileId: file.fileId,
    // The same paper at a second start, whatever its bytes.
    origin: `demonstration:${nth}:${paper.number}`,
    fields: paper.subject ? { subject: paper.subject } : {},
    addedAt: new Date(now.getTime() - (120 - nth) * 86_400_000),
  })
}

function print({ heading, number, issuer, rows }: OldPaper, on: string) {
  return {
    sample: true,
    agency: { parent: 'Tỉnh Sông Mai', name: issuer || 'Giấy tờ tự lập' },
    number,
    place: 'Hoa Sen',
    on,
    code: 'Bản số hóa của giấy tờ cũ',
    qr: { text: 'https://motcua.example', label: 'Giấy tờ mẫu của bản dùng thử' },
    heading,
    sections: [{ rows: rows.map(([label, value]) => ({ label, value })) }],
    signer: { title: '', name: '' },
    verify: { site: 'motcua.example/xac-minh', code: '—' },
  } as never
}
