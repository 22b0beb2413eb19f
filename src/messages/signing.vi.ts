/** Signing on the desk. */
export const signing = {
  pin: 'Mã PIN chữ ký số',
  certificate: 'Chứng thư của {name}, dùng đến {until}',
  pinHint: 'Một lần nhập ký cho mọi hồ sơ đã chọn.',
  pinSample: 'Bản dùng thử đã điền sẵn mã PIN của chứng thư mẫu.',
  pinMissing: 'Nhập mã PIN của chữ ký số.',
  lead: 'Xem đúng tờ sẽ ký, đánh dấu rồi ký một lượt. Chữ ký số gắn vào chính tờ đã xem; văn thư cấp số, đóng dấu sau đó.',
  signed: 'đã ký số và duyệt',
  by: 'Người ký',
  seal: 'Con dấu',
} as const
