import { referenceText } from '../directory/index.ts'
import { PackageCase } from './package-case.ts'

/** The test cases of a shipped package, by the key of its form; none when it ships none. */
export async function shippedTests(formKey: string): Promise<PackageCase[]> {
  if (!/^[a-z][a-z0-9-]{0,79}$/.test(formKey)) return []
  const text = await referenceText(`packages/${formKey}/tests.json`).catch(() => undefined)
  // A shipped test that is not well formed is a bug in the repository, so it is thrown.
  return text === undefined ? [] : PackageCase.array().parse(JSON.parse(text))
}
