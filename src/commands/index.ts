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
  type Verification,
  verifyFigures,
} from '../modules/indicators/index.ts'
import { type Command, options, UsageError } from './command.ts'
import { withApp } from './with-app.ts'

const help = `motcua index score --set 766-2026 < counts.json   points of raw counts by a set of the index; no database is needed

  --set KEY      the set, one of db/reference/index-sets
  --level LEVEL  ${levels.join(', ')} (default province)

The input is one JSON object. Its keys are figures, each [numerator, denominator]; certifiedCopies is true or false.
A figure that is left out was not measured: it is reported as missing, adds nothing, and the total has no band.
The output is one JSON object: indicators, groups, total, band.

Exit code 0: scored; 1: the counts are refused, the problems are listed; 2: the command line is wrong.

motcua index verify   makes every live figure anew from the journal and compares it, in bounded memory

  --json   print the report as one JSON object

Exit code 0: every figure is equal to the digit; 1: those that differ are listed with their unit.`

const acts: Record<string, (args: string[]) => Promise<number>> = { score, verify }

export default {
  summary: 'score counts by a set of the index, or prove the live figures from the journal',
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

/** At most so many differences are listed; one cause mostly makes many. */
const listed = 50

async function verify(args: string[]): Promise<number> {
  const { json } = options(args, { json: { type: 'boolean', default: false } })
  return withApp(async ({ db }) => {
    const begun = performance.now()
    const onProgress = (dossiers: number) => process.stderr.isTTY && process.stderr.write(`\r${dossiers}`)
    const found = await verifyFigures(db, { onProgress })
    const seconds = Math.round((performance.now() - begun) / 100) / 10
    const megabytes = Math.round(process.resourceUsage().maxRSS / 1024)
    const equal = found.differences.length === 0
    if (json) process.stdout.write(`${JSON.stringify({ equal, ...found, seconds, megabytes })}\n`)
    else process.stdout.write(`${linesOf(found, { seconds, megabytes }).join('\n')}\n`)
    return equal ? 0 : 1
  })
}

function linesOf(
  { dossiers, cells, waiting, differences }: Verification,
  { seconds, megabytes }: { seconds: number; megabytes: number },
): string[] {
  return [
    `${dossiers} hồ sơ, ${cells} ô số liệu, ${seconds} s, ${megabytes} MB · dossiers, cells of figures`,
    `${waiting} hồ sơ máy chủ sẽ tính khi chạy lại · dossiers that figures will count once a server runs`,
    `${differences.length} số liệu lệch · figures that differ from the journal`,
    ...differences
      .slice(0, listed)
      .map(
        ({ authority, procedureCode, on, grain, measure, stored, expected }) =>
          `  ${authority || '(toàn bộ)'} ${procedureCode} ${grain === 'monthly' ? on.slice(0, 7) : on} ${measure}: ${stored} ≠ ${expected}`,
      ),
    ...(differences.length > listed ? [`  … ${differences.length - listed}`] : []),
  ]
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
