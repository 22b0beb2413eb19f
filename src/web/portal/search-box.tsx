import { Icon } from '../ui/icon'
import { useT } from '../ui/shell'

/** The one question of the portal. Plain GET, so that results can be linked and kept. */
export function SearchBox({ query = '', hint, label }: { query?: string; hint?: string; label?: string }) {
  const t = useT()
  return (
    // biome-ignore lint/a11y/useSemanticElements: a search form is the widest understood search landmark
    <form role="search" action="/tim" method="get">
      <label className="searchlabel soft" htmlFor="q">
        {hint ?? label ?? t('web.search.label')}
      </label>
      <div className="search">
        <span className="search__box">
          <Icon name="search" />
          <input
            id="q"
            name="q"
            type="search"
            autoComplete="off"
            defaultValue={query}
            placeholder={t('web.home.placeholder')}
            maxLength={200}
          />
        </span>
        <button className="btn" type="submit">
          {t('web.home.find')}
        </button>
      </div>
    </form>
  )
}
