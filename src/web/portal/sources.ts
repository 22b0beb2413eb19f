export interface LifeEventLine {
  key: string
  title: string
  text: string
}
export async function homeSources(_page: unknown) {
  const events: LifeEventLine[] = [
    ['sinh-con', 'Sinh con', 'Khai sinh, thường trú, thẻ bảo hiểm y tế'],
    ['ket-hon', 'Kết hôn', 'Xác nhận tình trạng hôn nhân, đăng ký kết hôn'],
    ['chuyen-cho-o', 'Chuyển chỗ ở', 'Thường trú, tạm trú'],
    ['xay-sua-nha', 'Xây, sửa nhà', 'Giấy phép xây dựng nhà ở riêng lẻ'],
    ['mua-ban-dat', 'Mua bán, tặng cho đất', 'Đăng ký biến động đất đai'],
    ['mo-ho-kinh-doanh', 'Mở hộ kinh doanh', 'Đăng ký hộ kinh doanh, giấy phép con'],
    ['tuoi-gia', 'Tuổi già, trợ cấp', 'Trợ cấp hưu trí xã hội'],
    ['nguoi-than-qua-doi', 'Người thân qua đời', 'Khai tử, hỗ trợ mai táng'],
  ].map(([key, title, text]) => ({ key: key!, title: title!, text: text! }))
  return {
    events,
    procedures: 2642,
    centre: null,
    often: [
      { code: '2.000815', name: 'Chứng thực bản sao' },
      { code: '1.001193', name: 'Đăng ký khai sinh' },
      { code: '1.004194', name: 'Đăng ký tạm trú' },
      { code: '1.004873', name: 'Giấy độc thân' },
    ],
    today: { received: 1284, resolved: 1107, onTime: 1077 } as
      | { received: number; resolved: number; onTime: number }
      | undefined,
  }
}
