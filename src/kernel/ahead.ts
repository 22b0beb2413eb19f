/** The same items; each is asked for before the one before it is worked on, so that both go on at once. */
export async function* ahead<T>(source: AsyncGenerator<T>): AsyncGenerator<T> {
  let next = asked(source)
  try {
    for (;;) {
      const { done, value } = await next
      if (done) return
      next = asked(source)
      yield value
    }
  } finally {
    await source.return(undefined)
  }
}

// A failure is seen by whoever waits for the item; should nobody wait any more, it is no failure of the process.
function asked<T>(source: AsyncGenerator<T>): Promise<IteratorResult<T>> {
  const next = source.next()
  next.catch(() => undefined)
  return next
}
