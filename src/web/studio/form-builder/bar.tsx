import { Button } from '../../ui/button'
import { useBuilder } from './context'
import type { BuilderState } from './state'

/** Save, undo and redo, how things stand, and what happened last. */
export function BuilderBar({
  state,
  dirty,
  saving,
  savedAt,
  editable,
  save,
  undo,
  redo,
}: {
  state: BuilderState
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
