import { isRefusal } from '../../../kernel/errors.ts'
import type { Locale } from '../../../kernel/i18n.ts'
import { type CompiledProcess, compileProcess, type Step, type StepRef } from '../../processes/index.ts'
import { conditionWords, type Named } from './condition-words.ts'
import { type Item, said, same } from './item.ts'

interface Saying {
  locale: Locale
  /** Names of what conditions on answers read. */
  names: Named
}

/** The file of a process that another one calls. */
export type Called = (key: string) => Promise<string | undefined>

const nothingCalled: Called = async () => undefined

/** Everything that a process does, in words; a model that cannot run is told as a whole. */
export async function processItems(
  { xml }: { xml: string },
  saying: Saying,
  called: Called = nothingCalled,
): Promise<Item[]> {
  const process = await compileProcess(xml, { called })
  if (isRefusal(process)) {
    const facts = {
      unreadable: said(saying.locale, 'differences.unreadable', process.code),
      size: `${xml.length}`,
    }
    return [item('process', '', { name: same(''), facts })]
  }
  return [
    item('process', '', { name: same(process.name), facts: { name: process.name || null } }),
    ...Object.values(process.steps).map((step) => stepItem(step, productIn(xml, step.stepId), saying)),
    ...waits(process, saying),
    ...branches(process, saying),
    ...Object.values(process.boundaries).map((event) =>
      item('event', event.id, {
        name: same(event.name || event.id),
        summary: event.name || event.id,
        facts: {
          host: nameIn(process, event.host),
          awaits: awaited(event.on),
          next: nameIn(process, event.next.to),
        },
      }),
    ),
    ...Object.values(process.ends).map((end) =>
      item('end', end.id, {
        name: same(end.name || end.id),
        summary: end.name || end.id,
        facts: { result: end.result && said(saying.locale, `processes.result.${end.result}`, end.result) },
      }),
    ),
  ]
}

const item = (
  kind: string,
  id: string,
  rest: Pick<Item, 'name' | 'facts'> & Partial<Pick<Item, 'within' | 'summary'>>,
): Item => ({ part: 'process', kind, id: `${kind}:${id}`, at: id, within: null, summary: null, ...rest })

/** What a step brings forth, as its element says; the engine has no use for it. */
function productIn(xml: string, stepId: string): string | null {
  const [element = ''] = new RegExp(`<[^>]*\\sid="${RegExp.escape(stepId)}"[^>]*>`).exec(xml) ?? []
  const [, product = ''] = /\sproduct="([^"]*)"/.exec(element.replaceAll('motcua:', '')) ?? []
  return plain(product) || null
}

const entities = { lt: '<', gt: '>', quot: '"', apos: "'", '#10': ' ', amp: '&' } as const

const plain = (text: string) =>
  text.replace(/&(lt|gt|quot|apos|#10|amp);/g, (_, name: keyof typeof entities) => entities[name])

function stepItem(step: Step, product: string | null, { locale }: Saying): Item {
  const facts = { ...whoAndWhen(step, locale), product, outcomes: outcomes(step, locale) }
  return item('task', step.stepId, {
    name: same(step.name || step.stepId),
    summary: [step.name, facts.role, facts.hours].filter(Boolean).join('; '),
    facts: { name: step.name || null, ...facts },
  })
}

const whoAndWhen = ({ role, hours, unitKind, authority, kind }: StepRef, locale: Locale) => ({
  role: said(locale, `processes.role.${role}`, role),
  hours: said(locale, 'processes.hours', String(hours), { hours }),
  unitKind: said(locale, `processes.unitKind.${unitKind}`, unitKind),
  authority: said(locale, `processes.authority.${authority}`, authority),
  taskKind: said(locale, `processes.kind.${kind}`, kind),
})

const outcomes = ({ outcomes: all }: Step, locale: Locale) =>
  all.map((outcome) => said(locale, `processes.outcome.${outcome}`, outcome)).join(', ') || null

const waits = (process: CompiledProcess, { locale }: Saying) =>
  Object.values(process.waits).map((wait) =>
    item('wait', wait.stepId, {
      name: same(wait.name || wait.stepId),
      summary: wait.name || wait.stepId,
      facts: { name: wait.name || null, ...whoAndWhen(wait, locale), awaits: awaited(wait.awaits) },
    }),
  )

// Each way out of a gateway, with its condition.
const branches = (process: CompiledProcess, { locale, names }: Saying) =>
  Object.values(process.gateways).flatMap((gateway) =>
    [...gateway.branches, ...(gateway.otherwise ? [{ ...gateway.otherwise, name: '', text: '' }] : [])]
      .filter(({ text }) => gateway.branches.length > 1 || text !== '')
      .map((branch) => {
        const to = nameIn(process, branch.to)
        const words = conditionWords(branch.text, names, locale)
        return item('branch', branch.flowId, {
          name: same([gateway.name || gateway.id, branch.name || to].join(' → ')),
          summary: [words, to].filter(Boolean).join(' → '),
          facts: { when: words, next: to },
        })
      }),
  )

function awaited(on: CompiledProcess['boundaries'][string]['on']): string {
  switch (on.is) {
    case 'message':
      return on.message
    case 'timer':
      return Object.values(on.timer)
        .filter((each) => each !== null)
        .join(' ')
    default:
      return on.code ?? on.is
  }
}

function nameIn(process: CompiledProcess, id: string): string {
  const { steps, waits: all, gateways, throws, subs, ends } = process
  for (const kind of [steps, all, gateways, throws, subs, ends])
    if (Object.hasOwn(kind, id)) return kind[id]!.name || id
  return id
}
