import { momentText, moneyText } from './format'
import { useShell } from './shell'

/** Both: 14:30 ngày 21/11/2026. */
export function Moment({ value }: { value: string }) {
  const { locale } = useShell()
  return <time dateTime={value}>{momentText(value, locale)}</time>
}

/** Money in whole đồng: 8.000 đ. */
export function Money({ amountVnd }: { amountVnd: number }) {
  return <span className="num">{moneyText(amountVnd)}</span>
}
