import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { messages } from '../kernel/i18n.ts'
import { type Identified, identifyFile } from '../modules/documents/index.ts'
import { type Command, UsageError } from './command.ts'
import { withApp } from './with-app.ts'

export default {
  summary: 'say whether a paper is genuine, and check its signatures',
  help: `motcua verify-paper <file> [--json]

  --json   print what was found as one JSON object

The file is compared with everything that this installation issued, and each of its signatures is checked.
Exit code 0 when it is genuine and in force or its signatures are valid, 1 when not.`,
  async run(args) {
    const { path, json } = read(args)
    const bytes = readFileSync(path)
    return withApp(async (app) => {
      const found = await identifyFile({ db: app.db.pool, check: app.signatures }, bytes, app.now())
      process.stdout.write(json ? `${JSON.stringify(asJson(found))}\n` : `${inWords(found).join('\n')}\n`)
      return isGood(found) ? 0 : 1
    })
  },
} satisfies Command

function read(args: string[]): { path: string; json: boolean } {
  try {
    const options = { json: { type: 'boolean', default: false } } as const
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true })
    if (positionals.length !== 1) throw new UsageError('one file is wanted: motcua verify-paper <file>')
    return { path: positionals[0]!, json: values.json }
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}

const isSound = ({ report }: Identified) =>
  report?.verdict === 'valid' || report?.verdict === 'valid-with-notes'

const isGood = (found: Identified): boolean =>
  found.document ? found.document.status === 'valid' && (found.isWhole || isSound(found)) : isSound(found)

function asJson({ kind, sha256, document, isWhole, successors, report }: Identified) {
  const paper = (one: NonNullable<typeof document>) => {
    const { number, title, authorityName, issuedAt, status, statusReason, verifyCode } = one
    return { number, title, authorityName, issuedAt, status, statusReason, verifyCode }
  }
  const issued = document ? { ...paper(document), isWhole, successors: successors.map(paper) } : null
  return { kind, sha256, issued, report: report ?? null }
}

function inWords({ document, isWhole, successors, report, sha256 }: Identified): string[] {
  const t = messages('vi')
  const issued = document
    ? [
        isWhole
          ? 'Đúng bản đã phát hành · the very paper that was issued'
          : 'Bản đã phát hành, có thứ ghi thêm · issued, with something written behind it',
        `  ${document.title}, ${document.number}, ${document.authorityName}: ${t(`documents.status.${document.status}`)}`,
        ...(document.statusReason ? [`  ${document.statusReason}`] : []),
        ...successors.map(({ number, verifyCode }) => `  → ${number} (${verifyCode})`),
      ]
    : ['Không phải bản phát hành ở đây · not issued here']
  const signatures = (report?.signatures ?? []).flatMap((one) => [
    `${one.field}: ${one.signerName}${one.organisation ? `, ${one.organisation}` : ''}, ${one.signedAt ?? '?'}, ${one.level ?? '-'}`,
    ...one.problems.map((code) => `  ${t(`signatures.problem.${code}`)}`),
    ...one.changes.map((code) => `  + ${t(`signatures.change.${code}`)}`),
  ])
  const verdict = report
    ? [
        t(`signatures.verdict.${report.verdict}`),
        ...report.problems.map((code) => `  ${t(`signatures.problem.${code}`)}`),
      ]
    : ['Không phải PDF hay XML · neither PDF nor XML']
  return [`SHA-256 ${sha256}`, ...issued, ...signatures, ...verdict]
}
