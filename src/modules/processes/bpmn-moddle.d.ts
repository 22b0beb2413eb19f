// The package ships no declaration for its entry point; this is the part that we use.
declare module 'bpmn-moddle' {
  export interface ModdleElement {
    readonly $type: string
    readonly $attrs: Readonly<Record<string, unknown>>
    readonly $parent?: ModdleElement
    readonly id?: string
    readonly name?: string
    get(name: string): unknown
    set(name: string, value: unknown): void
  }
  export interface ParseResult {
    rootElement: ModdleElement
    warnings: { message: string; element?: ModdleElement; property?: string; value?: string }[]
    elementsById: Readonly<Record<string, ModdleElement>>
  }
  export class BpmnModdle {
    constructor(packages?: Record<string, unknown>)
    fromXML(xml: string, options?: object): Promise<ParseResult>
    toXML(element: ModdleElement, options?: { format?: boolean }): Promise<{ xml: string }>
  }
}
