import { type Locale, messages } from 'motcua/kernel/i18n'
import type { Request as Act, CommandName, Fee, ResultDraftField } from 'motcua/modules/dossiers'
import type { Problem } from '../ui/error-summary'
import { type FieldSpec, fieldsOf, type SignedCommand } from './dossier-fields'
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
  fees: readonly Fee[]
  /** The one request that needs no new fact was used. */
  newFact: boolean
  /** Decisions that sign a paper, which takes a PIN. */
  signs: readonly SignedCommand[]
  locale: Locale
}

type Read = { act: Act } | { problems: Problem[] }

/** Reads what the page posted as an act; what an officer forgot comes back as problems, all at once. Pure. */
export function readAct(form: FormData, facts: RequestFacts): Read {
  const t = messages(facts.locale)
  const command = String(form.get('command') ?? '')
  // Not from one of our buttons.
  if (!isCommand(command)) return { problems: [{ href: '#viec', text: t('dossiers.input-invalid_value') }] }
  const own = problemsOf(command, form, facts)
  // A step that ends out of the ordinary signs nothing.
  const plain = form.has('noteRequired')
  const asked = plain ? [] : askedFields(command, facts)
  const problems = [...own, ...asked.flatMap((field) => missingIn(field, form, t))]
  return problems.length > 0 ? { problems } : { act: toAct(command, form, facts) }
}

const isCommand = (text: string): text is CommandName => Object.hasOwn(fieldsOf, text)

/** The fields that an act asks for on this dossier. */
export function askedFields(
  command: CommandName,
  {
    newFact,
    signs,
    capacities = [],
  }: Pick<RequestFacts, 'newFact' | 'signs'> & { capacities?: readonly string[] },
): readonly FieldSpec[] {
  const shown: Record<string, boolean> = {
    newFact,
    pin: signs.some((each) => each === command),
    // Who decides may say in which capacity; beside other acts it is asked only where there is a choice.
    capacity: command === 'approve' || capacities.length > 1,
  }
  return fieldsOf[command].filter(({ name }) => shown[name] ?? true)
}

const textIn = (form: FormData, name: string) => String(form.get(name) ?? '').trim()

function missingIn(
  { name, missing, when }: FieldSpec,
  form: FormData,
  t: ReturnType<typeof messages>,
): Problem[] {
  const asked = when === undefined || textIn(form, when.field) === when.is
  return missing && asked && textIn(form, name) === '' ? [{ href: `#${name}`, text: t(missing) }] : []
}

/** What only one kind of act can lack. */
function problemsOf(command: CommandName, form: FormData, facts: RequestFacts): Problem[] {
  const t = messages(facts.locale)
  // Whoever works next must know why a step did not end in the ordinary way.
  if (command === 'completeStep' && form.has('noteRequired') && !textIn(form, 'note'))
    return [{ href: '#note', text: t('desk.panel.noteMissing') }]
  if (command === 'requestSupplement') return supplementProblems(form, facts)
  const wantsReason = command === 'draftResult' && facts.draftFields.some(({ key }) => key === 'reason')
  if (wantsReason && !draftOf(facts.draftFields, form).reason)
    return [{ href: '#draft-reason', text: t('desk.panel.reasonMissing') }]
  return []
}

/** The act as posted. Values that make no sense are left to the schema of the request, which names the field. */
function toAct(command: CommandName, form: FormData, facts: RequestFacts): Act {
  const text = (name: string) => textIn(form, name)
  const no = Number(form.get('taskNo'))
  const task = Number.isInteger(no) && no > 0 ? { taskNo: no } : {}
  const reason = text('reason')
  const inCapacity = text('capacity') ? { capacity: text('capacity') } : {}
  const act = (rest: object) => ({ command, ...rest }) as Act
  switch (command) {
    case 'accept':
      return { command }
    case 'note':
      return { command, note: text('note') }
    case 'compensate':
      return { command, ...task, note: text('note') }
    case 'receiveMessage':
      return { command, ...task, ...(text('note') && { note: text('note') }) }
    case 'message':
      return { command, text: text('text') }
    case 'assign':
      return { command, ...task, officer: text('officer') }
    case 'reassign':
      return { command, ...task, officer: text('officer'), reason }
    case 'bar':
      return { command, officer: text('officer'), reason }
    case 'completeStep':
      return act({
        ...task,
        outcome: text('outcome') || 'ok',
        ...(text('note') && { note: text('note') }),
      })
    case 'draftResult':
      return { command, ...task, draft: draftOf(facts.draftFields, form) }
    case 'correctResult':
      return act({ fault: text('fault'), draft: draftOf(facts.draftFields, form), reason, ...inCapacity })
    case 'requestSupplement':
      return supplementRequest(form, task, facts)
    case 'confirm':
      return { command, ...task, seen: form.has('seen') }
    case 'requestObligation':
      return { command, ...task, ...obligationIn(form, facts), reason }
    case 'correctFees':
      return act({ fees: [{ key: text('fee'), amountVnd: amountIn(form) }], reason })
    case 'confirmObligation':
      return { command, ...task, reference: text('reference'), paidOn: text('paidOn') }
    case 'consult':
      return act({ ...task, ...consultationIn(form) })
    case 'reply':
      return act({ ...task, stance: text('stance'), text: text('text') })
    case 'opine':
      return act({ stance: text('stance'), text: text('text'), confidential: form.has('confidential') })
    case 'endConsult':
      return act({ ...task, why: text('why'), reason })
    case 'planVisit':
      return { command, ...task, on: inHanoi(text('on')), place: text('place'), reason }
    case 'recordVisit':
      return act({ ...task, outcome: text('visited'), findings: text('findings') })
    case 'extend':
      return { command, days: Number(text('days')), reason }
    case 'apologise':
      return { command, newDate: text('newDate'), reason }
    case 'explainDelay':
      return { command, until: text('until'), reason }
    case 'dispatchResult':
      return { command, ...task, carrier: text('carrier'), tracking: text('tracking') }
    case 'returnResult': {
      const delivery = text('delivery') || facts.delivery
      const collector = delivery === 'counter' && text('collector')
      return act({ ...task, delivery, ...(collector && { collector }) })
    }
    case 'transfer':
      return { command, to: text('to'), reason }
    case 'handOver':
      return act({ to: receiverIn(text('receiver')), sheets: Number(text('sheets')), batch: text('batch') })
    case 'approve':
      return act({ ...task, ...inCapacity })
    case 'takeOver':
      return { command, ...task }
    default:
      // Everything else is a reason and nothing more; without one the schema refuses it.
      return act({ ...task, reason, ...inCapacity })
  }
}

function obligationIn(form: FormData, { fees }: RequestFacts) {
  const chosen = fees.find(({ key }) => key === textIn(form, 'fee'))
  return {
    key: chosen?.key ?? null,
    name: chosen?.name ?? textIn(form, 'feeName'),
    amountVnd: amountIn(form),
  }
}

// People write 1.200.000.
const amountIn = (form: FormData) => Number(textIn(form, 'amountVnd').replace(/[.\s]/g, ''))

function consultationIn(form: FormData) {
  const text = (name: string) => textIn(form, name)
  const silence = text('silence') || 'none'
  return {
    to:
      text('where') === 'outside'
        ? { outside: text('outside') }
        : { authority: text('place'), role: text('role') || 'head' },
    question: text('question'),
    replyBy: text('replyBy'),
    silence,
    ...(silence === 'agreed' && { basis: text('basis') }),
    confidential: form.has('confidential'),
  }
}

/** A day and hour as the browser posts them, in the one time of the country. */
const inHanoi = (wall: string) => `${wall.length === 16 ? `${wall}:00` : wall}+07:00`

/** One receiver of papers as an option: `authority|role|officer`, the last part empty for anybody. */
export const receiverValue = (authority: string, role: string, officer = '') =>
  [authority, role, officer].join('|')

function receiverIn(value: string) {
  const [authority = '', role = '', officer = ''] = value.split('|')
  return { authority, role, officer: officer || null }
}

function markedIn(form: FormData, { askable }: RequestFacts) {
  return askable
    .filter(({ key }) => form.getAll('ask').includes(key))
    .map(({ key, label }) => ({ key, label, text: textIn(form, `text:${key}`) }))
}

function supplementProblems(form: FormData, facts: RequestFacts): Problem[] {
  const t = messages(facts.locale)
  const marked = markedIn(form, facts)
  if (marked.length === 0) return [{ href: '#ask-0', text: t('desk.panel.itemsMissing') }]
  return marked
    .filter(({ text }) => text === '')
    .map(({ key, label }) => ({
      href: `#${askId(key)}`,
      text: t('desk.panel.itemTextMissing', { what: label }),
    }))
}

function supplementRequest(form: FormData, task: { taskNo?: number }, facts: RequestFacts): Act {
  const [reason, newFact, answerBy] = ['reason', 'newFact', 'answerBy'].map((name) => textIn(form, name))
  return {
    command: 'requestSupplement',
    ...task,
    items: markedIn(form, facts).map(({ key, text }) => ({ target: targetOf(key), text })),
    ...(reason && { reason }),
    ...(facts.newFact && newFact && { newFact }),
    ...(answerBy && { answerBy }),
  }
}

function targetOf(key: string) {
  if (key.startsWith('field:')) return { field: key.slice('field:'.length) }
  if (key.startsWith('component:')) return { component: key.slice('component:'.length) }
  return null
}

/** The id of the text box of one askable thing. */
export const askId = (key: string) => `hoi-${key.replace(/[^A-Za-z0-9]+/g, '-')}`
