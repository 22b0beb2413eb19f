export interface ScaleBand {
  key: string
  label: string
  /** The total from which it holds. */
  from: number
}

const width = 560

/** Where a total stands among the bands from 0 to 100, and how far the next is. */
export function BandScale({
  bands,
  total,
  isRated,
  describe,
}: {
  bands: readonly ScaleBand[]
  total: number
  /** A total of which a part is not measured stands on the scale, but in no band. */
  isRated: boolean
  describe: string
}) {
  const rising = bands.toSorted((a, b) => a.from - b.from)
  const x = (points: number) => (points / 100) * width
  const own = isRated ? rising.findLastIndex(({ from }) => total >= from) : -1
  return (
    <svg className="plot bands" viewBox={`0 0 ${width} 62`} role="img" aria-label={describe}>
      {rising.map(({ key, from, label }, index) => {
        const to = rising[index + 1]?.from ?? 100
        const isOwn = index === own
        return (
          <g key={key} fontSize="13">
            <rect
              x={x(from)}
              y={22}
              width={x(to - from) - 2}
              height={12}
              className={isOwn ? 'bands__own' : 'plot__track'}
            />
            {from > 0 && (
              <text x={x(from)} y={14} textAnchor="middle" className="plot__faint num">
                {from}
              </text>
            )}
            <text
              x={(x(from) + x(to)) / 2}
              y={54}
              textAnchor="middle"
              fontWeight={isOwn ? 600 : 400}
              className={isOwn ? 'plot__ink' : 'plot__faint'}
            >
              {label}
            </text>
          </g>
        )
      })}
      <rect x={x(total) - 2} y={16} width={4} height={24} className="bands__mark" />
    </svg>
  )
}
