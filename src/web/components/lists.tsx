import { LinkButton } from '../ui/button'
import { Empty, FilterChip, Pagination, Table, Tabs } from '../ui/table'
import { Money } from '../ui/texts'
import { More } from '../ui/timeline'

const rows = [
  { name: 'Đăng ký thường trú', limit: '7 ngày làm việc', feeVnd: 10_000 },
  { name: 'Đăng ký tạm trú', limit: '3 ngày làm việc', feeVnd: 7_000 },
]

export function ListSamples() {
  return (
    <div className="stack-l">
      <Tabs
        label="Mẫu thẻ"
        tabs={[
          { href: '#bang', label: 'Tất cả', count: 186, current: true },
          { href: '#bang-1', label: 'Quá hạn', count: 2 },
        ]}
      />
      <div className="filters">
        <FilterChip name="kênh" value="trực tuyến" removeHref="#bang" />
      </div>
      <Table
        caption="Thủ tục, thời hạn và lệ phí"
        rows={rows}
        rowKey={({ name }) => name}
        stack
        total={['Cộng', '', <Money key="sum" amountVnd={17_000} />]}
        columns={[
          { key: 'name', title: 'Thủ tục', heading: true, cell: ({ name }) => name },
          {
            key: 'limit',
            title: 'Thời hạn',
            cell: ({ limit }) => limit,
            sortHref: '#bang',
            sorted: 'ascending',
          },
          { key: 'fee', title: 'Lệ phí', numeric: true, cell: ({ feeVnd }) => <Money amountVnd={feeVnd} /> },
        ]}
      />
      <Pagination page={4} pages={11} pageHref={(page) => `#trang-${page}`} />
      <Empty title="Không còn hồ sơ nào chờ tiếp nhận">
        <p className="soft">
          Hồ sơ kế tiếp sẽ hiện ngay khi có người nộp. Trong lúc chờ: 4 kết quả chưa trả.
        </p>
        <LinkButton kind="second" href="#bang">
          Xem 4 kết quả
        </LinkButton>
      </Empty>
      <div>
        <More summary="Mục đang mở" open>
          <p>Phần mà đa số người đọc không cần.</p>
        </More>
        <More summary="Mục đang đóng">
          <p>…</p>
        </More>
      </div>
    </div>
  )
}
