import type { ReactNode } from 'react'
import { numberText } from './format'
import { Icon } from './icon'
import { useShell, useT } from './shell'

export interface Bar {
  label: string
  value: number
  /** "3,1 giờ" */
  text?: string
  /** Red: the one that the title speaks about. Grey: what it is compared with. */
  look?: 'data' | 'focus' | 'compare'
}

interface ChartFrame {
  id: string
  /** The finding, as a sentence: "Thẩm tra lâu nhất trong bốn bước". */
  title: string
  /** What is drawn, in which unit, of which time. */
  note?: string
  csvHref?: string
  /** The table behind the drawing. */
  table: ReactNode
  children: ReactNode
}

/** A picture of numbers: finding, drawing, and the table behind it. */
export function Chart({ id, title, note, csvHref, table, children }: ChartFrame) {
  const t = useT()
  return (
    <figure className="chart" aria-labelledby={id}>
      <figcaption>
        <h3 id={id}>{title}</h3>
        {note && <p>{note}</p>}
      </figcaption>
      {children}
      <div className="chart__foot">
        <details>
          <summary>
            <Icon name="table" />
            {t('web.table.showTable')}
          </summary>
          {table}
        </details>
        {csvHref && (
          <a href={csvHref}>
            <Icon name="download" />
            {t('web.table.csv')}
          </a>
        )}
      </div>
    </figure>
  )
}

const rowHeight = 32
const longestBeside = 24
/** About how wide a figure or letter is at the end of a bar. */
const figureWidth = 8.5

/** Bars lying down, one under the other; the value stands at the end of its bar. Two drawings: wide and narrow. */
export function BarChart({
  bars,
  unit = '',
  describe,
}: {
  bars: readonly Bar[]
  unit?: string
  describe: string
}) {
  // A long label stands above its bar, where it has the whole width.
  const isLong = bars.some(({ label }) => label.length > longestBeside)
  return (
    <>
      <Bars
        bars={bars}
        unit={unit}
        describe={describe}
        width={isLong ? 860 : 640}
        labelWidth={isLong ? 0 : 190}
        className="plot plot--wide"
      />
      <Bars
        bars={bars}
        unit={unit}
        describe={describe}
        width={328}
        labelWidth={0}
        className="plot plot--narrow"
      />
    </>
  )
}

function Bars({
  bars,
  unit,
  describe,
  width,
  labelWidth,
  className,
}: {
  bars: readonly Bar[]
  unit: string
  describe: string
  width: number
  labelWidth: number
  className: string
}) {
  const { locale } = useShell()
  const most = Math.max(...bars.map(({ value }) => value), 1e-9)
  const textWidth = Math.max(92, ...bars.map(({ text = '' }) => text.length * figureWidth + 8))
  const stacked = labelWidth === 0
  const height = stacked ? rowHeight + 14 : rowHeight
  const room = width - labelWidth - textWidth
  return (
    <svg
      className={className}
      viewBox={`0 0 ${width} ${bars.length * height}`}
      role="img"
      aria-label={describe}
    >
      {bars.map(({ label, value, text, look = 'data' }, index) => {
        const y = index * height
        const long = Math.max(1, (room * value) / most)
        const barY = stacked ? y + 20 : y + 6
        return (
          <g key={label} fontSize="14">
            <text x={0} y={stacked ? y + 14 : y + 21} className="plot__ink">
              {label}
            </text>
            <rect
              x={labelWidth}
              y={barY}
              width={long}
              height={stacked ? 16 : 20}
              className={`plot__${look}`}
            />
            <text
              x={labelWidth + long + 8}
              y={barY + (stacked ? 13 : 15)}
              fontWeight={600}
              className="plot__ink"
            >
              {text ?? `${numberText(value, locale)}${unit && ` ${unit}`}`}
            </text>
          </g>
        )
      })}
    </svg>
  )
}

export interface Line {
  label: string
  look?: 'data' | 'focus' | 'compare'
  /** One value for each of `ticks`; null leaves a gap. */
  values: readonly (number | null)[]
}

/** One or a few lines over the same points in time; each line is named at its end, not in a legend. */
export function LineChart({
  ticks,
  lines,
  describe,
  target,
}: {
  ticks: readonly string[]
  lines: readonly Line[]
  describe: string
  target?: { value: number; label: string }
}) {
  return (
    <>
      <Lines {...{ ticks, lines, describe, target }} width={720} height={240} className="plot plot--wide" />
      <Lines {...{ ticks, lines, describe, target }} width={328} height={220} className="plot plot--narrow" />
    </>
  )
}

interface LinesProps {
  ticks: readonly string[]
  lines: readonly Line[]
  describe: string
  target?: { value: number; label: string }
  width: number
  height: number
  className: string
}

function Lines({ ticks, lines, describe, target, width, height, className }: LinesProps) {
  const { locale } = useShell()
  const values = lines.flatMap((line) => line.values.filter((value) => value !== null))
  const { low, high } = niceRange([...values, ...(target ? [target.value] : [])])
  const box = { left: 44, right: width - 92, top: 12, bottom: height - 28 }
  const x = (index: number) => box.left + ((box.right - box.left) * index) / Math.max(1, ticks.length - 1)
  const y = (value: number) => box.bottom - ((box.bottom - box.top) * (value - low)) / (high - low)
  const every = Math.ceil((ticks.length * 56) / (box.right - box.left))
  return (
    <svg className={className} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={describe}>
      {[low, (low + high) / 2, high].map((value) => (
        <g key={value} fontSize="12">
          <line x1={box.left} x2={box.right} y1={y(value)} y2={y(value)} className="plot__line" />
          <text x={box.left - 8} y={y(value) + 4} textAnchor="end" className="plot__faint">
            {numberText(value, locale, Number.isInteger(value) ? 0 : 1)}
          </text>
        </g>
      ))}
      {ticks.map((tick, index) =>
        (ticks.length - 1 - index) % every === 0 ? (
          <text
            key={tick}
            x={x(index)}
            y={height - 8}
            textAnchor="middle"
            fontSize="12"
            className="plot__faint"
          >
            {tick}
          </text>
        ) : null,
      )}
      {target && (
        <g fontSize="12">
          <line
            x1={box.left}
            x2={box.right}
            y1={y(target.value)}
            y2={y(target.value)}
            className="plot__target"
          />
          <text x={box.right + 8} y={y(target.value) - 4} className="plot__faint">
            {target.label}
          </text>
        </g>
      )}
      {lines.map((line) => (
        <g key={line.label} className={`plot__stroke plot__stroke--${line.look ?? 'data'}`}>
          <path d={linePath(line.values, x, y)} fill="none" />
          <text x={box.right + 8} y={y(lastOf(line.values)) + 4} fontSize="13" fontWeight={600}>
            {line.label}
          </text>
        </g>
      ))}
    </svg>
  )
}

function linePath(
  values: readonly (number | null)[],
  x: (index: number) => number,
  y: (value: number) => number,
): string {
  let pen = 'M'
  return values
    .map((value, index) => {
      if (value === null) {
        pen = 'M'
        return ''
      }
      const command = `${pen}${x(index).toFixed(1)} ${y(value).toFixed(1)}`
      pen = 'L'
      return command
    })
    .join('')
}

function lastOf(values: readonly (number | null)[]): number {
  return values.findLast((value) => value !== null) ?? 0
}

/** The ends of an axis: round figures around all values. */
export function niceRange(values: readonly number[]): { low: number; high: number } {
  const least = Math.min(...values, Number.POSITIVE_INFINITY)
  const most = Math.max(...values, Number.NEGATIVE_INFINITY)
  if (!Number.isFinite(least) || !Number.isFinite(most)) return { low: 0, high: 1 }
  const step = 10 ** Math.floor(Math.log10(Math.max(most - (least > most / 2 ? least : 0), 1e-6)))
  const low = least > most / 2 ? Math.floor(least / step) * step : Math.min(0, least)
  const high = Math.ceil(most / step) * step
  return high > low ? { low, high } : { low, high: low + step }
}

/** One figure with its name; the change beside it carries its direction in a word. */
export function Stat({ label, value, children }: { label: ReactNode; value: string; children?: ReactNode }) {
  return (
    <div className="stat">
      <dt>{label}</dt>
      <dd>
        {value}
        {children && <small>{children}</small>}
      </dd>
    </div>
  )
}

export function Stats({ children }: { children: ReactNode }) {
  return <dl className="stats">{children}</dl>
}

/** A change: arrow, word for screen readers, amount. `good` says which direction is welcome. */
export function Delta({ value, text, good = 'up' }: { value: number; text: string; good?: 'up' | 'down' }) {
  const t = useT()
  const way = value === 0 ? 'flat' : value > 0 ? 'up' : 'down'
  const look = way === 'flat' ? 'flat' : way === good ? 'up' : 'down'
  const icon = { up: 'arrow-up', down: 'arrow-down', flat: 'minus' } as const
  return (
    <span className={`delta delta--${look}`}>
      <Icon name={icon[way]} />
      <span className="vh">{t(`web.table.${way}`)} </span>
      {text}
    </span>
  )
}
