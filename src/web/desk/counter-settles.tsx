import { Button } from '../ui/button'
import { Select } from '../ui/fields'
import { useT } from '../ui/shell'
import type { CounterPlaceView } from './counter-place'

/** Who will settle it and why, before anything is sent. */
export function CounterSettles({ place }: { place: CounterPlaceView }) {
  const t = useT()
  return (
    <section>
      <h2>{t('routing.counter.title')}</h2>
      {place.choose && (
        <Select
          id="receiving"
          name="receiving"
          label={t('routing.counter.choose')}
          hint={t('routing.counter.chooseHint')}
          options={place.choose.map(({ code, name }) => ({ value: code, label: name }))}
          defaultValue={place.chosen ?? ''}
          width="full"
        />
      )}
      {place.text && (
        <p>
          <b>{place.text}</b>
        </p>
      )}
      {place.lines.map((line) => (
        <p key={line} className="small soft">
          {line}
        </p>
      ))}
      {place.warning && (
        <p className="small counter__warn" role="status">
          {place.warning}
        </p>
      )}
    </section>
  )
}

/** Filing online with the authority that settles, for somebody who came here. */
export function CounterHelp({ place }: { place: CounterPlaceView }) {
  if (place.help === null) return null
  return (
    <>
      <Button name="command" value="help" kind={place.receives ? 'second' : 'main'} block>
        {place.help.label}
      </Button>
      <span className="small soft">{place.help.hint}</span>
    </>
  )
}
