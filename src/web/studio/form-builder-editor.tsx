import { isRefusal } from 'motcua/kernel/errors'
import {
  duplicateField,
  type FieldPlace,
  type FormDraft,
  findField,
  findGroup,
  findPage,
  type GroupPlace,
  moveField,
  moveGroup,
  movePage,
  type Place,
  placeId,
  placeOfId,
  removeAt,
  shift as shifted,
  type Use,
  usesOf,
} from 'motcua/modules/forms/editing'
import { type ReactNode, useCallback, useEffect, useReducer, useRef, useState } from 'react'
import { Button } from '../ui/button'
import { Notice } from '../ui/notice'
import { useShell, useT } from '../ui/shell'
import { nameOf, ruleKeyOf, type Selected, usageText, whereText, wholeForm } from './form-builder.view'
import { AddQuestion } from './form-builder-add'
import { Conflict } from './form-builder-conflict'
import { type Builder, BuilderProvider, refusedText, useBuilder } from './form-builder-context'
import { ExpertView } from './form-builder-expert'
import { FieldPanel } from './form-builder-field'
import { FormOutline } from './form-builder-outline'
import { FormPanel, GroupPanel, PagePanel, RulePanel, RulesPanel } from './form-builder-panels'
import { BurdenTable, PhonePreview, ProblemList } from './form-builder-side'
import { beginBuilding, build, isDirty } from './form-builder-state'
import { PlaceToolbar, ProblemsHere } from './form-builder-toolbar'
import { type CheckedDraft, useLiveCheck, useSaving } from './use-form-builder'

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

const isPlace = (id: Selected) => id !== wholeForm && id !== 'rules' && ruleKeyOf(id) === undefined
const focusTree = () => document.querySelector<HTMLElement>('.fb__tree [tabindex="0"]')?.focus()
const focusPanel = () => document.getElementById('fb-panel')?.focus()

/** Pages after the first begin closed, so that a long form is in sight. */
const firstClosed = (draft: FormDraft) => draft.pages.slice(1).map(({ key }) => placeId({ page: key }))

/** Everything open that stands above a thing, so that the thing is in sight. */
function without(closed: ReadonlySet<Selected>, id: Selected): ReadonlySet<Selected> {
  const { page, group, inner } = placeOfId(id)
  const above = [{ page }, { page, group }, { page, group, inner }].map((place) => placeId(place as Place))
  const gone = new Set([id, ...above, ...(ruleKeyOf(id) === undefined ? [] : ['rules'])])
  return new Set([...closed].filter((one) => !gone.has(one)))
}

function firstGroup(draft: FormDraft, place: Place | null): Place | null {
  const page = (place && findPage(draft, place)) ?? draft.pages[0]
  const group = page?.groups.at(-1)
  return page && group ? { page: page.key, group: group.key } : null
}

/** What is open after a removal: the next beside it, the one before, or what it stood in. */
function besideRemoved(draft: FormDraft, place: Place): Selected {
  const { page, group, inner, field } = place
  const parent: Place =
    field !== undefined
      ? { page, group: group ?? '', ...(inner === undefined ? {} : { inner }) }
      : { page, ...(inner === undefined ? {} : { group: group ?? '' }) }
  const keys =
    field !== undefined
      ? findGroup(draft, parent)?.fields.map(({ key }) => key)
      : group === undefined
        ? draft.pages.map(({ key }) => key)
        : undefined
  const at = keys?.indexOf(field ?? page) ?? -1
  const next = keys?.[at + 1] ?? keys?.[at - 1]
  if (next === undefined) return group === undefined ? wholeForm : placeId(parent)
  return placeId(field === undefined ? { page: next } : { ...parent, field: next })
}

/** Where a drag ends: on a question right after it, on a group or page at its end, a page on a page right there. */
function dropped(draft: FormDraft, moved: Selected, onto: Selected) {
  if (!isPlace(moved) || !isPlace(onto) || moved === onto) return undefined
  const [from, to] = [placeOfId(moved), placeOfId(onto)]
  if (from.field !== undefined) {
    const target = to.group === undefined ? firstGroup(draft, to) : to
    const { field, ...group } = (target ?? to) as FieldPlace
    const fields = findGroup(draft, group)?.fields ?? []
    const index = field === undefined ? fields.length : fields.findIndex(({ key }) => key === field)
    return {
      draft: moveField(draft, from as FieldPlace, { ...group, index }),
      id: placeId({ ...group, field: from.field }),
    }
  }
  const pageIndex = draft.pages.findIndex(({ key }) => key === to.page)
  if (from.group === undefined) return { draft: movePage(draft, from, pageIndex), id: moved }
  if (from.inner !== undefined) return undefined
  const groups = draft.pages[pageIndex]?.groups ?? []
  const index = to.group === undefined ? groups.length : groups.findIndex(({ key }) => key === to.group)
  return {
    draft: moveGroup(draft, from as GroupPlace, { page: to.page, index }),
    id: placeId({ page: to.page, group: from.group }),
  }
}

function BuilderBar({
  state,
  dirty,
  saving,
  savedAt,
  editable,
  save,
  undo,
  redo,
}: {
  state: ReturnType<typeof beginBuilding>
  dirty: boolean
  saving: boolean
  savedAt: string
  editable: boolean
  save: () => void
  undo: () => void
  redo: () => void
}) {
  const { t } = useBuilder()
  const stateText = dirty
    ? t('formBuilder.bar.unsaved')
    : savedAt
      ? t('formBuilder.bar.saved', { at: savedAt })
      : t('formBuilder.bar.clean')
  return (
    <div className="fb__bar" role="toolbar" aria-label={t('formBuilder.bar.label')}>
      {editable ? (
        <>
          <Button type="button" size="small" aria-keyshortcuts="Control+S" onClick={save}>
            {t(saving ? 'formBuilder.bar.saving' : 'formBuilder.bar.save')} <kbd>Ctrl S</kbd>
          </Button>
          <Button
            type="button"
            kind="quiet"
            size="small"
            icon="undo-2"
            aria-disabled={state.past.length === 0}
            onClick={undo}
          >
            {t('formBuilder.bar.undo')}
          </Button>
          <Button
            type="button"
            kind="quiet"
            size="small"
            icon="rotate-cw"
            aria-disabled={state.future.length === 0}
            onClick={redo}
          >
            {t('formBuilder.bar.redo')}
          </Button>
          <span className="small soft">{stateText}</span>
        </>
      ) : (
        <span className="small">{t('formBuilder.bar.readOnly')}</span>
      )}
      <span className="fb__said small" role="status">
        <span key={state.said.no}>{state.said.text}</span>
      </span>
    </div>
  )
}

/** The settings of whatever is open. */
function OpenPanel() {
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
function StillInUse({
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

function useLeaveWarning(dirty: boolean): void {
  useEffect(() => {
    if (!dirty) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', warn)
    return () => removeEventListener('beforeunload', warn)
  }, [dirty])
}

function useBuilderKeys({
  save,
  dispatch,
  editable,
  t,
}: {
  save: () => void
  dispatch: (act: { do: 'undo' | 'redo'; said: string }) => void
  editable: boolean
  t: ReturnType<typeof useT>
}): void {
  const onKey = useCallback(
    (event: KeyboardEvent) => {
      if (!editable || !(event.ctrlKey || event.metaKey) || event.altKey) return
      const key = event.key.toLowerCase()
      const isUndo = key === 'z' && !event.shiftKey
      const isRedo = key === 'y' || (key === 'z' && event.shiftKey)
      if (key !== 's' && !isUndo && !isRedo) return
      event.preventDefault()
      if (key === 's') save()
      else if (isUndo) dispatch({ do: 'undo', said: t('formBuilder.said.undone') })
      else dispatch({ do: 'redo', said: t('formBuilder.said.redone') })
    },
    [save, dispatch, editable, t],
  )
  useEffect(() => {
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [onKey])
}
