import type { StepRow, StepTable } from './step-table.ts'

/** A row of a step table; the tests say what matters to them. */
export const aRow = (id: string, stated: Partial<StepRow> = {}): StepRow => ({
  id,
  name: id,
  note: '',
  performer: '',
  role: 'specialist',
  unitKind: 'division',
  authority: 'competent',
  kind: 'work',
  hours: 4,
  product: '',
  outcomes: [{ outcome: 'ok', to: 'next' }],
  ...stated,
})

export const aTable = (...rows: StepRow[]): StepTable => ({ rows, receptionHours: 0, returnHours: 0 })

/** A step table as Word puts it on the clipboard, shortened to what matters of it. */
export const wordTable = `<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta name=Generator content="Microsoft Word 15"><style><!-- p.MsoNormal {margin:0in;} @page WordSection1 {size:595pt 842pt;} --></style></head>
<body lang=VI><!--StartFragment-->
<table class=MsoTableGrid border=1 cellspacing=0 style='border-collapse:collapse;mso-yfti-tbllook:1184'>
 <tr style='mso-yfti-irow:0;mso-yfti-firstrow:yes'>
  <td width=38 valign=top><p class=MsoNormal align=center><b><span lang=VI>TT<o:p></o:p></span></b></p></td>
  <td width=110><p class=MsoNormal><b>Người/bộ phận
  thực hiện</b></p></td>
  <td><p class=MsoNormal><b>N&#7897;i dung công vi&#7879;c</b></p></td>
  <td><p class=MsoNormal><b>Thời gian<br>thực hiện</b></p></td>
  <td><p class=MsoNormal><b>Sản phẩm/k&#7871;t quả</b></p></td>
 </tr>
 <tr><td><p>Bước 1</p></td><td><p>Công chức Bộ phận một cửa</p></td>
  <td><p>- Kiểm tra, tiếp nhận hồ sơ; cấp giấy tiếp nhận hồ sơ và hẹn trả kết quả.</p><p>- Quét, chuyển hồ sơ.</p></td>
  <td><p>02 giờ làm việc</p></td><td><p>Giấy tiếp nhận (Mẫu số 01)</p></td></tr>
 <tr><td><p>Bước 2</p></td><td rowspan=2><p>Công chức tư pháp - hộ tịch</p></td>
  <td><p>Thẩm định hồ sơ. Nếu hồ sơ không đủ điều kiện thì thông báo từ chối bằng văn bản.</p></td>
  <td><p>0,5 ngày</p></td><td><p>Kết quả thẩm định</p></td></tr>
 <tr><td><p>Bước 3</p></td><td><p>Dự thảo Giấy khai sinh, trình Chủ tịch ký</p></td><td><p>02 giờ</p></td><td><p>Dự thảo Giấy khai sinh</p></td></tr>
 <tr><td><p>Bước 4</p></td><td><p>Chủ tịch hoặc Phó Chủ tịch UBND xã</p></td>
  <td><p>Ký Giấy khai sinh. Trường hợp không đồng ý thì trả lại bước 3.</p></td><td><p>1/4 ngày</p></td><td><p>Giấy khai sinh đã ký</p></td></tr>
 <tr><td><p>Bước 5</p></td><td><p>Văn thư</p></td><td><p>Đóng dấu, phát hành</p></td><td><p>30 phút</p></td><td><p>Giấy khai sinh</p></td></tr>
 <tr><td><p>Bước 6</p></td><td><p>Bộ phận một cửa</p></td><td><p>Trả kết quả cho công dân</p></td><td><p>0,5 giờ</p></td><td><p>Sổ theo dõi</p></td></tr>
 <tr><td colspan=3><p><b>Tổng cộng</b></p></td><td><p>11 giờ</p></td><td><p>&nbsp;</p></td></tr>
</table><!--EndFragment--></body></html>`
