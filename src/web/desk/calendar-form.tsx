import { Button, LinkButton } from '../ui/button'
import { errorAt, type Problem } from '../ui/error-summary'
import { Select, TextField } from '../ui/fields'
import { useT } from '../ui/shell'
import { type CalendarValues, type DayRow, dayKinds, dayStatuses } from './calendar-form.view'

interface FormFacts {
  place: string
  values: CalendarValues
  problems: readonly Problem[]
  /** What was previewed; absent before the first preview. */
  previewed: string | undefined
}

/** The days of a year, one row each; sent to preview, then once more to publish. */
export function CalendarForm({ place, values, problems, previewed }: FormFacts) {
  const t = useT()
  const { territory, year, seen, source, rows } = values
  const here = `/can-bo/lich?noi=${territory}&nam=${year}`
  const error = (id: string) => errorAt(problems, id)
  return (
    <form
      method="post"
      action={`${here}&viec=sua`}
      className="cal__form"
      aria-labelledby="sua-lich"
      noValidate
    >
      <input type="hidden" name="territory" value={territory} />
      <input type="hidden" name="year" value={year} />
      <input type="hidden" name="seen" value={seen ?? ''} />
      {previewed !== undefined && <input type="hidden" name="previewed" value={previewed} />}
      <h2 id="sua-lich">{t('calendarPage.form.title', { place, year })}</h2>
      <p className="small soft">{t('calendarPage.form.lead')}</p>
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place in the form
        <Row key={index} {...{ row, index, year, error }} />
      ))}
      <p className="btn-row">
        <Button kind="quiet" size="small" name="_action" value="more">
          {t('calendarPage.form.more')}
        </Button>
      </p>
      <TextField
        id="source"
        name="source"
        label={t('calendarPage.form.source')}
        hint={t('calendarPage.form.sourceHint')}
        defaultValue={source}
        error={error('source')}
        maxLength={500}
        autoComplete="off"
      />
      <p className="btn-row mt-5">
        {previewed !== undefined && (
          <Button name="_action" value="publish">
            {t('calendarPage.form.publish')}
          </Button>
        )}
        <Button kind={previewed === undefined ? 'main' : 'second'} name="_action" value="preview" hotkey="X">
          {t(previewed === undefined ? 'calendarPage.form.preview' : 'calendarPage.form.previewAgain')}
        </Button>
        <LinkButton href={here} kind="quiet" hotkey="Escape">
          {t('calendarPage.form.cancel')}
        </LinkButton>
      </p>
    </form>
  )
}

interface RowFacts {
  row: DayRow
  index: number
  year: number
  error: (id: string) => string | undefined
}

function Row({ row, index, year, error }: RowFacts) {
  const t = useT()
  const no = index + 1
  const field = (name: 'date' | 'kind' | 'name' | 'basis' | 'status') => {
    const id = `${name}-${index}`
    const label = t(`calendarPage.column.${name}`)
    return { id, name, label, error: error(id), defaultValue: row[name] }
  }
  return (
    <fieldset className="cal__row">
      <legend className="cal__no">{t('calendarPage.form.row', { no })}</legend>
      <TextField {...field('date')} type="date" min={`${year}-01-01`} max={`${year}-12-31`} />
      <Select
        {...field('kind')}
        width="full"
        options={dayKinds.map((value) => ({ value, label: t(`calendarPage.kind.${value}`) }))}
      />
      <TextField {...field('name')} maxLength={200} autoComplete="off" />
      <TextField {...field('basis')} maxLength={500} autoComplete="off" />
      <Select
        {...field('status')}
        width="full"
        options={dayStatuses.map((value) => ({ value, label: t(`calendarPage.status.${value}`) }))}
      />
      <input type="hidden" name="note" value={row.note} />
      <label className="cal__drop">
        <input type="checkbox" name="drop" value={index} defaultChecked={row.drop} />
        <span aria-hidden="true">{t('calendarPage.form.dropShort')}</span>
        <span className="vh">{t('calendarPage.form.drop', { no })}</span>
      </label>
    </fieldset>
  )
}
