// npm run check: format, lint and types, without the tests.

import { runChecks } from './setup/checks.mjs'
import { ensureInstalled } from './setup/install.mjs'
import { main } from './setup/steps.mjs'

await main(async () => {
  await ensureInstalled()
  const { failures } = await runChecks()
  return failures.length === 0 ? 0 : 1
})
