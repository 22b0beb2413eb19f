export interface ScaleBand {
  key: string
  label: string
  /** The total from which it holds. */
  from: number
}

interface ScaleProps {
  bands: readonly ScaleBand[]
  total: number
  /** A total of which a part is not measured stands on the scale, but in no band. */
  isRated: boolean
  describe: string
}

/** Where a total stands among the bands from 0 to 100, and how far the next is. Two drawings, wide and for phones. */
export function BandScale(props: ScaleProps) {
  return (
    <>
      <Scale {...props} width={560} isStaggered={false} className="plot plot--wide bands" />
      <Scale {...props} width={328} isStaggered className="plot plot--narrow bands" />
    </>
  )
}

function Scale({
  bands,
  total,
  isRated,
  describe,
  width,
  isStaggered,
  className,
}: ScaleProps & {
  width: number
  /** Names stand on two lines by turns, where they have no room beside each other. */
  isStaggered: boolean
  className: string
}) {
  const rising = bands.toSorted((a, b) => a.from - b.from)
  const x = (points: number) => (points / 100) * width
  const own = isRated ? rising.findLastIndex(({ from }) => total >= from) : -1
  return (
    <svg
      className={className}
      viewBox={`0 0 ${width} ${isStaggered ? 78 : 62}`}
      role="img"
      aria-label={describe}
    >
      {rising.map(({ key, from, label }, index) => {
        const to = rising[index + 1]?.from ?? 100
        const isOwn = index === own
        const isLast = index === rising.length - 1
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
              x={isLast ? width : (x(from) + x(to)) / 2}
              y={isStaggered && index % 2 === 0 ? 70 : 54}
              textAnchor={isLast ? 'end' : 'middle'}
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
