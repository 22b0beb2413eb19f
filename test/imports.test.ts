import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { parseSync } from 'oxc-parser'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')

/** The reading order: a module imports those before it, through their door. */
const order = [
  'identity',
  'directory',
  'calendar',
  'catalogue',
  'forms',
  'processes',
  'signatures',
  'documents',
  'vault',
  'payments',
  'dossiers',
  'retention',
  'changes',
  'exchange',
  'notifications',
  'appointments',
  'feedback',
  'indicators',
  'reporting',
  'reform',
  'direction',
]

interface Import {
  from: string
  to: string
}
const files = sourceFiles(join(root, 'src'))
const imports = files.flatMap(importsOf)

test('a module imports only modules to its left, and only through their index.ts', () => {
  const wrong = imports.filter(({ from, to }) => {
    const [here, there] = [moduleOf(from), moduleOf(to)]
    if (!here || !there || here === there) return false
    return order.indexOf(there) > order.indexOf(here) || to !== `src/modules/${there}/index.ts`
  })
  expect(shown(wrong)).toEqual([])
})

test('every module has its place in the order', () => {
  const modules = new Set(files.map(moduleOf).filter((name) => name !== undefined))
  expect([...modules].filter((name) => !order.includes(name))).toEqual([])
})

test('the kernel knows no module and no page', () => {
  expect(shown(imports.filter(({ from, to }) => isIn(from, 'src/kernel') && isAbove(to)))).toEqual([])
})

test('a module knows no page and not the composition root', () => {
  const wrong = imports.filter(
    ({ from, to }) => moduleOf(from) && (isIn(to, 'src/web') || to === 'src/app.ts'),
  )
  expect(shown(wrong)).toEqual([])
})

test("pages import modules by the package's name and only their door, so each module exists once", () => {
  // server.ts runs outside the build, where a path and the package's name are the same module.
  const pages = imports.filter(({ from }) => isIn(from, 'src/web') && from !== 'src/web/server.ts')
  const wrong = pages.filter(({ to }) => isIn(to, 'src/modules') || isIn(to, 'src/kernel'))
  expect(shown(wrong)).toEqual([])
})

test('only src/config.ts reads the environment', () => {
  const readers = files.filter((path) =>
    /\bprocess\.env\b/.test(withoutTypes(readFileSync(join(root, path), 'utf8'))),
  )
  expect(readers.filter((path) => path !== 'src/config.ts' && !path.includes('.test.'))).toEqual([])
})

function importsOf(path: string): Import[] {
  const text = readFileSync(join(root, path), 'utf8')
  const { module } = parseSync(path, text)
  const named = module.staticImports.map((one) => one.moduleRequest.value)
  const again = module.staticExports.flatMap((one) => one.entries.map((entry) => entry.moduleRequest?.value))
  const later = module.dynamicImports.map(({ moduleRequest: { start, end } }) =>
    text.slice(start + 1, end - 1),
  )
  return [...named, ...again, ...later]
    .filter((name) => name !== undefined)
    .map((name) => ({ from: path, to: target(path, name) }))
}

// Names of the package itself (motcua/modules/…) stay as written: they are doors by construction, and only
// files outside a page must be held to the same order through them.
function target(path: string, name: string): string {
  if (name.startsWith('.')) return relative(root, resolve(root, dirname(path), name))
  const own = /^motcua\/modules\/([a-z-]+)$/.exec(name)
  return own && !isIn(path, 'src/web') ? `src/modules/${own[1]}/index.ts` : name
}

// `NodeJS.ProcessEnv` and comments are no reading.
function withoutTypes(text: string): string {
  return text.replaceAll(/\/\/.*|\/\*[\s\S]*?\*\//g, '')
}

function moduleOf(path: string): string | undefined {
  return /^src\/modules\/([^/]+)\//.exec(path)?.[1]
}

function isIn(path: string, folder: string): boolean {
  return path.startsWith(`${folder}/`)
}

function isAbove(path: string): boolean {
  return (
    moduleOf(path) !== undefined ||
    isIn(path, 'src/web') ||
    path === 'src/app.ts' ||
    path.startsWith('motcua/modules/')
  )
}

function shown(wrong: Import[]): string[] {
  return wrong.map(({ from, to }) => `${from} → ${to}`)
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => relative(root, join(folder, name)))
    .sort()
}
