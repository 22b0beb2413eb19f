import type { Queryable } from '../../kernel/db.ts'
import { dateOfLaw } from '../../kernel/time.ts'

const blockSize = 50

interface Block {
  next: number
  end: number
}

/**
 * Gives dossier codes out of small blocks taken beforehand per authority and day: one hot counter row
 * would hold back every filing. A code may stay unused when the process ends; none is given twice.
 */
export function codeGiver(db: Queryable) {
  const blocks = new Map<string, Promise<Block>>()
  return async function nextCode(authority: string, now: Date): Promise<string> {
    const day = dateOfLaw(now)
    const key = `${authority} ${day}`
    for (;;) {
      const pending = blocks.get(key) ?? takeBlock(db, authority, day)
      blocks.set(key, pending)
      const block = await pending.catch((error) => {
        blocks.delete(key)
        throw error
      })
      if (block.next <= block.end) return dossierCode(authority, day, block.next++)
      if (blocks.get(key) === pending) blocks.delete(key)
      dropOldDays(blocks, day)
    }
  }
}

export type NextCode = ReturnType<typeof codeGiver>

/** `H99.12-261121-00042`. */
export function dossierCode(authority: string, day: string, number: number): string {
  return `${authority}-${day.slice(2).replaceAll('-', '')}-${String(number).padStart(5, '0')}`
}

async function takeBlock(db: Queryable, authority: string, day: string): Promise<Block> {
  const { rows } = await db.query({
    name: 'dossiers.take-codes',
    text: `insert into dossiers.code_block (authority, day, taken) values ($1, $2, $3)
           on conflict (authority, day) do update set taken = dossiers.code_block.taken + $3
           returning taken`,
    values: [authority, day, blockSize],
  })
  const end: number = rows[0].taken
  return { next: end - blockSize + 1, end }
}

function dropOldDays(blocks: Map<string, unknown>, today: string): void {
  for (const key of blocks.keys()) if (!key.endsWith(today)) blocks.delete(key)
}
