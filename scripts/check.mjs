// npm run check: format, lint and types, without the tests.

import { runChecks } from './setup/checks.mjs'
import { ensureInstalled } from './setup/install.mjs'
import { main } from './setup/steps.mjs'

await main(async () => {
  await ensureInstalled()
  const { failed } = await runChecks()
  return failed === 0 ? 0 : 1
})
