import { clockView } from '../ui/clock.view'
import { Notice } from '../ui/notice'
import { Qr } from '../ui/qr'
import { useShell } from '../ui/shell'
import { ClockChip, StateTag, Tag } from '../ui/state'
import { Timeline, WhyThisDate } from '../ui/timeline'

const clocks = [
  { minutesLeft: 660, minutesOfLimit: 960 },
  { minutesLeft: 35, minutesOfLimit: 480 },
  { minutesLeft: -90, minutesOfLimit: 480 },
  { minutesLeft: 1200, minutesOfLimit: 2400, paused: true },
  { minutesLeft: 300, minutesOfLimit: 480, done: true },
  { minutesLeft: null, minutesOfLimit: 0 },
]

export function StateSamples() {
  const { locale } = useShell()
  return (
    <div className="stack-l">
      <div className="row">
        {(['waiting', 'info', 'warn', 'paused', 'ok', 'bad'] as const).map((state) => (
          <StateTag key={state} state={state} />
        ))}
        <StateTag state="ok" icon="package">
          Đã trả
        </StateTag>
        <Tag>toàn trình</Tag>
      </div>
      <div className="row">
        {clocks.map((facts) => (
          <ClockChip key={JSON.stringify(facts)} clock={clockView(facts, locale)} />
        ))}
        <ClockChip big clock={clockView(clocks[0]!, locale)} />
      </div>
      <div className="stack max-w-3xl">
        <Notice title="Trung tâm nghỉ Tết từ 05/02/2027 đến 11/02/2027">
          Hồ sơ trực tuyến vẫn nhận; đồng hồ chạy lại từ 12/02/2027.
        </Notice>
        <Notice tone="ok" title="Đã gửi hồ sơ lúc 20:14">
          Mã H99.12-261120-00042.
        </Notice>
        <Notice tone="warn" title="Cần bổ sung 2 chỗ trước 27/11/2026">
          Làm một lần là đủ.
        </Notice>
        <Notice tone="bad" title="Chưa gửi được hồ sơ">
          Lỗi ở phía hệ thống. Thử lại sau 5 phút. Mã lỗi để gọi hỏi: 7Q4-2MK.
        </Notice>
        <Notice tone="plain" icon="lock" title="Chỉ cán bộ xử lý mới xem được trang này" />
      </div>
      <div className="samples">
        <Timeline
          steps={[
            { key: '1', state: 'done', title: 'Đã tiếp nhận', lines: ['08:05 ngày 20/11/2026'] },
            { key: '2', state: 'now', title: 'Đang thẩm tra', lines: ['Từ 08:20'] },
            { key: '3', state: 'next', title: 'Ký, trả kết quả', lines: ['Chậm nhất 17:30 ngày 23/11/2026'] },
          ]}
        />
        <WhyThisDate
          open
          lines={[
            { text: 'Tiếp nhận 08:05 thứ Sáu 20/11.' },
            { text: 'Thời hạn 1 ngày làm việc.', note: 'Ngày tiếp nhận không tính.' },
            { text: 'Vậy hạn trả là 17:30 thứ Hai 23/11/2026.' },
          ]}
        />
      </div>
      <Qr text="https://songmai.example/ho-so/H99.12-261120-00042" label="Mã QR mở trang theo dõi hồ sơ" />
    </div>
  )
}
