import { Button } from '../../ui/button'
import { Notice } from '../../ui/notice'
import { useT } from '../../ui/shell'
import type { MeanwhileView } from './save-part'

/**
 * Somebody saved the same part meanwhile: says who and shows theirs. Saving again with their revision as `seen` keeps
 * the person's own; a link to the page without what was typed takes theirs. Stands inside the form of the page.
 */
export function MeanwhileNotice({
  meanwhile,
  theirs,
  page,
}: {
  meanwhile: MeanwhileView
  /** Their content in words or as text; the JSON of it when the page has no better. */
  theirs?: string
  /** Address of the page as it stands now. */
  page: string
}) {
  const t = useT()
  const { savedByName, at, content, revision } = meanwhile
  return (
    <Notice tone="warn" title={t('studio.meanwhile.title', { name: savedByName, at })} role="alert">
      <p>{t('studio.meanwhile.text')}</p>
      <details>
        <summary>{t('studio.meanwhile.theirs')}</summary>
        <pre className="studio__theirs">{theirs ?? JSON.stringify(content, null, 2)}</pre>
      </details>
      <p className="btn-row mt-3">
        <Button kind="second" size="small" name="seen" value={String(revision)}>
          {t('studio.meanwhile.keepMine')}
        </Button>
        <a href={page}>{t('studio.meanwhile.takeTheirs')}</a>
      </p>
    </Notice>
  )
}
