import type { Authority } from '../directory/index.ts'

type Named = Pick<Authority, 'name' | 'shortName' | 'kind'>
type Head = { agency: { parent: string; name: string }; place: string }

const centre = 'Trung tâm Phục vụ\nhành chính công'
const placeWords = /(?:phường|xã|đặc khu|thị trấn|tỉnh|thành phố|khu vực)\s+(.+)$/iu

/**
 * The two lines at the head of a paper (NĐ 30/2020): slips come from the one-stop of the authority, results
 * from the authority itself under the one above it.
 */
export function agencyHead(authority: Named, parent: Named | undefined, isResult: boolean): Head {
  const place =
    placeWords.exec(authority.shortName)?.[1] ?? placeWords.exec(authority.name)?.[1] ?? authority.shortName
  if (authority.kind === 'commune' && !isResult) {
    return { agency: { parent: broken(authority.name), name: centre }, place }
  }
  return { agency: { parent: parent ? broken(parent.name) : '', name: broken(authority.name) }, place }
}

/** The receiving office by its whole name. */
export function officeName(authority: Named): string {
  if (authority.kind !== 'commune') return authority.name
  const short = authority.shortName
  return `Trung tâm Phục vụ hành chính công ${short.charAt(0).toLowerCase()}${short.slice(1)}`
}

// "Ủy ban nhân dân / phường Hoa Sen": the break that offices use.
function broken(name: string): string {
  return name.replace(/^(Ủy ban nhân dân|Trung tâm Phục vụ) /u, '$1\n')
}
