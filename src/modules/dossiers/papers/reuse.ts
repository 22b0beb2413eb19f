import type { ComponentLine } from '../../catalogue/index.ts'
import type { Trust } from '../../vault/index.ts'
import type { PaperWay, TakenPaper } from './paper-source.ts'

/** How the authority came by one component; `none`: nothing came, or it came on paper and nobody scanned it. */
export type ReuseWay = PaperWay | 'none'

/** One component of a dossier and where it came from. */
export interface ReuseLine {
  component: string
  name: string
  code: string | null
  way: ReuseWay
  /** The best trust of what was taken from the vault. */
  trust: Trust | null
  vaultItems: string[]
  flags: ComponentFlags
}

/** Flags of a submitted document in the national synchronisation message (`TaiLieuNop`). */
export interface ComponentFlags {
  /** Whether it stands as a digitised paper, made and signed by an officer or an authority. */
  DuocSoHoa: 0 | 1
  /** 0: not reused; 1: digitised papers reused; 2: data of a register reused in its place. */
  DuocTaiSuDung: 0 | 1 | 2
  /** Whether it was taken from the store of papers of the person or organisation. */
  DuocLayTuKhoDMQG: 0 | 1
}

/** What a dossier says about digitised papers and their reuse. */
export interface Reuse {
  lines: ReuseLine[]
  /** How many components came in each way. */
  counts: Record<ReuseWay, number>
  /** 1 when at least one component stands digitised or was reused. */
  HoSoCoThanhPhanSoHoa: 0 | 1
}

type Taken = Pick<TakenPaper, 'component' | 'source' | 'how' | 'vaultItemId' | 'trust'>
type Line = Pick<ComponentLine, 'key' | 'name' | 'code' | 'provision'>

/**
 * Accounts for reuse, component by component (QĐ 766/QĐ-TTg, nhóm số hóa; fields of `DongBoHoSoMC`). What was shown at
 * the counter and what a register answered needs no file. Of several files of one component the best way counts,
 * because the authority did get what it knew already. Pure.
 */
export function reuseOf(
  components: readonly Line[],
  papers: readonly Taken[],
  /** Components of which an officer signed a copy compared with the original. */
  digitised: ReadonlySet<string> = new Set(),
): Reuse {
  const asked = components.filter(({ provision }) => provision !== 'note' && provision !== 'form')
  const named = new Set(asked.map(({ key }) => key))
  // What was handed in though nobody asked for it in the end is accounted for as well.
  const brought = [...papers.map(({ component }) => component), ...digitised]
  const others = [...new Set(brought)].filter((key) => !named.has(key))
  const lines = [
    ...asked.map((line) => lineOf(line, papers, digitised.has(line.key))),
    ...others.map((key) =>
      lineOf({ key, name: key, code: null, provision: 'submit' }, papers, digitised.has(key)),
    ),
  ]
  const counts: Reuse['counts'] = { vault: 0, register: 0, upload: 0, 'upload-known': 0, shown: 0, none: 0 }
  for (const { way } of lines) counts[way] += 1
  const counted = lines.some(({ flags }) => flags.DuocSoHoa === 1 || flags.DuocTaiSuDung > 0)
  return { lines, counts, HoSoCoThanhPhanSoHoa: counted ? 1 : 0 }
}

function lineOf(
  { key, name, code, provision }: Line,
  papers: readonly Taken[],
  isDigitised: boolean,
): ReuseLine {
  const own = papers.filter(({ component }) => component === key)
  const ways = own.map(wayTaken)
  const way = best.find((each) => ways.includes(each)) ?? (isDigitised ? 'upload' : withoutFile(provision))
  const taken = own.filter((paper) => wayTaken(paper) === 'vault')
  const trust = order.find((each) => taken.some((paper) => paper.trust === each)) ?? null
  return {
    component: key,
    name,
    code,
    way,
    trust,
    vaultItems: taken.flatMap(({ vaultItemId }) => vaultItemId ?? []),
    flags: flagsOf(way, trust, isDigitised),
  }
}

const best: readonly PaperWay[] = ['vault', 'register', 'upload', 'upload-known', 'shown']
const order: readonly Trust[] = ['issued', 'digitised', 'certified-copy', 'own-upload']

// Before ways were noted the source alone says.
function wayTaken({ how, source }: Taken): PaperWay {
  if (how !== undefined) return how
  if (source === 'vault' || source === 'register') return source
  return 'upload'
}

const withoutFile = (provision: ComponentLine['provision']): ReuseWay =>
  provision === 'lookup' ? 'register' : provision === 'show' ? 'shown' : 'none'

// A scan that nobody compared and signed is a picture, whoever made it (TT 01/2023/TT-VPCP, Điều 5).
function flagsOf(way: ReuseWay, trust: Trust | null, isDigitised: boolean): ComponentFlags {
  const official = trust !== null && trust !== 'own-upload'
  return {
    DuocSoHoa: (way === 'vault' && official) || isDigitised ? 1 : 0,
    DuocTaiSuDung: way === 'vault' ? 1 : way === 'register' ? 2 : 0,
    DuocLayTuKhoDMQG: way === 'vault' ? 1 : 0,
  }
}
