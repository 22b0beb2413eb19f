import { Button } from '../../ui/button'
import { Notice } from '../../ui/notice'
import { useT } from '../../ui/shell'
import { FixedRows } from './row'
import type { PastedView } from './source'

/** A box to paste into, for keyboards and for pages without script. */
export function PastePanel() {
  const t = useT()
  return (
    <details className="studio__part">
      <summary>{t('processEditor.paste.title')}</summary>
      <label className="label mt-3" htmlFor="dan">
        {t('processEditor.paste.label')}
      </label>
      <span className="hint" id="dan-h">
        {t('processEditor.paste.hint')}
      </span>
      <textarea
        className="input steps-paste"
        id="dan"
        name="text"
        rows={5}
        aria-describedby="dan-h"
        spellCheck={false}
      />
      <p className="btn-row mt-3">
        <Button kind="second" size="small" name="_action" value="read">
          {t('processEditor.paste.read')}
        </Button>
      </p>
    </details>
  )
}

const tones = { lost: 'warn', guess: 'info', info: 'plain' } as const

/** What was understood of a pasted table, and everything that was not, before it is taken over. */
export function PastePreview({ read, hasRows }: { read: PastedView; hasRows: boolean }) {
  const t = useT()
  const { rows, outside, report, receptionHours, returnHours } = read
  return (
    <section id="da-dan" className="studio__part steps-read" tabIndex={-1} aria-labelledby="da-dan-h">
      <h2 id="da-dan-h">{t('processEditor.paste.previewTitle')}</h2>
      <p>
        {rows.length > 0
          ? t('processEditor.paste.summary', { steps: rows.length, outside })
          : t('processEditor.paste.nothing')}
      </p>
      {rows.length > 0 && <FixedRows rows={rows} />}
      {(['lost', 'guess', 'info'] as const).map((tone) => {
        const lines = report.filter((note) => note.tone === tone)
        return (
          lines.length > 0 && (
            <Notice key={tone} tone={tones[tone]} title={t(`processEditor.paste.${tone}`)}>
              <ul className="studio__list">
                {lines.map(({ text }, i) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: notes never change, and may be the same
                  <li key={i}>{text}</li>
                ))}
              </ul>
            </Notice>
          )
        )
      })}
      <input type="hidden" name="pasted" value={JSON.stringify({ rows, receptionHours, returnHours })} />
      <p className="btn-row mt-3">
        {rows.length > 0 && (
          <Button size="small" name="_action" value="take">
            {t('processEditor.paste.take')}
          </Button>
        )}
        {rows.length > 0 && hasRows && (
          <Button size="small" kind="second" name="_action" value="append">
            {t('processEditor.paste.append')}
          </Button>
        )}
        <Button size="small" kind="quiet" name="_action" value="drop">
          {t('processEditor.paste.drop')}
        </Button>
      </p>
    </section>
  )
}
