import { createHash } from 'node:crypto'
import { strToU8, zipSync } from 'fflate'
import { z } from 'zod'
import { cleanText } from '../../../kernel/text.ts'
import { type Contents, type PartKind, partKinds } from '../contents.ts'

/*
 * A package is one procedure in one file: a zip with a manifest and a file for each part. What it installs is a draft
 * that goes the way of every change, so a package can bring nothing into force by itself.
 */

const packageFormat = 'motcua-package/1'

/** The file of each part; nothing else may be in a package. */
export const partFiles: Record<PartKind, string> = {
  procedure: 'procedure.json',
  form: 'form.json',
  process: 'process.bpmn',
  templates: 'templates.json',
  tests: 'tests.json',
}
export const manifestFile = 'manifest.json'

const Line = cleanText.pipe(z.string().min(1).max(500))

/** What a package says of itself. */
export const Manifest = z.strictObject({
  format: z.literal(packageFormat),
  procedureCode: z.string().regex(/^\d\.\d{6}$/),
  name: Line,
  /** The edition that it was taken from; null for a draft. */
  edition: z
    .strictObject({ version: z.int().positive(), validFrom: z.iso.date(), decision: Line.nullable() })
    .nullable(),
  madeAt: z.iso.datetime(),
  /** Where its facts come from, and under which licence it may be used. */
  source: Line,
  licence: Line,
  files: z
    .array(
      z.strictObject({
        path: z.enum(Object.values(partFiles) as [string, ...string[]]),
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
        bytes: z.int().nonnegative(),
      }),
    )
    .max(partKinds.length),
})
export type Manifest = z.infer<typeof Manifest>

/** What is said of a package beside its parts. */
export type About = Pick<Manifest, 'name' | 'edition' | 'madeAt' | 'source' | 'licence'>

/** The hash by which a manifest names the bytes of a file. */
export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** Writes a package. The same contents give the same bytes. */
export function writePackage(contents: Contents, about: About): Uint8Array {
  const files = partKinds.map((part) => ({ path: partFiles[part], bytes: strToU8(textOf(part, contents)) }))
  const manifest: Manifest = {
    format: packageFormat,
    procedureCode: contents.procedure.procedureCode,
    ...about,
    files: files.map(({ path, bytes }) => ({ path, sha256: sha256(bytes), bytes: bytes.length })),
  }
  const all = [{ path: manifestFile, bytes: strToU8(json(manifest)) }, ...files]
  // A fixed time in the zip keeps the bytes the same.
  const mtime = new Date(about.madeAt)
  return zipSync(Object.fromEntries(all.map(({ path, bytes }) => [path, [bytes, { mtime }]])))
}

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`

const textOf = (part: PartKind, contents: Contents): string =>
  part === 'process' ? contents.process.xml : json(contents[part])
