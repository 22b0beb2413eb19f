import { Button, LinkAction } from '../../ui/button'
import { Notice } from '../../ui/notice'
import { useT } from '../../ui/shell'
import type { EditorView, Preview } from './source'

/** How the template would print, for whom, and what keeps it from printing. */
export function PreviewPanel({
  view,
  here,
  preview,
  problem,
  busy,
}: {
  view: EditorView
  here: string
  preview: Preview | undefined
  problem: string | undefined
  busy: boolean
}) {
  const t = useT()
  const { key, cases } = view
  const file = `${here.replace(/\?.*$/, '')}.pdf?giay=${key}`
  return (
    <section className="tpl__preview" aria-labelledby="xem-truoc">
      <h3 id="xem-truoc">{t('templateEditor.preview.title')}</h3>
      {cases.length > 0 && (
        <div className="field">
          <label className="label" htmlFor="ca">
            {t('templateEditor.preview.case')}
          </label>
          <select id="ca" name="case" className="input" defaultValue="-1">
            <option value="-1">{t('templateEditor.preview.nobody')}</option>
            {cases.map((name, i) => (
              <option key={name} value={i}>
                {name}
              </option>
            ))}
          </select>
        </div>
      )}
      <p role="status" className="small soft tpl__busy">
        {busy
          ? t('templateEditor.preview.busy')
          : preview?.svg
            ? t('templateEditor.preview.pages', { count: preview.pages })
            : ''}
      </p>
      {problem && <Notice tone="bad" title={problem} />}
      {preview && preview.problems.length > 0 && (
        <Notice tone="bad" role="alert" title={t('templateEditor.preview.problems')}>
          <Lines lines={preview.problems} />
        </Notice>
      )}
      {preview && preview.findings.length > 0 && (
        <Notice tone="warn" title={t('templateEditor.preview.findings')}>
          <Lines lines={preview.findings} />
        </Notice>
      )}
      {preview?.svg && (
        <img
          className="tpl__paper-picture"
          src={`data:image/svg+xml;base64,${base64(preview.svg)}`}
          alt={t('templateEditor.preview.alt', { name: view.paper, count: preview.pages })}
        />
      )}
      <p className="btn-row">
        <Button kind="second" size="small" icon="eye" name="_action" value="preview">
          {t('templateEditor.preview.again')}
        </Button>
        {view.own && (
          <LinkAction href={file} icon="file-text" small>
            {t('templateEditor.preview.file')}
          </LinkAction>
        )}
      </p>
      <p className="studio__note">{t('templateEditor.preview.sample')}</p>
    </section>
  )
}

function Lines({ lines }: { lines: readonly string[] }) {
  return (
    <ul className="studio__list">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}

/** The same on the server and in a browser. */
function base64(text: string): string {
  const bytes = new TextEncoder().encode(text)
  let binary = ''
  for (let at = 0; at < bytes.length; at += 0x8000)
    binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000))
  return btoa(binary)
}
