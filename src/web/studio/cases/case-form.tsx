import { AskedField } from '../../portal/filing/filing-field'
import { ListRows } from '../../portal/filing/list-rows'
import { Checkbox, CheckboxGroup, Select, TextField } from '../../ui/fields'
import { useT } from '../../ui/shell'
import { StateTag } from '../../ui/state'
import type { DrawnCase } from './case-source'
import type { CaseView, ResultRow, WayRow } from './case-view-source'

/** Who asks, when and how: everything of a case beside its answers. */
export function CaseFacts({ view }: { view: CaseView }) {
  const t = useT()
  return (
    <section className="studio__part case__facts">
      <h2>{t('cases.who')}</h2>
      <TextField
        id="ca-ten"
        name="case.vi"
        label={t('cases.name')}
        defaultValue={view.name.vi}
        maxLength={200}
      />
      <TextField
        id="ca-ten-en"
        name="case.en"
        label={t('cases.nameEn')}
        defaultValue={view.name.en === view.name.vi ? '' : view.name.en}
        maxLength={200}
        optional
      />
      <div className="case__row">
        <TextField
          id="ca-ngay"
          name="case.on"
          label={t('cases.on')}
          hint={t('cases.onHint')}
          defaultValue={view.on}
          inputMode="numeric"
          maxLength={10}
          width="short"
        />
        <Select
          id="ca-kenh"
          name="case.channel"
          label={t('cases.channel')}
          options={view.channels}
          defaultValue={view.channel}
        />
      </div>
      <Select
        id="ca-nguoi"
        name="case.personalId"
        label={t('cases.person')}
        hint={t('cases.personHint')}
        options={view.people}
        defaultValue={view.personalId}
        empty={t('cases.nobody')}
      />
      <Checkbox
        id="ca-im"
        name="case.silent"
        label={t('cases.silent')}
        hint={t('cases.silentHint')}
        checked={view.silent}
      />
      <CheckboxGroup
        id="ca-ghi"
        name="case.recorded"
        label={t('cases.recorded')}
        options={view.recorded.map(({ key, label }) => ({ value: key, label }))}
        values={view.recorded.filter(({ stated }) => stated).map(({ key }) => key)}
        optional
      />
    </section>
  )
}

/** The questions as the draft asks them, all pages under one another, with what is known beside them. */
export function CaseAnswers({ view, drawn }: { view: CaseView; drawn: DrawnCase }) {
  const t = useT()
  return (
    <section>
      <h2>{t('cases.answers')}</h2>
      <p className="small soft">{t('cases.answersHint')}</p>
      {view.files.length > 0 && (
        <p className="small soft">{t('cases.files', { names: view.files.join(', ') })}</p>
      )}
      {drawn.pages.map((page) => (
        <section key={page.key} className="case__page" data-page={page.key} hidden={page.hidden}>
          <h3>{page.title}</h3>
          {page.groups.map((group) => (
            <Group key={group.key} group={group} hits={drawn.hits} />
          ))}
          <KnownFacts known={page.known} />
        </section>
      ))}
      {view.strangers.length > 0 && (
        <CheckboxGroup
          id="ca-la"
          name="drop"
          label={t('cases.strangers')}
          hint={t('cases.strangersHint')}
          options={view.strangers.map(({ key, text }) => ({ value: key, label: `“${key}”: ${text}` }))}
          optional
        />
      )}
    </section>
  )
}

type Page = DrawnCase['pages'][number]

function Group({ group, hits }: { group: Page['groups'][number]; hits: DrawnCase['hits'] }) {
  const ask = (field: Page['groups'][number]['fields'][number]) => (
    <AskedField key={field.path} field={field} hits={hits[field.path] ?? []} most="" />
  )
  return (
    <div className="case__group" data-group={group.key} hidden={group.hidden}>
      {group.title && <h4>{group.title}</h4>}
      {group.fields.filter(({ type }) => type !== 'file').map(ask)}
      {group.rows && <ListRows group={group} ask={ask} />}
    </div>
  )
}

function KnownFacts({ known }: { known: Page['known'] }) {
  const t = useT()
  const shown = known.filter(({ hidden }) => !hidden).length
  if (known.length === 0) return null
  return (
    <details className="more" open={shown <= 4} data-facts="" hidden={shown === 0}>
      <summary>{t('cases.known', { count: shown })}</summary>
      <dl className="qa">
        {known.map(({ key, label, text, editable, hidden }) => (
          <div key={key} data-fact={key} hidden={hidden}>
            <dt>{label}</dt>
            <dd>
              {text}{' '}
              {editable && (
                <button className="as-link" type="submit" name="_action" value={`edit:${key}`} formNoValidate>
                  {t('cases.other')}
                  <span className="vh">: {label}</span>
                </button>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  )
}

/** What comes out, and what of it every later run must bring again. */
export function CaseOutcome({ view, editable }: { view: CaseView; editable: boolean }) {
  const t = useT()
  if (view.accepted === null)
    return (
      <section>
        <h2>{t('cases.outcome')}</h2>
        <p>{t('studio.tests.notRun')}</p>
      </section>
    )
  return (
    <section aria-live="polite">
      <h2>{t('cases.outcome')}</h2>
      <p>
        <StateTag state={view.accepted ? 'ok' : 'bad'}>
          {t(view.accepted ? 'cases.accepted' : 'cases.refused')}
        </StateTag>
      </p>
      {view.due && <p className="small soft">{t('cases.due', { on: view.on, due: view.due })}</p>}
      <input type="hidden" name="shown" value={view.shown} />
      <fieldset className="case__results" disabled={!editable}>
        <legend className="vh">{t('cases.outcome')}</legend>
        {view.rows.map((row) => (
          <Result key={row.what} row={row} />
        ))}
      </fieldset>
      <Way way={view.way} ended={view.ended} />
    </section>
  )
}

function Result({ row: { what, label, came, stated, choice, differs } }: { row: ResultRow }) {
  const t = useT()
  const options = [
    ...(stated === null ? [] : [['stated', t('cases.keep', { value: stated })] as const]),
    ['came', stated === null ? t('cases.must') : t('cases.take', { value: came })] as const,
    ['none', t('cases.any')] as const,
  ]
  return (
    <fieldset className="case__result" data-what={what}>
      <legend>
        <b>{label}</b>: {came} {differs && <StateTag state="bad">{t('cases.differs')}</StateTag>}
      </legend>
      {options.map(([value, text]) => (
        <label key={value}>
          <input type="radio" name={`state.${what}`} value={value} defaultChecked={choice === value} /> {text}
        </label>
      ))}
    </fieldset>
  )
}

function Way({ way, ended }: { way: readonly WayRow[]; ended: boolean }) {
  const t = useT()
  if (way.length === 0) return null
  return (
    <>
      <h3>{t('cases.way')}</h3>
      <p className="small soft">{t('cases.wayHint')}</p>
      <ol className="case__way">
        {way.map(({ step, name, outcome, outcomes }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step can come twice; its place tells it
          <li key={i}>
            <input type="hidden" name="way" value={step} />
            {outcomes.length > 1 ? (
              <>
                <label htmlFor={`buoc-${i}`}>{name}</label>{' '}
                <select className="input" id={`buoc-${i}`} name={`way.${i}`} defaultValue={outcome}>
                  {outcomes.map(({ value, label }) => (
                    <option key={value} value={value}>
                      {label}
                    </option>
                  ))}
                </select>
              </>
            ) : (
              name
            )}
          </li>
        ))}
      </ol>
      {!ended && <p className="small soft">{t('cases.wayOpen')}</p>}
    </>
  )
}
