import type { ModdleElement } from 'bpmn-moddle'
import { list } from './element.ts'
import { type Note, typeOf } from './problems.ts'
import { isPassiveRoot } from './supported.ts'

/** The process of a file that runs; beside one that says so, others are only drawn. */
export function onlyProcess(root: ModdleElement, note: Note): ModdleElement | undefined {
  const elements = list(root.get('rootElements'))
  for (const each of elements) {
    if (each.$type !== 'bpmn:Process' && !isPassiveRoot(each))
      note('unsupported', each, { type: typeOf(each) })
  }
  const processes = elements.filter((each) => each.$type === 'bpmn:Process')
  const executable = processes.filter((each) => each.get('isExecutable') === true)
  const [found, another] = executable.length > 0 ? executable : processes
  if (!found) note('no-process', null)
  else if (found.id === undefined) note('id-missing', found)
  if (another) note('several-processes', another)
  return another ? undefined : found
}
