import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Place } from './place.ts'

/** A folder of this machine: two levels of folders by the first letters of names. */
export function placeOnDisk(root: string): Place {
  const pathOf = (name: string) => join(root, name.slice(0, 2), name.slice(2, 4), name)
  return {
    put: (name, path) => moveDurably(path, pathOf(name)),
    size: (name) =>
      stat(pathOf(name)).then(
        ({ size }) => size,
        () => undefined,
      ),
    read: async (name, range) => createReadStream(pathOf(name), { ...range, highWaterMark: 262_144 }),
    names: () => namesIn(root),
    // The change of the name, not of the bytes: content may wait long before it is kept.
    putAt: (name) =>
      stat(pathOf(name)).then(
        ({ ctime }) => ctime,
        () => undefined,
      ),
    remove: async (name) => {
      await rm(pathOf(name), { force: true })
      await syncFolder(dirname(pathOf(name)))
    },
    patch: (name, offset, bytes) => patch(pathOf(name), offset, bytes),
  }
}

// The rename is durable only once the folder that holds the name is on disk too.
async function moveDurably(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 })
  await rename(from, to)
  for (const folder of [dirname(to), dirname(dirname(to))]) await syncFolder(folder)
}

async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open a folder; there the rename itself is what can be had.
  const handle = await open(folder, 'r').catch(() => undefined)
  await handle?.sync().catch(() => undefined)
  await handle?.close()
}

async function patch(path: string, offset: number, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await file.write(bytes, 0, bytes.length, offset)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function* namesIn(root: string): AsyncGenerator<string> {
  for (const first of await foldersIn(root))
    for (const second of await foldersIn(join(root, first))) yield* await readdir(join(root, first, second))
}

const foldersIn = async (path: string) =>
  (await readdir(path).catch(() => [])).filter((name) => /^[0-9a-f]{2}$/.test(name)).sort()
