/** What the checks of a draft say, each with what to do. */
export const checks = {
  'mandatory-name': 'Thiếu bộ phận bắt buộc thứ {number}: tên thủ tục.',
  'mandatory-steps': 'Thiếu bộ phận bắt buộc thứ {number}: trình tự thực hiện.',
  'mandatory-channels': 'Thiếu bộ phận bắt buộc thứ {number}: cách thức thực hiện của từng trường hợp.',
  'mandatory-components':
    'Thiếu bộ phận bắt buộc: thành phần, số lượng hồ sơ (ít nhất một giấy tờ và số bộ).',
  'mandatory-limit': 'Thiếu bộ phận bắt buộc: thời hạn giải quyết của từng trường hợp.',
  'mandatory-subjects': 'Thiếu bộ phận bắt buộc: đối tượng thực hiện.',
  'mandatory-executing': 'Thiếu bộ phận bắt buộc: cơ quan thực hiện.',
  'no-legal-basis': 'Chưa có căn cứ pháp lý nào. Ghi số và tên văn bản quy định thủ tục.',
  'no-result': 'Chưa ghi kết quả của thủ tục.',
  'result-without-template': 'Kết quả “{name}” chưa có mẫu in.',
  'template-unknown': 'Kết quả “{name}” dùng mẫu “{template}”, không có trong hệ thống.',
  'limit-of-no-channel':
    'Trường hợp “{name}” có thời hạn riêng cho {channel}, nhưng không nhận bằng cách này.',
  'channel-slower':
    'Trường hợp “{name}”: nộp {channel} mất {limit}, lâu hơn thời hạn của trường hợp ({ofCase}). Hai thời hạn mâu thuẫn.',
  'limit-contradicts': 'Trường hợp “{name}”: văn bản ghi “{raw}” nhưng thời hạn đặt là {limit}.',
  'limit-longer': 'Trường hợp “{name}”: thời hạn dài hơn bản đang dùng ({before} thành {after}).',
  'more-papers': 'Số giấy tờ phải nộp tăng từ {before} lên {after}.',
  'note-as-component': '“{name}” giống ghi chú hơn là giấy tờ. Chuyển thành ghi chú, hoặc ghi số lượng.',
  'component-as-note': '“{name}” là ghi chú nhưng có số lượng. Chọn cách nộp, hoặc bỏ số lượng.',
  'paper-without-code': '“{name}” chưa có mã giấy tờ, nên không tái sử dụng được từ kho dữ liệu.',
  recalled: 'điều, khoản chưa đối chiếu với văn bản',
  'paper-forbidden': 'Không được yêu cầu {paper} từ ngày {since} ({law}): “{name}”.',
  'paper-in-data':
    '{paper} đã có trong dữ liệu; chỉ được yêu cầu khi không tra cứu được ({law}): “{name}”. Ghi dữ liệu thay thế hoặc điều kiện.',
  paper: {
    'household-book': 'sổ hộ khẩu, sổ tạm trú giấy',
    'old-identity-card': 'chứng minh nhân dân',
    'proof-of-residence': 'Giấy xác nhận cư trú',
    'copy-of-identity-card': 'Bản sao thẻ căn cước',
  },
  'rule-unreadable': 'Không đọc được điều kiện: {text}',
  'unknown-answer': 'Điều kiện đọc “{path}”, nhưng biểu mẫu không hỏi: {text}',
  'never-holds-no-such-value':
    'Điều kiện không bao giờ đúng: “{question}” không có lựa chọn “{value}”. ({text})',
  'never-holds-contradiction':
    'Điều kiện không bao giờ đúng: các vế về “{question}” mâu thuẫn nhau. ({text})',
  'never-holds-never-given': 'Điều kiện không bao giờ đúng: “{question}” không bao giờ hiện. ({text})',
  'unreachable-no-such-value':
    'Câu hỏi “{label}” không bao giờ hiện: “{question}” không có lựa chọn “{value}”. Sửa điều kiện hoặc bỏ câu hỏi.',
  'unreachable-contradiction':
    'Câu hỏi “{label}” không bao giờ hiện: các điều kiện về “{question}” mâu thuẫn nhau.',
  'unreachable-never-given':
    'Câu hỏi “{label}” không bao giờ hiện: nó chờ câu “{question}”, mà câu đó không bao giờ hiện.',
  'form-schema': 'Biểu mẫu chưa đúng khuôn ở {place}: {what}',
  'form-key-twice': 'Hai câu hỏi cùng mã “{place}”.',
  'form-no-options': 'Câu chọn một “{place}” chưa có lựa chọn nào.',
  'form-no-value': 'Ô tự tính “{place}” chưa có công thức.',
  'form-key-inside-key': 'Mã “{place}” nằm trong mã “{what}”; đổi một trong hai.',
  'form-unknown-field': 'Quy tắc “{place}” nhắc câu hỏi “{what}” không có trong biểu mẫu.',
  'form-unknown-path': 'Điều kiện của “{place}” đọc “{what}”, không có trong biểu mẫu: {text}',
  'form-circular': 'Các điều kiện chờ nhau thành vòng: {what}',
  'form-condition': 'Không đọc được điều kiện của “{place}”: {text}',
  'asks-known': 'Câu “{label}” hỏi điều Nhà nước đã có ({register}). Biểu mẫu “{form}” lấy sẵn từ {source}.',
  'more-questions':
    'Biểu mẫu hỏi nhiều hơn bản đang dùng: {before} thành {after} câu. Cải cách cần hỏi ít hơn.',
  'text-missing': 'Chưa có lời.',
  'vietnamese-missing': 'Thiếu tiếng Việt: “{text}”.',
  'english-missing': 'Chưa có tiếng Anh: “{text}”. Tạm hiện tiếng Việt.',
  'english-removed': 'Bản trước có tiếng Anh cho “{text}”, nay bị bỏ.',
  'long-sentence': 'Câu dài {words} chữ; nên dưới {most}: “{text}”.',
  'plain-word': 'Thay “{words}” bằng “{plain}”: “{text}”.',
  'all-capitals': 'Viết hoa cả cụm khó đọc: “{text}”.',
  abbreviation: 'Chữ tắt {abbreviation} chưa nói nghĩa: “{text}”.',
  'table-gap': 'Bảng của “{name}” chưa có dòng nào cho: {when}.',
  'table-overlap':
    'Bảng của “{name}”: dòng {one} và {two} cùng đúng khi {when}; khi ấy dòng {one} được dùng.',
  'table-never':
    'Bảng của “{name}”: dòng {one} không bao giờ được dùng, vì các dòng trước đã bao hết hoặc không câu trả lời nào hợp.',
  'no-process': 'Chưa có quy trình.',
  'process-unreadable': 'Không đọc được sơ đồ quy trình.',
  'process-of-another': 'Sơ đồ mang mã “{key}”, thủ tục dùng quy trình “{expected}”.',
  'hours-above-limit':
    'Trường hợp “{name}”: các bước, cả tiếp nhận và trả kết quả, cộng lại {hours} giờ làm việc, vượt thời hạn {limit} ({limitHours} giờ).',
  'outcome-unknown': 'Nhánh chờ kết quả “{outcome}”, nhưng không bước nào kết thúc như vậy: {text}',
  contrast: 'Màu chữ {colour} khó đọc trên giấy trắng: tương phản {ratio}, cần ít nhất {least}.',
  'image-without-text': 'Hình trong mẫu in chưa có lời mô tả: {image}',
  'no-tests': 'Chưa có tình huống kiểm thử nào. Thêm ít nhất một tình huống thường gặp.',
} as const
