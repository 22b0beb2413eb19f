import { searchable } from '../../kernel/text.ts'

/** What officials and people shorten; searched both as typed and in full. */
const abbreviations: Readonly<Record<string, string>> = {
  attp: 'an toan thuc pham',
  bhtn: 'bao hiem that nghiep',
  bhxh: 'bao hiem xa hoi',
  bhyt: 'bao hiem y te',
  cccd: 'can cuoc',
  cmnd: 'can cuoc',
  cmt: 'can cuoc',
  cntt: 'cong nghe thong tin',
  dkkd: 'dang ky kinh doanh',
  dkkh: 'dang ky ket hon',
  dkks: 'dang ky khai sinh',
  dn: 'doanh nghiep',
  gcn: 'giay chung nhan',
  gks: 'giay khai sinh',
  gplx: 'giay phep lai xe',
  gpxd: 'giay phep xay dung',
  gtgt: 'gia tri gia tang',
  hkd: 'ho kinh doanh',
  htx: 'hop tac xa',
  lltp: 'ly lich tu phap',
  mst: 'ma so thue',
  nhnn: 'ngan hang nha nuoc',
  pccc: 'phong chay chua chay',
  qsdd: 'quyen su dung dat',
  sdd: 'su dung dat',
  sohk: 'so ho khau',
  tncn: 'thu nhap ca nhan',
  tndn: 'thu nhap doanh nghiep',
  tnhh: 'trach nhiem huu han',
  tthn: 'tinh trang hon nhan',
  vpdkdd: 'van phong dang ky dat dai',
  xnk: 'xuat nhap khau',
}

/** Words of a text as search compares them: lower case, no accents, dots only inside codes. */
export function wordsOf(text: string): string[] {
  return searchable(text)
    .split(/[\s]+|\.(?!\d)|(?<!\d)\./)
    .filter(Boolean)
}

/** The words with every abbreviation in full; the same list when there is none. */
export function inFull(words: readonly string[]): string[] {
  return words.flatMap((word) => abbreviations[word]?.split(' ') ?? [word])
}

/** How a syllable sounds to many: letters that are mistaken for one another become one. */
export function soundOf(word: string): string {
  return word
    .replace(/^(gi|d|r)/, 'z')
    .replace(/^tr/, 'ch')
    .replace(/^x/, 's')
    .replace(/^(c|q)(?!h)/, 'k')
    .replace(/^ngh/, 'ng')
    .replace(/^gh/, 'g')
    .replace(/y/g, 'i')
    .replace(/ng$/, 'n')
    .replace(/nh$/, 'n')
    .replace(/c$/, 't')
}

/** Letters in threes, with the edges marked: how near two phrases are. */
export function trigrams(text: string): Set<string> {
  const padded = `  ${text} `
  const found = new Set<string>()
  for (let i = 0; i + 3 <= padded.length; i += 1) found.add(padded.slice(i, i + 3))
  return found
}

/** Share of trigrams in common, from 0 to 1. */
export function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let common = 0
  for (const gram of a) if (b.has(gram)) common += 1
  return (2 * common) / (a.size + b.size || 1)
}
