import { isRefusal } from 'motcua/kernel/errors'
import {
  duplicateField,
  type FieldPlace,
  type FormDraft,
  type Place,
  placeId,
  placeOfId,
  removeAt,
  shift as shifted,
  type Use,
  usesOf,
} from 'motcua/modules/forms/editing'
import { useReducer, useState } from 'react'
import { Button } from '../ui/button'
import { useShell, useT } from '../ui/shell'
import { nameOf, type Selected, whereText, wholeForm } from './form-builder.view'
import { AddQuestion } from './form-builder-add'
import { BuilderBar } from './form-builder-bar'
import { Conflict } from './form-builder-conflict'
import { type Builder, BuilderProvider, refusedText } from './form-builder-context'
import { ExpertView } from './form-builder-expert'
import { OpenPanel, StillInUse } from './form-builder-open'
import { FormOutline } from './form-builder-outline'
import {
  besideRemoved,
  dropped,
  firstClosed,
  firstGroup,
  focusPanel,
  focusTree,
  isPlace,
  without,
} from './form-builder-places'
import { BurdenTable, PhonePreview, ProblemList } from './form-builder-side'
import { beginBuilding, build, isDirty } from './form-builder-state'
import {
  type CheckedDraft,
  useBuilderKeys,
  useLeaveWarning,
  useLiveCheck,
  useSaving,
} from './use-form-builder'

export interface FormBuilderProps {
  draft: FormDraft
  seen: number
  editable: boolean
  checked: CheckedDraft
  elsewhere: Builder['elsewhere']
  /** Where the draft is checked and saved. */
  door: string
  /** Where the draft is drawn as people see it; null when it cannot be. */
  preview: string | null
}

/** The form builder: questions on the left, what is set of the one that is open, and on the right what comes of it. */
export function FormBuilder(props: FormBuilderProps) {
  const { editable, elsewhere, door, preview } = props
  const t = useT()
  const { locale } = useShell()
  const [state, dispatch] = useReducer(build, null, () => beginBuilding(props.draft, props.seen))
  const [closed, setClosed] = useState<ReadonlySet<Selected>>(
    () => new Set([...firstClosed(props.draft), 'rules']),
  )
  const [adding, setAdding] = useState<Place | null>(null)
  const [asked, setAsked] = useState<{ id: Selected; uses: Use[] } | null>(null)
  const { draft, selected } = state
  const dirty = isDirty(state)
  const { checked, checking } = useLiveCheck(door, draft, props.checked)
  const { saving, save, meanwhile, settle, savedAt } = useSaving(door, state, dispatch, { t, locale })
  useLeaveWarning(dirty)
  useBuilderKeys({ save, dispatch, editable, t })

  const nameIn = (of: FormDraft, id: Selected) => nameOf(of, id, t, locale)
  const open = (id: Selected) => setClosed((now) => without(now, id))
  const builder: Builder = {
    ...{ draft, selected, editable, problems: checked.problems, t, locale, epoch: state.epoch, elsewhere },
    edit: (next, more = {}) => {
      if (isRefusal(next)) {
        dispatch({ do: 'say', said: refusedText(next, locale) })
        return false
      }
      dispatch({ do: 'edit', draft: next, ...more })
      if (more.selected) open(more.selected)
      return true
    },
    select: (id) => {
      dispatch({ do: 'select', id })
      setAdding(null)
      setAsked(null)
    },
    shift: (id, by) => {
      if (!isPlace(id)) return
      const next = shifted(draft, placeOfId(id), by)
      const name = nameIn(draft, id)
      if (isRefusal(next)) return void builder.edit(next)
      const moved = placeId(next.place)
      const stayed = JSON.stringify(next.draft) === JSON.stringify(draft)
      if (stayed) return builder.say(t('formBuilder.said.edge', { name }))
      const where = whereText(next.draft, moved, t, locale)
      const said = t(by < 0 ? 'formBuilder.said.up' : 'formBuilder.said.down', { name, where })
      builder.edit(next.draft, { selected: moved, said })
    },
    copy: (id) => {
      const place = placeOfId(id)
      if (!isPlace(id) || place.field === undefined) return
      const next = duplicateField(draft, place as FieldPlace)
      if (isRefusal(next)) return void builder.edit(next)
      const name = next.place.field
      builder.edit(next.draft, {
        selected: placeId(next.place),
        said: t('formBuilder.said.copied', { name }),
      })
    },
    remove: (id) => {
      if (!isPlace(id)) return
      const uses = usesOf(draft, placeOfId(id))
      const mentioned = (elsewhere[placeOfId(id).field ?? ''] ?? []).length > 0
      if (uses.length > 0 || mentioned) setAsked({ id, uses })
      else removeNow(id)
    },
    startAdding: (at) => setAdding(at),
    say: (text) => dispatch({ do: 'say', said: text }),
  }

  const removeNow = (id: Selected) => {
    setAsked(null)
    const place = placeOfId(id)
    const done = builder.edit(removeAt(draft, place, { anyway: true }), {
      selected: besideRemoved(draft, place),
      said: t('formBuilder.said.removed', { name: nameIn(draft, id) }),
    })
    if (done) requestAnimationFrame(focusTree)
  }

  const drop = (moved: Selected, onto: Selected) => {
    const next = dropped(draft, moved, onto)
    if (!next) return
    const where = isRefusal(next.draft) ? '' : whereText(next.draft, next.id, t, locale)
    builder.edit(next.draft, {
      selected: next.id,
      said: t('formBuilder.said.moved', { name: nameIn(draft, moved), where }),
    })
  }

  const place = isPlace(selected) ? placeOfId(selected) : null
  const addAt = place?.group !== undefined ? place : firstGroup(draft, place)
  return (
    <BuilderProvider value={builder}>
      <BuilderBar
        {...{ state, dirty, saving, savedAt, editable, save }}
        undo={() => dispatch({ do: 'undo', said: t('formBuilder.said.undone') })}
        redo={() => dispatch({ do: 'redo', said: t('formBuilder.said.redone') })}
      />
      {meanwhile && (
        <Conflict
          meanwhile={meanwhile}
          base={state.saved}
          join={(merged) => settle(meanwhile, merged)}
          takeTheirs={() => settle(meanwhile, meanwhile.theirs)}
        />
      )}
      <div className="fb">
        <div className="fb__left">
          <FormOutline
            closed={closed}
            toggle={(id, isOpen) => setClosed((now) => (isOpen ? without(now, id) : new Set([...now, id])))}
            drop={drop}
          />
          {editable && addAt && (
            <p className="btn-row">
              <Button type="button" kind="second" size="small" icon="plus" onClick={() => setAdding(addAt)}>
                {t('formBuilder.act.addField')}
              </Button>
            </p>
          )}
          <p id="fb-outline-hint" className="tiny soft">
            {t('formBuilder.outlineHint')}
          </p>
        </div>
        <div className="fb__middle">
          {asked && (
            <StillInUse asked={asked} remove={() => removeNow(asked.id)} keep={() => setAsked(null)} />
          )}
          {adding ? (
            <AddQuestion
              at={adding}
              done={(added) => {
                setAdding(null)
                requestAnimationFrame(added ? focusPanel : focusTree)
              }}
            />
          ) : (
            <OpenPanel key={selected} />
          )}
        </div>
        <aside className="fb__right" aria-label={t('formBuilder.side.label')}>
          <ProblemList
            checking={checking}
            open={(id) => {
              builder.select(id)
              open(id)
              requestAnimationFrame(focusPanel)
            }}
          />
          <BurdenTable lines={checked.burden} />
          {preview && (
            <PhonePreview
              address={preview}
              seen={state.seen}
              page={place?.page ?? draft.pages[0]!.key}
              dirty={dirty}
            />
          )}
        </aside>
      </div>
      <ExpertView
        key={state.epoch}
        text={JSON.stringify(draft, null, 2)}
        seen={state.seen}
        editable={editable}
        use={(next) =>
          dispatch({
            do: 'edit',
            draft: next,
            selected: wholeForm,
            said: t('formBuilder.said.json'),
            fresh: true,
          })
        }
      />
    </BuilderProvider>
  )
}
