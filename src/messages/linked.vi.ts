/** Linked procedures as officers see them: what a filing holds, how each part stands, what somebody looks after. */
export const linked = {
  group: {
    title: 'Các thủ tục trong hồ sơ',
    lead: 'Mỗi thủ tục do cơ quan của nó giải quyết; ở đây chỉ thấy tình trạng.',
    waits: 'Hồ sơ tự kết thúc khi mọi thủ tục đã xong, và tự trả khi mọi kết quả đã trao.',
  },
  branch: {
    title: 'Thuộc hồ sơ liên thông',
    of: '{procedure}, hồ sơ {code}',
    sisters: 'Các thủ tục cùng hồ sơ',
    here: 'hồ sơ này',
  },
  state: {
    waiting: 'Chưa đến lượt',
    running: 'Đang làm',
    late: 'Quá hạn',
    paused: 'Chờ người nộp',
    granted: 'Có kết quả',
    refused: 'Không giải quyết',
    ended: 'Đã dừng',
    revoked: 'Kết quả bị thu hồi',
    'not-started': 'Không bắt đầu',
  },
  why: {
    'depends-on-refused': 'thủ tục trước không có kết quả',
    'filing-ended': 'hồ sơ đã kết thúc trước đó',
    withdrawn: 'đã rút',
    stopped: 'cơ quan dừng giải quyết',
    revoked: 'kết quả bị thu hồi',
    'not-competent': 'không tìm được cơ quan giải quyết',
  },
  due: 'hạn {due}',
  ended: 'xong {at}',
  open: 'Mở hồ sơ {code}',
  nobody: 'chưa rõ cơ quan',
  todo: {
    title: 'Việc phải lo cho người dân',
    failed: '{branch} không có kết quả.',
    lost: '{branch} dựa vào kết quả của {cause} nay không còn. Xem lại và báo cho người dân.',
  },
} as const
