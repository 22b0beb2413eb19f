// npm start: install when needed, build the web when stale, then the server on its own pinned Node.
import { ensureInstalled } from './setup/install.mjs'
import { file, runServer } from './setup/run.mjs'
import { main } from './setup/steps.mjs'
import { ensureWebBuilt } from './setup/web.mjs'

await main(async () => {
  await ensureInstalled()
  await ensureWebBuilt()
  return runServer([file('src', 'main.ts'), 'serve', ...process.argv.slice(2)])
})
