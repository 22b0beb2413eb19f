/** Why an expression is refused. */
export const feel = {
  'too-long': 'Dài {length} ký tự, nhiều nhất là {longest}.',
  'too-deep': 'Lồng nhau quá sâu, nhiều nhất {deepest} tầng.',
  syntax: 'Viết chưa đúng ở ký tự thứ {position}, chỗ “{near}”.',
  unsupported: 'Không dùng được cách viết {construct} ở ký tự thứ {position}, chỗ “{near}”.',
  'unknown-function': 'Không có hàm “{name}” (ký tự thứ {position}).',
  'argument-count': 'Hàm “{name}” có số tham số không đúng (ký tự thứ {position}).',
  'too-costly': 'Tính quá lâu hoặc ra kết quả quá lớn.',
} as const
