import { Button } from '../../ui/button'
import { Select, TextField } from '../../ui/fields'
import { useT } from '../../ui/shell'
import type { EditorDraft } from './template-editor.view'

const pages = ['a4', 'a4-landscape', 'a5', 'a5-landscape'] as const

/** The name of a template and its paper. */
export function PageFields({ draft, editable }: { draft: EditorDraft; editable: boolean }) {
  const t = useT()
  return (
    <div className="tpl__page">
      <TextField
        id="ten"
        name="name"
        label={t('templateEditor.name')}
        hint={t('templateEditor.nameHint')}
        defaultValue={draft.name}
        maxLength={300}
        readOnly={!editable}
      />
      <Select
        id="kho"
        name="page"
        label={t('templateEditor.page')}
        defaultValue={draft.page}
        options={pages.map((value) => ({ value, label: t(`templateEditor.pages.${value}`) }))}
      />
    </div>
  )
}

/** Saves the template, or takes the procedure's own one away. */
export function SaveRow({ own }: { own: boolean }) {
  const t = useT()
  return (
    <p className="btn-row">
      <Button name="_action" value="save" hotkey="S">
        {t('templateEditor.save')}
      </Button>
      <RemoveButton own={own} />
    </p>
  )
}

/** Gives the paper back to the common layout. */
function RemoveButton({ own }: { own: boolean }) {
  const t = useT()
  if (!own) return null
  return (
    <Button kind="quiet" name="_action" value="remove">
      {t('templateEditor.remove')}
    </Button>
  )
}
