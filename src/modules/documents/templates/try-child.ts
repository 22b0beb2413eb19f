import { writeSync } from 'node:fs'
import { join } from 'node:path'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { watchMemory } from '../intake/watch-memory.ts'
import { fontFiles } from '../typst/fonts.ts'
import { begunMark, type TryJob, type TryReply } from './try-job.ts'

/*
 * The process that lays out a template under edit, or prints one that was written by hand. It has an empty folder to read from, no network, a limit of
 * memory, and a parent that ends it: whatever the template does, it does to this process alone.
 */

async function readAll(): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of process.stdin) parts.push(part as Buffer)
  return Buffer.concat(parts).toString('utf8')
}

function tried({ root, library, source, data, want, standard, createdAt, mostPages }: TryJob): TryReply {
  const compiler = NodeCompiler.create({ workspace: root, fontArgs: [{ fontBlobs: fontFiles() }] })
  for (const [name, text] of Object.entries(library)) compiler.mapShadow(join(root, name), Buffer.from(text))
  const main = join(root, 'main.typ')
  compiler.addSource(main, source)
  const compiled = compiler.compile({ mainFilePath: main, inputs: { data } })
  if (compiled.result === null || compiled.hasError()) {
    const failure = compiled.takeError()
    return { problems: failure ? compiler.fetchDiagnostics(failure).map(problemIn) : [nothing] }
  }
  const pages = compiled.result.numOfPages
  if (pages > mostPages) return { tooManyPages: pages }
  try {
    // A picture alone would hide what PDF/A refuses, a missing glyph for one.
    const pdf = compiler.pdf(compiled.result, { pdfStandard: standard, creationTimestamp: createdAt })
    if (want === 'pdf') {
      const open = compiler.query(compiled.result, { selector: '<open-place>', field: 'value' }) as unknown[]
      return { pages, pdf: pdf.toString('base64'), open }
    }
    return { pages, svg: compiler.plainSvg(compiled.result) }
  } catch (error) {
    return {
      problems: [{ line: null, message: error instanceof Error ? error.message : String(error), path: '' }],
    }
  }
}

const nothing = { line: null, message: 'no document', path: '' }

interface Diagnostic {
  message: string
  path: string
  range: { start: { line: number } } | null
}

const problemIn = ({ message, path, range }: Diagnostic) => ({
  line: range ? range.start.line + 1 : null,
  message,
  path,
})

const job = JSON.parse(await readAll()) as TryJob
await watchMemory(job.megabytes)
writeSync(1, begunMark)
const reply = JSON.stringify(tried(job))
process.stdout.write(reply, () => process.exit(0))
