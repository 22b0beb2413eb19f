// npm run bench -- <name>: runs bench/<name>.ts on the pinned Node; its last line is one JSON object.
import { existsSync, readdirSync } from 'node:fs'
import { ensureInstalled } from './setup/install.mjs'
import { inRoot, Refusal } from './setup/place.mjs'
import { file, runNode } from './setup/run.mjs'
import { main } from './setup/steps.mjs'

await main(async () => {
  const [name = '', ...words] = process.argv.slice(2)
  await ensureInstalled(process.stderr)
  if (!/^[a-z-]+$/.test(name) || !existsSync(inRoot('bench', `${name}.ts`))) throw unknown(name)
  return (await runNode([file('bench', `${name}.ts`), ...words])).code
})

function unknown(name) {
  const files = existsSync(inRoot('bench')) ? readdirSync(inRoot('bench')) : []
  const names = files
    .filter((entry) => entry.endsWith('.ts'))
    .map((entry) => entry.slice(0, -3))
    .join(', ')
  return new Refusal(
    `Không có phép đo “${name}”; hiện có: ${names}.`,
    `There is no bench “${name}”; there are: ${names}.`,
  )
}
