import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { unpackBrowser } from './unpack-browser.ts'

// A page under test never talks to the outside; what a browser does by itself would only slow it down.
const quiet = [
  '--no-first-run',
  '--disable-background-networking',
  '--font-render-hinting=none',
  '--disable-gpu',
]

/** Opens a browser: the one that MOTCUA_BROWSER names, else one on the machine, else the one from npm. */
export async function openBrowser(): Promise<Browser> {
  const stated = process.env.MOTCUA_BROWSER
  const executable = stated || findOnMachine()
  if (executable) return launch(executable)
  const { executable: unpacked, env } = await unpackBrowser()
  return launch(unpacked, env)
}

// No sandbox: root and containers cannot have it, and the only pages are our own.
function launch(executablePath: string, env: Record<string, string> = {}): Promise<Browser> {
  const inherited = Object.entries(process.env).filter(
    (pair): pair is [string, string] => pair[1] !== undefined,
  )
  return chromium.launch({
    executablePath,
    headless: true,
    chromiumSandbox: false,
    args: quiet,
    env: { ...Object.fromEntries(inherited), ...env },
  })
}

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge']
const usual = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

function findOnMachine(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  return [...folders.flatMap((folder) => names.map((name) => join(folder, name))), ...usual].find(isProgram)
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
