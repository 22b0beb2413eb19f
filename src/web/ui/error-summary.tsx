import { Icon } from './icon'
import { useT } from './shell'

export interface Problem {
  /** `#id` of the input that repairs it. */
  href: string
  /** What to do, in words. */
  text: string
}

/** What is wrong with one input, by its id. */
export const errorAt = (problems: readonly Problem[] | undefined, id: string): string | undefined =>
  problems?.find(({ href }) => href === `#${id}`)?.text

/** At the top of a page that was sent back: every problem at once, each a link to where it is mended. */
export function ErrorSummary({ problems, title }: { problems: readonly Problem[]; title?: string }) {
  const t = useT()
  if (problems.length === 0) return null
  return (
    <div className="error-summary" role="alert" aria-labelledby="loi" tabIndex={-1}>
      <h2 id="loi">
        <Icon name="octagon-alert" />
        {title ?? t('web.form.errors', { count: problems.length })}
      </h2>
      <p>{t('web.form.kept')}</p>
      <ul>
        {problems.map(({ href, text }) => (
          <li key={href + text}>
            <a href={href}>{text}</a>
          </li>
        ))}
      </ul>
    </div>
  )
}
