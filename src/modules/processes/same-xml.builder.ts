/**
 * Two XML texts as one comparable form: names with the address of their namespace instead of its prefix, attributes
 * and children in the order of the alphabet, no comments, no layout. Reads the text with a scanner of its own.
 */
export function plainXml(xml: string): string[] {
  const root: Element = { name: '', attributes: [], children: [], text: '', names: {} }
  const open = [root]
  const body = xml.replace(/<!--[\s\S]*?-->|<\?[\s\S]*?\?>/g, '')
  for (const [whole, tag] of body.matchAll(/<([^>]+)>|[^<]+/g)) {
    const around = open.at(-1)!
    if (tag === undefined) around.text += whole
    else if (tag.startsWith('/')) open.pop()
    else {
      const element = elementOf(tag.replace(/\/$/, ''), around)
      around.children.push(element)
      if (!tag.endsWith('/')) open.push(element)
    }
  }
  return linesOf(root.children[0]!, '')
}

interface Element {
  name: string
  attributes: string[]
  children: Element[]
  text: string
  /** Addresses of namespaces by prefix; the one without prefix under the empty text. */
  names: Record<string, string>
}

function elementOf(tag: string, around: Element): Element {
  const [qualified = ''] = /^\S+/.exec(tag) ?? []
  const stated = [...tag.slice(qualified.length).matchAll(/([\w:.-]+)\s*=\s*("[^"]*"|'[^']*')/g)].map(
    ([, name = '', value = '']) => ({ name, value: value.slice(1, -1) }),
  )
  const declared = stated.filter(({ name }) => /^xmlns(:|$)/.test(name))
  const names = {
    ...around.names,
    ...Object.fromEntries(declared.map(({ name, value }) => [name.slice(6), value])),
  }
  const full = (name: string) =>
    name.includes(':') ? `{${names[name.split(':')[0]!]}}${name.split(':')[1]}` : name
  const attributes = stated
    .filter((each) => !declared.includes(each))
    .map(
      ({ name, value }) =>
        `${full(name)}=${name === 'xsi:type' ? value.replace(/^.*:/, '') : plainText(value)}`,
    )
  const name = qualified.includes(':') ? full(qualified) : `{${names['']}}${qualified}`
  return { name, attributes: attributes.toSorted(), children: [], text: '', names }
}

function linesOf(element: Element, indent: string): string[] {
  const text = plainText(element.text).trim()
  const inside = element.children.map((child) => linesOf(child, `${indent}  `))
  return [
    `${indent}${element.name} ${element.attributes.join(' ')}${text === '' ? '' : ` "${text}"`}`,
    ...inside.toSorted((a, b) => (a.join() < b.join() ? -1 : 1)).flat(),
  ]
}

const letters: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' }
const plainText = (text: string) =>
  text
    .replace(/<!\[CDATA\[|\]\]>/g, '')
    .replace(/&#(\d+);|&#x([0-9a-f]+);|&(\w+);/gi, (_, decimal, hex, name) =>
      name
        ? (letters[name] ?? '?')
        : String.fromCodePoint(decimal ? Number(decimal) : Number.parseInt(hex, 16)),
    )
