/** What opens a key is never shown and never filled in by the browser. */
export function Secret({
  name,
  of = '',
  label,
  hint,
}: {
  name: 'pin' | 'otp'
  /** Sets several on one page apart. */
  of?: string
  label: string
  hint: string | null
}) {
  const id = of ? `${name}-${of}` : name
  return (
    <label className="pick" htmlFor={id}>
      <span>{label}</span>
      <input
        className="input"
        type="password"
        name={name}
        id={id}
        inputMode={name === 'otp' ? 'numeric' : undefined}
        maxLength={100}
        autoComplete="off"
        aria-describedby={hint ? `${id}-hint` : undefined}
      />
      {hint && (
        <small id={`${id}-hint`} className="soft">
          {hint}
        </small>
      )}
    </label>
  )
}
