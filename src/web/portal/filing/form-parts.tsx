import { Icon } from '../../ui/icon'
import { Source } from '../../ui/known'
import { useT } from '../../ui/shell'
import { More } from '../../ui/timeline'
import { AskedField } from './filing-field'
import type { FilingPageView } from './form-page.view'
import { ListRows } from './list-rows'

type Drawn = Pick<FilingPageView, 'groups' | 'known' | 'hits' | 'most'>

/** The questions of a page, group by group. */
export function Groups({ view }: { view: Drawn }) {
  const ask = (field: FilingPageView['groups'][number]['fields'][number]) => (
    <AskedField key={field.path} field={field} hits={view.hits[field.path] ?? []} most={view.most} />
  )
  return view.groups.map((group) => (
    <section
      key={group.key}
      className="questions"
      id={`f-${group.key}`}
      data-group={group.key}
      hidden={group.hidden}
    >
      {group.title && view.groups.length > 1 && <h2 className="questions__title">{group.title}</h2>}
      {group.fields.map(ask)}
      {group.rows && <ListRows group={group} ask={ask} />}
    </section>
  ))
}

/** What nobody has to type. Correcting posts the page, so that what was typed on it is kept. */
export function Known({ view }: { view: Drawn }) {
  const t = useT()
  if (!view.known) return null
  return (
    <div className="mt-6" hidden={view.known.hidden} data-facts="">
      <section className="known known--two" aria-labelledby="co-san">
        <p className="known__head">
          <b id="co-san">
            <Icon name="database" />
            {t('web.form.known')}
          </b>
          <span className="soft">{view.known.source}</span>
        </p>
        <dl>
          {view.known.facts.map(({ path, label, text, source, editable, wide, hidden }) => (
            <div key={path} className={wide ? 'wide' : undefined} data-fact={path} hidden={hidden}>
              <dt>{label}</dt>
              <dd>{text}</dd>
              {source && (
                <dd className="source">
                  <Source>{source}</Source>
                </dd>
              )}
              {editable && (
                <dd className="act">
                  <button
                    className="as-link"
                    type="submit"
                    name="_action"
                    value={`edit:${path}`}
                    formNoValidate
                  >
                    {t('web.form.change')}
                    <span className="vh">: {label}</span>
                  </button>
                </dd>
              )}
            </div>
          ))}
        </dl>
      </section>
      <More summary={t('filing.wrong.title')}>
        <p>{t('filing.wrong.text')}</p>
      </More>
    </div>
  )
}
