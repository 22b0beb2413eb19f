interface Waiting<In, Out> {
  item: In
  resolve(out: Out): void
  reject(error: unknown): void
}

/**
 * Lets calls that arrive together be answered together: `work` gets them in one batch and gives one answer for each,
 * in order. With nobody else about, a call goes alone and at once; under load a round trip serves many.
 * `flying` batches may be under way at a time, of `most` calls each. When a batch breaks, each call is tried alone,
 * so `work` must have done nothing when it throws, or doing it again must do no harm.
 */
export function together<In, Out>(
  work: (items: In[]) => Promise<Out[]>,
  { flying: mostFlying = 2, most = 32 }: { flying?: number; most?: number } = {},
): (item: In) => Promise<Out> {
  let waiting: Waiting<In, Out>[] = []
  let flying = 0
  let called = false

  const flush = () => {
    called = false
    while (waiting.length > 0 && flying < mostFlying) {
      const batch = waiting.slice(0, most)
      waiting = waiting.slice(most)
      flying += 1
      void answer(batch).finally(() => {
        flying -= 1
        flush()
      })
    }
  }
  const answer = async (batch: Waiting<In, Out>[]) => {
    try {
      const answers = await work(batch.map(({ item }) => item))
      for (const [i, { resolve }] of batch.entries()) resolve(answers[i]!)
    } catch (error) {
      if (batch.length === 1) batch[0]!.reject(error)
      else await Promise.all(batch.map((one) => answer([one])))
    }
  }
  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      // What the same turn of the event loop reads from its sockets belongs together.
      if (!called) setImmediate(flush)
      called = true
    })
}
