/** Messages to people about their dossiers. `sms` is written without accents: 160 letters for the price of one. */
export const notifications = {
  kind: {
    submitted: 'Đã gửi hồ sơ',
    accepted: 'Đã tiếp nhận',
    'supplement-requested': 'Cần bổ sung',
    supplemented: 'Đã nhận phần bổ sung',
    refused: 'Không tiếp nhận',
    'result-ready': 'Đã có kết quả',
    declined: 'Không giải quyết được',
    returned: 'Đã trả kết quả',
    withdrawn: 'Đã rút hồ sơ',
    stopped: 'Dừng giải quyết',
  },
  channel: { 'in-app': 'Trên trang này', sms: 'Tin nhắn', email: 'Thư điện tử' },
  state: {
    sent: 'Đã gửi',
    waiting: 'Đang chờ gửi, hệ thống tự gửi lại',
    failed: 'Không gửi được',
  },
  time: { full: '{time} ngày {date}', short: '{time} {date}' },
  // A message in the app is read after sign-in, so it may name the procedure and say for whom.
  app: {
    submitted: 'Chúng tôi đã nhận được hồ sơ {code} ({procedure}). {authority} sẽ trả lời trước {intakeDue}.',
    accepted: 'Hồ sơ {code} ({procedure}) đã được tiếp nhận. Hẹn trả kết quả: {due}.',
    'accepted-paused': 'Hồ sơ {code} ({procedure}) đã được tiếp nhận.',
    'supplement-requested':
      'Hồ sơ {code} ({procedure}) cần bổ sung. Mở hồ sơ để xem cần thêm gì và gửi ngay trên trang.',
    supplemented: 'Đã nhận phần bổ sung của hồ sơ {code} ({procedure}). {next}',
    refused: 'Hồ sơ {code} ({procedure}) chưa được tiếp nhận. Lý do ghi trong phiếu ở trang hồ sơ.',
    'ready-electronic': 'Hồ sơ {code} ({procedure}) đã có kết quả. Mở hồ sơ để xem và tải về.',
    'ready-counter':
      'Hồ sơ {code} ({procedure}) đã có kết quả. Mời đến nhận tại {receivingAuthority}, mang theo giấy hẹn.',
    'ready-post': 'Hồ sơ {code} ({procedure}) đã có kết quả và sẽ được gửi qua bưu chính.',
    declined: 'Hồ sơ {code} ({procedure}) không giải quyết được. Văn bản trả lời ở trang hồ sơ.',
    returned:
      'Kết quả hồ sơ {code} ({procedure}) đã được trả. Anh/chị thấy phục vụ thế nào? Mở hồ sơ để đánh giá.',
    withdrawn: 'Hồ sơ {code} ({procedure}) đã được rút theo yêu cầu.',
    stopped: 'Hồ sơ {code} ({procedure}) dừng giải quyết. Lý do ghi trong thông báo ở trang hồ sơ.',
  },
  // E-mail is an open channel: no name, no procedure, no reason.
  mail: {
    submitted: 'Chúng tôi đã nhận được hồ sơ {code}. {authority} sẽ trả lời trước {intakeDue}.',
    accepted: 'Hồ sơ {code} đã được tiếp nhận. Hẹn trả kết quả: {due}.',
    'accepted-paused': 'Hồ sơ {code} đã được tiếp nhận.',
    'supplement-requested': 'Hồ sơ {code} cần bổ sung. Mở trang hồ sơ để xem cần thêm gì.',
    supplemented: 'Đã nhận phần bổ sung của hồ sơ {code}. {next}',
    refused: 'Hồ sơ {code} chưa được tiếp nhận. Lý do ghi trong phiếu ở trang hồ sơ.',
    'ready-electronic': 'Hồ sơ {code} đã có kết quả. Mở trang hồ sơ để xem và tải về.',
    'ready-counter': 'Hồ sơ {code} đã có kết quả. Mời đến nhận tại {receivingAuthority}, mang theo giấy hẹn.',
    'ready-post': 'Hồ sơ {code} đã có kết quả và sẽ được gửi qua bưu chính.',
    declined: 'Hồ sơ {code} đã có văn bản trả lời. Mở trang hồ sơ để xem.',
    returned: 'Kết quả hồ sơ {code} đã được trả. Mở trang hồ sơ để đánh giá việc phục vụ.',
    withdrawn: 'Hồ sơ {code} đã được rút theo yêu cầu.',
    stopped: 'Hồ sơ {code} dừng giải quyết. Lý do ghi trong thông báo ở trang hồ sơ.',
    subject: 'Hồ sơ {code}: {kind}',
    link: 'Xem hồ sơ: {link}',
    footer: 'Thư gửi tự động. Cơ quan nhà nước không hỏi mật khẩu hay mã OTP qua thư, tin nhắn.',
  },
  // No links: people are rightly taught not to press links in text messages.
  sms: {
    submitted: '{authority}: da nhan ho so {code}. Tra loi truoc {intakeDue}.',
    accepted: '{authority}: da tiep nhan ho so {code}. Hen tra ket qua {due}. Giu ma ho so de tra cuu.',
    'accepted-paused': '{authority}: da tiep nhan ho so {code}. Giu ma ho so de tra cuu.',
    'supplement-requested':
      '{authority}: ho so {code} can bo sung. Mo trang ho so tren Mot Cua de xem can them gi.',
    refused: '{authority}: ho so {code} chua duoc tiep nhan. Ly do co tren trang ho so.',
    'ready-electronic': '{authority}: ho so {code} da co ket qua. Mo trang ho so tren Mot Cua de tai ve.',
    'ready-counter': '{authority}: ho so {code} da co ket qua. Moi den nhan, mang theo giay hen.',
    'ready-post': '{authority}: ho so {code} da co ket qua, dang gui qua buu chinh.',
    declined: '{authority}: ho so {code} da co van ban tra loi. Xem tren trang ho so.',
    stopped: '{authority}: ho so {code} dung giai quyet. Ly do co tren trang ho so.',
  },
  filedFor: {
    child: 'Hồ sơ anh/chị nộp cho con.',
    relative: 'Hồ sơ anh/chị nộp thay {name}.',
    organisation: 'Hồ sơ nộp cho {name}.',
  },
  next: {
    due: 'Hẹn trả kết quả: {due}.',
    intake: '{authority} sẽ trả lời trước {intakeDue}.',
  },
  detail: {
    agency: 'Cơ quan giải quyết: {authority}',
    receivingAgency: 'Nơi tiếp nhận: {authority}',
    submittedAt: 'Gửi lúc: {at}',
    receivedBy: 'Người tiếp nhận: {name}',
    receivedAt: 'Tiếp nhận lúc: {at}',
    handledBy: 'Đang xử lý: {name}',
    due: 'Hẹn trả kết quả: {at}',
    decidedAt: 'Xử lý xong lúc: {at}',
    returnedAt: 'Trả kết quả lúc: {at}',
  },
} as const
