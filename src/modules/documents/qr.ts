import QRCode from 'qrcode'

/** A QR code (ISO/IEC 18004) as an SVG image of one path; two of the four quiet modules are part of it, the page gives the rest. */
export function qrSvg(text: string): string {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' })
  const quiet = 2
  const side = modules.size + quiet * 2
  let path = ''
  for (let y = 0; y < modules.size; y++) {
    for (let x = 0; x < modules.size; x++) if (modules.get(y, x)) path += `M${x} ${y}h1v1h-1z`
  }
  const box = `${-quiet} ${-quiet} ${side} ${side}`
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}"><path d="${path}"/></svg>`
}
