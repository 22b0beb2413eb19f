/** A field of the draft that an officer writes before the result is signed. */
export interface ResultDraftField {
  /** Key in the draft; a key of the form corrects what the declaration says. */
  key: string
  label: { vi: string; en: string }
  type: 'text' | 'longtext' | 'date' | 'number'
  required: boolean
}

type Type = ResultDraftField['type']

const field = (key: string, vi: string, en: string, type: Type = 'text'): ResultDraftField => ({
  key,
  label: { vi, en },
  type,
  required: false,
})

const parentFields = (who: 'mother' | 'father', vi: string, en: string) => [
  field(`${who}.ethnicGroup`, `Dân tộc người ${vi}`, `Ethnic group of the ${en}`),
  field(`${who}.nationality`, `Quốc tịch người ${vi}`, `Nationality of the ${en}`),
  field(`${who}.residence`, `Nơi cư trú người ${vi}`, `Residence of the ${en}`),
]

/** What the registers and the form may leave open on each paper; all of it may stay open, so nothing is required. */
const byTemplate: Record<string, readonly ResultDraftField[]> = {
  'birth-certificate': [
    field('personalId', 'Số định danh cá nhân', 'Personal number'),
    field('book', 'Quyển số', 'Book'),
    ...parentFields('mother', 'mẹ', 'mother'),
    ...parentFields('father', 'cha', 'father'),
  ],
  'civil-status-copy': [
    field('registration.number', 'Số đăng ký', 'Number of the entry'),
    field('registration.registeredOn', 'Ngày đăng ký', 'Date of the entry', 'date'),
    field('entry.placeOfBirth', 'Nơi sinh', 'Place of birth'),
    field('entry.hometown', 'Quê quán', 'Hometown'),
    field('entry.mother', 'Họ, chữ đệm, tên người mẹ', 'Full name of the mother'),
    field('entry.father', 'Họ, chữ đệm, tên người cha', 'Full name of the father'),
    field('entry.other', 'Nội dung khác trong sổ', 'Other content of the entry', 'longtext'),
  ],
  'marital-status-certificate': [
    field('statusText', 'Tình trạng hôn nhân ghi trên giấy', 'Marital status as printed', 'longtext'),
    field('purposeText', 'Mục đích ghi trên giấy', 'Purpose as printed', 'longtext'),
  ],
  'death-extract': [
    field('death.cause', 'Nguyên nhân chết', 'Cause of death'),
    field('deceased.sex', 'Giới tính', 'Sex'),
    field('deceased.ethnicGroup', 'Dân tộc', 'Ethnic group'),
    field('deceased.nationality', 'Quốc tịch', 'Nationality'),
  ],
  'certified-copy': [
    field('certificationNumber', 'Số chứng thực', 'Certification number'),
    field('book', 'Quyển số', 'Book'),
    field('paperName', 'Tên bản chính', 'Name of the original'),
    field('copies', 'Số bản sao', 'Number of copies', 'number'),
  ],
  'residence-notice': [
    field(
      'content.until',
      'Tạm trú đến hết ngày (nếu là tạm trú)',
      'Temporary residence until, if it is one',
      'date',
    ),
  ],
  'building-permit': [
    field('design.drawings', 'Ký hiệu thiết kế', 'Design drawings'),
    field('design.verifier', 'Đơn vị thẩm tra', 'Verifier'),
    field('planning.redLine', 'Chỉ giới đường đỏ', 'Red line'),
    field('planning.buildingLine', 'Chỉ giới xây dựng', 'Building line'),
    field('planning.colour', 'Màu sắc', 'Colour'),
    field('planning.depth', 'Chiều sâu công trình', 'Depth'),
  ],
  refusal: [{ ...field('reason', 'Lý do từ chối', 'Reason', 'longtext'), required: true }],
  'support-decision': [field('payment.text', 'Hình thức chi trả', 'Way of payment')],
}

/**
 * The few fields an officer adds for the paper of a template; of a template without paper, none.
 * `refusal` is the draft of a written refusal: its reason.
 */
export function draftFieldsFor(template: string): readonly ResultDraftField[] {
  return byTemplate[template] ?? []
}
