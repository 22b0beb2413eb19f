import { BarChart, Chart, Delta, LineChart, Stat, Stats } from '../ui/charts'
import { Table } from '../ui/table'

const steps = [
  { label: 'Tiếp nhận', value: 0.6, text: '0,6 giờ' },
  { label: 'Thẩm tra', value: 3.1, text: '3,1 giờ', look: 'focus' as const },
  { label: 'Ký', value: 1.1, text: '1,1 giờ' },
  { label: 'Trả kết quả', value: 0.4, text: '0,4 giờ' },
]
const months = ['T6', 'T7', 'T8', 'T9', 'T10', 'T11']
const onTime = [96.1, 96.4, 97.2, 95.8, 97.7, 97.3]
const province = [95.2, 95.6, 95.9, 95.5, 96.2, 96.4]

export function FigureSamples() {
  return (
    <div className="stack-l">
      <Stats>
        <Stat label="Đã nhận hôm nay" value="1.284">
          <Delta value={62} text="62" /> so với hôm qua
        </Stat>
        <Stat label="Đúng hạn" value="97,3 %">
          <Delta value={-0.4} text="0,4 điểm %" /> so với tháng 10
        </Stat>
        <Stat label="Trung vị thời gian" value="5,2 giờ">
          <Delta value={0} text="0,0" /> so với tháng 10
        </Stat>
      </Stats>
      <div className="samples">
        <Chart
          id="hinh-1"
          title="Thẩm tra lâu nhất trong bốn bước"
          note="Trung vị giờ làm việc mỗi bước, khai sinh, tháng 11"
          table={
            <Table
              caption="Trung vị giờ làm việc mỗi bước"
              hideCaption
              rows={steps}
              rowKey={({ label }) => label}
              columns={[
                { key: 'step', title: 'Bước', heading: true, cell: ({ label }) => label },
                { key: 'hours', title: 'Giờ', numeric: true, cell: ({ text }) => text },
              ]}
            />
          }
        >
          <BarChart bars={steps} describe={steps.map(({ label, text }) => `${label} ${text}`).join('; ')} />
        </Chart>
        <Chart
          id="hinh-2"
          title="Phường Hoa Sen giữ trên mức chung của tỉnh"
          note="Tỷ lệ đúng hạn, phần trăm, sáu tháng"
          table={
            <Table
              caption="Tỷ lệ đúng hạn theo tháng"
              hideCaption
              rows={months.map((month, index) => ({ month, ward: onTime[index]!, all: province[index]! }))}
              rowKey={({ month }) => month}
              columns={[
                { key: 'month', title: 'Tháng', heading: true, cell: ({ month }) => month },
                {
                  key: 'ward',
                  title: 'Hoa Sen',
                  numeric: true,
                  cell: ({ ward }) => ward.toLocaleString('vi-VN'),
                },
                {
                  key: 'all',
                  title: 'Toàn tỉnh',
                  numeric: true,
                  cell: ({ all }) => all.toLocaleString('vi-VN'),
                },
              ]}
            />
          }
        >
          <LineChart
            ticks={months}
            describe="Hoa Sen từ 96,1 lên 97,3 phần trăm; toàn tỉnh từ 95,2 lên 96,4 phần trăm"
            lines={[
              { label: 'Hoa Sen', look: 'focus', values: onTime },
              { label: 'Toàn tỉnh', look: 'compare', values: province },
            ]}
          />
        </Chart>
      </div>
    </div>
  )
}
