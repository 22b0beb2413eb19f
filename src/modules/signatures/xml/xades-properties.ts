import { createHash } from 'node:crypto'
import { C14nCanonicalization, ExclusiveCanonicalization } from 'xml-crypto'
import { digestNames } from '../cms/raw-signature.ts'
import { readTimeStamp, type TimeStamp } from '../cms/read-time-stamp.ts'
import type { Material } from '../pades/security-store.ts'

const dsig = 'http://www.w3.org/2000/09/xmldsig#'
const xades = 'http://uri.etsi.org/01903/v1.3.2#'
const mostTokens = 5
const mostValues = 50

/** What stands unsigned in a signature (ETSI EN 319 132-1, 5.3 to 5.5): it proves itself or counts for nothing. */
export interface UnsignedProperties {
  /** Time stamps over the value of the signature that fit it; whether their authority is believed is asked elsewhere. */
  stamps: TimeStamp[]
  /** A time stamp that is broken or over something else. */
  hasWrongStamp: boolean
  material: Material
}

/** Reads the time stamps of a signature, and the certificates and answers that it brings along. */
export function unsignedProperties(node: Element): UnsignedProperties {
  const properties = below(
    ['Object', 'QualifyingProperties', 'UnsignedProperties', 'UnsignedSignatureProperties'],
    node,
  )
  const wrapped = properties.flatMap((one) => childrenOf(one, 'SignatureTimeStamp')).slice(0, mostTokens)
  const value = childrenOf(node, 'SignatureValue')[0]
  const read = wrapped.map((stamp) => (value ? stampOver(stamp, value) : undefined))
  return {
    stamps: read.filter((one) => one !== undefined),
    hasWrongStamp: read.includes(undefined),
    material: {
      certificates: valuesIn(properties, 'EncapsulatedX509Certificate'),
      ocsps: valuesIn(properties, 'EncapsulatedOCSPValue'),
      crls: valuesIn(properties, 'EncapsulatedCRLValue'),
    },
  }
}

function below(path: readonly string[], from: Element): Element[] {
  return path.reduce<Element[]>((nodes, name) => nodes.flatMap((node) => childrenOf(node, name)), [from])
}

const childrenOf = (node: Element, name: string): Element[] =>
  Array.from(node.childNodes).filter(
    (one): one is Element =>
      one.nodeType === 1 &&
      (one as Element).localName === name &&
      [dsig, xades].includes((one as Element).namespaceURI ?? ''),
  )

/** The token of a time stamp when it is over this value; undefined when it is broken or over something else. */
function stampOver(stamp: Element, value: Element): TimeStamp | undefined {
  const [encoded] = childrenOf(stamp, 'EncapsulatedTimeStamp')
  const [method] = childrenOf(stamp, 'CanonicalizationMethod')
  const written = canonical(value, method?.getAttribute('Algorithm') ?? inclusive)
  const token = encoded && readTimeStamp(bytesIn(encoded))
  const hash = token && digestNames[token.algorithm]
  if (!hash || written === undefined) return undefined
  const fits = Buffer.compare(createHash(hash).update(written).digest(), token.hash) === 0
  return fits ? token : undefined
}

const inclusive = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315'
const inclusive11 = 'http://www.w3.org/2006/12/xml-c14n11'
const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#'

/** The value of a signature as its stamp hashed it. */
function canonical(value: Element, algorithm: string): string | undefined {
  if (algorithm === exclusive) return String(new ExclusiveCanonicalization().process(value as never, {}))
  if (algorithm !== inclusive && algorithm !== inclusive11) return undefined
  const ancestorNamespaces = namespacesAround(value)
  return String(new C14nCanonicalization().process(value as never, { ancestorNamespaces } as never))
}

/** Every namespace that is in force at an element, its nearest declaration. */
function namespacesAround(element: Element): { prefix: string; namespaceURI: string }[] {
  const found = new Map<string, string>()
  for (let here: Node | null = element; here?.nodeType === 1; here = here.parentNode)
    for (const { name, value } of Array.from((here as Element).attributes)) {
      if (name !== 'xmlns' && !name.startsWith('xmlns:')) continue
      const prefix = name === 'xmlns' ? '' : name.slice('xmlns:'.length)
      if (!found.has(prefix)) found.set(prefix, value)
    }
  // Without a prefix the element writes the default namespace itself.
  if (!element.prefix) found.delete('')
  return [...found].map(([prefix, namespaceURI]) => ({ prefix, namespaceURI }))
}

function valuesIn(properties: readonly Element[], name: string): Uint8Array[] {
  return properties
    .flatMap((one) => Array.from(one.getElementsByTagNameNS(xades, name)))
    .slice(0, mostValues)
    .map(bytesIn)
}

const bytesIn = (element: Element): Uint8Array =>
  new Uint8Array(Buffer.from((element.textContent ?? '').replace(/\s/g, ''), 'base64'))
