import { isRefusal, type Outcome } from '../../kernel/errors.ts'
import type { CompiledProcess } from './compiled-process.ts'
import { onlyProcess } from './compiling/only-process.ts'
import { readXml } from './compiling/read-xml.ts'
import { namespace } from './moddle-extension.ts'

const bpmn = 'http://www.omg.org/spec/BPMN/20100524/MODEL'
// What is no tag is stepped over; of a start tag, its prefix, its name and its attributes.
const parts =
  /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<(?:([\w.-]+):)?([\w.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*\/?>/g

/**
 * A model as BPMN 2.0 XML for other tools. The text is the one that was imported, letter by letter - with what we do
 * not run, the extensions of other tools and the drawing -, but for what its process says of itself: which version
 * it is and when it holds. Refuses what cannot be read.
 */
export async function exportProcess(
  xml: string,
  edition?: CompiledProcess['edition'],
): Promise<Outcome<string>> {
  const root = await readXml(xml)
  if (isRefusal(root)) return root
  const id = onlyProcess(root, () => undefined)?.id
  if (edition === undefined || id === undefined) return xml
  return stated(xml, id, edition)
}

function stated(
  xml: string,
  id: string,
  { version, validFrom, validTo }: CompiledProcess['edition'],
): string {
  let root: string | undefined
  for (const { 0: tag, 1: prefix, 2: name, 3: attributes = '', index } of xml.matchAll(parts)) {
    if (name === undefined) continue
    root ??= attributes
    const around = [root, attributes]
    if (name !== 'process' || declared(around, prefix) !== bpmn || statedIn(attributes, 'id') !== id) continue
    const ours = prefixOf(around)
    const values = { version: `${version}`, validFrom, validTo }
    const declaration = ours === undefined ? ` xmlns:${newPrefix}="${namespace}"` : ''
    const changed = Object.entries(values).reduce(
      (text, [key, value]) => withAttribute(text, `${ours ?? newPrefix}:${key}`, value),
      attributes + declaration,
    )
    return xml.slice(0, index) + tag.replace(attributes, () => changed) + xml.slice(index + tag.length)
  }
  return xml
}

const newPrefix = 'motcua'

// A process stands at the root: what its own tag declares goes before what the root declares.
const declared = (around: string[], prefix: string | undefined) =>
  around
    .map((attributes) => statedIn(attributes, prefix === undefined ? 'xmlns' : `xmlns:${prefix}`))
    .findLast(Boolean)

const prefixOf = (around: string[]) =>
  around
    .flatMap(
      (attributes) =>
        /xmlns:([\w.-]+)\s*=\s*["']https:\/\/motcua\.vn\/schema\/bpmn["']/.exec(attributes)?.[1] ?? [],
    )
    .at(-1)

const attributeNamed = (name: string) =>
  new RegExp(`\\s${name.replaceAll('.', '\\.')}\\s*=\\s*("[^"]*"|'[^']*')`)

const statedIn = (attributes: string, name: string) =>
  attributeNamed(name).exec(attributes)?.[1]?.slice(1, -1)

function withAttribute(attributes: string, name: string, value: string | null): string {
  const rest = attributes.replace(attributeNamed(name), '')
  return value === null ? rest : `${rest} ${name}="${value.replace(/[^\w-]/g, '')}"`
}
