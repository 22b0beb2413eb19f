import { BpmnModdle } from 'bpmn-moddle'
import { parseXml } from './compiling/parse-xml.ts'
import { type Diagram, readDiagram } from './diagram.ts'

const mostBytes = 5 * 1024 * 1024

/** The drawing of a BPMN file whether or not its model can run; null when nothing can be drawn of it. */
export async function readDrawing(xml: string): Promise<Diagram | null> {
  if (xml.length > mostBytes || /<!(DOCTYPE|ENTITY)/i.test(xml)) return null
  try {
    const { rootElement } = await parseXml(new BpmnModdle(), xml)
    return readDiagram(rootElement)
  } catch {
    // What cannot be read, or is nested beyond measure, has been told as a problem already.
    return null
  }
}
