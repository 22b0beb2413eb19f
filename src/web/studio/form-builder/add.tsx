import { messages } from 'motcua/kernel/i18n'
import type { FieldType } from 'motcua/modules/forms'
import {
  addField,
  countOf,
  type FieldDraft,
  findGroup,
  type GroupPlace,
  groupOf,
  keyFor,
  type Place,
  placeId,
} from 'motcua/modules/forms/editing'
import { useEffect, useRef, useState } from 'react'
import { Button } from '../../ui/button'
import { useBuilder } from './context'
import { readyField, readyKey, readyQuestions, typeGroups } from './dictionary'
import { nameOf } from './form-builder.view'
import { Choose, Part, TextLine } from './inputs'

const words = { vi: messages('vi'), en: messages('en') }

/** A new question in its own words and kind, or one of the ready-made; stands after the question that was open. */
export function AddQuestion({ at, done }: { at: Place; done: (added: boolean) => void }) {
  const { draft, t, locale, edit } = useBuilder()
  const [label, setLabel] = useState('')
  const [type, setType] = useState<FieldType>('text')
  const first = useRef<HTMLDivElement>(null)
  useEffect(() => first.current?.querySelector('input')?.focus(), [])
  const place: GroupPlace = groupOf(at)
  const add = (field: FieldDraft) => {
    const name = field.label[locale] || field.label.vi
    const added = edit(addField(draft, place, field, at.field), {
      selected: placeId({ ...place, field: field.key }),
      said: t('formBuilder.said.added', { name }),
    })
    if (added) done(true)
  }
  const fresh = (): FieldDraft => {
    const field: FieldDraft = {
      key: keyFor(draft, label, place),
      label: { vi: label.trim(), en: '' },
      type,
      ...(type === 'enum' ? { options: [] } : {}),
      ...(type === 'computed' ? { origin: 'computed' as const } : { required: false }),
    }
    return { ...field, count: countOf(field) }
  }
  const where =
    at.field === undefined
      ? t('formBuilder.add.whereFirst', { name: nameOf(draft, placeId(place), t, locale) })
      : t('formBuilder.add.where', { name: nameOf(draft, placeId(at), t, locale) })
  return (
    <form
      className="fb__add"
      onSubmit={(event) => {
        event.preventDefault()
        add(fresh())
      }}
    >
      <h2>{t('formBuilder.add.title')}</h2>
      <p className="small soft">{where}</p>
      <div ref={first}>
        <TextLine
          id="fb-new-label"
          label={t('formBuilder.add.label')}
          hint={t('formBuilder.add.labelHint')}
          lang="vi"
          value={label}
          onChange={setLabel}
        />
      </div>
      <Choose
        id="fb-new-type"
        label={t('formBuilder.add.type')}
        hint={t(`formBuilder.typeText.${type}`)}
        value={type}
        groups={typeGroups.map(([group, types]) => ({
          label: t(`formBuilder.typeGroup.${group}`),
          options: types.map((one) => ({ value: one, label: t(`formBuilder.type.${one}`) })),
        }))}
        onChange={(next) => setType(next as FieldType)}
      />
      <p className="btn-row">
        <Button size="small">{t('formBuilder.add.confirm')}</Button>
        <Button type="button" kind="quiet" size="small" onClick={() => done(false)}>
          {t('formBuilder.add.cancel')}
        </Button>
      </p>
      <Part title={t('formBuilder.add.ready')}>
        <p className="hint">{t('formBuilder.add.readyHint')}</p>
        <ul className="fb__ready">
          {readyQuestions.map((ready) => (
            <li key={ready.id}>
              <Button
                type="button"
                kind="second"
                size="small"
                onClick={() => add(readyField(ready, readyKeyIn(readyKey(ready)), words))}
              >
                {t(`formBuilder.ready.${ready.id}.label`)}
              </Button>
            </li>
          ))}
        </ul>
      </Part>
    </form>
  )

  // The stem of the group before the plain key: `requester.phone`.
  function readyKeyIn(key: string): string {
    const made = keyFor(draft, 'x', place)
    const stem = made.slice(0, made.lastIndexOf('.') + 1)
    const group = findGroup(draft, place)
    const taken = new Set([...(group?.fields ?? []).map((field) => field.key), ...allKeys()])
    for (let n = 1; ; n++) {
      const candidate = `${stem}${key}${n === 1 ? '' : n}`
      if (!taken.has(candidate)) return candidate
    }
  }
  function allKeys(): string[] {
    return draft.pages.flatMap((page) =>
      page.groups.flatMap((group) => group.fields.map((field) => field.key)),
    )
  }
}
