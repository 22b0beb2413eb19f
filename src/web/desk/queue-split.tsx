import { Button, LinkButton } from '../ui/button'
import { Notice } from '../ui/notice'
import { useT } from '../ui/shell'
import type { Split } from './queue-signing'
import { SigningPin } from './signing-pin'
import type { SigningView } from './signing-source'

/** Says before anything is done which of the marked lines sign, and offers the way for each kind. */
export function SplitNotice({ split, signing }: { split: Split; signing: SigningView | null }) {
  const t = useT()
  const { decides, approveHref, signs, signsValues, plainValues } = split
  return (
    <Notice tone="warn" role="alert" title={t('work.split.title')}>
      {approveHref && (
        <div>
          <p>
            {t('work.split.decides', { count: decides.length })}: {decides.join(', ')}.
          </p>
          <p>
            <LinkButton href={approveHref} icon="arrow-right" size="small">
              {t('work.split.approve', { count: decides.length })}
            </LinkButton>
          </p>
        </div>
      )}
      {signs.length > 0 && (
        <form method="post">
          <p>
            {t('work.split.signs', { count: signs.length })}: {signs.join(', ')}.
          </p>
          <Lines values={signsValues} />
          <SigningPin signing={signing} />
          <Button name="signed" value="1" size="small">
            {t('work.split.sign', { count: signs.length })}
          </Button>
        </form>
      )}
      {plainValues.length > 0 && (
        <form method="post">
          <p>{t('work.split.plain', { count: plainValues.length })}</p>
          <Lines values={plainValues} />
          <Button kind="second" size="small">
            {t('work.split.finish', { count: plainValues.length })}
          </Button>
        </form>
      )}
    </Notice>
  )
}

const Lines = ({ values }: { values: readonly string[] }) => (
  <>
    <input type="hidden" name="command" value="completeStep" />
    {values.map((value) => (
      <input key={value} type="hidden" name="code" value={value} />
    ))}
  </>
)
