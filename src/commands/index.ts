import { text } from 'node:stream/consumers'
import { isRefusal, type Refusal } from '../kernel/errors.ts'
import { findMessage } from '../kernel/i18n.ts'
import {
  type IndexSet,
  Level,
  levels,
  readCountsText,
  type SetProblem,
  scoreIndex,
  shippedSets,
} from '../modules/indicators/index.ts'
import { type Command, options, UsageError } from './command.ts'

const help = `motcua index score --set 766-2026 < counts.json   points of raw counts by a set of the index; no database is needed

  --set KEY      the set, one of db/reference/index-sets
  --level LEVEL  ${levels.join(', ')} (default province)

The input is one JSON object. Its keys are figures, each [numerator, denominator]; certifiedCopies is true or false.
A figure that is left out was not measured: it is reported as missing, adds nothing, and the total has no band.
The output is one JSON object: indicators, groups, total, band.

Exit code 0: scored; 1: the counts are refused, the problems are listed; 2: the command line is wrong.`

const acts: Record<string, (args: string[]) => Promise<number>> = { score }

export default {
  summary: 'score counts by a set of the index',
  help,
  async run([what = '', ...args]) {
    const act = Object.hasOwn(acts, what) ? acts[what] : undefined
    if (!act) throw new UsageError(`motcua index ${Object.keys(acts).join(' | ')}; --help tells more`)
    return act(args)
  },
} satisfies Command

async function score(args: string[]): Promise<number> {
  const given = options(args, {
    set: { type: 'string', default: '766-2026' },
    level: { type: 'string', default: 'province' },
  })
  const [set, level] = [await setOf(given.set), levelOf(given.level)]
  const counts = readCountsText(await text(process.stdin))
  if (isRefusal(counts)) return refuse(counts)
  process.stdout.write(`${JSON.stringify(scoreIndex(set, counts, { level }))}\n`)
  return 0
}

async function setOf(key: string): Promise<IndexSet> {
  const sets = await shippedSets()
  const set = sets.find((each) => each.key === key)
  if (set) return set
  throw new UsageError(
    `--set: there is no set "${key}"; known are ${sets.map((each) => each.key).join(', ')}`,
  )
}

function levelOf(level: string): Level {
  const { data } = Level.safeParse(level)
  if (data) return data
  throw new UsageError(`--level takes ${levels.join(', ')}, not "${level}"`)
}

function refuse({ details }: Refusal): number {
  const { problems } = details as { problems: SetProblem[] }
  for (const { field, code, params } of problems) {
    const said = (['vi', 'en'] as const).map((locale) => findMessage(locale, code, params ?? {}) ?? code)
    process.stderr.write(`✗ ${field}${field && ': '}${said.join(' · ')}\n`)
  }
  return 1
}
