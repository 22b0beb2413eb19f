// The package ships no declarations; this is the part that we use.
declare module 'saxen' {
  export interface Element {
    name: string
    attrs: Readonly<Record<string, string>>
  }
  export class Parser {
    constructor(options?: { proxy?: boolean })
    ns(prefixes: Readonly<Record<string, string>>): this
    on(event: 'openTag', hook: (element: Element, decode: (text: string) => string) => void): this
    on(event: 'closeTag', hook: () => void): this
    on(event: 'text', hook: (text: string, decode: (text: string) => string) => void): this
    on(event: 'cdata' | 'attention', hook: (text: string) => void): this
    on(event: 'error' | 'warn', hook: (error: Error) => void): this
    parse(xml: string): Error | undefined
  }
}
