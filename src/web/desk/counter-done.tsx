import { Button, LinkButton } from '../ui/button'
import { momentText } from '../ui/format'
import { Notice } from '../ui/notice'
import { useShell, useT } from '../ui/shell'

export interface DoneView {
  code: string
  sequence: number
  name: string
  again: boolean
  receipt: string | null
  dueAt: string | null
  secret: string
  fee: string
  mayAccept: boolean
  /** Where originals are captured, of what certifies copies. */
  capture: string | null
}

/** What the officer hands over: the receipt, the day, the fee; then the next person. */
export function CounterDone({ done }: { done: DoneView }) {
  const t = useT()
  const { locale } = useShell()
  return (
    <div className="counter__done">
      <h1 className="desk__title">
        {t(done.receipt ? 'desk.counter.doneAccepted' : 'desk.counter.done', { code: done.code })}
      </h1>
      {done.again && <Notice title={t('desk.counter.again')} />}
      <p>
        <b>{done.name}</b>
      </p>
      {done.dueAt && <p>{t('desk.counter.dueAt', { moment: momentText(done.dueAt, locale) })}</p>}
      <p>
        {t('desk.counter.fee')}: <b>{done.fee}</b>
      </p>
      <p className="small soft">{t('desk.counter.secret', { secret: done.secret })}</p>
      <div className="btn-row">
        {done.capture && (
          <LinkButton href={done.capture} icon="camera" hotkey="C">
            {t('certify.captureNext')}
          </LinkButton>
        )}
        {done.receipt ? (
          <LinkButton href={done.receipt} kind={done.capture ? 'second' : 'main'} icon="printer" hotkey="P">
            {t('desk.counter.printReceipt')}
          </LinkButton>
        ) : (
          done.mayAccept && (
            <form method="post" action={`/can-bo/ho-so/${done.code}`}>
              <input type="hidden" name="command" value="accept" />
              <input type="hidden" name="sequence" value={done.sequence} />
              <Button hotkey="T">{t('desk.counter.acceptNow')}</Button>
            </form>
          )
        )}
        <LinkButton href="/can-bo/tai-quay" kind="second" hotkey="F2">
          {t('desk.counter.nextPerson')}
        </LinkButton>
        <LinkButton href={`/can-bo/ho-so/${done.code}`} kind="quiet">
          {t('desk.counter.openDossier')}
        </LinkButton>
      </div>
    </div>
  )
}
