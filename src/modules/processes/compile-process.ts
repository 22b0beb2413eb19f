import { BpmnModdle, type ModdleElement } from 'bpmn-moddle'
import { z } from 'zod'
import { isRefusal, type Outcome, refusal } from '../../kernel/errors.ts'
import { compileFeel } from '../../kernel/feel/index.ts'
import { Role, UnitKind } from '../directory/index.ts'
import type { CompiledProcess, Ending, Gateway, ProcessProblem, Step } from './compiled-process.ts'
import { stepKinds } from './compiled-process.ts'
import { readDiagram } from './diagram.ts'
import { motcuaModdle } from './moddle-extension.ts'

const Day = z.iso.date()
const mostBytes = 5 * 1024 * 1024
const mostElements = 2_000

export const refusals = {
  tooLarge: () => refusal('too-large', 'processes.too-large', { limitMb: mostBytes / 1024 / 1024 }),
  notRunnable: (problems: ProcessProblem[]) =>
    refusal('invalid', 'processes.not-runnable', { count: problems.length, problems }),
}

// Drawn for people and without effect on the run.
const passive = new Set([
  'bpmn:TextAnnotation',
  'bpmn:Association',
  'bpmn:Group',
  'bpmn:DataObject',
  'bpmn:DataObjectReference',
  'bpmn:DataStoreReference',
  'bpmn:Collaboration',
  'bpmn:Category',
])

/**
 * Compiles BPMN 2.0 XML into the graph that runs. Supported: one process of a start event, user tasks, exclusive
 * gateways with FEEL conditions, end events and loops back; lanes and notes are kept for the drawing.
 * Refuses with every problem at once (`processes.not-runnable`), each with the id of its element.
 */
export async function compileProcess(xml: string): Promise<Outcome<CompiledProcess>> {
  if (xml.length > mostBytes) return refusals.tooLarge()
  if (/<!(DOCTYPE|ENTITY)/i.test(xml)) return refusals.notRunnable([problem('doctype-forbidden', null)])
  const root = await parse(xml)
  if (typeof root === 'string') return refusals.notRunnable([problem('not-xml', null, { detail: root })])
  const problems: ProcessProblem[] = []
  const process = onlyProcess(root, problems)
  const size = list(process?.get('flowElements')).length
  if (size > mostElements)
    return refusals.notRunnable([problem('too-many-elements', null, { size, mostElements })])
  const compiled = process && new Compilation(process, problems).compile()
  if (problems.length > 0 || !compiled) return refusals.notRunnable(problems)
  return { ...compiled, diagram: readDiagram(root) }
}

/** The parsed definitions, or what is wrong with the text. */
async function parse(xml: string): Promise<ModdleElement | string> {
  try {
    const { rootElement } = await new BpmnModdle({ motcua: motcuaModdle }).fromXML(xml)
    return rootElement
  } catch (error) {
    return (error instanceof Error ? error.message : String(error)).slice(0, 200)
  }
}

function onlyProcess(root: ModdleElement, problems: ProcessProblem[]): ModdleElement | undefined {
  const elements = list(root.get('rootElements'))
  for (const each of elements) {
    if (each.$type !== 'bpmn:Process' && !passive.has(each.$type)) problems.push(unsupported(each))
  }
  const found = elements.filter((each) => each.$type === 'bpmn:Process')
  if (found.length === 0) problems.push(problem('no-process', null))
  if (found.length > 1) problems.push(problem('several-processes', found[1]?.id ?? null))
  return found[0]
}

class Compilation {
  readonly process: ModdleElement
  readonly problems: ProcessProblem[]
  readonly elements: ModdleElement[]

  constructor(process: ModdleElement, problems: ProcessProblem[]) {
    this.process = process
    this.problems = problems
    this.elements = list(process.get('flowElements'))
  }

  compile(): Omit<CompiledProcess, 'diagram'> {
    this.refuseUnsupported()
    const start = this.start()
    const of = (type: string) => this.elements.filter((each) => each.$type === type)
    const ends = of('bpmn:EndEvent').map((each) => this.ending(each))
    if (ends.length === 0) this.problem('no-end', null)
    return {
      id: idOf(this.process),
      name: this.process.name ?? '',
      edition: this.edition(),
      start: { id: start ? idOf(start) : '', name: start?.name ?? '' },
      first: start ? this.onlyTarget(start) : '',
      steps: byId(
        of('bpmn:UserTask').map((each) => this.step(each)),
        (step) => step.stepId,
      ),
      gateways: byId(
        of('bpmn:ExclusiveGateway').map((each) => this.gateway(each)),
        (gateway) => gateway.id,
      ),
      ends: byId(ends, (ending) => ending.id),
    }
  }

  edition(): CompiledProcess['edition'] {
    const version = Number(attribute(this.process, 'version') ?? 1)
    if (!Number.isInteger(version) || version < 1)
      this.problem('edition-invalid', this.process, { value: version })
    const day = (name: string) => {
      const value = attribute(this.process, name) ?? null
      if (value !== null && !Day.safeParse(value).success)
        this.problem('edition-invalid', this.process, { value })
      return value
    }
    return { version, validFrom: day('validFrom'), validTo: day('validTo') }
  }

  refuseUnsupported(): void {
    for (const element of this.elements) {
      if (!isSupported(element) && !passive.has(element.$type)) this.problems.push(unsupported(element))
      if (element.$type === 'bpmn:SequenceFlow' && !(targetOf(element) && sourceOf(element)))
        this.problem('flow-broken', element)
    }
  }

  start(): ModdleElement | undefined {
    const found = this.elements.filter((each) => each.$type === 'bpmn:StartEvent')
    if (found.length === 0) this.problem('no-start', null)
    if (found.length > 1) this.problem('several-starts', found[1] ?? null)
    return found[0]
  }

  step(task: ModdleElement): Step {
    return {
      stepId: idOf(task),
      name: task.name ?? '',
      role: this.oneOf(task, 'role', Role.options, undefined, 'role-unknown') ?? 'specialist',
      hours: this.hours(task),
      kind: this.oneOf(task, 'kind', stepKinds, 'work') ?? 'work',
      unitKind: this.oneOf(task, 'unitKind', UnitKind.options, 'division') ?? 'division',
      authority:
        this.oneOf(task, 'authority', ['receiving', 'competent'] as const, 'competent') ?? 'competent',
      outcomes: wordsOf(attribute(task, 'outcomes') ?? 'ok'),
      next: this.onlyTarget(task),
    }
  }

  oneOf<const T extends string>(
    task: ModdleElement,
    name: string,
    allowed: readonly T[],
    usual: T | undefined,
    unknownCode = 'attribute-unknown',
  ): T | undefined {
    const value = attribute(task, name) ?? usual
    const found = allowed.find((each) => each === value)
    if (value === undefined) this.problem(`${name}-missing`, task)
    else if (found === undefined) this.problem(unknownCode, task, { attribute: name, value })
    return found
  }

  hours(task: ModdleElement): number {
    const text = attribute(task, 'hours')
    if (text === undefined) this.problem('hours-missing', task)
    const hours = Number(text ?? 1)
    if (Number.isFinite(hours) && hours > 0 && hours <= 10_000) return hours
    this.problem('hours-invalid', task, { value: text ?? '' })
    return 1
  }

  gateway(element: ModdleElement): Gateway {
    const flows = this.flowsFrom(element)
    if (flows.length === 0) this.problem('dead-end', element)
    const chosen = element.get('default') as ModdleElement | undefined
    // A gateway that only joins has one way out, and it needs no condition.
    const otherwise = chosen ?? (flows.length === 1 && !conditionOf(flows[0]!) ? flows[0] : undefined)
    return {
      id: idOf(element),
      name: element.name ?? '',
      branches: flows.filter((flow) => flow !== otherwise).flatMap((flow) => this.branch(element, flow)),
      otherwise: otherwise ? (targetOf(otherwise) ?? null) : null,
    }
  }

  branch(gateway: ModdleElement, flow: ModdleElement): Gateway['branches'] {
    const text = conditionOf(flow)
    if (!text) {
      this.problem('condition-missing', gateway)
      return []
    }
    const condition = compileFeel(text)
    if (isRefusal(condition)) {
      this.problem('condition-invalid', gateway, { detail: `${text} (${condition.code})` })
      return []
    }
    return [{ flowId: idOf(flow), name: flow.name ?? '', to: targetOf(flow) ?? '', text, condition }]
  }

  ending(element: ModdleElement): Ending {
    const result = attribute(element, 'result')
    if (result !== undefined && result !== 'granted' && result !== 'refused') {
      this.problem('attribute-unknown', element, { attribute: 'result', value: result })
    }
    return {
      id: idOf(element),
      name: element.name ?? '',
      result: result === 'granted' || result === 'refused' ? result : null,
    }
  }

  onlyTarget(element: ModdleElement): string {
    const flows = this.flowsFrom(element)
    if (flows.length === 0) this.problem('dead-end', element)
    if (flows.length > 1) this.problem('several-flows-out', element)
    return (flows[0] && targetOf(flows[0])) ?? ''
  }

  flowsFrom(element: ModdleElement): ModdleElement[] {
    return this.elements.filter(
      (each) => each.$type === 'bpmn:SequenceFlow' && each.get('sourceRef') === element,
    )
  }

  problem(code: string, element: ModdleElement | null, params: Record<string, string | number> = {}): void {
    this.problems.push(
      problem(code, element?.id ?? null, { name: element?.name || element?.id || '', ...params }),
    )
  }
}

function isSupported(element: ModdleElement): boolean {
  switch (element.$type) {
    case 'bpmn:UserTask':
      return element.get('loopCharacteristics') === undefined
    case 'bpmn:StartEvent':
    case 'bpmn:EndEvent':
      return list(element.get('eventDefinitions')).length === 0
    default:
      return element.$type === 'bpmn:ExclusiveGateway' || element.$type === 'bpmn:SequenceFlow'
  }
}

function unsupported(element: ModdleElement): ProcessProblem {
  const event = list(element.get?.('eventDefinitions'))[0]?.$type
  const loop = (element.get?.('loopCharacteristics') as ModdleElement | undefined)?.$type
  const type = [element.$type, event, loop]
    .flatMap((each) => (each ? [each.replace(/^bpmn:/, '')] : []))
    .join(' + ')
  return problem('unsupported', element.id ?? null, { name: element.name || element.id || type, type })
}

function problem(
  code: string,
  element: string | null,
  params: ProcessProblem['params'] = {},
): ProcessProblem {
  return { code, element, params }
}

const list = (value: unknown): ModdleElement[] => (Array.isArray(value) ? value : [])
const idOf = (element: ModdleElement): string => element.id ?? ''
const targetOf = (flow: ModdleElement) => (flow.get('targetRef') as ModdleElement | undefined)?.id
const sourceOf = (flow: ModdleElement) => (flow.get('sourceRef') as ModdleElement | undefined)?.id
const wordsOf = (text: string) =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean)

function byId<T>(items: T[], id: (item: T) => string): Record<string, T> {
  return Object.fromEntries(items.map((item) => [id(item), item]))
}

function attribute(element: ModdleElement, name: string): string | undefined {
  const value = element.get(`motcua:${name}`)
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
}

// Some editors write FEEL with a leading "=".
function conditionOf(flow: ModdleElement): string | undefined {
  const body = (flow.get('conditionExpression') as ModdleElement | undefined)?.get('body')
  return typeof body === 'string' ? body.trim().replace(/^=\s*/, '') || undefined : undefined
}
