import { dirname } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { sharedLibrary } from '../layouts.ts'
import { renderSlip } from '../render-slip.ts'
import { samples } from '../samples.ts'
import { TypstPool } from './pool.ts'

const pool = new TypstPool({ size: 2 })
afterAll(() => pool.close())

const folder = dirname(sharedLibrary)
const broken = { folder, template: 'receipt', data: '{}', standard: 'a-2a', createdAt: 0 } as const

test('a document that cannot be laid out fails alone, with the reason', async () => {
  const results = await Promise.allSettled([
    pool.print(broken),
    renderSlip('receipt', samples.receipt, { pool }),
    pool.print({ ...broken, data: 'no json' }),
    renderSlip('refusal', samples.refusal, { pool }),
  ])
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'rejected', 'fulfilled'])
  await expect(pool.print(broken)).rejects.toThrow('dictionary does not contain key')
})

test.each(['../../../etc/passwd', 'receipt.typ', '', 'lib\0'])('%j names no template', async (template) => {
  await expect(pool.print({ ...broken, template })).rejects.toThrow('no such template')
})

test('after closing nothing is printed any more', async () => {
  const closing = new TypstPool()
  await closing.close()
  await expect(closing.print(broken)).rejects.toThrow('closed')
})

test('a document that finds no end in time fails by name', async () => {
  const hasty = new TypstPool({ limitMs: 1 })
  await expect(hasty.print(broken)).rejects.toThrow('receipt: no end within 0.001 s')
  await hasty.close()
})
