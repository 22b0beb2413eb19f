/** Names of the figures of the board. */
export const indicators = {
  measure: {
    received: 'Hồ sơ nhận',
    'received-online': 'Nhận trực tuyến',
    'received-direct': 'Nhận trực tiếp',
    'received-post': 'Nhận qua bưu chính',
    accepted: 'Đã tiếp nhận',
    'awaiting-intake': 'Chờ tiếp nhận',
    'in-progress': 'Đang giải quyết',
    overdue: 'Đang quá hạn',
    'finished-early': 'Xong trước hạn',
    'finished-on-time': 'Xong đúng hạn',
    'finished-late': 'Xong quá hạn',
    refused: 'Không tiếp nhận',
    withdrawn: 'Rút hồ sơ',
    stopped: 'Dừng giải quyết',
    'result-digital': 'Kết quả điện tử',
    'rating-very-satisfied': 'Rất hài lòng',
    'rating-satisfied': 'Hài lòng',
    'rating-not-satisfied': 'Không hài lòng',
  },
  invalid: 'Khoảng thời gian không đúng: ngày đầu phải trước ngày cuối.',
} as const
