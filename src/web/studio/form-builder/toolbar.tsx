import { moveField, moveGroup, type Place, placeId, placeOfId, placesOf } from 'motcua/modules/forms/editing'
import { Button } from '../../ui/button'
import { useBuilder } from './context'
import { nameOf, whereText } from './form-builder.view'

/** What can be done with the thing that is open; the same as the keys of the tree. */
export function PlaceToolbar({ place }: { place: Place }) {
  const { draft, t, locale, shift, copy, remove } = useBuilder()
  const id = placeId(place)
  const name = nameOf(draft, id, t, locale)
  return (
    <div className="fb__tools" role="toolbar" aria-label={t('formBuilder.act.label', { name })}>
      <Button type="button" kind="quiet" size="small" icon="arrow-up" onClick={() => shift(id, -1)}>
        {t('formBuilder.act.up')}
      </Button>
      <Button type="button" kind="quiet" size="small" icon="arrow-down" onClick={() => shift(id, 1)}>
        {t('formBuilder.act.down')}
      </Button>
      {place.field !== undefined && (
        <Button type="button" kind="quiet" size="small" icon="plus" onClick={() => copy(id)}>
          {t('formBuilder.act.copy')}
        </Button>
      )}
      <Button type="button" kind="quiet" size="small" icon="x" onClick={() => remove(id)}>
        {t('formBuilder.act.remove')}
      </Button>
      {place.group !== undefined && place.inner === undefined && <MoveTo place={place} name={name} />}
    </div>
  )
}

/** Straight to another page or group. */
function MoveTo({ place, name }: { place: Place; name: string }) {
  const { draft, t, locale, edit } = useBuilder()
  const { page, group = '', field } = place
  const targets = [...placesOf(draft)].filter((other) =>
    field === undefined
      ? other.group === undefined && other.page !== page
      : other.group !== undefined && other.field === undefined && placeId(other) !== placeId({ page, group }),
  )
  const move = (id: string) => {
    const to = placeOfId(id)
    const next =
      field === undefined
        ? moveGroup(draft, { page, group }, { page: to.page, index: 999 })
        : moveField(draft, { page, group, field }, { ...to, group: to.group ?? '', index: 999 })
    const moved = placeId(field === undefined ? { page: to.page, group } : { ...to, field })
    const where = 'pages' in next ? whereText(next, moved, t, locale) : ''
    edit(next, { selected: moved, said: t('formBuilder.said.moved', { name, where }) })
  }
  if (targets.length === 0) return null
  return (
    <label className="fb__moveto">
      <span>{t('formBuilder.act.moveTo')}</span>
      <select
        className="input"
        value=""
        onChange={(event) => {
          if (event.target.value) move(event.target.value)
        }}
      >
        <option value="">{t('formBuilder.act.moveChoose')}</option>
        {targets.map((other) => (
          <option key={placeId(other)} value={placeId(other)}>
            {other.group === undefined
              ? nameOf(draft, placeId(other), t, locale)
              : `${nameOf(draft, placeId({ page: other.page }), t, locale)} › ${nameOf(draft, placeId(other), t, locale)}`}
          </option>
        ))}
      </select>
    </label>
  )
}

/** What the checks say of the thing that is open. */
export function ProblemsHere({ id }: { id: string }) {
  const { problems } = useBuilder()
  const here = problems.filter((problem) => problem.id === id)
  if (here.length === 0) return null
  return (
    <ul className="fb__problems">
      {here.map(({ text, severity }) => (
        <li key={text} className={`is-${severity}`}>
          {text}
        </li>
      ))}
    </ul>
  )
}
