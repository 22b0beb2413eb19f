import { expect, test } from 'vitest'
import { z } from 'zod'
import { apiView } from './api.view'
import { exploreView, proofView } from './explore.view'
import { requiredFunctions } from './functions'
import { partsOf } from './page-weights'

test('the counts add up to all functions and duties', () => {
  const numbers = exploreView(requiredFunctions, 'vi').counts.match(/\d+/g)!.map(Number)
  expect(numbers.reduce((a, b) => a + b)).toBe(requiredFunctions.length)
})

const proof = { dossiers: 3, entries: 20, brokenChains: 0, differingRows: 0, differingFigures: 0, ms: 5 }

test('one difference anywhere is not sound', () => {
  expect(proofView(proof, 'vi').sound).toBe(true)
  expect(proofView({ ...proof, differingFigures: 1 }, 'vi').sound).toBe(false)
})

test('a page is weighed with what it loads, each part once', () => {
  const html = `<link rel="stylesheet" href="/assets/a.css"/><link rel="preload" as="font" href="/assets/f.woff2"/>
    <link rel="stylesheet" href="/assets/a.css"/><script type="module" src="/assets/s.js"></script>`
  expect(partsOf(html)).toEqual({
    styles: ['/assets/a.css'],
    fonts: ['/assets/f.woff2'],
    scripts: ['/assets/s.js'],
  })
})

test('an operation says who may call it and what it wants', () => {
  const route = {
    method: 'get' as const,
    path: '/things/{id}',
    summary: 'A thing',
    tag: 'things',
    access: { officer: ['reception'], system: 'dossiers:read' },
    params: z.object({ id: z.string() }),
    query: z.object({ limit: z.coerce.number().int().default(5) }),
    answer: z.object({ id: z.string() }),
    handle: () => ({ id: '1' }),
  }
  const [group] = apiView([route as never], 'en')
  expect(group?.operations[0]).toMatchObject({
    method: 'GET',
    access: 'officers: reception; systems with the scope dossiers:read',
    parameters: [
      { name: 'id', where: 'path', type: 'string', required: true },
      { name: 'limit', where: 'query', required: false },
    ],
    body: null,
  })
})
