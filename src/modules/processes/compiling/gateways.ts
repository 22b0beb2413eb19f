import type { ModdleElement } from 'bpmn-moddle'
import { isRefusal } from '../../../kernel/errors.ts'
import { compileFeel } from '../../../kernel/feel/index.ts'
import type { Branch, Gateway } from '../compiled-process.ts'
import { expression, one } from './element.ts'
import { flowId, idIn, type Level, wayOf } from './level.ts'

const kinds: Record<string, Gateway['kind']> = {
  'bpmn:ExclusiveGateway': 'exclusive',
  'bpmn:ParallelGateway': 'parallel',
  'bpmn:InclusiveGateway': 'inclusive',
}

/** An exclusive, parallel or inclusive gateway, be it for choosing, joining or both. */
export function compileGateway(level: Level, element: ModdleElement): void {
  const kind = kinds[element.$type] ?? 'exclusive'
  const flows = level.flowsFrom(element)
  if (flows.length === 0) level.note('dead-end', element)
  const otherwise = kind === 'parallel' ? undefined : defaultOf(element, flows)
  const id = idIn(level, element)
  level.compiled.gateways[id] = {
    id,
    name: element.name ?? '',
    kind,
    within: level.within,
    branches: flows
      .filter((flow) => flow !== otherwise)
      .flatMap((flow) =>
        kind === 'parallel' ? parallel(level, element, flow) : branch(level, element, flow),
      ),
    otherwise: otherwise ? wayOf(level, otherwise) : null,
    incoming: level.flowsInto(element).map((flow) => flowId(level, flow)),
  }
}

// A gateway that only joins has one way out, and it needs no condition.
function defaultOf(element: ModdleElement, flows: readonly ModdleElement[]): ModdleElement | undefined {
  const chosen = one(element, 'default')
  if (chosen) return chosen
  return flows.length === 1 && !flows[0]!.get('conditionExpression') ? flows[0] : undefined
}

function parallel(level: Level, gateway: ModdleElement, flow: ModdleElement): Branch[] {
  if (flow.get('conditionExpression') !== undefined) level.note('condition-misplaced', gateway)
  return [{ ...wayOf(level, flow), name: flow.name ?? '', text: '', condition: null }]
}

function branch(level: Level, gateway: ModdleElement, flow: ModdleElement): Branch[] {
  const text = expression(one(flow, 'conditionExpression'))
  if (text === undefined) {
    level.note('condition-missing', gateway, { flow: flowId(level, flow) })
    return []
  }
  const condition = compileFeel(text)
  if (isRefusal(condition)) {
    level.note('condition-invalid', gateway, { detail: `${text.slice(0, 200)} (${condition.code})` })
    return []
  }
  return [{ ...wayOf(level, flow), name: flow.name ?? '', text, condition }]
}
