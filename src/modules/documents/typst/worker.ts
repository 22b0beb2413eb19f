import { fileURLToPath } from 'node:url'
import { parentPort } from 'node:worker_threads'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { fontFiles } from './fonts.ts'
import type { TypstJob, TypstReply } from './pool.ts'

const workspace = fileURLToPath(new URL('../templates', import.meta.url))
const compiler = NodeCompiler.create({ workspace, fontArgs: [{ fontBlobs: fontFiles() }] })

parentPort?.on('message', (job: TypstJob) => {
  const reply = print(job)
  parentPort?.postMessage(reply)
})

function print(job: TypstJob): TypstReply {
  try {
    const pdf = toPdf(job)
    return { id: job.id, pdf: new Uint8Array(pdf) }
  } catch (error) {
    return { id: job.id, error: error instanceof Error ? error.message : String(error) }
  } finally {
    // Typst remembers every document it lays out; without this each one leaves about a megabyte behind.
    compiler.evictCache(0)
  }
}

function toPdf({ template, data, standard, createdAt }: TypstJob): Buffer {
  const mainFilePath = `${workspace}/${template}.typ`
  const compiled = compiler.compile({ mainFilePath, inputs: { data } })
  if (compiled.result === null || compiled.hasError()) {
    const failure = compiled.takeError()
    throw new Error(JSON.stringify(failure && compiler.fetchDiagnostics(failure)))
  }
  return compiler.pdf(compiled.result, { pdfStandard: standard, creationTimestamp: createdAt })
}
