import { type Locale, messages } from 'motcua/kernel/i18n'
import type { Request as Act, CommandName, ResultDraftField } from 'motcua/modules/dossiers'
import type { Problem } from '../ui/error-summary'
import { draftOf } from './draft-form'

/** What can be asked for in a supplement request, with its name. */
export interface Askable {
  /** `field:<path>`, `component:<key>` or `other`. */
  key: string
  label: string
  /** What was declared there. */
  value?: string
}

export interface RequestFacts {
  askable: readonly Askable[]
  draftFields: readonly ResultDraftField[]
  delivery: 'electronic' | 'counter' | 'post'
  locale: Locale
}

/** Reads what the page posted as an act; what an officer forgot comes back as problems, all at once. Pure. */
export function readAct(form: FormData, facts: RequestFacts): { act: Act } | { problems: Problem[] } {
  const command = String(form.get('command') ?? '') as CommandName
  const no = Number(form.get('taskNo'))
  const taskNo = Number.isInteger(no) && no > 0 ? { taskNo: no } : {}
  const t = messages(facts.locale)
  const text = (name: string) => String(form.get(name) ?? '').trim()
  const missing = (id: string, key: Parameters<typeof t>[0]) => ({
    problems: [{ href: `#${id}`, text: t(key) }],
  })
  switch (command) {
    case 'accept':
      return { act: { command } }
    case 'approve':
      return { act: { command, ...taskNo } }
    case 'refuse':
    case 'withdraw':
    case 'stop':
      return text('reason')
        ? { act: { command, reason: text('reason') } }
        : missing('reason', 'desk.panel.reasonMissing')
    case 'decline':
    case 'sendBack':
      return text('reason')
        ? { act: { command, ...taskNo, reason: text('reason') } }
        : missing('reason', 'desk.panel.reasonMissing')
    case 'note':
      return text('note')
        ? { act: { command, note: text('note') } }
        : missing('note', 'desk.panel.noteMissing')
    case 'assign':
      return text('officer')
        ? { act: { command, ...taskNo, officer: text('officer') } }
        : missing('officer', 'desk.panel.officerMissing')
    case 'completeStep': {
      const outcome = text('outcome') || 'ok'
      const note = text('note')
      // Whoever works next must know why a step did not end in the ordinary way.
      if (form.has('noteRequired') && !note) return missing('note', 'desk.panel.noteMissing')
      return { act: { command, ...taskNo, outcome, ...(note && { note }) } }
    }
    case 'draftResult': {
      const draft = draftOf(facts.draftFields, form)
      const wantsReason = facts.draftFields.some(({ key }) => key === 'reason')
      if (wantsReason && !draft.reason) return missing('draft-reason', 'desk.panel.reasonMissing')
      return { act: { command, ...taskNo, draft } }
    }
    case 'returnResult': {
      const said = text('delivery')
      const delivery = said === 'electronic' || said === 'counter' || said === 'post' ? said : facts.delivery
      return { act: { command, delivery } }
    }
    case 'requestSupplement':
      return supplementRequest(form, taskNo, facts)
    default:
      // Not from one of our buttons.
      return { problems: [{ href: '#viec', text: t('dossiers.input-invalid_value') }] }
  }
}

function supplementRequest(
  form: FormData,
  taskNo: { taskNo?: number },
  { askable, locale }: RequestFacts,
): { act: Act } | { problems: Problem[] } {
  const t = messages(locale)
  const marked = askable.filter(({ key }) => form.getAll('ask').includes(key))
  if (marked.length === 0) return { problems: [{ href: '#ask-0', text: t('desk.panel.itemsMissing') }] }
  const items = marked.map(({ key, label }) => ({
    key,
    label,
    text: String(form.get(`text:${key}`) ?? '').trim(),
  }))
  const empty = items.filter(({ text }) => text === '')
  if (empty.length > 0)
    return {
      problems: empty.map(({ key, label }) => ({
        href: `#${askId(key)}`,
        text: t('desk.panel.itemTextMissing', { what: label }),
      })),
    }
  const reason = String(form.get('reason') ?? '').trim()
  return {
    act: {
      command: 'requestSupplement',
      ...taskNo,
      items: items.map(({ key, text }) => ({ target: targetOf(key), text })),
      ...(reason && { reason }),
    },
  }
}

function targetOf(key: string) {
  if (key.startsWith('field:')) return { field: key.slice('field:'.length) }
  if (key.startsWith('component:')) return { component: key.slice('component:'.length) }
  return null
}

/** The id of the text box of one askable thing. */
export const askId = (key: string) => `hoi-${key.replace(/[^A-Za-z0-9]+/g, '-')}`
