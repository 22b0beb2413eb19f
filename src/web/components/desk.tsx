import { BulkBar, BulkOutcome, QueueTable } from '../desk/queue-table'
import { KeyHint } from '../desk/shell'
import { Button, ButtonRow } from '../ui/button'
import { clockView } from '../ui/clock.view'
import { useShell } from '../ui/shell'

export function DeskSamples() {
  const { locale } = useShell()
  const channel = { icon: 'monitor', label: 'Trực tuyến' } as const
  const row = { href: '#ban', channel, procedure: 'Đăng ký khai sinh', step: 'Mới nộp, chờ tiếp nhận' }
  const groups = [
    {
      title: 'Quá hạn',
      rows: [
        {
          ...row,
          code: 'H99.12-261117-00371',
          applicant: 'Hoàng Thị Mây',
          due: '11:00',
          clock: clockView({ minutesLeft: -90, minutesOfLimit: 480 }, locale),
          next: { key: 'N', label: 'Nhắc lãnh đạo ký' },
        },
      ],
    },
    {
      title: 'Hết hạn hôm nay',
      rows: [
        {
          ...row,
          code: 'H99.12-261119-00412',
          applicant: 'Ngô Thị Cúc',
          due: '15:05',
          clock: clockView({ minutesLeft: 35, minutesOfLimit: 480 }, locale),
          next: { key: 'T', label: 'Tiếp nhận' },
          selected: true,
        },
        {
          ...row,
          code: 'H99.12-261113-00301',
          applicant: 'Đoàn Văn Bần',
          due: 'tính lại khi đủ',
          clock: clockView({ minutesLeft: 300, minutesOfLimit: 480, paused: true }, locale),
          next: { label: 'Theo dõi' },
        },
      ],
    },
  ]
  return (
    <div data-density="desk" className="desk-sample">
      <BulkOutcome>
        <b>Lượt tiếp nhận hàng loạt lúc 14:27:</b> xong 7 trên 8 hồ sơ. Chưa được 1:{' '}
        <a href="#ban">H99.12-261119-00409</a>, tờ khai chưa ký số.
      </BulkOutcome>
      <QueueTable caption="Hồ sơ cần làm, mẫu" groups={groups} codePrefix="H99.12-" />
      <BulkBar>
        <b>Đã chọn 1 hồ sơ</b>
        <button type="button" className="btn btn--main">
          Tiếp nhận <kbd>T</kbd>
        </button>
        <button type="button" className="btn">
          Giao việc <kbd>G</kbd>
        </button>
      </BulkBar>
      <div className="toolbar">
        <ButtonRow>
          <Button type="button" hotkey="K">
            Trình lãnh đạo ký
          </Button>
          <Button type="button" kind="second" hotkey="B">
            Yêu cầu bổ sung
          </Button>
          <Button type="button" kind="harm" hotkey="C">
            Từ chối giải quyết
          </Button>
        </ButtonRow>
      </div>
      <p className="keys">
        <span>
          <KeyHint keys={['J', 'K']} /> xuống, lên
        </span>
        <span>
          <KeyHint keys={['Enter']} /> mở
        </span>
      </p>
    </div>
  )
}
