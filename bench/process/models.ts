// Compiling and checking models: random ones of blocks within blocks, the same ones each time, and the largest of them
// alone. Budget: 500 models in 10 seconds of a core. Counts the seconds that this process had the core.
import fc from 'fast-check'
import { accepted } from '../../src/kernel/errors.ts'
import { checkProcess, compileProcess } from '../../src/modules/processes/index.ts'
import { anyBlock, modelOf } from '../../src/modules/processes/random-model.builder.ts'

const models = 500
const seed = 2026

/** Seconds for all models, and the milliseconds of the slowest; `tooLarge` were not tried in every way. */
export async function measureModels() {
  const anyModel = fc.array(anyBlock, { minLength: 1, maxLength: 3 })
  const files = fc
    .sample(anyModel, { seed, numRuns: models })
    .map((blocks) => modelOf({ is: 'sequence', blocks }))
  for (const xml of files.slice(0, 20)) await readAndCheck(xml)
  const measured = {
    models,
    elements: 0,
    seconds: 0,
    compileSeconds: 0,
    slowestMs: 0,
    tooLarge: 0,
    unsound: 0,
  }
  for (const xml of files) {
    const { compiling, checking, size, codes } = await readAndCheck(xml)
    measured.elements += size
    measured.compileSeconds += compiling
    measured.seconds += compiling + checking
    measured.slowestMs = Math.max(measured.slowestMs, Math.round((compiling + checking) * 1_000))
    measured.tooLarge += codes.includes('too-large-to-check') ? 1 : 0
    measured.unsound += codes.includes('error') ? 1 : 0
  }
  const rounded = (seconds: number) => Number(seconds.toFixed(2))
  return {
    ...measured,
    seconds: rounded(measured.seconds),
    compileSeconds: rounded(measured.compileSeconds),
    budgetSeconds: 10,
  }
}

async function readAndCheck(xml: string) {
  const [process, compiling] = await timed(async () => accepted(await compileProcess(xml)))
  const [{ errors, warnings }, checking] = await timed(() => checkProcess(process))
  const size = [process.steps, process.waits, process.gateways, process.subs, process.ends].flatMap(
    Object.keys,
  ).length
  return {
    compiling,
    checking,
    size,
    codes: [...errors.map(() => 'error'), ...warnings.map(({ code }) => code)],
  }
}

async function timed<T>(work: () => T | Promise<T>): Promise<[T, number]> {
  const before = process.cpuUsage()
  const done = await work()
  const { user, system } = process.cpuUsage(before)
  return [done, (user + system) / 1e6]
}
