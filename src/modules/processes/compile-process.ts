import type { ModdleElement } from 'bpmn-moddle'
import { z } from 'zod'
import { isRefusal, type Outcome } from '../../kernel/errors.ts'
import type { CompiledProcess, ProcessProblem } from './compiled-process.ts'
import { calledKeys } from './compiling/calls.ts'
import { compileLevel } from './compiling/compile-level.ts'
import { attribute, flowElementsOf } from './compiling/element.ts'
import { addRaisedOutcomes } from './compiling/events.ts'
import { newLevel } from './compiling/level.ts'
import { onlyProcess } from './compiling/only-process.ts'
import { mostElements, type Note, noteIn, refusals } from './compiling/problems.ts'
import { problemsIn, readXml } from './compiling/read-xml.ts'
import { readDiagram } from './diagram.ts'

const Day = z.iso.date()
const mostCalled = 50

export interface CompileOptions {
  /** The file of a process that a call activity names by its key; undefined when nobody publishes it. */
  called?: (key: string) => Promise<string | undefined>
}

/**
 * Compiles BPMN 2.0 XML into the graph that runs; the processes that it calls are compiled in. The README of this
 * module lists what is supported. Refuses with every problem at once (`processes.not-runnable`), each with the id
 * of its element.
 */
export async function compileProcess(
  xml: string,
  options: CompileOptions = {},
): Promise<Outcome<CompiledProcess>> {
  const root = await readXml(xml)
  if (isRefusal(root)) return root
  const problems: ProcessProblem[] = []
  const process = onlyProcess(root, noteIn(problems))
  if (!process) return refusals.notRunnable(problems)
  const called = await readCalled(process, options.called, noteIn(problems))
  const compiled = compileWith(process, called, problems)
  return problems.length > 0 ? refusals.notRunnable(problems) : { ...compiled, diagram: readDiagram(root) }
}

/** The processes that are called, and those that they call; each file is read once. */
async function readCalled(
  process: ModdleElement,
  fetch: CompileOptions['called'],
  note: Note,
): Promise<Map<string, ModdleElement | undefined>> {
  const found = new Map<string, ModdleElement | undefined>()
  const waiting = calledKeys(process)
  for (let key = waiting.pop(); key !== undefined && found.size < mostCalled; key = waiting.pop()) {
    if (found.has(key)) continue
    const xml = await fetch?.(key)
    const root = xml === undefined ? undefined : await readXml(xml)
    for (const { code } of problemsIn(root)) note('called-invalid', null, { key, code })
    const called = root && !isRefusal(root) ? onlyProcess(root, note) : undefined
    found.set(key, called)
    if (called) waiting.push(...calledKeys(called))
  }
  return found
}

function compileWith(
  process: ModdleElement,
  called: ReadonlyMap<string, ModdleElement | undefined>,
  problems: ProcessProblem[],
): CompiledProcess {
  const note = noteIn(problems)
  const compiled = emptyProcess(process, note)
  if (compiled.id in Object.prototype) note('id-forbidden', process, { id: compiled.id })
  const size = { elements: flowElementsOf(process).length }
  const inside = { compiled, problems, called, size, within: null, prefix: '', callers: [compiled.id] }
  if (size.elements <= mostElements) {
    const { start, startName, first } = compileLevel(newLevel(inside, process))
    Object.assign(compiled, { start: { id: start, name: startName }, first })
    addRaisedOutcomes({ compiled })
  }
  if (size.elements > mostElements) {
    // What was left out because of the size would only be named as missing.
    problems.length = 0
    note('too-many-elements', null, { size: size.elements, mostElements })
  }
  return compiled
}

function emptyProcess(process: ModdleElement, note: Note): CompiledProcess {
  return {
    id: process.id ?? '',
    name: process.name ?? '',
    edition: editionOf(process, note),
    start: { id: '', name: '' },
    first: { flowId: '', to: '' },
    steps: {},
    waits: {},
    gateways: {},
    throws: {},
    subs: {},
    boundaries: {},
    ends: {},
    diagram: null,
  }
}

function editionOf(process: ModdleElement, note: Note): CompiledProcess['edition'] {
  const version = Number(attribute(process, 'version') ?? 1)
  if (!Number.isInteger(version) || version < 1) note('edition-invalid', process, { value: version })
  const day = (name: string) => {
    const value = attribute(process, name) ?? null
    if (value !== null && !Day.safeParse(value).success) note('edition-invalid', process, { value })
    return value
  }
  return { version, validFrom: day('validFrom'), validTo: day('validTo') }
}
