import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { RouteConfigEntry } from '@react-router/dev/routes'
import { expect, test } from 'vitest'
import routes from '../../routes'
import { groups, requiredFunctions } from './functions'

const root = fileURLToPath(new URL('../../../../', import.meta.url))

/** Addresses of the pages as patterns, with those that are served beside them. */
const patterns = [...pathsOf(routes as RouteConfigEntry[]), '/healthz', '/api/v1/openapi.json'].map(
  (path) => new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/:\w+/g, '[^/]+')}$`),
)

function pathsOf(entries: readonly RouteConfigEntry[]): string[] {
  return entries.flatMap(({ path, children }) => [
    ...(path && path !== '*' ? [`/${path}`] : []),
    ...(children ? pathsOf(children) : []),
  ])
}

test('all 31 functions in nine groups and the fifteen duties are there, each once', () => {
  const ids = requiredFunctions.map(({ id }) => id)
  const sizes = groups.map((group) => requiredFunctions.filter((each) => each.group === group).length)
  expect(sizes).toEqual([1, 8, 2, 7, 4, 3, 2, 2, 2, 15])
  expect(new Set(ids).size).toBe(46)
})

test.each(requiredFunctions.filter(({ test }) => test))('$id names a test that exists', ({ test: file }) => {
  expect(existsSync(`${root}${file}`), file).toBe(true)
})

test.each(requiredFunctions.filter(({ link }) => link))('$id links to a page', ({ link }) => {
  expect(
    patterns.some((pattern) => pattern.test(link!)),
    link,
  ).toBe(true)
})

test('what is met has a test, and what is missing in part says what', () => {
  for (const { id, standing, test: file, note } of requiredFunctions) {
    if (standing !== 'not-yet') expect([id, file]).toEqual([id, expect.any(String)])
    if (standing === 'partly') expect([id, note?.vi]).toEqual([id, expect.any(String)])
  }
})
