import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readConfig } from '../config.ts'
import { isRefusal } from '../kernel/errors.ts'
import { currentInstant, dateOfLaw } from '../kernel/time.ts'
import { closePrinting, type Layouts, layoutOf, readLayouts } from '../modules/documents/index.ts'
import { printSample, slipKinds } from '../modules/documents/samples.ts'
import { type Command, options, UsageError } from './command.ts'

const help = `motcua layouts says which layout prints each form, and prints a sample of each to find the broken ones.
Layouts of an installation stand in the folder that MOTCUA_LAYOUTS names: one folder for each edition, with
manifest.json and its templates; src/modules/documents/layouts/tt03-2025 is the example to copy.

  --on YYYY-MM-DD   the day of the papers (default today)
  --print FOLDER    keep the printed samples there as PDF

The exit code is 1 when an edition cannot be read or a form cannot be printed.`

export default {
  summary: 'say which layouts print the forms, and try them',
  help,
  async run(args) {
    const given = options(args, { on: { type: 'string' }, print: { type: 'string' } })
    const on = given.on ?? dateOfLaw(currentInstant())
    if (!/^\d{4}-\d{2}-\d{2}$/.test(on)) throw new UsageError('--on takes a day: 2026-11-20')
    const layouts = await readLayouts(readConfig().layoutsDir)
    const problems = [
      ...layouts.unreadable.map(({ folder, reason }) => `${folder}: ${reason}`),
      ...(await tryAll(layouts, { on, folder: given.print })),
    ]
    await closePrinting()
    for (const problem of problems) process.stderr.write(`✗ ${problem}\n`)
    return problems.length > 0 ? 1 : 0
  },
} satisfies Command

async function tryAll(layouts: Layouts, { on, folder }: { on: string; folder: string | undefined }) {
  if (folder !== undefined) await mkdir(folder, { recursive: true })
  const problems: string[] = []
  for (const kind of slipKinds) {
    const { edition, template, page, own } = layoutOf(layouts, kind, on)
    const printed = await printSample(kind, { on, layouts })
    process.stdout.write(`${kind.padEnd(28)}${page.padEnd(14)}${edition}/${template}${own ? ' *' : ''}\n`)
    if (isRefusal(printed)) problems.push(`${kind}: ${JSON.stringify(printed.details)}`)
    else if (folder !== undefined) await writeFile(join(folder, `${kind}.pdf`), printed)
  }
  return problems
}
