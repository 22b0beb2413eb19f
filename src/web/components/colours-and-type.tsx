const swatches = [
  { look: 'ink', name: 'Mực', use: 'chữ', contrast: '16,8' },
  { look: 'soft', name: 'Mực nhạt', use: 'chữ phụ', contrast: '9,8' },
  { look: 'faint', name: 'Mực mờ', use: 'chú thích', contrast: '6,4' },
  { look: 'identity', name: 'Son', use: 'dấu hiệu, nút chính', contrast: '8,9' },
  { look: 'sample', name: 'Vàng', use: 'chỉ cho dữ liệu mẫu', contrast: '8,0' },
  { look: 'info', name: 'Thông tin', use: 'đang xử lý', contrast: '7,6' },
  { look: 'ok', name: 'Xong', use: 'đúng hạn', contrast: '6,8' },
  { look: 'warn', name: 'Chú ý', use: 'sắp hết hạn', contrast: '6,6' },
  { look: 'bad', name: 'Xấu', use: 'quá hạn, lỗi', contrast: '6,3' },
  { look: 'paused', name: 'Tạm dừng', use: 'đồng hồ dừng', contrast: '8,2' },
] as const

export function ColourSamples() {
  return (
    <ul className="swatches">
      {swatches.map(({ look, name, use, contrast }) => (
        <li key={look}>
          <span className={`swatch swatch--${look}`}>{contrast} : 1</span>
          <b>{name}</b>
          <small>{use}</small>
        </li>
      ))}
    </ul>
  )
}

export function TypeSamples() {
  return (
    <div className="stack">
      <p className="type type--3xl">Ủy ban nhân dân xã Đồng Mây</p>
      <p className="type type--2xl">Giấy xác nhận tình trạng hôn nhân</p>
      <p className="type type--xl">Mất bao lâu, vì sao có khi lâu hơn</p>
      <p className="type type--l">Nơi thường trú của con</p>
      <p>Chữ thường, mỗi dòng không quá 70 ký tự. Câu ngắn, động từ rõ, gọi người đọc là anh/chị.</p>
      <p className="small soft">Chữ nhỏ: gợi ý, nguồn, ghi chú.</p>
      <p className="tiny faint">Chữ rất nhỏ: chỉ cho nhãn.</p>
      <p>
        Số trong câu: 1.284 hồ sơ. Số trong bảng: <output>1.284 · 8.000 đ · 14:30 · 21/11/2026</output>
      </p>
    </div>
  )
}
