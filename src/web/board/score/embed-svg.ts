/** What the small picture says. */
export interface Embedded {
  title: string
  place: string
  total: string
  outOf: string
  period: string
  asAt: string
  groups: { name: string; text: string; share: number }[]
  /** Where the same figures are read in full: a picture is passed on without its page. */
  address: string
  isSample: boolean
  sample: string
}

const width = 320
const height = 324
const left = 14
const right = width - 14
const bar = { from: 176, long: 76 }
const ink = '#1f1a17'
const soft = '#5b544e'

/** A picture of 320 by 324 points, letters of 12 and more: total, groups as bars, of when it is. Every text is escaped. */
export function embedSvg(facts: Embedded): string {
  const { title, place, total, outOf, period, asAt, groups, address, isSample, sample } = facts
  const alt = `${title}, ${place}, ${period}: ${total} ${outOf}`
  const bars = groups.map(({ name, text, share }, index) => {
    const y = 140 + index * 24
    const shared = (Math.max(0, Math.min(1, share)) * bar.long).toFixed(1)
    return `<text x="${left}" y="${y}" font-size="12.5" fill="${ink}">${escaped(short(name))}</text>
<rect x="${bar.from}" y="${y - 9}" width="${bar.long}" height="9" fill="#ece9e4"/>
<rect x="${bar.from}" y="${y - 9}" width="${shared}" height="9" fill="#1b5a83"/>
<text x="${right}" y="${y}" text-anchor="end" font-size="12.5" fill="${ink}">${escaped(text)}</text>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(alt)}" font-family="Be Vietnam Pro, Segoe UI, sans-serif">
<title>${escaped(alt)}</title>
<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" fill="#fff" stroke="#d8d2ca"/>
<text x="${left}" y="28" font-size="13.5" font-weight="600" fill="${ink}">${escaped(title)}</text>
<text x="${left}" y="47" font-size="12.5" fill="${soft}">${escaped(`${place} · ${period}`)}</text>
<text x="${left}" y="104" font-size="50" font-weight="700" fill="#8f1d21">${escaped(total)}</text>
<text x="${right}" y="104" text-anchor="end" font-size="13.5" fill="${soft}">${escaped(outOf)}</text>
${bars.join('\n')}
<text x="${left}" y="292" font-size="12" fill="${soft}">${escaped(isSample ? `${asAt} · ${sample}` : asAt)}</text>
<text x="${left}" y="311" font-size="12" fill="${soft}">${escaped(address)}</text>
</svg>
`
}

const longest = 25
const short = (name: string) => (name.length > longest ? `${name.slice(0, longest - 1)}…` : name)

const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`)
