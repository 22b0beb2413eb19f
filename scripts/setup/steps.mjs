import { Refusal } from './place.mjs'

/** Runs one step and prints it with its seconds, Vietnamese first. */
export async function step(vi, en, work, out = process.stdout) {
  const begun = performance.now()
  const result = await work()
  const seconds = ((performance.now() - begun) / 1000).toFixed(1).padStart(5)
  out.write(`${seconds} s  ${vi} · ${en}\n`)
  return result
}

/** Runs a whole script; what we refuse on purpose is one sentence, the rest is a bug and shows itself. */
export async function main(work) {
  try {
    process.exitCode = (await work()) ?? 0
  } catch (error) {
    process.stderr.write(`\n${error instanceof Refusal ? error.message : error.stack}\n`)
    process.exitCode = 1
  }
}
