import { type FormDraft, placeOfId } from 'motcua/modules/forms/editing'
import { useReducer } from 'react'
import { Button } from '../../ui/button'
import { useShell, useT } from '../../ui/shell'
import { AddQuestion } from './add'
import { BuilderBar } from './bar'
import { Conflict } from './conflict'
import { type Builder, BuilderProvider } from './context'
import { ExpertView } from './expert'
import { wholeForm } from './form-builder.view'
import { OpenPanel, StillInUse } from './open'
import { FormOutline } from './outline'
import { firstGroup, focusPanel, focusTree, isPlace } from './places'
import { BurdenTable, PhonePreview, ProblemList } from './side'
import { beginBuilding, build, isDirty } from './state'
import { useBuilderActs } from './use-builder-acts'
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
  const { editable, door, preview } = props
  const t = useT()
  const { locale } = useShell()
  const [state, dispatch] = useReducer(build, null, () => beginBuilding(props.draft, props.seen))
  const { draft, selected } = state
  const dirty = isDirty(state)
  const { checked, checking } = useLiveCheck(door, draft, props.checked)
  const { saving, save, meanwhile, settle, savedAt } = useSaving(door, state, dispatch, { t, locale })
  useLeaveWarning(dirty)
  useBuilderKeys({ save, dispatch, editable, t })

  const acts = useBuilderActs(props, { state, dispatch, problems: checked.problems })
  const { builder, adding, asked } = acts
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
          <FormOutline closed={acts.closed} toggle={acts.toggle} drop={acts.drop} />
          {editable && addAt && (
            <p className="btn-row">
              <Button
                type="button"
                kind="second"
                size="small"
                icon="plus"
                onClick={() => acts.setAdding(addAt)}
              >
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
            <StillInUse
              asked={asked}
              remove={() => acts.removeNow(asked.id)}
              keep={() => acts.setAsked(null)}
            />
          )}
          {adding ? (
            <AddQuestion
              at={adding}
              done={(added) => {
                acts.setAdding(null)
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
              acts.toggle(id, true)
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
