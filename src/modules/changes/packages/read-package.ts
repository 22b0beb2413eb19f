import { unzipSync } from 'fflate'
import { isRefusal, type Outcome } from '../../../kernel/errors.ts'
import { readJson } from '../../../kernel/read-json.ts'
import { type Contents, type PartKind, partKinds, partSchemas } from '../contents.ts'
import { Manifest, manifestFile, partFiles, sha256 } from './package-file.ts'
import { packageRefusals as refusals } from './refusals.ts'

const megabyte = 1024 * 1024
/** The most that a package may weigh, packed and unpacked. */
export const mostPacked = 10 * megabyte
const mostUnpacked = 30 * megabyte

/** A package that was read: its manifest and the parts that it holds. */
export interface ReadPackage {
  manifest: Manifest
  contents: Partial<Contents>
}

/**
 * Reads a package without trusting it: only the files of a package may be in it, each as large and with the hash that
 * the manifest states, as plain data. Nothing is executed and nothing is written to disk.
 */
export function readPackage(bytes: Uint8Array): Outcome<ReadPackage> {
  const files = unpack(bytes)
  if (isRefusal(files)) return files
  const manifest = readManifest(files)
  if (isRefusal(manifest)) return manifest
  const contents: Record<string, unknown> = {}
  for (const part of partKinds) {
    const read = readPart(part, files, manifest)
    if (isRefusal(read)) return read
    if (read !== undefined) contents[part] = read
  }
  return contents.procedure === undefined
    ? refusals.fileMissing({ path: partFiles.procedure })
    : { manifest, contents: contents as Partial<Contents> }
}

type Files = Record<string, Uint8Array>

function unpack(bytes: Uint8Array): Outcome<Files> {
  if (bytes.length > mostPacked) return refusals.tooLarge({ limitMb: mostPacked / megabyte })
  const known = new Set([manifestFile, ...Object.values(partFiles)])
  const strange: string[] = []
  const seen = new Set<string>()
  let unpacked = 0
  try {
    const files = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        unpacked += originalSize
        if (!known.has(name) || seen.has(name)) strange.push(name)
        seen.add(name)
        return known.has(name) && unpacked <= mostUnpacked
      },
    })
    if (unpacked > mostUnpacked) return refusals.tooLarge({ limitMb: mostUnpacked / megabyte })
    const [first] = strange
    return first === undefined ? files : refusals.strangeFile({ path: first.slice(0, 120) })
  } catch {
    return refusals.noPackage()
  }
}

function readManifest(files: Files): Outcome<Manifest> {
  const value = jsonOf(files[manifestFile])
  const parsed = Manifest.safeParse(value)
  if (parsed.success) return parsed.data
  return refusals.manifest({ at: parsed.error.issues[0]?.path.join('.') || manifestFile })
}

function readPart(part: PartKind, files: Files, manifest: Manifest): Outcome<unknown> {
  const path = partFiles[part]
  const bytes = files[path]
  const stated = manifest.files.find((each) => each.path === path)
  if (!bytes && !stated) return undefined
  if (!bytes) return refusals.fileMissing({ path })
  if (!stated || stated.bytes !== bytes.length || stated.sha256 !== sha256(bytes))
    return refusals.altered({ path })
  const value = part === 'process' ? { xml: utf8(bytes) } : jsonOf(bytes)
  const parsed = partSchemas[part].safeParse(value)
  return parsed.success ? parsed.data : refusals.unreadable({ path })
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function jsonOf(bytes: Uint8Array | undefined): unknown {
  const text = bytes && utf8(bytes)
  return text === undefined ? undefined : readJson(text)
}
