/** With fewer dossiers than this, counts could tell what became of one person's. */
export const fewestShown = 5

/** Counts of one cell, of as many stretches of time and bases as are withheld together. */
export type Amounts = readonly number[]

/** Cells that add up: each is the sum of those directly below it and of what it counts itself. */
export interface Summed {
  amounts: ReadonlyMap<string, Amounts>
  parentOf(code: string): string | null
}

/** Nothing at all tells of nobody. */
export const isSmall = (amounts: Amounts) => amounts.some((n) => n > 0 && n < fewestShown)

/** What a unit counts beside those below it, as one more cell: nobody is shown it, and anybody can subtract it. */
const ownOf = (code: string) => `${code}/own`

/**
 * The cells to withhold so that nobody can work out a small one: the small ones and those of `already`; with them, the
 * smallest others, until what everybody can subtract is the sum of at least two cells that is not small itself.
 * The same answer for the same figures. Decision 0027 has the proof.
 */
export function withholdTogether(
  { amounts, parentOf }: Summed,
  already: ReadonlySet<string> = new Set(),
): Set<string> {
  const tree = treeOf({ amounts, parentOf })
  const withheld = new Set([...tree.amounts].filter(([, n]) => isSmall(n)).map(([code]) => code))
  for (const code of already) withheld.add(code)
  for (let more = nextOf(tree, withheld); more !== undefined; more = nextOf(tree, withheld))
    withheld.add(more)
  return withheld
}

interface Tree {
  amounts: ReadonlyMap<string, Amounts>
  /** Cells directly below those that have any. */
  below: ReadonlyMap<string, readonly string[]>
}

function treeOf({ amounts, parentOf }: Summed): Tree {
  const all = new Map(amounts)
  const ofAnother = (code: string) => {
    const parent = parentOf(code)
    return parent !== null && amounts.has(parent)
  }
  const below = Map.groupBy([...amounts.keys()].filter(ofAnother).toSorted(), (code) => parentOf(code)!)
  for (const [code, children] of below) {
    const own = amounts
      .get(code)!
      .map((n, i) => children.reduce((left, each) => left - all.get(each)![i]!, n))
    if (own.every((n) => n === 0)) continue
    all.set(ownOf(code), own)
    children.push(ownOf(code))
  }
  return { amounts: all, below }
}

/** One more cell that must be withheld; undefined when nothing can be worked out any more. */
function nextOf(tree: Tree, withheld: ReadonlySet<string>): string | undefined {
  for (const [code, children] of tree.below) {
    if (withheld.has(code)) {
      // Whoever sees all that lies below a cell knows the cell.
      if (!children.some((each) => withheld.has(each))) return cheapest(tree, children) ?? children[0]
      continue
    }
    const { hidden, open } = regionOf(tree, code, withheld)
    if (hidden.length > 0 && !isSafe(hidden.map((each) => tree.amounts.get(each)!)))
      return cheapest(tree, open) ?? code
  }
  return undefined
}

/** The withheld cells without any below them that a shown cell sums up, and the shown ones beside them. */
function regionOf({ below }: Tree, code: string, withheld: ReadonlySet<string>) {
  const [hidden, open]: [string[], string[]] = [[], []]
  const look = (children: readonly string[]) => {
    for (const each of children) {
      if (!withheld.has(each)) open.push(each)
      else if (below.has(each)) look(below.get(each)!)
      else hidden.push(each)
    }
  }
  look(below.get(code)!)
  return { hidden, open }
}

/** Two unknowns at least, and a sum that anybody may have. */
const isSafe = (cells: readonly Amounts[]) =>
  cells.length > 1 && !isSmall(cells[0]!.map((_, i) => sum(cells.map((each) => each[i]!))))

/** The smallest that counts anything; what nobody is shown anyway costs nothing. */
function cheapest({ amounts }: Tree, open: readonly string[]): string | undefined {
  const weight = (code: string) => (code.endsWith('/own') ? 0 : sum(amounts.get(code)!))
  return open
    .filter((code) => sum(amounts.get(code)!) > 0)
    .toSorted((a, b) => weight(a) - weight(b) || (a < b ? -1 : 1))[0]
}

const sum = (amounts: Amounts) => amounts.reduce((all, n) => all + n, 0)
