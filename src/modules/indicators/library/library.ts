import { z } from 'zod'
import { referenceText } from '../../directory/index.ts'
import { Definition } from './definition.ts'

const file = 'figures.json'

// The file comes with the program, so it is read once in each process.
let read: Promise<Definition[]> | undefined

/** The definition of every figure that is shown anywhere. */
export function library(): Promise<Definition[]> {
  read ??= referenceText(file).then(
    (text) => z.object({ figures: z.array(Definition) }).parse(JSON.parse(text)).figures,
  )
  return read
}

/** What one figure means. */
export async function findDefinition(key: string): Promise<Definition | undefined> {
  return (await library()).find((each) => each.key === key)
}
