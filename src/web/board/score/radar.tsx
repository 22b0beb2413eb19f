export interface RadarAxis {
  label: string
  /** Share of what can be had, 0 to 1; null where nothing is measured. */
  share: number | null
  /** The same, of the period or unit that it is compared with. */
  compared: number | null
  /** "18,88/20" */
  text: string
}

const size = 700
const centre = { x: size / 2, y: 190 }
const radius = 118
const rings = [0.25, 0.5, 0.75, 1]

/**
 * The shape of a total: one axis a group, further out is better. What it is compared with is a dashed line, so the two
 * are told apart without colour; the figures stand at the axes.
 */
export function Radar({ axes, describe }: { axes: readonly RadarAxis[]; describe: string }) {
  const at = (index: number, share: number) => pointAt(index, axes.length, share)
  const shape = (of: 'share' | 'compared') =>
    axes.map((axis, index) => text(at(index, axis[of] ?? 0))).join(' ')
  const isCompared = axes.some(({ compared }) => compared !== null)
  return (
    <svg className="plot radar" viewBox={`0 0 ${size} 372`} role="img" aria-label={describe}>
      {rings.map((ring) => (
        <polygon
          key={ring}
          points={axes.map((_, index) => text(at(index, ring))).join(' ')}
          className="radar__ring"
        />
      ))}
      {axes.map(({ label }, index) => {
        const end = at(index, 1)
        return <line key={label} x1={centre.x} y1={centre.y} x2={end.x} y2={end.y} className="plot__line" />
      })}
      {isCompared && <polygon points={shape('compared')} className="radar__compared" />}
      <polygon points={shape('share')} className="radar__shape" />
      {axes.map((axis, index) => (
        <Label key={axis.label} axis={axis} {...at(index, 1.13)} />
      ))}
    </svg>
  )
}

function Label({ axis: { label, text: figure }, x, y }: { axis: RadarAxis; x: number; y: number }) {
  const anchor = x < centre.x - 8 ? 'end' : x > centre.x + 8 ? 'start' : 'middle'
  const top = y < centre.y - 60 ? y - 14 : y
  return (
    <text x={x} y={top} textAnchor={anchor} fontSize="16">
      <tspan x={x} className="plot__ink">
        {label}
      </tspan>
      <tspan x={x} dy="20" fontWeight={600} className="plot__ink">
        {figure}
      </tspan>
    </text>
  )
}

/** A point on an axis; the first axis stands upright, the others follow clockwise. */
export function pointAt(index: number, axes: number, share: number): { x: number; y: number } {
  const angle = (index / axes) * 2 * Math.PI - Math.PI / 2
  return { x: centre.x + Math.cos(angle) * radius * share, y: centre.y + Math.sin(angle) * radius * share }
}

const text = ({ x, y }: { x: number; y: number }) => `${x.toFixed(1)},${y.toFixed(1)}`
