import { z } from 'zod'
import { referenceText } from './reference-load.ts'

const Position = z.int().min(0).max(40)

/** A map on which each commune is one tile of the same size near its place. */
const TileMap = z
  .object({
    province: z.string(),
    source: z.string().min(1),
    tiles: z.array(
      z.object({ communeCode: z.string(), name: z.string().min(1), column: Position, row: Position }),
    ),
  })
  .refine(
    ({ tiles }) => new Set(tiles.map(({ column, row }) => `${column} ${row}`)).size === tiles.length,
    'two tiles in one place',
  )
export type TileMap = z.infer<typeof TileMap>

const read = new Map<string, Promise<TileMap | null>>()

/** The tile map of a province by its agency code (`db/reference/maps`); null where nobody has drawn one. */
export function tileMapOf(province: string): Promise<TileMap | null> {
  if (!/^[A-Z]\d{2}$/.test(province)) return Promise.resolve(null)
  const known = read.get(province) ?? readMap(province)
  read.set(province, known)
  return known
}

async function readMap(province: string): Promise<TileMap | null> {
  try {
    return TileMap.parse(JSON.parse(await referenceText(`maps/${province}.json`)))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
