import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { safetyHeaders } from './server.ts'

const built = new URL('../../build/web/', import.meta.url)
const isBuilt = existsSync(new URL('server/index.js', built))

test('the content policy lets only our own files and this request’s script run', () => {
  const policy = safetyHeaders('abc', ['https://id.example'])['content-security-policy'] ?? ''
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("script-src 'self' 'nonce-abc'")
  expect(policy).toContain("style-src 'self'")
  expect(policy).toContain("form-action 'self' https://id.example")
  expect(policy).not.toContain('unsafe')
})

test.runIf(isBuilt)('the built pages hold no copy of a module: they import it by the package’s name', () => {
  const bundle = readFileSync(new URL('server/index.js', built), 'utf8')
  const imported = [...bundle.matchAll(/from\s*"([^"]+)"/g)].map((match) => match[1])
  expect(imported).toContain('motcua/web/context')
  expect(imported).toContain('motcua/modules/catalogue')
  expect(bundle).not.toContain('catalogue.procedure_version')
})

test.runIf(isBuilt)('a first visit to the portal stays under 150 kB, fonts included', () => {
  const assets = readdirSync(new URL('client/assets/', built))
  const read = (name: string) => readFileSync(new URL(`client/assets/${name}`, built))
  const first = assets.filter((name) =>
    /^(be-vietnam-pro-\w+-(400|600)|mot-cua-figures-(400|600)).*woff2$/.test(name),
  )
  const styles = assets.filter((name) => /^ui-.*\.css$/.test(name))
  const bytes =
    first.reduce((sum, name) => sum + read(name).byteLength, 0) +
    styles.reduce((sum, name) => sum + gzipSync(read(name)).byteLength, 0)
  // 25 kB are left for the page itself and its small scripts.
  expect(bytes).toBeLessThan(125_000)
})

describe.runIf(isBuilt)('the scripts of the portal', () => {
  const folder = new URL('client/enhance/', built)
  const packed = (name: string) => gzipSync(readFileSync(new URL(name, folder))).byteLength

  test('stay under 30 kB together', () => {
    const small = readdirSync(folder).filter((name) => name !== 'form.js')
    expect(small.reduce((sum, name) => sum + packed(name), 0)).toBeLessThan(30_000)
  })

  test('add at most 70 kB to the page of a form, which works before they arrive', () => {
    expect(packed('form.js')).toBeLessThan(70_000)
  })
})
