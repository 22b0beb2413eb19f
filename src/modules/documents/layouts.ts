import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { type SlipKind, slipKinds } from './forms.ts'

/*
 * How a form looks is data: an edition is a folder of Typst templates with a manifest that says which forms it
 * lays out, from which day, on which paper, and how sure we are of it. An installation may bring its own editions.
 */

export const PageSize = z.enum(['a5', 'a5-landscape', 'a4', 'a4-landscape'])
export type PageSize = z.infer<typeof PageSize>

const FormLayout = z.strictObject({
  /** The number that the law gives the form, e.g. "Mẫu 01". */
  number: z.string().max(40).nullish(),
  template: z.string().regex(/^[a-z][a-z0-9-]*$/),
  page: PageSize,
  source: z.string().min(1).max(500),
  /** C read in the text of law, S second-hand, R recalled, U uncertain. */
  confidence: z.enum(['C', 'S', 'R', 'U']),
})

export const Manifest = z.strictObject({
  edition: z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/),
  name: z.string().min(1).max(200),
  validFrom: z.iso.date(),
  note: z.string().max(2000).optional(),
  forms: z.partialRecord(z.enum(slipKinds), FormLayout),
})
export type Manifest = z.infer<typeof Manifest>

export interface Edition {
  manifest: Manifest
  /** Folder that templates may read; nothing outside it. */
  folder: string
  /** The installation's own, not the product's. */
  own: boolean
}

/** A folder of the installation that holds no usable edition, and why. */
export interface UnreadableEdition {
  folder: string
  reason: string
}

export interface Layouts {
  editions: readonly Edition[]
  unreadable: readonly UnreadableEdition[]
}

/** The layout of one form on one day. */
export interface Layout {
  edition: string
  folder: string
  own: boolean
  template: string
  page: PageSize
}

const shippedFolder = join(import.meta.dirname, 'layouts')

/** What a template of an installation imports as `lib.typ` when its edition brings none. */
export const sharedLibrary = join(shippedFolder, 'tt03-2025', 'lib.typ')

/**
 * Reads the shipped editions and those of the installation's folder. A folder that cannot be read is left out and
 * named with the reason: a slip of the pen in a manifest does not stop a counter.
 */
export async function readLayouts(ownFolder?: string): Promise<Layouts> {
  const shipped = await editionsIn(shippedFolder, false)
  const own = ownFolder === undefined ? nothing : await editionsIn(ownFolder, true)
  return {
    editions: [...own.editions, ...shipped.editions],
    unreadable: [...own.unreadable, ...shipped.unreadable],
  }
}

const nothing: Layouts = { editions: [], unreadable: [] }

async function editionsIn(folder: string, own: boolean): Promise<Layouts> {
  const names = await readdir(folder, { withFileTypes: true }).catch((error: Error) => error)
  if (names instanceof Error) return { editions: [], unreadable: [{ folder, reason: names.message }] }
  const folders = names.filter((each) => each.isDirectory()).map(({ name }) => join(folder, name))
  const read = await Promise.all(folders.sort().map((each) => readEdition(each, own)))
  return {
    editions: read.filter((each) => 'manifest' in each),
    unreadable: read.filter((each) => 'reason' in each),
  }
}

async function readEdition(folder: string, own: boolean): Promise<Edition | UnreadableEdition> {
  try {
    const parsed = Manifest.safeParse(JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')))
    if (!parsed.success) return { folder, reason: z.prettifyError(parsed.error) }
    return { manifest: parsed.data, folder, own }
  } catch (error) {
    return { folder, reason: (error as Error).message }
  }
}

/**
 * The layout of a form on a day: the installation's own comes first, then the newest edition in force. A paper
 * dated before every edition takes the oldest one. Pure.
 */
export function layoutOf({ editions }: Pick<Layouts, 'editions'>, kind: SlipKind, on: string): Layout {
  const covering = editions.filter(({ manifest }) => manifest.forms[kind] !== undefined).sort(newestFirst)
  const inForce = covering.filter(({ manifest }) => manifest.validFrom <= on)
  const chosen = inForce.find(({ own }) => own) ?? inForce[0] ?? covering.findLast(({ own }) => !own)
  if (chosen === undefined) throw new Error(`no edition lays out ${kind}`)
  const { template, page } = chosen.manifest.forms[kind]!
  return { edition: chosen.manifest.edition, folder: chosen.folder, own: chosen.own, template, page }
}

const newestFirst = (a: Edition, b: Edition) => b.manifest.validFrom.localeCompare(a.manifest.validFrom)
