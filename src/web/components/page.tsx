import type { ReactNode } from 'react'
import desk from '../desk/desk.css?url'
import { Main, SampleTag } from '../ui/frame'
import { useT } from '../ui/shell'
import { Title } from '../ui/title'
import { ButtonSamples } from './buttons'
import { ColourSamples, TypeSamples } from './colours-and-type'
import styles from './components.css?url'
import { DeskSamples } from './desk'
import { FieldSamples } from './fields'
import { FigureSamples } from './figures'
import { ListSamples } from './lists'
import { StateSamples } from './states'

const sections = [
  {
    id: 'mau',
    title: 'Màu theo vai trò',
    note: 'Trang dùng vai trò, không dùng mã màu. Số ở góc là độ tương phản với nền trắng.',
    show: ColourSamples,
  },
  {
    id: 'chu',
    title: 'Chữ và số',
    note: 'Dòng chữ hoa có dấu kép (Ế, Ộ, Ẩ) cần chiều cao dòng từ 1,25.',
    show: TypeSamples,
  },
  {
    id: 'nut',
    title: 'Nút và liên kết',
    note: 'Mỗi màn hình một nút chính. Nút luôn bấm được; thiếu gì thì nói sau khi bấm.',
    show: ButtonSamples,
  },
  {
    id: 'o-nhap',
    title: 'Ô nhập',
    note: 'Điều phải hỏi là ô có viền; điều Nhà nước đã biết là giấy.',
    show: FieldSamples,
  },
  {
    id: 'trang-thai',
    title: 'Trạng thái, đồng hồ, thông báo',
    note: 'Không bao giờ chỉ bằng màu: luôn có hình và chữ. Đồng hồ tính bằng giờ làm việc.',
    show: StateSamples,
  },
  {
    id: 'bang',
    title: 'Bảng, thẻ, trang',
    note: 'Bộ lọc nằm trong địa chỉ trang, nên gửi cho nhau và lưu được.',
    show: ListSamples,
  },
  {
    id: 'so-lieu',
    title: 'Số liệu',
    note: 'Một màu cho số liệu, son cho cái đang nói tới, xám cho cái để so. Mỗi hình có bảng phía sau.',
    show: FigureSamples,
  },
  {
    id: 'ban',
    title: 'Bàn làm việc',
    note: 'Phím ghi ngay trên nút. Phím chữ chỉ chạy khi không gõ trong ô.',
    show: DeskSamples,
  },
] as const

export const links = () => [desk, styles].map((href) => ({ rel: 'stylesheet', href }))

/** Every component in every state, for those who build pages and those who judge them. */
export default function ComponentPage() {
  const t = useT()
  return (
    <Main crumbs={[{ label: t('web.siteMap.components') }]}>
      <Title>{t('web.siteMap.components')}</Title>
      <h1>{t('web.siteMap.components')}</h1>
      <p className="lead mt-3">
        Mọi thành phần, mọi trạng thái. Tên tệp và cách dùng nằm trong src/web/README.md.
      </p>
      <p className="mt-3">
        <SampleTag />
      </p>
      <nav className="contents" aria-label={t('web.procedure.onThisPage')}>
        <ul>
          {sections.map(({ id, title }) => (
            <li key={id}>
              <a href={`#${id}`}>{title}</a>
            </li>
          ))}
        </ul>
      </nav>
      {sections.map(({ id, title, note, show: Show }) => (
        <Section key={id} id={id} title={title} note={note}>
          <Show />
        </Section>
      ))}
    </Main>
  )
}

function Section({
  id,
  title,
  note,
  children,
}: {
  id: string
  title: string
  note: string
  children: ReactNode
}) {
  return (
    <section className="section" id={id} aria-labelledby={`${id}-t`}>
      <h2 id={`${id}-t`}>{title}</h2>
      <p className="soft mt-2 mb-5">{note}</p>
      {children}
    </section>
  )
}
