// npm run -s motcua -- <command>: the command line from a checkout. What it prints on stdout is the command's own.
import { ensureInstalled } from './setup/install.mjs'
import { file, runNode, runServer } from './setup/run.mjs'
import { main } from './setup/steps.mjs'
import { ensureWebBuilt } from './setup/web.mjs'

await main(async () => {
  const words = process.argv.slice(2)
  await ensureInstalled(process.stderr)
  const serves = ['serve', 'web', 'worker'].includes(words[0]) && !words.includes('--help')
  if (!serves) return (await runNode([file('src', 'main.ts'), ...words])).code
  await ensureWebBuilt(process.stderr)
  return runServer([file('src', 'main.ts'), ...words])
})
