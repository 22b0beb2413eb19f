import { deflateSync } from 'node:zlib'

/** A PDF of these objects (without `n 0 obj`), with a cross-reference table that is right. */
export function aPdf(objects: (string | Buffer)[] = ['<< /Type /Catalog >>'], trailer = ''): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n%\u00e2\u00e3\n', 'latin1')]
  const length = () => parts.reduce((sum, part) => sum + part.length, 0)
  const offsets = objects.map((object, i) => {
    const at = length()
    parts.push(Buffer.from(`${i + 1} 0 obj\n`), Buffer.from(object as string), Buffer.from('\nendobj\n'))
    return at
  })
  const xref = length()
  const lines = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')
  const size = objects.length + 1
  parts.push(
    Buffer.from(
      `xref\n0 ${size}\n0000000000 65535 f \n${lines}trailer\n<< /Size ${size} /Root 1 0 R ${trailer} >>\nstartxref\n${xref}\n%%EOF\n`,
    ),
  )
  return Buffer.concat(parts)
}

/** Objects packed into a stream, where a search through the plain bytes does not see them. */
export function packedObjects(text: string): Buffer {
  const packed = deflateSync(Buffer.from(`9 0 ${text}`))
  const head = `<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length ${packed.length} >>\nstream\n`
  return Buffer.concat([Buffer.from(head), packed, Buffer.from('\nendstream')])
}
