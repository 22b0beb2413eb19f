// node scripts/pictures.mjs: makes docs/pictures anew from a demonstration of its own, so that the README shows what is.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureInstalled } from './setup/install.mjs'
import { file, runNode } from './setup/run.mjs'
import { main } from './setup/steps.mjs'
import { ensureWebBuilt } from './setup/web.mjs'

await main(async () => {
  await ensureInstalled()
  await ensureWebBuilt()
  const dataDir = mkdtempSync(join(tmpdir(), 'motcua-pictures-'))
  try {
    const { code } = await runNode([file('test', 'journeys', 'take-pictures.ts'), dataDir])
    return code
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
})
