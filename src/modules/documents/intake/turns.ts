/** Lets so many pieces of work go on at once; the others wait in the order in which they came. */
export function takingTurns(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  let going = 0
  const waiting: (() => void)[] = []
  return async (work) => {
    if (going >= most) await new Promise<void>((begin) => waiting.push(begin))
    else going++
    try {
      return await work()
    } finally {
      // Whoever waits takes this place over, so the count stays.
      const next = waiting.shift()
      if (next) next()
      else going--
    }
  }
}

/** Does a piece of work, by its name, unless it is going on in this process already. */
export function unlessGoing(): (name: string, work: () => Promise<void>) => Promise<void> {
  const going = new Set<string>()
  return async (name, work) => {
    if (going.has(name)) return
    going.add(name)
    try {
      await work()
    } finally {
      going.delete(name)
    }
  }
}
