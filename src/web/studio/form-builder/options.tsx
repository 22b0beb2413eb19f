import type { FieldDraft, Place } from 'motcua/modules/forms/editing'
import { Button } from '../../ui/button'
import { ConditionOf } from './condition'
import { useBuilder } from './context'
import { optionValue } from './form-builder.view'
import { Part, TextLine } from './inputs'

type Options = NonNullable<FieldDraft['options']>

/** The answers to choose from; each keeps its value, which conditions and data rely on. */
export function FieldOptions({
  place,
  options,
  change,
  tag,
}: {
  place: Place
  options: Options
  change: (options: Options) => void
  /** The same while letters are typed. */
  tag: (options: Options, tag: string) => void
}) {
  const { draft, t } = useBuilder()
  const word = (i: number, locale: 'vi' | 'en', text: string) =>
    tag(
      options.map((option, at) =>
        at === i ? { ...option, label: { ...option.label, [locale]: text } } : option,
      ),
      `option${i}.${locale}`,
    )
  // A new option takes its value from its words, once, while no condition can know it yet.
  const settle = (i: number) => {
    const { value, label } = options[i]!
    if (!/^lua-chon-\d+$/.test(value) || !label.vi || JSON.stringify(draft).split(`"${value}`).length > 2)
      return
    const others = options.filter((_, at) => at !== i).map((option) => option.value)
    tag(options.with(i, { ...options[i]!, value: optionValue(label.vi, others) }), `option${i}.vi`)
  }
  const add = () => {
    const value = optionValue(
      `lua chon ${options.length + 1}`,
      options.map((option) => option.value),
    )
    change([...options, { value, label: { vi: '', en: '' } }])
  }
  return (
    <Part title={t('formBuilder.field.options')}>
      <ol className="fb__options">
        {options.map((option, i) => (
          <li
            key={option.value}
            onBlur={(event) => {
              if (!event.currentTarget.contains(event.relatedTarget)) settle(i)
            }}
          >
            <div className="fb__pair">
              {(['vi', 'en'] as const).map((locale) => (
                <TextLine
                  key={locale}
                  label={`${t('formBuilder.field.option', { no: i + 1 })} (${t(`formBuilder.both.${locale}`)})`}
                  lang={locale}
                  value={option.label[locale]}
                  onChange={(text) => word(i, locale, text)}
                />
              ))}
            </div>
            <p className="btn-row">
              {i > 0 && (
                <Button
                  type="button"
                  kind="quiet"
                  size="small"
                  icon="arrow-up"
                  onClick={() => change(options.toSpliced(i, 1).toSpliced(i - 1, 0, option))}
                >
                  <span className="vh">{t('formBuilder.field.optionUp', { no: i + 1 })}</span>
                  <span aria-hidden="true">{t('formBuilder.act.up')}</span>
                </Button>
              )}
              <Button
                type="button"
                kind="quiet"
                size="small"
                icon="x"
                onClick={() => change(options.toSpliced(i, 1))}
              >
                <span className="vh">{t('formBuilder.field.removeOption', { no: i + 1 })}</span>
                <span aria-hidden="true">{t('formBuilder.act.remove')}</span>
              </Button>
            </p>
            <details className="fb__more" open={option.when !== undefined}>
              <summary>
                {t('formBuilder.field.condition')}
                <span className="vh">: {t('formBuilder.field.option', { no: i + 1 })}</span>
              </summary>
              <ConditionOf
                name={`option ${i}`}
                label={t('formBuilder.field.optionCondition')}
                value={option.when}
                place={place}
                onChange={(when) => {
                  const { when: _, ...bare } = option
                  tag(options.with(i, when ? { ...bare, when } : bare), `option${i}.when`)
                }}
              />
            </details>
          </li>
        ))}
      </ol>
      <Button type="button" kind="second" size="small" icon="plus" onClick={add}>
        {t('formBuilder.field.addOption')}
      </Button>
    </Part>
  )
}
