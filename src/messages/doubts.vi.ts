/** Dossiers whose facts are missing or contradict each other, so that figures made of them are doubtful. */
export const doubts = {
  title: 'Hồ sơ cần xem lại',
  lead: 'Chỉ người phụ trách đơn vị thấy phần này. Hồ sơ nộp trong kỳ có dữ kiện thiếu hoặc trái nhau:',
  count: '{count} hồ sơ',
  kind: {
    'ended-before-accepted': 'Xong trước khi tiếp nhận',
    'accepted-before-filed': 'Tiếp nhận trước khi nộp',
    'no-due-date': 'Đang giải quyết mà không có hạn trả',
    'due-before-accepted': 'Hạn trả trước ngày tiếp nhận',
    'result-without-paper': 'Đã trả kết quả mà không có bản ký số',
    'late-word': 'Hệ thống bạn báo muộn quá 3 ngày',
  },
  why: {
    'ended-before-accepted': 'Thời gian giải quyết thành số âm, nên tỷ lệ đúng hạn đẹp hơn thực tế.',
    'accepted-before-filed': 'Ngày nộp hoặc ngày tiếp nhận ghi sai.',
    'no-due-date': 'Không ai biết hồ sơ này có trễ hay không; nó được tính là còn hạn.',
    'due-before-accepted': 'Hồ sơ trễ ngay khi được tiếp nhận.',
    'result-without-paper':
      'Không tính vào tỷ lệ kết quả điện tử nếu trả bản giấy; nếu có bản ký số, hãy gắn vào hồ sơ.',
    'late-word': 'Số của ngày xảy ra đã sai cho tới khi có tin; kỳ đã chốt được sửa.',
  },
} as const
