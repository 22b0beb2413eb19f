/** Questions before signing in: whether a procedure fits. */
export const eligibility = {
  title: 'Anh/chị có làm được thủ tục này không?',
  link: 'Xem anh/chị có làm được không',
  linkText: 'Vài câu hỏi ngắn, chưa cần đăng nhập.',
  progress: 'Câu {no}, nhiều nhất {of} câu',
  unanswered: 'Mời trả lời câu này để đi tiếp.',
  next: 'Tiếp tục',
  notKept: 'Câu trả lời không được lưu lại.',
  yes: 'Có',
  no: 'Không',
  can: 'Anh/chị làm được thủ tục này',
  canText: 'Theo những gì anh/chị trả lời, không có gì ngăn cản. Câu nào tờ khai cũng hỏi thì được điền sẵn.',
  cannot: 'Anh/chị chưa làm được thủ tục này, vì',
  notDecision:
    'Đây là hướng dẫn theo câu trả lời của anh/chị, không phải quyết định từ chối. Anh/chị vẫn có quyền nộp hồ sơ.',
  other: 'Làm thủ tục: {title}',
  back: 'Xem đầy đủ về thủ tục',
  answered: 'Anh/chị đã trả lời',
  change: 'Đổi',
} as const
