import { dateText, momentText, moneyText, timeText } from './format'
import { useShell } from './shell'

/** A date of law or the date of an instant: 21/11/2026. */
export function DateText({ value }: { value: string }) {
  return <time dateTime={value}>{dateText(value)}</time>
}

/** A time of day: 14:30. */
export function TimeText({ value }: { value: string }) {
  return <time dateTime={value}>{timeText(value)}</time>
}

/** Both: 14:30 ngày 21/11/2026. */
export function Moment({ value }: { value: string }) {
  const { locale } = useShell()
  return <time dateTime={value}>{momentText(value, locale)}</time>
}

/** Money in whole đồng: 8.000 đ. */
export function Money({ amountVnd }: { amountVnd: number }) {
  return <span className="num">{moneyText(amountVnd)}</span>
}
