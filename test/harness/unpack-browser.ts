import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress } from 'node:zlib'
import { extract } from 'tar-fs'
import { withStartLock } from '../../src/kernel/postgres/start-lock.ts'

const cacheDir = join(import.meta.dirname, '../../.data/test')

/** A browser with its own libraries and fonts, as unpacked from npm. */
export interface UnpackedBrowser {
  executable: string
  env: Record<string, string>
}

/**
 * Unpacks the Chromium that `@sparticuz/chromium` ships, once for each of its versions. Its own unpacking is made for
 * one cloud's machines: it leaves out the libraries elsewhere and two processes at once disturb each other.
 */
export async function unpackBrowser(): Promise<UnpackedBrowser> {
  const packed = packageFolder()
  const { version } = JSON.parse(readFileSync(join(packed, 'package.json'), 'utf8')) as { version: string }
  const folder = join(cacheDir, `chromium-${version}`)
  mkdirSync(cacheDir, { recursive: true })
  await withStartLock(`${folder}.lock`, async () => {
    if (!existsSync(folder)) await unpack(join(packed, 'bin'), folder)
  })
  const libraries = [join(folder, 'libraries', 'lib'), folder]
  return {
    executable: join(folder, 'chromium'),
    env: { LD_LIBRARY_PATH: libraries.join(':'), FONTCONFIG_FILE: join(folder, 'fonts.conf') },
  }
}

function packageFolder(): string {
  // Its only door is build/cjs/index.cjs; the archives lie two folders above.
  return join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '..', '..')
}

async function unpack(packed: string, folder: string): Promise<void> {
  const draft = `${folder}.draft`
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft, { recursive: true })
  const program = createWriteStream(join(draft, 'chromium'), { mode: 0o755 })
  await Promise.all([
    pipeline(createReadStream(join(packed, 'chromium.br')), createBrotliDecompress(), program),
    unpackTar(join(packed, 'al2023.tar.br'), join(draft, 'libraries')),
    unpackTar(join(packed, 'fonts.tar.br'), join(draft, 'fonts')),
    unpackTar(join(packed, 'swiftshader.tar.br'), draft),
  ])
  writeFileSync(join(draft, 'fonts.conf'), fontSettings(folder))
  renameSync(draft, folder)
}

async function unpackTar(file: string, folder: string): Promise<void> {
  await pipeline(createReadStream(file), createBrotliDecompress(), extract(folder))
}

// The shipped settings name folders of that cloud; fonts of the machine come after the shipped ones.
function fontSettings(folder: string): string {
  const folders = [join(folder, 'fonts', 'fonts'), '/usr/share/fonts', '/usr/local/share/fonts']
  const lines = folders.map((path) => `  <dir>${path}</dir>`).join('\n')
  const cache = `  <cachedir>${join(folder, 'font-cache')}</cachedir>`
  return `<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>\n${lines}\n${cache}\n</fontconfig>\n`
}
