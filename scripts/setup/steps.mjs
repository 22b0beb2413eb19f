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
    const known = error instanceof Refusal ? error : refusalOf(error)
    process.stderr.write(`\n${known ? known.message : error.stack}\n`)
    process.exitCode = 1
  }
}

function refusalOf({ code, path }) {
  if (code === 'ENOSPC')
    return new Refusal(
      'Ổ đĩa đã đầy: hãy giải phóng dung lượng rồi chạy lại.',
      'The disk is full: free some space and start again.',
    )
  if (['EACCES', 'EPERM', 'EROFS'].includes(code))
    return new Refusal(
      `Không ghi được ${path}: hãy kiểm tra chủ sở hữu và quyền của thư mục này.`,
      `${path} cannot be written: check its owner and permissions.`,
    )
  return undefined
}
