import { existsSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { fontFiles } from './fonts.ts'
import type { OpenPlace, Printed, TypstJob, TypstReply } from './pool.ts'

const { library, libraries } = workerData as { library: string; libraries: Record<string, string> }
const fonts = fontFiles()
/** One compiler for each edition: its folder is all that its templates can read. */
const compilers = new Map<string, NodeCompiler>()

parentPort?.on('message', (job: TypstJob) => {
  const reply = print(job)
  parentPort?.postMessage(reply)
})

function print(job: TypstJob): TypstReply {
  try {
    const compiler = job.source === undefined ? compilerOf(job.folder) : bareCompiler(job.source)
    const printed = toPdf(
      compiler,
      job.source === undefined ? job : { ...job, folder: bare, template: 'main' },
    )
    return { id: job.id, ...printed }
  } catch (error) {
    return { id: job.id, error: error instanceof Error ? error.message : String(error) }
  }
}

function toPdf(compiler: NodeCompiler, job: TypstJob): Printed {
  const { folder, template, data, standard, createdAt, assets = {} } = job
  const paths = Object.keys(assets).map((name) => join(folder, basename(name)))
  try {
    for (const [i, content] of Object.values(assets).entries())
      compiler.mapShadow(paths[i]!, Buffer.from(content.buffer, content.byteOffset, content.byteLength))
    const compiled = compiler.compile({ mainFilePath: join(folder, `${template}.typ`), inputs: { data } })
    if (compiled.result === null || compiled.hasError()) {
      const failure = compiled.takeError()
      throw new Error(failure ? told(compiler.fetchDiagnostics(failure), folder) : 'no document')
    }
    const open = compiler.query(compiled.result, { selector: '<open-place>', field: 'value' }) as OpenPlace[]
    const pdf = compiler.pdf(compiled.result, { pdfStandard: standard, creationTimestamp: createdAt })
    return { pdf: new Uint8Array(pdf), open }
  } finally {
    for (const path of paths) compiler.unmapShadow(path)
    // Typst remembers every document it lays out; without this each one leaves about a megabyte behind.
    compiler.evictCache(0)
  }
}

interface Diagnostic {
  message: string
  path: string
  range: { start: { line: number } } | null
}

// "receipt.typ:3: unclosed delimiter": who may read it need not know where the installation keeps its files.
function told(diagnostics: Diagnostic[], folder: string): string {
  return diagnostics
    .map(({ message, path, range }) => {
      const line = range ? `:${range.start.line + 1}` : ''
      return `${basename(path)}${line}: ${message.replaceAll(folder, '')}`
    })
    .join('; ')
}

function compilerOf(folder: string): NodeCompiler {
  const known = compilers.get(folder)
  if (known) return known
  const compiler = NodeCompiler.create({ workspace: folder, fontArgs: [{ fontBlobs: fonts }] })
  const own = join(folder, 'lib.typ')
  // An edition that changes one form takes the rest, head and signatures, from the shipped library.
  if (!existsSync(own)) compiler.mapShadow(own, readFileSync(library))
  compilers.set(folder, compiler)
  return compiler
}

/** No folder at all: a template of a procedure reads the two libraries and nothing else. */
const bare = resolve('/nothing-to-read')
let bareOne: NodeCompiler | undefined

function bareCompiler(source: string): NodeCompiler {
  bareOne ??= openBare()
  bareOne.addSource(join(bare, 'main.typ'), source)
  return bareOne
}

function openBare(): NodeCompiler {
  const compiler = NodeCompiler.create({ workspace: bare, fontArgs: [{ fontBlobs: fonts }] })
  for (const [name, path] of Object.entries(libraries))
    compiler.mapShadow(join(bare, name), readFileSync(path))
  return compiler
}
