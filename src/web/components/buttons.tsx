import { Button, ButtonRow, LinkAction, LinkButton } from '../ui/button'
import { Door } from '../ui/door'

export function ButtonSamples() {
  return (
    <div className="stack-l">
      <ButtonRow>
        <Button type="button">Gửi hồ sơ</Button>
        <Button type="button" kind="second">
          Sửa câu này
        </Button>
        <Button type="button" kind="quiet">
          Bỏ qua
        </Button>
        <Button type="button" kind="harm">
          Rút hồ sơ
        </Button>
        <Button type="button" kind="second" icon="camera">
          Chụp lại
        </Button>
      </ButtonRow>
      <ButtonRow>
        <button type="button" className="btn is-hover">
          Rê chuột
        </button>
        <button type="button" className="btn is-focus">
          Đang chọn
        </button>
        <button type="button" className="btn is-press">
          Đang bấm
        </button>
        <Button type="button" aria-disabled>
          Chưa dùng được
        </Button>
        <Button type="button" aria-busy icon="loader-circle">
          Đang gửi, 2 trên 3 tệp
        </Button>
      </ButtonRow>
      <ButtonRow>
        <LinkButton href="#nut" size="start" after="arrow-right">
          Bắt đầu
        </LinkButton>
        <LinkButton href="#nut" kind="second" size="small" icon="printer">
          In trang này
        </LinkButton>
        <LinkAction href="#nut" icon="map-pin">
          Chỉ đường
        </LinkAction>
        <span>
          và <a href="#nut">liên kết trong câu</a>.
        </span>
      </ButtonRow>
      <div className="max-w-xl">
        <Door>
          <h3>Khung cửa</h3>
          <p className="soft mt-2">
            Quanh điều quan trọng nhất của trang. Không bao giờ hai khung trong một màn hình.
          </p>
        </Door>
      </div>
    </div>
  )
}
