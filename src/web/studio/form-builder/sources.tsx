import { findMessage } from 'motcua/kernel/i18n'
import { answerKeys, type FieldDraft, type Place, type SourceDraft } from 'motcua/modules/forms/editing'
import { Button } from '../../ui/button'
import { ConditionOf } from './condition'
import { useBuilder } from './context'
import { registerFacts } from './dictionary'
import { factName, sourceName } from './form-builder.view'
import { Choose, Part, Tick } from './inputs'

/** Where the State already has the answer, best first. */
export function FieldSources({
  place,
  field,
  change,
  lock,
}: {
  place: Place
  field: FieldDraft
  change: (sources: SourceDraft[]) => void
  lock: (locked: boolean) => void
}) {
  const { draft, t, locale } = useBuilder()
  const sources = field.sources ?? []
  const groups = registerFacts.map(([register, paths]) => ({
    label: findMessage(locale, `forms.source.${register}`) ?? register,
    options: paths.map((path) => ({
      value: `${register}.${path}`,
      label: factName(register, path, t, locale) ?? path,
    })),
  }))
  const above = answerKeys(draft)
    .filter((key) => key !== field.key)
    .map((key) => ({ value: `ANS.${key}`, label: sourceName(`ANS.${key}`, draft, t, locale) }))
  return (
    <Part title={t('formBuilder.field.sources')}>
      <p className="hint">
        {sources.length > 0 ? t('formBuilder.field.sourcesHint') : t('formBuilder.field.noSources')}
      </p>
      <ol className="fb__sources">
        {sources.map((source, i) => (
          <SourceLine
            key={`${fromOf(source)} ${sources.slice(0, i).filter((other) => fromOf(other) === fromOf(source)).length}`}
            {...{ place, source }}
            when={(text) =>
              change(sources.with(i, text ? { from: fromOf(source), when: text } : fromOf(source)))
            }
            up={i > 0 ? () => change(sources.toSpliced(i, 1).toSpliced(i - 1, 0, source)) : undefined}
            remove={() => change(sources.toSpliced(i, 1))}
          />
        ))}
      </ol>
      <Choose
        label={t('formBuilder.field.addSource')}
        value=""
        empty={t('formBuilder.field.chooseSource')}
        groups={[...groups, { label: findMessage(locale, 'forms.source.ANS') ?? 'ANS', options: above }]}
        onChange={(from) => {
          if (from && !sources.includes(from)) change([...sources, from])
        }}
      />
      {sources.length > 0 && (
        <Tick label={t('formBuilder.field.locked')} checked={field.locked ?? false} onChange={lock} />
      )}
    </Part>
  )
}

const fromOf = (source: SourceDraft) => (typeof source === 'string' ? source : source.from)

function SourceLine({
  place,
  source,
  when,
  up,
  remove,
}: {
  place: Place
  source: SourceDraft
  when: (text: string | undefined) => void
  up: (() => void) | undefined
  remove: () => void
}) {
  const { draft, t, locale } = useBuilder()
  const name = sourceName(source, draft, t, locale)
  return (
    <li>
      <span>
        {name}
        {typeof source !== 'string' && (
          <small className="fb__when">{t('formBuilder.field.sourceWhen', { text: source.when })}</small>
        )}
      </span>
      <span className="btn-row">
        {up && (
          <Button type="button" kind="quiet" size="small" icon="arrow-up" onClick={up}>
            <span className="vh">{t('formBuilder.field.sourceUp', { name })}</span>
            <span aria-hidden="true">{t('formBuilder.act.up')}</span>
          </Button>
        )}
        <Button type="button" kind="quiet" size="small" icon="x" onClick={remove}>
          <span className="vh">{t('formBuilder.field.removeSource', { name })}</span>
          <span aria-hidden="true">{t('formBuilder.act.remove')}</span>
        </Button>
      </span>
      <details className="fb__more">
        <summary>
          {t('formBuilder.field.condition')}
          <span className="vh">: {name}</span>
        </summary>
        <ConditionOf
          name={`source ${fromOf(source)}`}
          label={t('formBuilder.field.sourceCondition')}
          value={typeof source === 'string' ? undefined : source.when}
          place={place}
          onChange={when}
        />
      </details>
    </li>
  )
}
