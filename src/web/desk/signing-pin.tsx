import { useT } from '../ui/shell'
import { Secret } from './secret'
import type { SigningView } from './signing-source'

/** Asks for the PIN of the officer's key, beside the button that signs. */
export function SigningPin({ signing }: { signing: SigningView | null }) {
  const t = useT()
  if (signing === null) return null
  const later = signing.stampsFollow && <small className="signing-pin__later">{signing.stampsFollow}</small>
  if (signing.byPhone)
    return (
      <p className="signing-pin small">
        {signing.certificate}. {signing.hint} {later}
      </p>
    )
  return (
    <>
      <label className="pick signing-pin">
        <span>
          {t('signing.pin')} <small>{signing.certificate}</small>
        </span>
        <input
          className="input"
          type="password"
          name="pin"
          id="pin"
          defaultValue={signing.pin}
          maxLength={100}
          autoComplete="off"
          aria-describedby="pin-hint"
        />
        <small id="pin-hint" className="soft">
          {signing.hint} {later}
        </small>
      </label>
      {signing.otpHint && <Secret name="otp" label={t('signing.otp')} hint={signing.otpHint} />}
    </>
  )
}
