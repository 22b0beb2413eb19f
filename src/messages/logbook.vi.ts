/** The log book of a unit: page, print and spreadsheet. */
export const logbook = {
  lead: 'Hồ sơ đơn vị đã tiếp nhận, theo số thứ tự của sổ (Mẫu 07).',
  unit: 'Đơn vị',
  this: { month: 'Tháng này', quarter: 'Quý này', year: 'Năm nay' },
  pdf: 'In sổ (PDF)',
  xlsx: 'Bảng tính (XLSX)',
  csv: 'CSV',
  number: 'Số TT',
  returned: 'Trả kết quả',
  none: 'Không có hồ sơ nào được tiếp nhận trong những ngày này.',
  more: 'Trang này chỉ hiện {count} dòng đầu. Bản in và bảng tính có nhiều hơn.',
  'too-long': 'Chưa in được sổ này',
  'too-long-text':
    'Khoảng ngày này có hơn {most} hồ sơ. Hãy chọn khoảng ngắn hơn, hoặc tải bảng tính nếu cần tất cả.',
  'sheet-too-long': 'Chưa lập được bảng tính',
  broken: 'Chưa in được sổ này',
  'broken-text': 'Mẫu trình bày sổ của nơi cài đặt bị lỗi. Báo người quản trị hệ thống.',
} as const
