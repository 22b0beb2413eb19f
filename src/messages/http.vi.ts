export const http = {
  'sign-in-first': 'Mời đăng nhập hoặc gửi khóa truy cập trước.',
  'not-for-you': 'Tài khoản hoặc khóa này không được dùng chức năng này.',
  'no-such-route': 'Không có địa chỉ này.',
  'body-too-large': 'Nội dung gửi lên quá lớn.',
  'invalid-request': 'Yêu cầu có chỗ chưa đúng.',
  'unreadable-body': 'Nội dung gửi lên không phải JSON đọc được.',
  'too-many': 'Có quá nhiều lần thử. Mời đợi {retryAfterSeconds} giây rồi thử lại.',
  'database-away': 'Hệ thống đang khởi động lại. Những gì đã gửi không mất; mời thử lại sau vài giây.',
  breakdown: 'Hệ thống gặp trục trặc, xin lỗi anh/chị. Khi cần hỏi, hãy cho biết mã tham chiếu.',
} as const
