import { readFile, writeFile } from 'node:fs/promises'
import { policyTable } from '../modules/dossiers/index.ts'
import { type Command, options } from './command.ts'

const page = new URL('../../docs/life-of-a-dossier.md', import.meta.url)
const table = /(<!-- table -->\n)[\s\S]*(\n<!-- end of table -->)/

export default {
  summary: 'print who may do what with a dossier, from which state',
  help: '  --write   put the table into docs/life-of-a-dossier.md',
  async run(args) {
    const { write } = options(args, { write: { type: 'boolean', default: false } })
    if (!write) process.stdout.write(`${policyTable()}\n`)
    else {
      const text = await readFile(page, 'utf8')
      await writeFile(
        page,
        text.replace(table, (_, before, after) => `${before}${policyTable()}${after}`),
      )
    }
    return 0
  },
} satisfies Command
