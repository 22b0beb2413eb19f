import {
  type FieldPlace,
  type FormDraft,
  findField,
  findGroup,
  findPage,
  type GroupPlace,
  type Place,
  placeOfId,
  type Use,
} from 'motcua/modules/forms/editing'
import { type ReactNode, useEffect, useRef } from 'react'
import { Button } from '../../ui/button'
import { Notice } from '../../ui/notice'
import { useBuilder } from './context'
import { FieldPanel } from './field'
import { nameOf, ruleKeyOf, type Selected, usageText } from './form-builder.view'
import { FormPanel, GroupPanel, PagePanel, RulePanel, RulesPanel } from './panels'
import { isPlace } from './places'
import { PlaceToolbar, ProblemsHere } from './toolbar'

/** The settings of whatever is open. */
export function OpenPanel() {
  const { draft, selected, editable, t, locale } = useBuilder()
  const place = isPlace(selected) ? placeOfId(selected) : null
  return (
    <section aria-labelledby="fb-panel">
      <h2 id="fb-panel" tabIndex={-1}>
        {selected === 'rules' ? t('formBuilder.rules') : nameOf(draft, selected, t, locale)}
      </h2>
      <ProblemsHere id={selected} />
      <fieldset className="fb__settings" disabled={!editable}>
        <legend className="vh">
          {t('formBuilder.act.label', { name: nameOf(draft, selected, t, locale) })}
        </legend>
        {place && <PlaceToolbar place={place} />}
        {panelOf(draft, selected, place)}
      </fieldset>
    </section>
  )
}

function panelOf(draft: FormDraft, selected: Selected, place: Place | null): ReactNode {
  const field = place && findField(draft, place)
  if (field) return <FieldPanel place={place as FieldPlace} field={field} />
  const group = place?.group === undefined ? undefined : findGroup(draft, place)
  if (group) return <GroupPanel place={place as GroupPlace} group={group} />
  const page = place && findPage(draft, place)
  if (page) return <PagePanel place={place} page={page} />
  const rule = draft.rules?.find(({ key }) => key === ruleKeyOf(selected))
  if (rule) return <RulePanel rule={rule} />
  return selected === 'rules' ? <RulesPanel /> : <FormPanel />
}

/** Everything that would have to be mended, before something is removed. */
export function StillInUse({
  asked,
  remove,
  keep,
}: {
  asked: { id: Selected; uses: Use[] }
  remove: () => void
  keep: () => void
}) {
  const { draft, t, locale, elsewhere } = useBuilder()
  const first = useRef<HTMLParagraphElement>(null)
  useEffect(() => first.current?.querySelector('button')?.focus(), [])
  const name = nameOf(draft, asked.id, t, locale)
  const parts = elsewhere[placeOfId(asked.id).field ?? ''] ?? []
  const lines = [...new Set(asked.uses.map((use) => usageText(draft, use, t, locale)))]
  return (
    <Notice tone="warn" role="alert" title={t('formBuilder.inUse.title', { name })}>
      {lines.length > 0 && <p>{t('formBuilder.inUse.text')}</p>}
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {parts.length > 0 && <p>{t('formBuilder.inUse.elsewhere', { parts: parts.join(', ') })}</p>}
      <p className="btn-row" ref={first}>
        <Button type="button" kind="second" size="small" onClick={keep}>
          {t('formBuilder.inUse.keep')}
        </Button>
        <Button type="button" kind="harm" size="small" onClick={remove}>
          {t('formBuilder.inUse.anyway')}
        </Button>
      </p>
    </Notice>
  )
}
