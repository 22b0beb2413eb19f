import { expect, test } from 'vitest'
import { ahead } from './ahead.ts'

async function* counting(told: string[], failsAt = Number.POSITIVE_INFINITY) {
  try {
    for (let n = 1; n <= 3; n++) {
      if (n === failsAt) throw new Error('no more')
      told.push(`read ${n}`)
      yield n
    }
  } finally {
    told.push('closed')
  }
}

test('the next item is asked for before this one is worked on', async () => {
  const told: string[] = []
  for await (const n of ahead(counting(told))) told.push(`work ${n}`)
  expect(told).toEqual(['read 1', 'read 2', 'work 1', 'read 3', 'work 2', 'closed', 'work 3'])
})

test('a failure comes where its item would have come', async () => {
  const told: string[] = []
  const work = async () => {
    for await (const n of ahead(counting(told, 2))) told.push(`work ${n}`)
  }
  await expect(work()).rejects.toThrow('no more')
  expect(told).toEqual(['read 1', 'closed', 'work 1'])
})

test('who stops early closes the source', async () => {
  const told: string[] = []
  for await (const _ of ahead(counting(told))) break
  expect(told).toEqual(['read 1', 'read 2', 'closed'])
})
