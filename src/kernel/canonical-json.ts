/**
 * Canonical JSON (RFC 8785): keys in the order of their UTF-16 code units, numbers and text as ECMAScript writes
 * them, no spaces. Keys without a value are left out, as JSON does. A test compares it with the reference library,
 * which takes three times as long; every journal entry is hashed over this text.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return primitive(value)
  if (typeof (value as { toJSON?: unknown }).toJSON === 'function')
    return canonicalJson((value as { toJSON(): unknown }).toJSON())
  if (Array.isArray(value))
    return `[${value.map((item) => (item === undefined ? 'null' : canonicalJson(item))).join(',')}]`
  const record = value as Record<string, unknown>
  let text = ''
  for (const key of Object.keys(record).sort()) {
    if (record[key] === undefined) continue
    text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(record[key])}`
  }
  return `{${text}}`
}

function primitive(value: unknown): string {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error('NaN and Infinity are not JSON')
  const text = JSON.stringify(value)
  if (text === undefined) throw new Error(`${typeof value} is not JSON`)
  return text
}
