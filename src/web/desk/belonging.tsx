import { Button } from '../ui/button'
import { Notice } from '../ui/notice'
import { useT } from '../ui/shell'
import type { BelongingView } from './belonging-source'

/** Says where a dossier belongs by its rule, with one press to offer it there. */
export function BelongingNotice({
  belonging,
  sequence,
}: {
  belonging: BelongingView | null
  sequence: number
}) {
  const t = useT()
  if (belonging === null) return null
  return (
    <Notice tone="warn" title={belonging.title} role="status">
      <p>{belonging.why}</p>
      {belonging.usually && <p>{belonging.usually}</p>}
      <form method="post" className="btn-row mt-2">
        <input type="hidden" name="command" value="transfer" />
        <input type="hidden" name="sequence" value={sequence} />
        <input type="hidden" name="to" value={belonging.to} />
        <input type="hidden" name="reason" value={belonging.reason} />
        <Button kind="second" size="small" icon="arrow-right">
          {belonging.press}
        </Button>
        <span className="small soft">{t('routing.belongs.keeps')}</span>
      </form>
    </Notice>
  )
}
