import { type PdfDict, PdfRef, PdfStream, type PdfValue } from '../pdf/pdf-values.ts'
import type { PdfFile } from '../pdf/read-pdf.ts'
import { type ChangeCode, changeCodes } from '../types.ts'
import { readFields } from './fields.ts'
import type { Revision } from './read-revisions.ts'

/**
 * What one writing did to a file, in kinds that people understand. It explains a verdict and makes none: where nothing
 * else fits it says that the structure was changed.
 */
export function whatChanged({ before, after }: { before: Revision; after: Revision }): ChangeCode[] {
  const found = new Set<ChangeCode>()
  try {
    look({ before: before.view, after: after.view, touched: after.touched, found })
  } catch {
    // A file that breaks while it is looked at was changed as well.
  }
  if (found.size === 0) found.add('structure')
  return changeCodes.filter((code) => found.has(code))
}

interface Look {
  before: PdfFile
  after: PdfFile
  touched: ReadonlySet<number>
  found: Set<ChangeCode>
}

function look(at: Look): void {
  const { after, touched, found } = at
  lookAtPages(at)
  lookAtFields(at)
  for (const num of touched) {
    const value = after.has(num) ? after.get(num) : null
    const dict = value instanceof PdfStream ? value.dict : value instanceof Map ? value : undefined
    if (!dict) continue
    if (dict.has('JS') || after.nameOf(dict.get('S')) === 'JavaScript') found.add('script')
    if (dict.has('OpenAction') && after.dict(dict.get('OpenAction'))) markScript(at, dict)
    if (dict.has('EF') || dict.has('EmbeddedFiles') || after.nameOf(dict.get('Type')) === 'EmbeddedFile')
      found.add('attachment')
    if (dict.has('OCGs') || after.nameOf(dict.get('Type')) === 'OCG') found.add('layers')
  }
}

function markScript({ after, found }: Look, dict: PdfDict): void {
  const action = after.dict(dict.get('OpenAction'))
  if (action?.has('JS') || action?.has('S')) found.add('script')
}

function lookAtPages({ before, after, touched, found }: Look): void {
  const [were, are] = [before.pages(), after.pages()]
  if (were.length !== are.length || were.some(({ ref }, i) => ref.num !== are[i]!.ref.num)) found.add('pages')
  const known = new Set(were.map(({ ref }) => ref.num))
  for (const { ref, dict } of are) {
    if (!known.has(ref.num)) continue
    const old = before.dict(ref)
    for (const key of ['Contents', 'Resources', 'MediaBox', 'CropBox', 'Rotate', 'UserUnit'])
      if (differs(old?.get(key), dict.get(key)) || reaches(after, dict.get(key), touched))
        found.add('page-content')
    const annotations = (file: PdfFile, page: PdfDict | undefined) =>
      file.array(page?.get('Annots')) ?? ([] as PdfValue[])
    const already = annotations(before, old)
    for (const one of annotations(after, dict)) {
      const isNew = !already.some((other) => !differs(other, one))
      const isWidget = after.nameOf(after.dict(one)?.get('Subtype')) === 'Widget'
      if ((isNew || (one instanceof PdfRef && touched.has(one.num))) && !isWidget) found.add('overlay')
    }
    if (already.length > annotations(after, dict).length) found.add('overlay')
  }
}

function lookAtFields({ before, after, touched, found }: Look): void {
  const known = new Map(readFields(before).map((field) => [field.ref.num, field]))
  for (const { ref, dict, type } of readFields(after)) {
    const old = known.get(ref.num)
    if (!old) {
      if (type !== 'Sig') found.add('overlay')
      continue
    }
    if (differs(old.dict.get('V'), dict.get('V')) || reaches(after, dict.get('V'), touched))
      found.add('field-value')
    if (differs(old.dict.get('AP'), dict.get('AP')) || reaches(after, dict.get('AP'), touched))
      found.add('appearance')
    if (differs(old.dict.get('Rect'), dict.get('Rect'))) found.add('appearance')
  }
}

const deepest = 12

/** Whether something that was written later is reached from a value. */
function reaches(file: PdfFile, value: PdfValue | undefined, touched: ReadonlySet<number>): boolean {
  const seen = new Set<number>()
  const walk = (here: PdfValue | undefined, depth: number): boolean => {
    if (depth > deepest || here === undefined) return false
    if (here instanceof PdfRef) {
      if (touched.has(here.num)) return true
      if (seen.has(here.num)) return false
      seen.add(here.num)
      return walk(file.get(here.num), depth + 1)
    }
    if (here instanceof PdfStream) return walk(here.dict, depth + 1)
    if (Array.isArray(here)) return here.some((one) => walk(one, depth + 1))
    // Up again to the page and its neighbours, everything would be reached.
    return here instanceof Map && [...here].some(([key, one]) => !upwards.has(key) && walk(one, depth + 1))
  }
  return walk(value, 0)
}

const upwards = new Set(['Parent', 'P', 'Prev', 'Next', 'StructParent'])

const differs = (a: PdfValue | undefined, b: PdfValue | undefined): boolean => plain(a) !== plain(b)

// Direct values only: what references lead to is looked at by `reaches`.
const plain = (value: PdfValue | undefined): string =>
  JSON.stringify(value ?? null, (_key, one) =>
    one instanceof Map ? [...one].sort(([a], [b]) => (a < b ? -1 : 1)) : one,
  )
