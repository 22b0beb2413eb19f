export interface RadarAxis {
  label: string
  /** Share of what can be had, 0 to 1; null where nothing is measured. */
  share: number | null
  /** The same, of the period or unit that it is compared with. */
  compared: number | null
  /** "18,88/20" */
  text: string
}

interface Room {
  width: number
  height: number
  radius: number
  /** Where there is no room for words, axes have numbers and the words stand below. */
  isNarrow: boolean
  className: string
}

const wide: Room = {
  width: 700,
  height: 372,
  radius: 118,
  isNarrow: false,
  className: 'plot plot--wide radar',
}
const narrow: Room = {
  width: 328,
  height: 290,
  radius: 108,
  isNarrow: true,
  className: 'plot plot--narrow radar',
}
const rings = [0.25, 0.5, 0.75, 1]

/**
 * The shape of a total: one axis a group, further out is better. What it is compared with is a dashed line, so the two
 * are told apart without colour; the figures stand at the axes. Two drawings, so that letters stay legible on a phone.
 */
export function Radar({ axes, describe }: { axes: readonly RadarAxis[]; describe: string }) {
  return (
    <>
      <Drawing axes={axes} describe={describe} room={wide} />
      <Drawing axes={axes} describe={describe} room={narrow} />
      <ol className="radar__list">
        {axes.map(({ label, text }) => (
          <li key={label}>
            {label} <b className="num">{text}</b>
          </li>
        ))}
      </ol>
    </>
  )
}

function Drawing({ axes, describe, room }: { axes: readonly RadarAxis[]; describe: string; room: Room }) {
  const at = (index: number, share: number) => pointAt(index, axes.length, share, room)
  const shape = (of: 'share' | 'compared') =>
    axes.map((axis, index) => text(at(index, axis[of] ?? 0))).join(' ')
  const centre = centreOf(room)
  return (
    <svg
      className={room.className}
      viewBox={`0 0 ${room.width} ${room.height}`}
      role="img"
      aria-label={describe}
    >
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
      {axes.some(({ compared }) => compared !== null) && (
        <polygon points={shape('compared')} className="radar__compared" />
      )}
      <polygon points={shape('share')} className="radar__shape" />
      {axes.map((axis, index) =>
        room.isNarrow ? (
          <Numbered key={axis.label} no={index + 1} {...at(index, 1.15)} />
        ) : (
          <Label key={axis.label} axis={axis} middle={centre} {...at(index, 1.13)} />
        ),
      )}
    </svg>
  )
}

function Numbered({ no, x, y }: { no: number; x: number; y: number }) {
  return (
    <text x={x} y={y + 5} textAnchor="middle" fontSize="15" fontWeight={600} className="plot__ink num">
      {no}
    </text>
  )
}

interface Spot {
  x: number
  y: number
}

function Label({ axis: { label, text: figure }, x, y, middle }: { axis: RadarAxis; middle: Spot } & Spot) {
  const anchor = x < middle.x - 8 ? 'end' : x > middle.x + 8 ? 'start' : 'middle'
  const top = y < middle.y - 60 ? y - 14 : y
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

const centreOf = ({ width, height, isNarrow }: Room): Spot => ({
  x: width / 2,
  y: isNarrow ? height / 2 + 8 : 190,
})

/** A point on an axis; the first axis stands upright, the others follow clockwise. */
function pointAt(index: number, axes: number, share: number, room: Room): Spot {
  const centre = centreOf(room)
  const angle = (index / axes) * 2 * Math.PI - Math.PI / 2
  return {
    x: centre.x + Math.cos(angle) * room.radius * share,
    y: centre.y + Math.sin(angle) * room.radius * share,
  }
}

const text = ({ x, y }: Spot) => `${x.toFixed(1)},${y.toFixed(1)}`
