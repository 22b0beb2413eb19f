import { type ComponentProps, useState } from 'react'
import { TextField } from './fields'
import { dateText } from './format'
import { useT } from './shell'

/**
 * A day chosen from the browser's calendar. Browsers write it in the order of their own language, so the hint says it
 * again as day/month/year.
 */
export function DayField({ hint, defaultValue, ...field }: ComponentProps<typeof TextField>) {
  const [day, setDay] = useState(String(defaultValue ?? ''))
  const read = useDayRead()(day)
  return (
    <TextField
      width="mid"
      {...field}
      type="date"
      {...{ defaultValue }}
      hint={hint ? `${hint} ${read}` : read}
      onInput={({ currentTarget }) => setDay(currentTarget.value)}
    />
  )
}

/** Says a day, `YYYY-MM-DD`, as day/month/year; of none, how it will be written. */
export function useDayRead(): (day: string) => string {
  const t = useT()
  return (day) =>
    /^\d{4}-\d\d-\d\d$/.test(day) ? t('web.form.dayRead', { day: dateText(day) }) : t('web.form.dayHint')
}
