import { findMessage } from 'motcua/kernel/i18n'
import type { FieldType } from 'motcua/modules/forms'
import {
  boundTo,
  changeField,
  countOf,
  type FieldDraft,
  type FieldPlace,
  type Patch,
  type Place,
  placeId,
  renameKey,
} from 'motcua/modules/forms/editing'
import { useState } from 'react'
import { Button } from '../../ui/button'
import { ConditionOf } from './condition'
import { refusedText, useBuilder } from './context'
import { partsOfType, typeGroups } from './dictionary'
import { BothLanguages, Choose, NumberLine, Pick, TextLine, Tick } from './inputs'
import { FieldOptions } from './options'
import { FieldSources } from './sources'

interface FieldFacts {
  place: FieldPlace
  field: FieldDraft
  patch: (patch: Patch<FieldDraft>, tag?: string) => void
}

/** Everything that is set of one question, the most used first. */
export function FieldPanel({ place, field }: { place: FieldPlace; field: FieldDraft }) {
  const { draft, edit, t } = useBuilder()
  const id = placeId(place)
  const patch: FieldFacts['patch'] = (change, tag) =>
    edit(changeField(draft, place, change), tag === undefined ? {} : { tag: `${tag}@${id}` })
  const facts = { place, field, patch }
  return (
    <>
      <BothLanguages
        id="fb-label"
        label={t('formBuilder.field.label')}
        value={field.label}
        onChange={(label) => patch({ label: label ?? { vi: '', en: '' } }, 'label')}
      />
      <TypeOf {...facts} />
      <TextLine
        label={t('formBuilder.field.legalLabel')}
        hint={t('formBuilder.field.legalLabelHint')}
        lang="vi"
        value={field.legalLabel ?? ''}
        onChange={(text) => patch(legal(field, text), 'legalLabel')}
      />
      <BothLanguages
        label={t('formBuilder.field.help')}
        lines={2}
        value={field.help}
        onChange={(help) => patch({ help }, 'help')}
      />
      {field.type === 'enum' && (
        <FieldOptions
          place={place}
          options={field.options ?? []}
          change={(options) => patch({ options })}
          tag={(options, tag) => patch({ options }, tag)}
        />
      )}
      {field.type !== 'computed' && <Required {...facts} />}
      <ConditionOf
        name="visible"
        label={t('formBuilder.field.visible')}
        hint={t('formBuilder.field.visibleHint')}
        value={field.visible}
        place={place}
        onChange={(visible) => patch({ visible, ...countedUnder(field, visible) }, 'visible')}
      />
      <Parts {...facts} />
      <Limits {...facts} />
      {field.type !== 'computed' && (
        <FieldSources
          place={place}
          field={field}
          change={(sources) => patch(boundTo(field, sources))}
          lock={(locked) => patch({ locked: locked || undefined })}
        />
      )}
      {field.type === 'computed' && <Value {...facts} />}
      <Advanced {...facts} />
    </>
  )
}

// What the paper form asks counts against it; the count of what is outside of the usual case stays.
function legal(field: FieldDraft, text: string): Patch<FieldDraft> {
  const legalLabel = text || undefined
  const { legalLabel: _, ...bare } = field
  const count = countOf(legalLabel === undefined ? bare : { ...bare, legalLabel })
  return {
    legalLabel,
    ...(field.count === undefined || field.count === 'C' || field.count === 'D' ? {} : { count }),
  }
}

function TypeOf({ field, patch }: FieldFacts) {
  const { t } = useBuilder()
  return (
    <Choose
      label={t('formBuilder.field.type')}
      hint={t(`formBuilder.typeText.${field.type}`)}
      value={field.type}
      groups={typeGroups.map(([group, types]) => ({
        label: t(`formBuilder.typeGroup.${group}`),
        options: types.map((type) => ({ value: type, label: t(`formBuilder.type.${type}`) })),
      }))}
      onChange={(type) => patch(ofType(type as FieldType))}
    />
  )
}

// Members that mean nothing for the new kind of answer go with the old.
const ofType = (type: FieldType): Patch<FieldDraft> => ({
  type,
  ...(type === 'enum' ? {} : { options: undefined }),
  ...(type === 'computed'
    ? { required: undefined, sources: undefined, origin: 'computed', locked: undefined }
    : {}),
  ...{
    min: undefined,
    max: undefined,
    maxLength: undefined,
    tense: undefined,
    parts: undefined,
    multiple: undefined,
  },
  asWritten: undefined,
})

function Required({ place, field, patch }: FieldFacts) {
  const { t } = useBuilder()
  const { required = false } = field
  const how = typeof required === 'string' ? 'when' : required ? 'yes' : 'no'
  return (
    <>
      <Pick
        label={t('formBuilder.field.required')}
        value={how}
        options={(['yes', 'no', 'when'] as const).map((value) => ({
          value,
          label: t(`formBuilder.field.requiredChoice.${value}`),
        }))}
        onChange={(next) => patch({ required: next === 'when' ? 'true' : next === 'yes' })}
      />
      {how === 'when' && (
        <ConditionOf
          name="required"
          label={t('formBuilder.field.requiredWhen')}
          value={required === 'true' ? undefined : String(required)}
          place={place}
          onChange={(text) => patch({ required: text ?? 'true' }, 'required')}
        />
      )}
    </>
  )
}

const numbers = new Set<FieldType>(['int', 'money', 'area', 'length', 'copies'])
const texts = new Set<FieldType>(['text', 'longtext', 'name'])

function Parts({ field, patch }: FieldFacts) {
  const { t, locale } = useBuilder()
  const all = partsOfType[field.type]
  if (!all) return null
  const asked = field.parts ?? (field.type === 'address' ? ['detail'] : all)
  return (
    <fieldset className="group fb__pick">
      <legend className="label">{t('formBuilder.field.parts')}</legend>
      {all.map((part) => (
        <Tick
          key={part}
          label={findMessage(locale, `forms.${field.type}.${part}`) ?? part}
          checked={asked.includes(part)}
          onChange={(checked) =>
            patch({ parts: all.filter((one) => (one === part ? checked : asked.includes(one))) })
          }
        />
      ))}
    </fieldset>
  )
}

function Limits({ field, patch }: FieldFacts) {
  const { t } = useBuilder()
  const { type } = field
  const ticks = {
    multiple: type === 'file',
    asWritten: type === 'address' || type === 'agency',
  }
  return (
    <>
      {numbers.has(type) && (
        <div className="fb__pair">
          <NumberLine
            label={t('formBuilder.field.min')}
            value={field.min}
            onChange={(min) => patch({ min }, 'min')}
          />
          <NumberLine
            label={t('formBuilder.field.max')}
            value={field.max}
            onChange={(max) => patch({ max }, 'max')}
          />
        </div>
      )}
      {texts.has(type) && (
        <NumberLine
          label={t('formBuilder.field.maxLength')}
          value={field.maxLength}
          onChange={(maxLength) => patch({ maxLength }, 'maxLength')}
        />
      )}
      {(type === 'date' || type === 'partial-date') && (
        <Choose
          label={t('formBuilder.field.tense')}
          value={field.tense ?? 'any'}
          options={(['any', 'past', 'future'] as const).map((value) => ({
            value,
            label: t(`formBuilder.field.tenseChoice.${value}`),
          }))}
          onChange={(tense) => patch({ tense: tense === 'any' ? undefined : (tense as 'past' | 'future') })}
        />
      )}
      {(['multiple', 'asWritten'] as const).map(
        (name) =>
          ticks[name] && (
            <Tick
              key={name}
              label={t(`formBuilder.field.${name}`)}
              checked={field[name] ?? false}
              onChange={(checked) => patch({ [name]: checked || undefined })}
            />
          ),
      )}
    </>
  )
}

const letters = ['K', 'P', 'D', 'A', 'N', 'C'] as const

/** How a value is worked out, or what is proposed at first. */
function Value({ field, patch }: FieldFacts) {
  const { t } = useBuilder()
  return (
    <TextLine
      label={t(field.type === 'computed' ? 'formBuilder.field.value' : 'formBuilder.field.valueProposed')}
      hint={t('formBuilder.field.valueHint')}
      code
      value={field.value ?? ''}
      onChange={(value) => patch({ value: value || undefined }, 'value')}
    />
  )
}

function Advanced({ place, field, patch }: FieldFacts) {
  const { t } = useBuilder()
  return (
    <details className="fb__part">
      <summary>{t('formBuilder.field.advanced')}</summary>
      <RenameKey place={place} hint={t('formBuilder.field.keyHint')} />
      {field.type !== 'computed' && <Value {...{ place, field, patch }} />}
      <TextLine
        label={t('formBuilder.field.example')}
        value={field.example ?? ''}
        onChange={(example) => patch({ example: example || undefined }, 'example')}
      />
      <Choose
        label={t('formBuilder.field.count')}
        value={field.count ?? ''}
        empty={t('formBuilder.field.countNone')}
        options={letters.map((value) => ({ value, label: t(`formBuilder.field.countChoice.${value}`) }))}
        onChange={(count) => patch({ count: (count || undefined) as FieldDraft['count'] })}
      />
      <Tick
        label={t('formBuilder.field.sensitive')}
        checked={field.sensitive ?? false}
        onChange={(sensitive) => patch({ sensitive: sensitive || undefined })}
      />
    </details>
  )
}

/** Another key; every condition that reads the old one is rewritten, and other parts that mention it are named. */
export function RenameKey({ place, hint }: { place: Place; hint: string }) {
  const { draft, edit, t, locale, elsewhere } = useBuilder()
  const old = place.field ?? place.inner ?? place.group ?? place.page
  const [typed, setTyped] = useState(old)
  const [error, setError] = useState('')
  const parts = elsewhere[old] ?? []
  const rename = () => {
    const next = renameKey(draft, place, typed.trim())
    const renamed = { ...place, [lastPart(place)]: typed.trim() }
    setError(refusedText(next, locale))
    edit(next, { selected: placeId(renamed), said: t('formBuilder.said.renamed') })
  }
  const also = parts.length > 0 ? ` ${t('formBuilder.inUse.elsewhere', { parts: parts.join(', ') })}` : ''
  return (
    <div className="fb__rename">
      <TextLine
        label={t('formBuilder.field.key')}
        hint={hint + also}
        code
        value={typed}
        onChange={setTyped}
        {...(error ? { error } : {})}
      />
      <Button type="button" kind="second" size="small" onClick={rename}>
        {t('formBuilder.field.rename')}
      </Button>
    </div>
  )
}

const lastPart = (place: Place) =>
  (['field', 'inner', 'group'] as const).find((part) => place[part] !== undefined) ?? 'page'

/** A question of our own is asked in every case, or only in some once it has a condition. */
function countedUnder({ count, legalLabel }: FieldDraft, visible: string | undefined): Partial<FieldDraft> {
  if (count === 'N' && visible) return { count: 'C' }
  return count === 'C' && !visible && !legalLabel ? { count: 'N' } : {}
}
