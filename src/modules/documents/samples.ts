import type { Outcome } from '../../kernel/errors.ts'
import type { SlipData, SlipKind } from './forms.ts'
import { type PrintOptions, renderSlip } from './render-slip.ts'

export { slipKinds } from './forms.ts'

/*
 * One example of each form in the demonstration province, for tests, benches and previews.
 * Nobody and nothing in it exists.
 */

const head = {
  sample: true,
  agency: { parent: 'Ủy ban nhân dân\nphường Hoa Sen', name: 'Trung tâm Phục vụ\nhành chính công' },
  number: '00042/TTPVHCC',
  place: 'Hoa Sen',
  on: '2026-11-20',
  code: 'H99.12-261120-00042',
  qr: {
    text: 'https://motcua.example/xac-minh/K7M2P9QX4T',
    label: 'Mã QR mở trang xác minh của hồ sơ H99.12-261120-00042',
  },
}

const withoutQr = ({ qr: _, ...rest }: typeof head) => rest

const about = {
  ...head,
  office: 'Trung tâm Phục vụ hành chính công phường Hoa Sen',
  applicant: {
    name: 'Nguyễn Thị Mẫu Đơn',
    address: 'số 8 ngõ 21 đường Hoa Sen, phường Hoa Sen, tỉnh Sông Mai',
    phone: '0900 000 417',
  },
  procedure: { code: '1.001193', name: 'Thủ tục đăng ký khai sinh' },
  contact: { name: 'bà Lê Thu Trang', phone: '0299 3000 012' },
}

const officer = { name: 'Lê Thu Trang', signed: { by: 'TTPVHCC phường Hoa Sen', at: '2026-11-20T01:05:12Z' } }
const chairAt = (at: string) => ({
  title: 'KT. Chủ tịch\nPhó Chủ tịch',
  name: 'Trần Văn Bách',
  signed: { by: 'UBND phường Hoa Sen', at },
})
const chair = chairAt('2026-11-23T03:12:40Z')
const result = {
  ...head,
  agency: { parent: 'Tỉnh Sông Mai', name: 'Ủy ban nhân dân\nphường Hoa Sen' },
  number: '386/2026',
  on: '2026-11-23',
  signer: chair,
  verify: { site: 'motcua.example/xac-minh', code: 'K7M2P9QX4T' },
}
const decision = {
  ...result,
  on: '2026-12-01',
  issuedBy: 'Chủ tịch Ủy ban nhân dân phường Hoa Sen',
  papers: [{ title: 'Giấy khai sinh', number: '386/2026', on: '2026-11-23' }],
  holder: 'ông/bà Nguyễn Thị Mẫu Đơn',
  effectiveOn: '2026-12-01',
  recipients: ['Người được cấp', 'Trung tâm Phục vụ hành chính công', 'Lưu: VT'],
}
const grounds = [
  'Căn cứ Luật Tổ chức chính quyền địa phương;',
  'Căn cứ Nghị định số 118/2025/NĐ-CP;',
  'Xét đề nghị của Phòng Tư pháp.',
]
const person = {
  fullName: 'Nguyễn Thị Mẫu Đơn',
  dateOfBirth: '1994-05-17',
  sex: 'Nữ',
  ethnicGroup: 'Kinh',
  nationality: 'Việt Nam',
  identityPaper: 'Căn cước số 001194000417, cấp ngày 02/03/2024',
  residence: 'số 8 ngõ 21 đường Hoa Sen, phường Hoa Sen, tỉnh Sông Mai',
}
const registration = {
  place: 'Ủy ban nhân dân phường Hoa Sen, tỉnh Sông Mai',
  number: '386/2026',
  on: '2026-11-23',
}
const declarant = { fullName: 'Nguyễn Thị Mẫu Đơn', identityPaper: 'Căn cước số 001194000417' }

export const samples: { [K in SlipKind]: SlipData<K> } = {
  receipt: {
    ...about,
    papers: [
      { name: 'Tờ khai đăng ký khai sinh (biểu mẫu điện tử)', form: 'Bản điện tử', quantity: 1 },
      { name: 'Giấy chứng sinh số 01187/2026', form: 'Bản điện tử có ký số', quantity: 1 },
    ],
    limit: '01 ngày làm việc',
    receivedAt: '2026-11-20T01:05:12Z',
    dueAt: '2026-11-23T10:30:00Z',
    reasons: ['Ngày tiếp nhận không tính', '21 và 22/11 là ngày nghỉ', 'ngày làm việc thứ nhất là 23/11'],
    delivery: 'bản điện tử trong kho của người nộp; bản giấy tại Trung tâm',
    log: { book: '03/2026', number: '00042' },
    submitter: { note: 'Đã nộp trực tuyến, 20 giờ 14 phút ngày 19/11/2026', name: 'Nguyễn Thị Mẫu Đơn' },
    receiver: officer,
    lookup: { site: 'motcua.example', secret: 'K7M2', phone: '0299 3000 012' },
  },
  supplement: {
    ...about,
    items: [
      'Giấy chứng sinh: ảnh bị mờ ở phần họ tên mẹ. Chụp lại cả tờ, đủ bốn góc, đọc được chữ.',
      'Văn bản ủy quyền: thiếu. Trường hợp ông, bà, cô, dì đi khai thay thì kèm văn bản ủy quyền (không phải chứng thực).',
    ],
    reason: 'Thông tin của người mẹ trong tờ khai chưa đối chiếu được với Giấy chứng sinh.',
    answerBy: '2026-12-04T10:30:00Z',
    clock:
      'Thời gian chờ bổ sung không tính vào thời hạn. Khi đủ giấy tờ, thời hạn 01 ngày làm việc được tính lại từ đầu.',
    reasons: ['Tiếp nhận lúc 8 giờ 05 ngày 20/11', 'đồng hồ dừng từ 9 giờ 10 ngày 20/11 để chờ bổ sung'],
    officer,
  },
  refusal: {
    ...about,
    reason: 'Hồ sơ không thuộc thẩm quyền: trẻ đã được đăng ký khai sinh tại xã Bến Gỗ ngày 02/11/2026.',
    legalGround: 'Điều 13 Luật Hộ tịch',
    officer,
  },
  apology: {
    ...about,
    variant: 'extension',
    addition: '01 ngày làm việc',
    reasons: ['Ngày tiếp nhận không tính', '21 và 22/11 là ngày nghỉ', 'ngày làm việc thứ nhất là 23/11'],
    receivedAt: '2026-11-20T01:05:12Z',
    dueAt: '2026-11-23T10:30:00Z',
    reason:
      'Hệ thống tra cứu dân cư gián đoạn từ 8 giờ đến 16 giờ ngày 20/11/2026 nên chưa lấy được số định danh của trẻ.',
    newDueAt: '2026-11-24T10:30:00Z',
    signer: chairAt('2026-11-20T09:40:10Z'),
  },
  stop: {
    ...about,
    on: '2026-11-25',
    stoppedAt: '2026-11-25T02:00:00Z',
    reason: 'Quá thời hạn bổ sung mà hồ sơ chưa được bổ sung.',
    legalGround: 'Nghị định số 118/2025/NĐ-CP',
    consequences: [
      'Giấy tờ đã nộp được trả lại tại Trung tâm.',
      'Ông/bà có thể nộp hồ sơ mới bất cứ lúc nào.',
    ],
    signer: chairAt('2026-11-25T02:00:00Z'),
  },
  decline: {
    ...about,
    on: '2026-11-23',
    receivedAt: '2026-11-20T01:05:12Z',
    reason:
      'Kết quả xác minh cho thấy trẻ đã được đăng ký khai sinh, số 112/2026 ngày 02/11/2026 tại xã Bến Gỗ.',
    legalGround: 'Điều 13 Luật Hộ tịch',
    signer: chair,
  },
  obligation: {
    ...about,
    items: [
      { name: 'Lệ phí trước bạ nhà, đất', amountVnd: 4_250_000 },
      { name: 'Phí thẩm định hồ sơ cấp giấy chứng nhận', amountVnd: 650_000 },
    ],
    payment: 'Nộp trực tuyến trên trang hồ sơ, hoặc tại quầy thu của Trung tâm trong giờ làm việc.',
    payBy: '2026-12-22T10:30:00Z',
    clock: 'Thời hạn giải quyết dừng từ lúc thông báo đến khi có chứng từ nộp.',
    legalGround: 'Luật Phí và lệ phí số 97/2015/QH13',
    signer: chairAt('2026-11-20T08:12:40Z'),
  },
  destruction: {
    ...withoutQr(head),
    code: '019aa3c2-7d10-7c1e-9f5a-2b8f0c6d1e22',
    basis: 'Bảng thời hạn bảo quản của phường Hoa Sen, Quyết định số 15/QĐ-UBND',
    proposedBy: 'Lê Thu Trang',
    proposedAt: '2037-01-05T01:00:00Z',
    approvedBy: 'Nguyễn Văn Mẫu',
    approvedAt: '2037-01-06T02:00:00Z',
    decision: 'Đồng ý hủy',
    purged: 1,
    skipped: 1,
    counts: [
      { name: 'Tờ khai, ý kiến và nội dung riêng', count: 4 },
      { name: 'Tệp giấy tờ đã nộp', count: 2 },
    ],
    before: { at: '2037-01-06T02:01:00Z', streams: 2, entries: 19, faults: 0, heads: 'a1'.repeat(32) },
    after: { at: '2037-01-06T02:02:00Z', streams: 2, entries: 19, faults: 0, heads: 'a1'.repeat(32) },
    dossiers: [
      {
        code: 'H99.12-261120-00042',
        ended: '23/11/2026',
        due: '31/12/2036',
        rule: 'dossier',
        outcome: 'Đã hủy',
      },
      {
        code: 'H99.12-261119-00037',
        ended: '24/11/2026',
        due: '31/12/2036',
        rule: 'dossier',
        outcome: 'Giữ lại: đang bị giữ',
      },
    ],
  },
  'hand-over': {
    ...head,
    giver: {
      unit: 'Bộ phận một cửa, phường Hoa Sen',
      name: 'Lê Thu Trang',
      note: 'Đã xác nhận trên hệ thống',
    },
    taker: { unit: 'Phòng Tư pháp, UBND phường Hoa Sen', name: 'Phạm Quốc Huy' },
    at: '2026-11-20T01:40:00Z',
    reason: 'Nghỉ phép năm từ 23/11 đến 27/11/2026',
    dossiers: [
      {
        code: 'H99.12-261120-00042',
        applicant: 'Nguyễn Thị Mẫu Đơn',
        procedure: 'Đăng ký khai sinh',
        due: '17:30 23/11/2026',
        sheets: 4,
      },
      {
        code: 'H99.12-261119-00037',
        applicant: 'Trần Văn Mẫu',
        procedure: 'Xác nhận tình trạng hôn nhân',
        due: '17:30 24/11/2026',
        sheets: 2,
        remark: 'Bản chính chờ trả',
      },
    ],
  },
  'log-book': {
    ...withoutQr(head),
    number: '',
    code: 'H99.12 01/2026',
    unit: 'Trung tâm Phục vụ hành chính công phường Hoa Sen',
    book: '01/2026',
    from: '2026-11-16',
    to: '2026-11-20',
    rows: [
      {
        number: '00041',
        code: 'H99.12-261119-00037',
        procedure: 'Cấp giấy xác nhận tình trạng hôn nhân',
        sets: '01',
        applicant: 'Trần Văn Mẫu',
        address: 'tổ 3, phường Hoa Sen, tỉnh Sông Mai; 0900 000 418',
        competent: 'UBND phường Hoa Sen',
        received: '09:10 19/11/2026',
        due: '17:30 24/11/2026',
        decided: '15:02 20/11/2026',
        returned: '15:40 20/11/2026',
        method: 'Tại quầy',
      },
      {
        number: '00042',
        code: 'H99.12-261120-00042',
        procedure: 'Đăng ký khai sinh',
        sets: '01',
        applicant: 'Nguyễn Thị Mẫu Đơn',
        address: 'số 8 ngõ 21 đường Hoa Sen, phường Hoa Sen, tỉnh Sông Mai; 0900 000 417',
        competent: 'UBND phường Hoa Sen',
        received: '08:05 20/11/2026',
        due: '17:30 23/11/2026',
        method: 'Bản điện tử',
        remark: 'Chờ bổ sung từ 20/11/2026',
      },
    ],
  },
  correction: {
    ...decision,
    number: '215/QĐ-UBND',
    grounds,
    changes: [{ label: 'Họ, chữ đệm, tên người cha', before: 'Nguyễn Minh Hoạ', after: 'Nguyễn Minh Họa' }],
    reason: 'Ghi sai chính tả tên người cha so với Căn cước.',
    replacements: [{ title: 'Giấy khai sinh', number: '391/2026', verifyCode: '7K3M9Q2XRTVW4HPA' }],
    fault: 'authority',
  },
  revocation: {
    ...decision,
    number: '216/QĐ-UBND',
    grounds,
    reason: 'Trẻ đã được đăng ký khai sinh, số 112/2026 ngày 02/11/2026 tại xã Bến Gỗ.',
  },
  'announcement-draft': {
    ...{ sample: true, agency: { parent: '', name: 'Ủy ban nhân dân\ntỉnh Sông Mai' }, number: '…/QĐ-UBND' },
    ...{ place: 'Sông Mai', on: '2026-11-20', title: 'Quyết định' },
    subtitle: 'Về việc công bố thủ tục hành chính sửa đổi, bổ sung lĩnh vực Hộ tịch',
    issuer: 'Chủ tịch Ủy ban nhân dân tỉnh Sông Mai',
    bases: ['Căn cứ Nghị định số 63/2010/NĐ-CP ngày 08 tháng 6 năm 2010 của Chính phủ;'],
    proposal: 'Theo đề nghị của Chánh Văn phòng Ủy ban nhân dân tỉnh.',
    articles: ['Điều 1. Công bố kèm theo Quyết định này thủ tục hành chính được sửa đổi, bổ sung.'],
    annex: {
      title: 'Thủ tục hành chính được sửa đổi, bổ sung',
      columns: ['TT', 'Nội dung', 'Trước', 'Sau'],
      rows: [['1', 'Thời hạn giải quyết', '3 ngày làm việc', '1 ngày làm việc']],
    },
    signerRole: 'Chủ tịch',
    recipients: ['Như Điều 3', 'Lưu: VT'],
  },
  control: {
    ...about,
    receivedAt: '2026-11-20T01:05:12Z',
    dueAt: '2026-11-23T10:30:00Z',
    handovers: [
      {
        giver: { unit: 'Bộ phận một cửa', name: 'Lê Thu Trang' },
        taker: { unit: 'Công chức tư pháp - hộ tịch', name: 'Phạm Quốc Huy' },
        at: '2026-11-20T01:40:00Z',
        result: 'early',
      },
      {
        giver: { unit: 'Công chức tư pháp - hộ tịch', name: 'Phạm Quốc Huy' },
        taker: { unit: 'Lãnh đạo UBND phường', name: 'Trần Văn Bách' },
        at: '2026-11-23T02:10:00Z',
        result: 'on-time',
        remark: 'Chờ số định danh',
      },
    ],
  },
  result: {
    ...result,
    heading: 'Giấy xác nhận',
    subtitle: 'Về việc đã hoàn thành thủ tục',
    introduction: 'Ủy ban nhân dân phường Hoa Sen xác nhận:',
    sections: [
      {
        rows: [
          { label: 'Họ và tên', value: 'Nguyễn Thị Mẫu Đơn' },
          { label: 'Nội dung', value: 'đã hoàn thành' },
        ],
      },
    ],
  },
  'birth-certificate': {
    ...result,
    child: {
      fullName: 'Nguyễn Mẫu An',
      dateOfBirth: '2026-11-12',
      sex: 'Nam',
      ethnicGroup: 'Kinh',
      nationality: 'Việt Nam',
      personalId: '001226000999',
      placeOfBirth: 'Bệnh viện đa khoa tỉnh Sông Mai, phường Hoa Sen, tỉnh Sông Mai',
      hometown: 'xã Bến Gỗ, tỉnh Sông Mai',
    },
    mother: {
      fullName: 'Nguyễn Thị Mẫu Đơn',
      yearOfBirth: '1994',
      ethnicGroup: 'Kinh',
      nationality: 'Việt Nam',
      residence: person.residence,
    },
    father: {
      fullName: 'Nguyễn Minh Họa',
      yearOfBirth: '1992',
      ethnicGroup: 'Kinh',
      nationality: 'Việt Nam',
      residence: person.residence,
    },
    declarant,
    registration,
  },
  'civil-status-copy': {
    ...result,
    number: '3000/2026/TLKT-BS',
    heading: 'Trích lục khai tử',
    entries: [
      { label: 'Họ, chữ đệm, tên', value: 'NGUYỄN VĂN MẪU' },
      { label: 'Ngày, tháng, năm sinh', value: '1948' },
    ],
    registration,
    takenFrom: 'database',
  },
  'marital-status-certificate': {
    ...result,
    number: '77/UBND-XNTTHN',
    requester: 'Nguyễn Thị Mẫu Đơn',
    person,
    residence: { place: 'phường Hoa Sen, tỉnh Sông Mai', from: '01/06/2012', to: '23/11/2026' },
    status: 'Hiện tại chưa đăng ký kết hôn với ai',
    purpose: 'làm thủ tục mua nhà; không có giá trị để đăng ký kết hôn',
    validUntil: '2027-05-23',
  },
  'death-extract': {
    ...result,
    number: '41/TLKT',
    deceased: { ...person, fullName: 'Nguyễn Văn Mẫu', dateOfBirth: '1948', sex: 'Nam', residence: null },
    diedAt: '2026-11-18T20:15:00Z',
    placeOfDeath: 'số 8 ngõ 21 đường Hoa Sen, phường Hoa Sen, tỉnh Sông Mai',
    cause: 'Tuổi già',
    registration,
    declarant,
  },
  'certified-copy': {
    ...result,
    number: '',
    paperName: 'Bằng tốt nghiệp đại học',
    requester: 'Nguyễn Thị Mẫu Đơn',
    copies: 3,
    certificationNumber: '01204',
    book: '05/2026',
  },
  'residence-notice': {
    ...result,
    agency: { parent: 'Công an tỉnh Sông Mai', name: 'Công an phường Hoa Sen' },
    number: '512/TB-CAP',
    addressee: 'ông/bà Nguyễn Thị Mẫu Đơn',
    grounds: 'Căn cứ Luật Cư trú; căn cứ hồ sơ đăng ký cư trú của ông/bà.',
    person,
    kind: 'temporary',
    address: 'số 8 ngõ 21 đường Hoa Sen, phường Hoa Sen, tỉnh Sông Mai',
    until: '2028-11-22',
    householder: { name: 'Nguyễn Minh Họa', relation: 'Vợ' },
    members: [{ name: 'Nguyễn Mẫu An', personalId: '001226000999', relation: 'Con' }],
    signer: { ...chair, title: 'Trưởng Công an phường', name: 'Đỗ Hữu Mạnh' },
  },
  'building-permit': {
    ...result,
    number: '29/GPXD',
    holder: { name: 'Nguyễn Thị Mẫu Đơn', address: person.residence },
    work: {
      name: 'Nhà ở riêng lẻ',
      design: 'Bản vẽ ký hiệu NM-01 đến NM-12',
      designer: 'Công ty Thiết kế Mẫu',
    },
    site: {
      location: 'thửa đất số 117, tờ bản đồ số 8, đường Hoa Sen, phường Hoa Sen, tỉnh Sông Mai',
      areaM2: 120,
    },
    planning: { groundLevel: '+0,30 m', redLine: 'trùng ranh giới đường', buildingLine: 'lùi 2,0 m' },
    house: { footprintM2: 84, floorAreaM2: 236.5, heightM: 11.4, storeys: '03 tầng và tum' },
    landPaper: 'Giấy chứng nhận quyền sử dụng đất số AA 00000001',
    recipients: ['Như mục 1', 'Lưu: VT'],
  },
  'support-decision': {
    ...result,
    number: '214/QĐ-UBND',
    issuedBy: 'Chủ tịch Ủy ban nhân dân phường Hoa Sen',
    grounds: [
      'Căn cứ Luật Tổ chức chính quyền địa phương;',
      'Căn cứ Nghị định số 20/2021/NĐ-CP;',
      'Xét hồ sơ đề nghị hỗ trợ chi phí mai táng.',
    ],
    recipient: person,
    deceased: { fullName: 'Nguyễn Văn Mẫu', diedOn: '2026-11-19' },
    amountVnd: 10_000_000,
    payment: 'chuyển khoản vào tài khoản của người nhận',
    effectiveOn: '2026-11-23',
    recipients: ['Người có tên tại Điều 1', 'Phòng Văn hóa - Xã hội', 'Lưu: VT'],
  },
}

/** Prints the example of a form as if it were issued on that day. */
export function printSample(
  kind: SlipKind,
  { on, ...options }: PrintOptions & { on: string },
): Promise<Outcome<Uint8Array>> {
  return renderSlip(kind, { ...samples[kind], on } as never, options)
}
