/** Words of offices with what people say; Vietnamese, in lower case. */
export const plainWords: readonly (readonly [bureaucratic: string, plain: string])[] = [
  ['đương sự', 'anh/chị'],
  ['người yêu cầu giải quyết thủ tục hành chính', 'người nộp hồ sơ'],
  ['tổ chức, cá nhân có nhu cầu', 'anh/chị'],
  ['trường hợp không thuộc diện nêu trên', 'nếu không'],
  ['trong trường hợp', 'nếu'],
  ['căn cứ theo quy định tại', 'theo'],
  ['theo quy định của pháp luật hiện hành', 'theo luật'],
  ['theo quy định của pháp luật', 'theo luật'],
  ['tiến hành thực hiện', 'làm'],
  ['thực hiện việc', 'làm'],
  ['đề nghị quý', 'mời anh/chị'],
  ['có trách nhiệm', 'phải'],
  ['kể từ thời điểm', 'từ khi'],
  ['nhằm mục đích', 'để'],
  ['đối với', 'với'],
  ['nêu trên', 'ở trên'],
  ['nơi đăng ký hộ khẩu thường trú', 'nơi thường trú'],
  ['xuất trình', 'đưa xem'],
  ['khai báo', 'khai'],
  ['cung cấp thông tin về', 'cho biết'],
  ['kê khai thông tin', 'điền'],
  ['quý khách', 'anh/chị'],
]

/** Abbreviations that everybody who files knows. */
export const knownAbbreviations = new Set([
  'VNeID',
  'SMS',
  'QR',
  'PDF',
  'BHYT',
  'BHXH',
  'UBND',
  'ID',
  'OK',
  'VNĐ',
  'PDF/A',
])

/** A sentence with more words than this is read twice. */
export const longSentence = 30
