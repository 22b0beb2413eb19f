import {
  addGroup,
  addRule,
  answerKeys,
  changeForm,
  changeGroup,
  changePage,
  changeRule,
  columnKeys,
  type FormDraft,
  findGroup,
  type GroupDraft,
  type GroupPlace,
  groupKeyFor,
  type PageDraft,
  type Patch,
  type Place,
  placeId,
  placesOf,
  type RuleDraft,
  removeRule,
  ruleKeyFor,
} from 'motcua/modules/forms/editing'
import { Button } from '../../ui/button'
import { ConditionOf } from './condition'
import { useBuilder } from './context'
import { RenameKey } from './field'
import { nameOf, problemPlace, ruleId, wholeForm } from './form-builder.view'
import { BothLanguages, Choose, NumberLine, Pick, TextLine, Tick } from './inputs'

/** Words of the whole form. */
export function FormPanel() {
  const { draft, edit, t } = useBuilder()
  const patch = (change: Parameters<typeof changeForm>[1], tag: string) =>
    edit(changeForm(draft, change), { tag: `form.${tag}` })
  return (
    <>
      <BothLanguages
        label={t('formBuilder.form.title')}
        value={draft.title}
        onChange={(title) => patch({ title: title ?? { vi: '', en: '' } }, 'title')}
      />
      <TextLine
        label={t('formBuilder.form.legalName')}
        value={draft.legalForm.name ?? ''}
        onChange={(name) => patch({ legalForm: { ...draft.legalForm, name: name || null } }, 'legalName')}
      />
      <TextLine
        label={t('formBuilder.form.legalSetBy')}
        lines={2}
        value={draft.legalForm.setBy}
        onChange={(setBy) => patch({ legalForm: { ...draft.legalForm, setBy } }, 'setBy')}
      />
      <BothLanguages
        label={t('formBuilder.form.assurance')}
        lines={3}
        value={draft.assurance}
        onChange={(words) =>
          patch({ assurance: { ...draft.assurance, ...(words ?? { vi: '', en: '' }) } }, 'assurance')
        }
      />
      <p className="btn-row">
        <AddPageButton />
        <AddRuleButton />
      </p>
    </>
  )
}

export function PagePanel({ place, page }: { place: Place; page: PageDraft }) {
  const { draft, edit, t } = useBuilder()
  const patch = (change: Patch<PageDraft>, tag: string) =>
    edit(changePage(draft, place, change), { tag: `${tag}@${placeId(place)}` })
  return (
    <>
      <BothLanguages
        id="fb-label"
        label={t('formBuilder.pageOf.title')}
        value={page.title}
        onChange={(title) => patch({ title: title ?? { vi: '', en: '' } }, 'title')}
      />
      <BothLanguages
        label={t('formBuilder.pageOf.intro')}
        lines={2}
        value={page.intro}
        onChange={(intro) => patch({ intro }, 'intro')}
      />
      <ConditionOf
        name="visible"
        label={t('formBuilder.pageOf.visible')}
        hint={t('formBuilder.pageOf.visibleHint')}
        value={page.visible}
        place={place}
        onChange={(visible) => patch({ visible }, 'visible')}
      />
      <p className="btn-row">
        <AddGroupButton page={page.key} />
        <AddPageButton after={page.key} />
      </p>
      <details className="fb__part">
        <summary>{t('formBuilder.field.rename')}</summary>
        <RenameKey place={place} hint="" />
      </details>
    </>
  )
}

export function GroupPanel({ place, group }: { place: GroupPlace; group: GroupDraft }) {
  const { draft, edit, t, startAdding } = useBuilder()
  const patch = (change: Patch<GroupDraft>, tag?: string) =>
    edit(changeGroup(draft, place, change), tag === undefined ? {} : { tag: `${tag}@${placeId(place)}` })
  const { repeat } = group
  return (
    <>
      <BothLanguages
        id="fb-label"
        label={t('formBuilder.groupOf.title')}
        hint={t('formBuilder.groupOf.titleHint')}
        value={group.title}
        onChange={(title) => patch({ title }, 'title')}
      />
      <ConditionOf
        name="visible"
        label={t('formBuilder.groupOf.visible')}
        hint={t('formBuilder.pageOf.visibleHint')}
        value={group.visible}
        place={place.inner === undefined ? { page: place.page } : { page: place.page, group: place.group }}
        onChange={(visible) => patch({ visible }, 'visible')}
      />
      {place.inner === undefined && (
        <Tick
          label={t('formBuilder.groupOf.repeat')}
          hint={t('formBuilder.groupOf.repeatHint')}
          checked={repeat !== undefined}
          onChange={(checked) =>
            patch({
              repeat: checked ? { min: 0, max: 20 } : undefined,
              ...(checked ? {} : { layout: undefined }),
            })
          }
        />
      )}
      {repeat && <Rows {...{ group, repeat, patch }} />}
      <p className="btn-row">
        <Button type="button" kind="second" size="small" icon="plus" onClick={() => startAdding(place)}>
          {t('formBuilder.act.addField')}
        </Button>
        {repeat && place.inner === undefined ? (
          <AddListButton place={place} />
        ) : (
          place.inner === undefined && <AddGroupButton page={place.page} after={place.group} />
        )}
      </p>
      <details className="fb__part">
        <summary>{t('formBuilder.field.rename')}</summary>
        <RenameKey place={place} hint={repeat ? t('formBuilder.field.keyHint') : ''} />
      </details>
    </>
  )
}

function Rows({
  group,
  repeat,
  patch,
}: {
  group: GroupDraft
  repeat: NonNullable<GroupDraft['repeat']>
  patch: (change: Patch<GroupDraft>, tag?: string) => void
}) {
  const { t } = useBuilder()
  const { addLabel, ...limits } = repeat
  return (
    <>
      <div className="fb__pair">
        {(['min', 'max'] as const).map((name) => (
          <NumberLine
            key={name}
            label={t(`formBuilder.groupOf.${name}`)}
            value={repeat[name]}
            onChange={(value) => patch({ repeat: { ...repeat, [name]: value ?? 0 } }, name)}
          />
        ))}
      </div>
      <BothLanguages
        label={t('formBuilder.groupOf.addLabel')}
        value={addLabel}
        onChange={(words) =>
          patch({ repeat: { ...limits, ...(words ? { addLabel: words } : {}) } }, 'addLabel')
        }
      />
      <Tick
        label={t('formBuilder.groupOf.table')}
        checked={group.layout === 'table'}
        onChange={(checked) => patch({ layout: checked ? 'table' : undefined })}
      />
    </>
  )
}

function AddPageButton({ after }: { after?: string }) {
  const { draft, edit, t, locale } = useBuilder()
  const add = () => {
    const { draft: next, id } = withNewPage(draft, t('formBuilder.add.newPage'), after)
    edit(next, { selected: id, said: t('formBuilder.said.added', { name: nameOf(next, id, t, locale) }) })
  }
  return (
    <Button type="button" kind="second" size="small" icon="plus" onClick={add}>
      {t('formBuilder.act.addPage')}
    </Button>
  )
}

function withNewPage(draft: FormDraft, title: string, after?: string) {
  const keys = draft.pages.map(({ key }) => key)
  let n = keys.length + 1
  while (keys.includes(`trang-${n}`)) n++
  const key = `trang-${n}`
  const group = groupKeyFor(draft, `nhom ${n}`)
  const page: PageDraft = { key, title: { vi: title, en: '' }, groups: [{ key: group, fields: [] }] }
  const at = after === undefined ? -1 : keys.indexOf(after)
  const pages = at < 0 ? [...draft.pages, page] : draft.pages.toSpliced(at + 1, 0, page)
  return { draft: { ...draft, pages }, id: placeId({ page: key }) }
}

function AddGroupButton({ page, after }: { page: string; after?: string }) {
  const { draft, edit, t } = useBuilder()
  const add = () => {
    const title = t('formBuilder.add.newGroup')
    const key = groupKeyFor(draft, title)
    const group: GroupDraft = { key, title: { vi: title, en: '' }, fields: [] }
    edit(addGroup(draft, { page }, group, after), {
      selected: placeId({ page, group: key }),
      said: t('formBuilder.said.added', { name: title }),
    })
  }
  return (
    <Button type="button" kind="second" size="small" icon="plus" onClick={add}>
      {t('formBuilder.act.addGroup')}
    </Button>
  )
}

function AddListButton({ place }: { place: GroupPlace }) {
  const { draft, edit, t } = useBuilder()
  const add = () => {
    const title = t('formBuilder.add.newList')
    const repeat = { min: 0, max: 20 }
    const key = groupKeyFor(draft, title, repeat, place)
    const list: GroupDraft = { key, title: { vi: title, en: '' }, repeat, fields: [] }
    edit(addGroup(draft, { page: place.page, group: place.group }, list), {
      selected: placeId({ page: place.page, group: place.group, inner: key }),
      said: t('formBuilder.said.added', { name: title }),
    })
  }
  return (
    <Button type="button" kind="second" size="small" icon="plus" onClick={add}>
      {t('formBuilder.act.addList')}
    </Button>
  )
}

/** Begins a rule over several answers. */
function AddRuleButton() {
  const { draft, edit, t } = useBuilder()
  const add = () => {
    const message = t('formBuilder.add.newRule')
    const key = ruleKeyFor(draft, `quy tac ${(draft.rules?.length ?? 0) + 1}`)
    const rule: RuleDraft = {
      key,
      when: 'false',
      message: { vi: message, en: '' },
      fields: [],
      severity: 'error',
    }
    edit(addRule(draft, rule), {
      selected: ruleId(key),
      said: t('formBuilder.said.added', { name: message }),
    })
  }
  return (
    <Button type="button" kind="second" size="small" icon="plus" onClick={add}>
      {t('formBuilder.act.addRule')}
    </Button>
  )
}

/** All rules, when nothing of them is open. */
export function RulesPanel() {
  return (
    <p className="btn-row">
      <AddRuleButton />
    </p>
  )
}

export function RulePanel({ rule }: { rule: RuleDraft }) {
  const { draft, edit, t, locale } = useBuilder()
  const patch = (change: Patch<RuleDraft>, tag?: string) =>
    edit(changeRule(draft, rule.key, change), tag === undefined ? {} : { tag: `${tag}@${rule.key}` })
  const lists = [...placesOf(draft)].filter(
    (place) => place.field === undefined && findGroup(draft, place)?.repeat,
  )
  const pathOf = ({ group, inner }: Place) => (inner === undefined ? (group ?? '') : `${group}.${inner}`)
  const within = lists.find((place) => pathOf(place) === rule.within)
  const remove = () =>
    edit(removeRule(draft, rule.key), {
      selected: wholeForm,
      said: t('formBuilder.said.removed', { name: rule.message[locale] }),
    })
  return (
    <>
      <div className="fb__tools">
        <Button type="button" kind="quiet" size="small" icon="x" onClick={remove}>
          {t('formBuilder.act.remove')}
        </Button>
      </div>
      {lists.length > 0 && (
        <Choose
          label={t('formBuilder.ruleOfForm.within')}
          value={rule.within ?? ''}
          empty={t('formBuilder.ruleOfForm.withinWhole')}
          options={lists.map((place) => ({
            value: pathOf(place),
            label: t('formBuilder.ruleOfForm.withinList', { name: nameOf(draft, placeId(place), t, locale) }),
          }))}
          onChange={(path) => patch({ within: path || undefined, fields: [] })}
        />
      )}
      <ConditionOf
        key={rule.key}
        name="when"
        label={t('formBuilder.ruleOfForm.when')}
        hint={t('formBuilder.ruleOfForm.whenHint')}
        value={rule.when === 'false' ? undefined : rule.when}
        place={within}
        onChange={(when) => patch({ when: when ?? 'false' }, 'when')}
      />
      <BothLanguages
        label={t('formBuilder.ruleOfForm.message')}
        lines={2}
        value={rule.message}
        onChange={(message) => patch({ message: message ?? { vi: '', en: '' } }, 'message')}
      />
      <Pick
        label={t('formBuilder.ruleOfForm.severity')}
        value={rule.severity}
        options={(['error', 'warning'] as const).map((value) => ({
          value,
          label: t(`formBuilder.ruleOfForm.severityChoice.${value}`),
        }))}
        onChange={(severity) => patch({ severity: severity as RuleDraft['severity'] })}
      />
      <RuleFields {...{ rule, within, patch }} />
    </>
  )
}

function RuleFields({
  rule,
  within,
  patch,
}: {
  rule: RuleDraft
  within: Place | undefined
  patch: (change: Patch<RuleDraft>) => void
}) {
  const { draft, t, locale } = useBuilder()
  const columns = within && findGroup(draft, within)
  const keys = columns ? columnKeys(columns) : answerKeys(draft)
  const named = (key: string) =>
    columns
      ? columns.fields.find((field) => field.key === key)?.label[locale] || key
      : nameOf(draft, problemPlace(draft, key), t, locale)
  return (
    <section className="fb__part">
      <h3>{t('formBuilder.ruleOfForm.fields')}</h3>
      <ul className="fb__sources">
        {rule.fields.map((key) => (
          <li key={key}>
            <span>{named(key)}</span>
            <Button
              type="button"
              kind="quiet"
              size="small"
              icon="x"
              onClick={() => patch({ fields: rule.fields.filter((other) => other !== key) })}
            >
              <span className="vh">{t('formBuilder.ruleOfForm.removeField', { name: named(key) })}</span>
              <span aria-hidden="true">{t('formBuilder.act.remove')}</span>
            </Button>
          </li>
        ))}
      </ul>
      <Choose
        label={t('formBuilder.ruleOfForm.addField')}
        value=""
        empty={t('formBuilder.act.moveChoose')}
        options={keys
          .filter((key) => !rule.fields.includes(key))
          .map((key) => ({ value: key, label: named(key) }))}
        onChange={(key) => {
          if (key) patch({ fields: [...rule.fields, key] })
        }}
      />
    </section>
  )
}
