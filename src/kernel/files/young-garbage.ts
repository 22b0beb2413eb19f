import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

type Collect = (options: { type: 'minor' }) => void

/** So much may pass before packets that are done with are let go; a minor collection takes about a millisecond. */
const passing = 8 * 1_048_576
let passed = 0
let collect: Collect | undefined

/**
 * Counts bytes that passed through memory. Packets are small things in the heap and large outside of it: left alone, the
 * engine looks through its whole old heap for them every thirty megabytes, which costs more than hashing and writing them.
 */
export function passedBytes(length: number): void {
  passed += length
  if (passed < passing) return
  passed = 0
  collect ??= findCollector()
  collect({ type: 'minor' })
}

// The engine gives its collector to whoever asks by flag, at any time; where it does not, nothing is lost but time.
function findCollector(): Collect {
  try {
    setFlagsFromString('--expose-gc')
    return runInNewContext('gc') as Collect
  } catch {
    return () => undefined
  }
}
