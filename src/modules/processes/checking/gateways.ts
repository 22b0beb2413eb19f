import type { CompiledProcess, ProcessProblem } from '../compiled-process.ts'
import { judge } from '../judge-branch.ts'
import { about } from './about.ts'
import { arrivingOutcomes, choosingGateways, mayTake } from './outcomes.ts'

/** Gateways that may be left without a way on: no default, and conditions that do not answer everything. */
export function gatewayErrors(process: CompiledProcess): ProcessProblem[] {
  const arriving = arrivingOutcomes(process)
  return choosingGateways(process)
    .filter(({ id, branches, otherwise }) => {
      const outcomes = [...(arriving.get(id) ?? [null])]
      return (
        otherwise === null &&
        outcomes.some((outcome) => !branches.some((branch) => judge(branch, outcome) === true))
      )
    })
    .map(({ id }) => about(process, 'gateway-without-default', id))
}

/** Branches that no outcome ever takes, such as one whose outcome is misspelt. */
export function gatewayWarnings(process: CompiledProcess): ProcessProblem[] {
  const arriving = arrivingOutcomes(process)
  return choosingGateways(process).flatMap((gateway) => {
    const outcomes = [...(arriving.get(gateway.id) ?? [])]
    return gateway.branches
      .filter(
        (branch) => outcomes.length > 0 && !outcomes.some((outcome) => mayTake(gateway, branch, outcome)),
      )
      .map(({ text }) => about(process, 'branch-never-taken', gateway.id, { condition: text }))
  })
}
