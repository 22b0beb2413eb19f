import { parseExpression } from 'feelin'
import { type Outcome, refusal } from '../errors.ts'
import { type ArithmeticOp, type CompareOp, type Feel, type FeelTest, feelFunctions } from './feel-tree.ts'

const longestText = 4_000
const deepestTree = 60

export const feelRefusals = {
  tooLong: (length: number) => refusal('invalid', 'feel.too-long', { length, longest: longestText }),
  tooDeep: () => refusal('invalid', 'feel.too-deep', { deepest: deepestTree }),
  syntax: (position: number, near: string) => refusal('invalid', 'feel.syntax', { position, near }),
  unsupported: (construct: string, position: number, near: string) =>
    refusal('invalid', 'feel.unsupported', { construct, position, near }),
  unknownFunction: (name: string, position: number) =>
    refusal('invalid', 'feel.unknown-function', { name, position }),
  argumentCount: (name: string, position: number) =>
    refusal('invalid', 'feel.argument-count', { name, position }),
}

export interface CompileOptions {
  /** Functions a module adds: name → fewest and most arguments. */
  functions?: Record<string, readonly [number, number]>
}

/**
 * Turns FEEL text into the tree that we store and evaluate. Refuses text that is not FEEL
 * (`feel.syntax`) and FEEL that we leave out (`feel.unsupported`), each with its position.
 */
export function compileFeel(text: string, options: CompileOptions = {}): Outcome<Feel> {
  if (text.length > longestText) return feelRefusals.tooLong(text.length)
  // The parser's own effort grows steeply with nesting, so depth is looked at before it runs.
  if (deepestBracket(text) > deepestTree) return feelRefusals.tooDeep()
  const functions: Record<string, readonly [number, number]> = { ...feelFunctions, ...options.functions }
  // The parser is context-sensitive: it must know names that contain spaces or keywords beforehand.
  const known = Object.fromEntries(Object.keys(functions).map((name) => [name, () => null]))
  const tree = parseExpression(text, known, undefined)
  const walk = { text, functions, depth: 0 }
  try {
    const [whole, rest] = childrenOf(tree.topNode, walk)
    if (rest) throw new Unacceptable(feelRefusals.syntax(rest.from, near(rest, walk)))
    return toFeel(whole, walk)
  } catch (error) {
    if (error instanceof Unacceptable) return error.refusal
    throw error
  }
}

/** How deeply brackets stand in one another; those inside texts do not count. */
function deepestBracket(text: string): number {
  let [depth, deepest] = [0, 0]
  for (const [found] of text.matchAll(/"(?:[^"\\]|\\.)*"?|[([{]|[)\]}]/g)) {
    if (found.startsWith('"')) continue
    depth += '([{'.includes(found) ? 1 : -1
    deepest = Math.max(deepest, depth)
  }
  return deepest
}

/** The part of a lezer syntax node that we walk. */
interface SyntaxNode {
  readonly name: string
  readonly from: number
  readonly to: number
  readonly type: { readonly isError: boolean; readonly isSkipped: boolean }
  readonly firstChild: SyntaxNode | null
  readonly nextSibling: SyntaxNode | null
}

interface Walk {
  text: string
  functions: Record<string, readonly [number, number]>
  depth: number
}

class Unacceptable extends Error {
  readonly refusal: ReturnType<(typeof feelRefusals)[keyof typeof feelRefusals]>
  constructor(refused: ReturnType<(typeof feelRefusals)[keyof typeof feelRefusals]>) {
    super(refused.code)
    this.refusal = refused
  }
}

const near = (node: SyntaxNode, walk: Walk) =>
  walk.text.slice(node.from, Math.max(node.to, node.from + 12)).slice(0, 40)

function unsupported(construct: string, node: SyntaxNode, walk: Walk): never {
  throw new Unacceptable(feelRefusals.unsupported(construct, node.from, near(node, walk)))
}

function childrenOf(node: SyntaxNode, walk: Walk): SyntaxNode[] {
  const children: SyntaxNode[] = []
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.type.isError) throw new Unacceptable(feelRefusals.syntax(child.from, near(child, walk)))
    if (!child.type.isSkipped) children.push(child)
  }
  return children
}

const textOf = (node: SyntaxNode, walk: Walk) => walk.text.slice(node.from, node.to)
const nameOf = (node: SyntaxNode, walk: Walk) =>
  childrenOf(node, walk)
    .map((part) => textOf(part, walk))
    .join(' ')

function toFeel(node: SyntaxNode | null | undefined, outer: Walk): Feel {
  if (!node || node.type.isError) {
    const position = node?.from ?? outer.text.length
    throw new Unacceptable(feelRefusals.syntax(position, outer.text.slice(position, position + 40)))
  }
  if (outer.depth >= deepestTree) throw new Unacceptable(feelRefusals.tooDeep())
  const walk = { ...outer, depth: outer.depth + 1 }
  const children = childrenOf(node, walk)
  const [first, second, third] = children
  switch (node.name) {
    case 'null':
      return { is: 'literal', value: null }
    case 'BooleanLiteral':
      return { is: 'literal', value: textOf(node, walk) === 'true' }
    case 'NumericLiteral':
      return numberLiteral(node, walk)
    case 'StringLiteral':
      return { is: 'literal', value: stringOf(textOf(node, walk)) }
    case 'VariableName':
      return { is: 'path', names: [nameOf(node, walk)] }
    case 'PathExpression': {
      const of = toFeel(first, walk)
      const name = nameOf(third as SyntaxNode, walk)
      return of.is === 'path' ? { is: 'path', names: [...of.names, name] } : { is: 'get', of, name }
    }
    case 'ParenthesizedExpression':
      return toFeel(second, walk)
    case 'List':
      return { is: 'list', items: children.slice(1, -1).map((item) => toFeel(item, walk)) }
    case 'ArithmeticExpression':
      return arithmetic(children, walk)
    case 'Comparison':
      return comparison(children, walk)
    case 'Conjunction':
      return { is: 'and', left: toFeel(first, walk), right: toFeel(third, walk) }
    case 'Disjunction':
      return { is: 'or', left: toFeel(first, walk), right: toFeel(third, walk) }
    case 'IfExpression':
      return {
        is: 'if',
        when: toFeel(second, walk),
        yes: toFeel(children[3], walk),
        no: toFeel(children[5], walk),
      }
    case 'QuantifiedExpression':
      return quantified(children, walk)
    case 'FunctionInvocation':
      return call(node, children, walk)
    case 'DateTimeLiteral':
      return dateLiteral(node, children, walk)
    default:
      return unsupported(node.name, node, walk)
  }
}

function numberLiteral(node: SyntaxNode, walk: Walk): Feel {
  const text = textOf(node, walk).replace(/\s/g, '')
  const value = Number(text)
  // The standard has no exponents, and those who read them disagree.
  return /^-?[\d.]+$/.test(text) && Number.isFinite(value)
    ? { is: 'literal', value }
    : unsupported('number of this form', node, walk)
}

function arithmetic(children: SyntaxNode[], walk: Walk): Feel {
  const [first, second, third] = children
  if (children.length === 2) {
    if (textOf(first as SyntaxNode, walk) !== '-')
      return unsupported('plus before a value', first as SyntaxNode, walk)
    return { is: 'negate', of: toFeel(second, walk) }
  }
  const op = textOf(second as SyntaxNode, walk) as ArithmeticOp
  return { is: 'arithmetic', op, left: toFeel(first, walk), right: toFeel(third, walk) }
}

function comparison(children: SyntaxNode[], walk: Walk): Feel {
  const [first, second, third] = children as [SyntaxNode, SyntaxNode, SyntaxNode]
  if (second.name === 'between') {
    return {
      is: 'between',
      of: toFeel(first, walk),
      from: toFeel(third, walk),
      to: toFeel(children[4], walk),
    }
  }
  if (second.name === 'in') {
    const listed = children.find((child) => child.name === 'PositiveUnaryTests')
    const tests = listed
      ? childrenOf(listed, walk).map((test) => unaryTest(test, walk, false))
      : [unaryTest(third, walk, true)]
    return { is: 'in', of: toFeel(first, walk), tests }
  }
  const op = textOf(second, walk) as CompareOp
  return { is: 'compare', op, left: toFeel(first, walk), right: toFeel(third, walk) }
}

function unaryTest(node: SyntaxNode, walk: Walk, alone: boolean): FeelTest {
  const [test] = childrenOf(node, walk) as [SyntaxNode]
  if (test.name === 'SimplePositiveUnaryTest') return simpleTest(test, walk)
  // `x in [1, 2] and y` reads as `x in ([1, 2] and y)`: surely not what was meant, so brackets are asked for.
  if (test.name === 'Conjunction' || test.name === 'Disjunction') {
    return unsupported(`${test.name} after in without brackets`, test, walk)
  }
  const to = toFeel(test, walk)
  return alone || to.is === 'list' ? { is: 'any of', list: to } : { is: 'equal', to }
}

function simpleTest(test: SyntaxNode, walk: Walk): FeelTest {
  const [first, second] = childrenOf(test, walk) as [SyntaxNode, SyntaxNode]
  if (first.name !== 'Interval') {
    return { is: 'compared', op: textOf(first, walk) as CompareOp, to: toFeel(second, walk) }
  }
  const parts = childrenOf(first, walk)
  const fromIncluded = textOf(parts[0] as SyntaxNode, walk) === '['
  const toIncluded = textOf(parts[4] as SyntaxNode, walk) === ']'
  return { is: 'range', from: toFeel(parts[1], walk), to: toFeel(parts[3], walk), fromIncluded, toIncluded }
}

function quantified(children: SyntaxNode[], walk: Walk): Feel {
  const [keyword, list, , condition] = children as [SyntaxNode, SyntaxNode, SyntaxNode, SyntaxNode]
  const expressions = childrenOf(list, walk)
  if (expressions.length !== 1) return unsupported('quantifier over several lists', list, walk)
  const [name, , source] = childrenOf(expressions[0] as SyntaxNode, walk) as [
    SyntaxNode,
    SyntaxNode,
    SyntaxNode,
  ]
  const within = childrenOf(source, walk)
  if (within.length !== 1) return unsupported('iteration over a range', source, walk)
  return {
    is: keyword.name === 'some' ? 'some' : 'every',
    name: nameOf(name, walk),
    within: toFeel(within[0], walk),
    satisfies: toFeel(condition, walk),
  }
}

function call(node: SyntaxNode, children: SyntaxNode[], walk: Walk): Feel {
  const [target, , parameters] = children as [SyntaxNode, SyntaxNode, SyntaxNode]
  if (target.name !== 'VariableName' && target.name !== 'SpecialFunctionName')
    return unsupported(target.name, node, walk)
  if (parameters.name !== 'PositionalParameters') return unsupported(parameters.name, parameters, walk)
  const name = target.name === 'VariableName' ? nameOf(target, walk) : textOf(target, walk)
  return checkedCall(name, node, childrenOf(parameters, walk), walk)
}

function dateLiteral(node: SyntaxNode, children: SyntaxNode[], walk: Walk): Feel {
  const [first, , parameters] = children as [SyntaxNode, SyntaxNode, SyntaxNode]
  if (first.name === 'AtLiteral') {
    const iso = stringOf(textOf(childrenOf(first, walk)[0] as SyntaxNode, walk))
    if (!/^\d{4}-\d{2}-\d{2}$/.test(iso)) return unsupported('literal of time or duration', node, walk)
    return { is: 'call', name: 'date', args: [{ is: 'literal', value: iso }] }
  }
  const name = textOf(first, walk)
  if (name !== 'date') return unsupported(name, node, walk)
  if (parameters.name !== 'PositionalParameters') return unsupported(parameters.name, parameters, walk)
  return checkedCall(name, node, childrenOf(parameters, walk), walk)
}

function checkedCall(name: string, node: SyntaxNode, args: SyntaxNode[], walk: Walk): Feel {
  const arity = Object.hasOwn(walk.functions, name) ? walk.functions[name] : undefined
  if (!arity) throw new Unacceptable(feelRefusals.unknownFunction(name, node.from))
  const [fewest, most] = arity
  if (args.length < fewest || args.length > most)
    throw new Unacceptable(feelRefusals.argumentCount(name, node.from))
  return { is: 'call', name, args: args.map((arg) => toFeel(arg, walk)) }
}

const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' }

function stringOf(quoted: string): string {
  return quoted
    .slice(1, -1)
    .replace(/\\u([0-9a-fA-F]{4})|\\(.)/g, (whole, code: string | undefined, char: string | undefined) =>
      code ? String.fromCharCode(Number.parseInt(code, 16)) : (escapes[char ?? ''] ?? whole),
    )
}
