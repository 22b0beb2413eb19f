/** Where the time of a process goes. */
export const reform = {
  'no-such-process': 'Không có phiên bản quy trình này.',
  'period-backwards': 'Khoảng thời gian không đúng: ngày đầu phải trước ngày cuối.',
} as const
