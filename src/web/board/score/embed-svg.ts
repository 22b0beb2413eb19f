/** What the small picture says. */
export interface Embedded {
  title: string
  place: string
  total: string
  outOf: string
  period: string
  asAt: string
  groups: { name: string; text: string; share: number }[]
  isSample: boolean
  sample: string
}

const width = 360
const ink = '#1f1a17'
const soft = '#5b544e'

/** A picture of 360 by 300 points: total, groups as bars, of when it is. Every text is escaped. */
export function embedSvg(facts: Embedded): string {
  const { title, place, total, outOf, period, asAt, groups, isSample, sample } = facts
  const alt = `${title}, ${place}, ${period}: ${total} ${outOf}`
  const bars = groups.map(({ name, text, share }, index) => {
    const y = 138 + index * 24
    return `<text x="16" y="${y}" font-size="12" fill="${ink}">${escaped(short(name))}</text>
<rect x="190" y="${y - 9}" width="100" height="9" fill="#ece9e4"/>
<rect x="190" y="${y - 9}" width="${(Math.max(0, Math.min(1, share)) * 100).toFixed(1)}" height="9" fill="#1b5a83"/>
<text x="${width - 16}" y="${y}" text-anchor="end" font-size="12" fill="${ink}">${escaped(text)}</text>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} 300" role="img" aria-label="${escaped(alt)}" font-family="Be Vietnam Pro, Segoe UI, sans-serif">
<title>${escaped(alt)}</title>
<rect width="${width}" height="300" fill="#fff" stroke="#d8d2ca"/>
<text x="16" y="30" font-size="13" font-weight="600" fill="${ink}">${escaped(title)}</text>
<text x="16" y="48" font-size="12" fill="${soft}">${escaped(`${place} · ${period}`)}</text>
<text x="16" y="104" font-size="48" font-weight="700" fill="#8f1d21">${escaped(total)}</text>
<text x="${width - 16}" y="104" text-anchor="end" font-size="13" fill="${soft}">${escaped(outOf)}</text>
${bars.join('\n')}
<text x="16" y="288" font-size="11" fill="${soft}">${escaped(isSample ? `${asAt} · ${sample}` : asAt)}</text>
</svg>
`
}

const longest = 28
const short = (name: string) => (name.length > longest ? `${name.slice(0, longest - 1)}…` : name)

const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`)
