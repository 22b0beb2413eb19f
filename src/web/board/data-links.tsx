import { Icon } from '../ui/icon'
import { useT } from '../ui/shell'

/** Beside a picture: its numbers as CSV, and the open data that they are made from. */
export function DataLinks({ csv, api }: { csv: string; api: string }) {
  const t = useT()
  return (
    <>
      <a href={csv}>
        <Icon name="download" />
        {t('board.table.csv')}
      </a>
      <a href={api}>
        <Icon name="code" />
        {t('board.table.api')}
      </a>
    </>
  )
}
