import { Button } from '../../ui/button'
import type { Problem } from '../../ui/error-summary'
import { TextArea } from '../../ui/fields'
import { useT } from '../../ui/shell'
import type { ThreadLine, ThreadView } from './people.view'

/** What the applicant and the office wrote to each other, and the place to write. */
export function Thread({
  thread,
  notSent,
}: {
  thread: ThreadView
  notSent: { typed: string; problems: readonly Problem[] } | undefined
}) {
  const t = useT()
  return (
    <section className="section" id="nhan" aria-labelledby="nhan-tieu-de">
      <h2 id="nhan-tieu-de">{t('status.thread.title')}</h2>
      {thread.lines.length > 0 && (
        <ol className="thread">
          {thread.lines.map((line) => (
            <Line key={line.key} line={line} />
          ))}
        </ol>
      )}
      {thread.turn && <p className={thread.myTurn ? 'mt-4' : 'soft mt-4'}>{thread.turn}</p>}
      {thread.canWrite && (
        <form method="post" noValidate className="max-w-xl mt-4">
          <TextArea
            id="loi-nhan"
            name="text"
            label={t('status.thread.write')}
            hint={t('status.thread.lead')}
            error={notSent?.problems[0]?.text}
            defaultValue={notSent?.typed}
            maxLength={4000}
            rows={3}
          />
          <div className="mt-4">
            <Button kind="second">{t('status.thread.send')}</Button>
          </div>
        </form>
      )}
    </section>
  )
}

function Line({ line }: { line: ThreadLine }) {
  return (
    <li className={line.mine ? 'thread__line thread__line--mine' : 'thread__line'}>
      <p className="thread__head">
        <b>{line.who}</b> <span className="small faint num">{line.at}</span>
      </p>
      <p className="thread__text">{line.text}</p>
    </li>
  )
}
