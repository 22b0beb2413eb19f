/** Rating the service after a dossier (NĐ 61/2018/NĐ-CP, Chương IV). */
export const feedback = {
  grade: { 'very-satisfied': 'Rất hài lòng', satisfied: 'Hài lòng', 'not-satisfied': 'Không hài lòng' },
  aspect: {
    ease: 'Dễ làm, dễ hiểu',
    speed: 'Nhanh',
    punctuality: 'Đúng hẹn',
    attitude: 'Thái độ của cán bộ',
  },
  title: 'Anh/chị thấy phục vụ thế nào?',
  comment: 'Điều muốn nói thêm (không bắt buộc, không hiện công khai)',
  send: 'Gửi đánh giá',
  thanks: 'Cảm ơn anh/chị. Có thể sửa đánh giá đến hết {until}.',
  'unknown-token': 'Đường dẫn đánh giá không đúng. Hãy quét lại mã QR trên giấy hẹn hoặc kết quả.',
  'too-early': 'Hồ sơ đang được giải quyết. Có thể đánh giá khi đã có kết quả.',
  closed: 'Đã hết thời gian sửa đánh giá này.',
  invalid: 'Hãy chọn một mức hài lòng.',
  'rated-meanwhile': 'Đánh giá vừa được sửa ở nơi khác. Hãy mở lại trang.',
} as const
