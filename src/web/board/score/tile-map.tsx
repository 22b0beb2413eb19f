export interface Tile {
  code: string
  /** Short enough for a tile: the name without its kind. */
  name: string
  column: number
  row: number
  /** "79,74"; a dash where nothing is measured. */
  text: string
  /** 0 is well, 4 is furthest below; null where nothing is measured. */
  step: number | null
  href: string
}

const side = 104
const gap = 4

/**
 * A map on which each commune is one tile of the same size near its place: small communes are as easy to see and to
 * press as large ones. The figure stands on every tile.
 */
export function TileMap({ tiles, describe }: { tiles: readonly Tile[]; describe: string }) {
  const columns = Math.max(0, ...tiles.map(({ column }) => column)) + 1
  const rows = Math.max(0, ...tiles.map(({ row }) => row)) + 1
  return (
    <nav aria-label={describe}>
      <svg className="tilemap" viewBox={`0 0 ${columns * side} ${rows * (side * 0.72)}`}>
        <title>{describe}</title>
        {tiles.map((tile) => (
          <TileLink key={tile.code} tile={tile} />
        ))}
      </svg>
    </nav>
  )
}

function TileLink({ tile: { name, column, row, text, step, href } }: { tile: Tile }) {
  const [x, y, high] = [column * side, row * side * 0.72, side * 0.72 - gap]
  return (
    <a href={href} className="tile">
      <rect x={x} y={y} width={side - gap} height={high} className={`tile__${step ?? 'none'}`} />
      <text x={x + (side - gap) / 2} y={y + 30} textAnchor="middle" fontSize="14" className={inkOn(step)}>
        {name}
      </text>
      <text
        x={x + (side - gap) / 2}
        y={y + 53}
        textAnchor="middle"
        fontSize="17"
        fontWeight={600}
        className={`num ${inkOn(step)}`}
      >
        {text}
      </text>
    </a>
  )
}

const inkOn = (step: number | null) => (step === 4 ? 'tile__light' : 'plot__ink')
