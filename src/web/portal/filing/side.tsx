import { LinkAction } from '../../ui/button'
import { useT } from '../../ui/shell'
import { Parts, type Step } from '../../ui/steps'

/** Beside every page of a filing: its parts, and who helps. */
export function Side({ steps }: { steps: readonly Step[] }) {
  const t = useT()
  return (
    <aside className="stack-l stick" aria-label={t('filing.side.label')}>
      <section>
        <h2 className="side">{t('filing.side.parts', { count: steps.length })}</h2>
        <Parts steps={steps} />
      </section>
      <section>
        <h2 className="side">{t('filing.side.help')}</h2>
        <p className="small soft">{t('filing.side.hours')}</p>
        <p>
          <LinkAction href="tel:02993000000" icon="phone">
            <span className="num">0299 3000 000</span>
          </LinkAction>
          <br />
          <LinkAction href="/trung-tam" icon="users">
            {t('web.procedure.helper')}
          </LinkAction>
        </p>
      </section>
    </aside>
  )
}
