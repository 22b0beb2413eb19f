import type { BpmnModdle, ParseResult } from 'bpmn-moddle'

/** For each warning the parser looks through the file up to its place: thousands of them would take hours. */
const mostUnparsable = 200

interface Context {
  addWarning(warning: { message: string }): void
}
interface Reader {
  handler(type: string): { context?: Context }
}

/** Parses a file; throws when it is no XML, or when more of it than anybody would mend cannot be understood. */
export const parseXml = (moddle: BpmnModdle, xml: string): Promise<ParseResult> =>
  moddle.fromXML(xml, {
    // The parser's own maker of handlers, so that its context can be told when it is enough.
    handler(this: Reader, type: string) {
      const handler = (Object.getPrototypeOf(this) as Reader).handler.call(this, type)
      let context: Context | undefined
      Object.defineProperty(handler, 'context', {
        get: () => context,
        set: (given: Context) => {
          context = bounded(given)
        },
      })
      return handler
    },
  })

function bounded(context: Context): Context {
  const add = context.addWarning
  let unparsable = 0
  context.addWarning = (warning) => {
    if (warning.message.startsWith('unparsable content ')) unparsable += 1
    if (unparsable > mostUnparsable) throw new Error(`more than ${mostUnparsable} unparsable places`)
    add.call(context, warning)
  }
  return context
}
