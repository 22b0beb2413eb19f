export const text = {
  'not-storable': 'Có ký tự không lưu được hoặc dữ liệu lồng quá sâu. Mời gõ lại.',
} as const
