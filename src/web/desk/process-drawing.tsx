import { useT } from '../ui/shell'

/** The picture of a process in a box of its own that scrolls; it can be made to fit, without script too. */
export function ProcessDrawing({ svg, note }: { svg: string; note?: string }) {
  const t = useT()
  if (!svg) return <p className="soft">{t('processPage.drawing.none')}</p>
  return (
    <div className="bpbox">
      <p className="bpbox__bar">
        <label>
          <input type="checkbox" /> {t('processPage.drawing.fit')}
        </label>
        {note && <span>{note}</span>}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className="bpbox__view" aria-label={t('processPage.drawing.scroll')} tabIndex={0}>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: drawn by our own code, every text escaped */}
        <div dangerouslySetInnerHTML={{ __html: svg }} />
      </section>
    </div>
  )
}
