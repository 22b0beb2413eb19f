import { numberText } from '../ui/format'
import { useShell, useT } from '../ui/shell'
import type { TrendPoint } from './board.view'

/**
 * Received and finished over time: columns up for what was finished in time, down for what was late (so the difference
 * shows without colour), a line with points for what came in. Two drawings, so that letters stay 12 px on a phone.
 */
export function TrendChart({ points, describe }: { points: readonly TrendPoint[]; describe: string }) {
  return (
    <>
      <Drawing points={points} describe={describe} width={720} height={270} className="plot plot--wide" />
      <Drawing points={points} describe={describe} width={330} height={240} className="plot plot--narrow" />
      <Legend />
    </>
  )
}

function Drawing({
  points,
  describe,
  width,
  height,
  className,
}: {
  points: readonly TrendPoint[]
  describe: string
  width: number
  height: number
  className: string
}) {
  const { locale } = useShell()
  const most = roundAbove(Math.max(1, ...points.flatMap(({ received, inTime }) => [received, inTime])))
  const low = Math.max(...points.map(({ late }) => late), 0)
  const box = { left: 34, right: width - 14, top: 14, bottom: height - 26 }
  const perUnit = (box.bottom - box.top) / (most + low || 1)
  const zero = box.top + most * perUnit
  const slot = (box.right - box.left) / Math.max(1, points.length)
  const middle = (index: number) => box.left + slot * (index + 0.5)
  const thick = Math.max(2, Math.min(34, slot * 0.62))
  const every = Math.max(1, Math.ceil((points.length * 46) / (box.right - box.left)))
  const line = points.map(
    ({ received }, index) =>
      `${index === 0 ? 'M' : 'L'}${middle(index).toFixed(1)} ${(zero - received * perUnit).toFixed(1)}`,
  )
  return (
    <svg className={className} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={describe}>
      {[most, most / 2, 0].map((value) => (
        <g key={value} fontSize="12">
          <line
            x1={box.left}
            x2={box.right}
            y1={zero - value * perUnit}
            y2={zero - value * perUnit}
            className={value === 0 ? 'plot__zero' : 'plot__line'}
          />
          <text x={box.left - 6} y={zero - value * perUnit + 4} textAnchor="end" className="plot__faint">
            {numberText(value, locale, Number.isInteger(value) ? 0 : 1)}
          </text>
        </g>
      ))}
      {points.map(({ key, inTime, late, moving }, index) => {
        const x = middle(index) - thick / 2
        return (
          <g key={key} className={moving ? 'plot__moving' : undefined}>
            <rect
              x={x}
              y={zero - inTime * perUnit}
              width={thick}
              height={inTime * perUnit}
              className="plot__data"
            />
            {late > 0 && (
              <rect x={x} y={zero + 1.5} width={thick} height={late * perUnit} className="plot__focus" />
            )}
          </g>
        )
      })}
      <path d={line.join('')} fill="none" className="plot__came" />
      {points.length <= 62 &&
        points.map(({ key, received }, index) => (
          <circle
            key={key}
            cx={middle(index)}
            cy={zero - received * perUnit}
            r={2.5}
            className="plot__came-dot"
          />
        ))}
      {points.map(({ key, tick }, index) =>
        (points.length - 1 - index) % every === 0 ? (
          <text
            key={key}
            x={middle(index)}
            y={height - 6}
            textAnchor="middle"
            fontSize="12"
            className="plot__faint"
          >
            {tick}
          </text>
        ) : null,
      )}
    </svg>
  )
}

/** The next round figure that halves well, so that the axis wastes little room. */
export function roundAbove(value: number): number {
  if (value <= 10) return [2, 4, 6, 8, 10].find((step) => step >= value) ?? 10
  const unit = 10 ** Math.floor(Math.log10(value))
  return unit * ([1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8, 10].find((step) => step * unit >= value) ?? 10)
}

function Legend() {
  const t = useT()
  return (
    <p className="scale board__legend" aria-hidden="true">
      <span>
        <svg width="20" height="14" aria-hidden="true">
          <rect x="4" width="12" height="14" className="plot__data" />
        </svg>
        {t('board.trend.inTime')}
      </span>
      <span>
        <svg width="20" height="14" aria-hidden="true">
          <line x1="0" x2="20" y1="1" y2="1" className="plot__zero" />
          <rect x="4" y="3" width="12" height="9" className="plot__focus" />
        </svg>
        {t('board.trend.late')}
      </span>
      <span>
        <svg width="20" height="14" aria-hidden="true">
          <path d="M0 7H20" className="plot__came" />
          <circle cx="10" cy="7" r="3" className="plot__came-dot" />
        </svg>
        {t('board.trend.received')}
      </span>
    </p>
  )
}
