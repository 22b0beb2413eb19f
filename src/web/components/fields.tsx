import { ErrorSummary } from '../ui/error-summary'
import {
  Checkbox,
  CheckboxGroup,
  DateField,
  FileField,
  PlaceField,
  RadioGroup,
  Select,
  TextArea,
  TextField,
} from '../ui/fields'
import { KnownFacts } from '../ui/known'
import { Parts, type Step, Steps } from '../ui/steps'
import { SummaryList } from '../ui/summary-list'

const nameError = 'Tên chỉ gồm chữ: bỏ số 2 ở cuối.'
const provinces = [{ value: 'S9', label: 'Tỉnh Sông Mai' }]
const communes = [
  { value: 'S9001', label: 'Phường Hoa Sen' },
  { value: 'S9002', label: 'Xã Bến Gỗ' },
]
const steps: Step[] = [
  { key: '1', title: 'Người yêu cầu', state: 'done', note: 'đã có sẵn hết' },
  { key: '2', title: 'Con', state: 'now', note: '3 câu, đang làm' },
  { key: '3', title: 'Giấy tờ', state: 'todo', note: 'chưa phải nộp giấy nào' },
]

export function FieldSamples() {
  return (
    <div className="samples">
      <div>
        <ErrorSummary problems={[{ href: '#mau-ten-loi', text: nameError }]} />
        <TextField
          id="mau-ten"
          name="mau-ten"
          label="Họ, chữ đệm và tên của con"
          hint="Viết có dấu, như sẽ ghi trong giấy."
        />
        <TextField
          id="mau-ten-loi"
          name="mau-ten-loi"
          label="Tên có lỗi"
          error={nameError}
          defaultValue="Phạm Minh Khôi 2"
        />
        <TextField
          id="mau-so"
          name="mau-so"
          label="Số định danh"
          code
          inputMode="numeric"
          maxLength={12}
          width="mid"
        />
        <TextField
          id="mau-doc"
          name="mau-doc"
          label="Chỉ đọc"
          readOnly
          defaultValue="H99.12-261120-00042"
          code
        />
        <TextArea id="mau-ghi" name="mau-ghi" label="Ghi thêm" optional />
        <DateField
          id="mau-ngay"
          name="mau-ngay"
          label="Ngày sinh"
          value={{ day: '02', month: '11', year: '2026' }}
        />
      </div>
      <div>
        <Select
          id="mau-dan-toc"
          name="mau-dan-toc"
          label="Dân tộc"
          options={[{ value: '01', label: 'Kinh' }]}
          defaultValue="01"
        />
        <RadioGroup
          id="mau-que"
          name="mau-que"
          label="Quê quán của con"
          value="father"
          options={[
            { value: 'father', label: 'Theo cha', hint: 'xã Suối Lụa, tỉnh Sông Mai' },
            { value: 'mother', label: 'Theo mẹ' },
          ]}
        />
        <CheckboxGroup
          id="mau-nhan"
          name="mau-nhan"
          label="Báo tin qua"
          values={['sms']}
          options={[
            { value: 'sms', label: 'Tin nhắn' },
            { value: 'email', label: 'Thư điện tử' },
          ]}
        />
        <Checkbox
          id="mau-cam-doan"
          name="mau-cam-doan"
          label="Tôi cam đoan nội dung khai là đúng sự thật."
          error="Cần đồng ý để gửi."
        />
        <PlaceField
          id="mau-noi"
          name="mau-noi"
          label="Nơi cư trú"
          provinces={provinces}
          communes={communes}
          value={{ provinceCode: 'S9' }}
        />
        <FileField
          id="mau-tep"
          name="mau-tep"
          label="Giấy chứng sinh"
          most="100 MB"
          stored={[{ fileId: '1', name: 'IMG_2041.HEIC', note: 'Đã chuyển thành PDF/A, 1 trang, 412 kB' }]}
        />
      </div>
      <div>
        <KnownFacts
          id="mau-biet"
          source="Cơ sở dữ liệu quốc gia về dân cư"
          wrongHref="#o-nhap"
          facts={[
            { label: 'Họ và tên', text: 'Nguyễn Thị Mẫu Đơn' },
            { label: 'Nơi thường trú', text: 'Số 8 ngõ 21 đường Hoa Sen', changeHref: '#o-nhap', wide: true },
          ]}
        />
      </div>
      <div>
        <Steps steps={steps} savedAt="20:08" />
        <Parts steps={steps} />
        <SummaryList
          rows={[
            { label: 'Họ, chữ đệm và tên', text: <b>Phạm Minh Khôi</b>, changeHref: '#o-nhap' },
            { label: 'Giới tính', text: 'Nam', source: 'Giấy chứng sinh điện tử' },
          ]}
        />
      </div>
    </div>
  )
}
