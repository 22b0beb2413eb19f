import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { accepted } from '../errors.ts'
import { filesOnDisk } from '../files.ts'

const folder = mkdtempSync(join(tmpdir(), 'motcua-full-'))
const mount = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder])
const small = mount.status === 0
afterAll(() => {
  if (small) spawnSync('umount', [folder])
  rmSync(folder, { recursive: true, force: true })
})

// Only root may make a disk of one megabyte.
test.skipIf(!small)('a full disk is a refusal by name, and nothing half is kept', async () => {
  const files = filesOnDisk(folder)
  const limit = { maxBytes: 10_000_000 }
  expect(await files.receive([randomBytes(2_000_000)], limit)).toMatchObject({
    kind: 'unavailable',
    code: 'files.full',
  })
  expect(readdirSync(join(folder, 'incoming'))).toEqual([])
  expect(await accepted(await files.receive([randomBytes(100_000)], limit)).keep()).toBeUndefined()
})
