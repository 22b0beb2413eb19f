import QRCode from 'qrcode'

/** A QR code as one drawing, dark on white with its quiet zone; `label` says what it opens. */
export function Qr({ text, label, size = 132 }: { text: string; label: string; size?: number }) {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' })
  const edge = modules.size + 8
  return (
    <svg
      className="qr"
      width={size}
      height={size}
      viewBox={`0 0 ${edge} ${edge}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect width={edge} height={edge} fill="#fff" />
      <path d={pathOf(modules)} fill="#000" />
    </svg>
  )
}

function pathOf(modules: { size: number; data: Uint8Array }): string {
  const cells: string[] = []
  modules.data.forEach((dark, index) => {
    if (dark) cells.push(`M${(index % modules.size) + 4} ${Math.floor(index / modules.size) + 4}h1v1h-1z`)
  })
  return cells.join('')
}
