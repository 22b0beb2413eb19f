import { Button } from '../../ui/button'
import { Field } from '../../ui/fields'
import { Icon } from '../../ui/icon'
import { Notice } from '../../ui/notice'
import { useT } from '../../ui/shell'
import { VerifyCard } from './verify-card'
import type { SignatureLine } from './verify-signatures.view'
import type { Checked } from './verify-upload'

/** Holds a file up to the page; it is posted to the page itself, also without a script. */
export function FileForm({
  checked,
  most,
  action,
}: {
  checked: Checked | undefined
  most: number
  action: string
}) {
  const t = useT()
  const error =
    checked?.kind === 'missing'
      ? t('tracking.verify.fileMissing')
      : checked?.kind === 'too-large'
        ? t('tracking.verify.fileTooLarge', { most })
        : undefined
  return (
    <form method="post" action={action} encType="multipart/form-data">
      <Field
        id="tep"
        label={t('tracking.verify.file.label')}
        hint={t('tracking.verify.file.hint', { most })}
        error={error}
      >
        <div className="drop">
          <input
            className="drop__input"
            type="file"
            id="tep"
            name="file"
            accept="application/pdf,.pdf,.xml"
            aria-describedby={error ? 'tep-h tep-e' : 'tep-h'}
            aria-invalid={error ? true : undefined}
          />
        </div>
      </Field>
      <div className="mt-4">
        <Button kind="second">{t('tracking.verify.file.go')}</Button>
      </div>
    </form>
  )
}

/** What was found of the file; nothing before one was sent. */
export function FileFound({ checked, withPaper }: { checked: Checked | undefined; withPaper: boolean }) {
  const t = useT()
  if (checked?.kind === 'wait') {
    const time = t('tracking.lookup.minutes', { minutes: Math.max(1, Math.ceil(checked.seconds / 60)) })
    return (
      <Notice tone="warn" role="alert" title={t('tracking.lookup.tooMany', { time })}>
        {t('tracking.verify.file.waitText')}
      </Notice>
    )
  }
  if (checked?.kind !== 'checked') return null
  const { tone, title, text, signatures, isPaper, paper } = checked.verdict
  return (
    <>
      <Notice tone={tone} role={tone === 'bad' ? 'alert' : 'status'} title={title}>
        {text}
      </Notice>
      {/* What stands below of the same paper need not be said twice. */}
      {(withPaper || !isPaper) && (
        <SignatureList id="chu-ky-tep" lines={signatures} title={t('tracking.verify.file.signatures')} />
      )}
      {withPaper && paper && !isPaper && <h2>{t('tracking.verify.file.issued')}</h2>}
      {withPaper && paper && <VerifyCard paper={paper} />}
    </>
  )
}

const icons = { ok: 'circle-check', warn: 'info', bad: 'octagon-alert' } as const

/** Signatures in plain words, each with what else is known of it. */
export function SignatureList({
  id,
  lines,
  title,
}: {
  id: string
  lines: readonly SignatureLine[]
  title: string
}) {
  if (lines.length === 0) return null
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <SignatureLines lines={lines} />
    </section>
  )
}

/** The lines alone, for a page that says above them whose paper it is. */
export function SignatureLines({ lines }: { lines: readonly SignatureLine[] }) {
  if (lines.length === 0) return null
  return (
    <ul className="files mt-3">
      {lines.map((line) => (
        <li className="file" key={line.text}>
          <span className="file__pic">
            <Icon name={icons[line.tone]} />
          </span>
          <span>
            <b>{line.text}</b>
            {line.details.map((detail) => (
              <small key={detail}>{detail}</small>
            ))}
          </span>
        </li>
      ))}
    </ul>
  )
}
