import type { Translate } from 'motcua/kernel/i18n'
import type { FieldType } from 'motcua/modules/forms'
import { countOf, type FieldDraft } from 'motcua/modules/forms/editing'

type TypeGroup = 'person' | 'time' | 'place' | 'choice' | 'text' | 'number' | 'thing' | 'file' | 'machine'

/** Kinds of answers by what people think of, in the order in which they are most often wanted. */
export const typeGroups: readonly [TypeGroup, readonly FieldType[]][] = [
  ['text', ['text', 'longtext']],
  ['choice', ['enum', 'bool']],
  ['person', ['name', 'id12', 'identity-paper', 'phone', 'email', 'ethnic', 'country', 'person']],
  ['time', ['date', 'partial-date', 'time']],
  ['number', ['int', 'money', 'area', 'length']],
  ['place', ['address', 'agency', 'organisation']],
  ['thing', ['land-plot', 'vehicle']],
  ['file', ['file', 'signature', 'copies', 'delivery']],
  ['machine', ['computed']],
]

interface Ready {
  id: keyof typeof readyKeys
  type: FieldType
  sources: readonly string[]
  more?: Partial<FieldDraft>
}

// The key that the question takes after the stem of its group.
const readyKeys = {
  fullName: 'fullName',
  dateOfBirth: 'dateOfBirth',
  personalId: 'personalId',
  identityPaper: 'identityPaper',
  phone: 'phone',
  email: 'email',
  residence: 'residence',
  currentHome: 'currentHome',
  ethnicGroup: 'ethnicGroup',
  nationality: 'nationality',
  hometown: 'hometown',
  spouse: 'spouseName',
  bankAccount: 'bankAccount',
  receivingAgency: 'receivingAgency',
  delivery: 'delivery',
} as const

/** Common questions, already bound to where the State has the answer. */
export const readyQuestions: readonly Ready[] = [
  { id: 'phone', type: 'phone', sources: ['ACC.phone'] },
  { id: 'email', type: 'email', sources: ['ACC.email'] },
  { id: 'residence', type: 'address', sources: ['POP.ThuongTru'], more: { parts: ['detail'] } },
  { id: 'currentHome', type: 'address', sources: ['POP.NoiOHienTai'], more: { parts: ['detail'] } },
  { id: 'fullName', type: 'name', sources: ['ACC.fullName'], more: { locked: true } },
  { id: 'dateOfBirth', type: 'date', sources: ['ACC.dateOfBirth'], more: { tense: 'past', locked: true } },
  { id: 'personalId', type: 'id12', sources: ['ACC.personalId'], more: { locked: true } },
  { id: 'identityPaper', type: 'identity-paper', sources: ['ACC.identityPaper'] },
  { id: 'ethnicGroup', type: 'ethnic', sources: ['POP.DanToc'] },
  { id: 'nationality', type: 'country', sources: ['POP.QuocTich'] },
  { id: 'hometown', type: 'address', sources: ['POP.QueQuan'], more: { parts: [] } },
  { id: 'spouse', type: 'name', sources: ['POP.VoChong.HoVaTen'] },
  { id: 'bankAccount', type: 'text', sources: ['VLT.TaiKhoan.So'] },
  { id: 'receivingAgency', type: 'agency', sources: ['RES.CoQuan'] },
  { id: 'delivery', type: 'delivery', sources: ['ACC.delivery'] },
]

/** A ready-made question under a key of its own, worded in both languages. */
export function readyField(ready: Ready, key: string, words: { vi: Translate; en: Translate }): FieldDraft {
  const { id, type, sources, more } = ready
  const register = sources[0]!.split('.')[0]
  const legalLabel = words.vi(`formBuilder.ready.${id}.legal`)
  const field: FieldDraft = {
    key,
    label: { vi: words.vi(`formBuilder.ready.${id}.label`), en: words.en(`formBuilder.ready.${id}.label`) },
    ...(legalLabel ? { legalLabel } : {}),
    type,
    required: true,
    origin: register === 'ACC' ? 'account' : register === 'VLT' ? 'vault' : 'register',
    sources: [...sources],
    ...more,
  }
  return { ...field, count: countOf(field) }
}

/** The last part of the key that a ready-made question takes. */
export const readyKey = (ready: Ready): string => readyKeys[ready.id]

/** Facts of a person that the population database also has of parents and spouse. */
const kinFacts = ['HoVaTen', 'SoDinhDanh', 'GiayTo', 'NgayThangNamSinh', 'DanToc', 'QuocTich', 'ThuongTru']
export const kin = ['VoChong', 'Cha', 'Me'] as const

/** What each register can tell, by path; the words are `formBuilder.fact.<path>`. */
export const registerFacts: readonly (readonly [register: string, paths: readonly string[]])[] = [
  ['ACC', ['fullName', 'personalId', 'identityPaper', 'dateOfBirth', 'phone', 'email', 'delivery']],
  [
    'POP',
    [
      ...[
        'HoVaTen',
        'NgayThangNamSinh',
        'GioiTinh',
        'DanToc',
        'QuocTich',
        'QueQuan',
        'ThuongTru',
        'NoiOHienTai',
      ],
      ...['NoiDangKyKhaiSinh', 'TinhTrangHonNhan', 'SoDinhDanh', 'GiayTo'],
      ...kin.flatMap((who) => kinFacts.map((fact) => `${who}.${fact}`)),
    ],
  ],
  [
    'CIV',
    [
      ...['KetHon.So', 'KetHon.QuyenSo', 'KetHon.Ngay', 'KetHon.CoQuan'],
      ...['KhaiSinh.So', 'KhaiSinh.QuyenSo', 'KhaiSinh.Ngay', 'KhaiSinh.CoQuan'],
      ...['KhaiTu.So', 'KhaiTu.HoVaTen', 'KhaiTu.NgayMat', 'KhaiTu.NoiMat'],
    ],
  ],
  ['RES', ['CoQuan', 'TuNgay', 'ChuHo.HoVaTen', 'ChuHo.SoDinhDanh']],
  [
    'HEALTH',
    [
      ...['So', 'NgaySinh', 'GioiTinh', 'NoiSinh'].map((fact) => `GiayChungSinh.${fact}`),
      ...['So', 'NgayMat', 'NoiMat', 'NguyenNhan'].map((fact) => `GiayBaoTu.${fact}`),
    ],
  ],
  ['LAND', ['Thua.SoThua', 'Thua.SoPhatHanh', 'Thua.DienTich', 'Thua.DiaChi']],
  ['BIZ', ['Ten', 'MaSo', 'DiaChi']],
  ['VLT', ['TaiKhoan.So', 'KetHon.So']],
]

/** What can be asked beside what is always asked of a composite answer; the words are `forms.<type>.<part>`. */
export const partsOfType: Partial<Record<FieldType, readonly string[]>> = {
  address: ['facility', 'detail'],
  person: [
    ...['dateOfBirth', 'sex', 'personalId', 'identityPaper', 'ethnicGroup', 'nationality'],
    ...['residence', 'phone', 'relation'],
  ],
  organisation: ['address', 'legalRepresentative', 'phone', 'email'],
  'land-plot': ['address', 'area', 'purpose', 'certificateNumber'],
  vehicle: ['brand', 'frameNumber', 'engineNumber'],
}

/** Parts of answers that conditions often read; the words are `formBuilder.partOf.<part>`. */
export const readParts: Partial<Record<FieldType, readonly ReadPart[]>> = {
  'identity-paper': ['number'],
  address: ['communeCode', 'provinceCode'],
  agency: ['code'],
  delivery: ['way'],
}
export type ReadPart = 'number' | 'communeCode' | 'provinceCode' | 'code' | 'way'
