/** What lies in an export, for whoever opens it in fifty years without this program. */
export const readme = `GÓI HỒ SƠ NỘP LƯU TRỮ (motcua-archive/1)

Gói này đọc được mà không cần phần mềm đã tạo ra nó. Mọi tệp chữ đều là UTF-8.

manifest.json          danh sách mọi tệp với dung lượng và mã băm SHA-256; mã băm đầu chuỗi nhật ký của từng hồ sơ
ho-so/<mã hồ sơ>/
  metadata.json        thông tin mô tả hồ sơ; tên trường theo gói tin quốc gia khi đã biết (MaHoSo, MaTTHC, ...)
  journal.jsonl        nhật ký: mỗi dòng là đúng văn bản đã được băm (JSON chuẩn tắc, RFC 8785)
  contents.jsonl       tờ khai và nội dung riêng; mỗi dòng có id, field, content, salt (hệ 16)
  party.json           người nộp
  giay-to/             giấy tờ đã nộp, đúng như khi nộp; bản .pdf-a.pdf là bản PDF/A để đọc
  giay-to-da-cap/      giấy tờ cơ quan đã cấp, PDF/A, giữ nguyên chữ ký số bên trong, kèm dấu thời gian thêm sau khi cấp

CÁCH TỰ KIỂM TRA
1. Từng tệp: sha256sum <tệp> phải bằng sha256 trong manifest.json.
2. Nhật ký: SHA-256 của dòng thứ n (không kể ký tự xuống dòng) phải bằng trường "previous" của dòng n+1;
   SHA-256 của dòng cuối phải bằng "head" của hồ sơ trong manifest.json. Dòng đầu có "previous" là null,
   "sequence" tăng từng 1 từ 1.
3. Nội dung riêng: trong nhật ký có {"ref": id, "hash": h}. Tìm dòng có id đó trong contents.jsonl;
   SHA-256 của (salt dạng byte, nối với JSON chuẩn tắc của content) phải bằng h.
   Hồ sơ đã hủy nội dung theo thời hạn thì contents.jsonl trống; nhật ký vẫn kiểm tra được.
4. Giấy tờ đã cấp: mở bằng phần mềm kiểm tra chữ ký PDF bất kỳ.
   Tệp có "issued" trong manifest.json được thêm dấu thời gian sau khi cấp: lấy đúng issued.size byte đầu của tệp
   (head -c <size> <tệp> | sha256sum) phải ra issued.sha256, là bản đã cấp và đã ghi trong nhật ký, metadata.json.
`
