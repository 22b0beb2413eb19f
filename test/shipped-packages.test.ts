import { describe, expect, test } from 'vitest'
import { accepted } from '../src/kernel/errors.ts'
import { ProcedureVersion } from '../src/modules/catalogue/index.ts'
import { inventedCitizens, PackageCase, runPackageCase } from '../src/modules/changes/index.ts'
import { compileForm } from '../src/modules/forms/index.ts'
import { compileProcess } from '../src/modules/processes/index.ts'
import { formJson, formKeys, packagedFiles, packagedText } from './builders/packages.ts'

const citizens = await inventedCitizens()
const casesOf = (key: string) => PackageCase.array().parse(JSON.parse(packagedText(`${key}/tests.json`)))

/** The parts of a package as they are in force: of several processes the newest. */
async function rulesOf(key: string) {
  const newest = packagedFiles('process*.bpmn')
    .filter((path) => path.startsWith(`${key}/`))
    .toSorted((a, b) => a.length - b.length || a.localeCompare(b))
    .at(-1)!
  return {
    edition: ProcedureVersion.parse(JSON.parse(packagedText(`${key}/procedure.json`))),
    form: accepted(compileForm(formJson(key))),
    process: accepted(await compileProcess(packagedText(newest))),
  }
}

describe.each(formKeys)('the package %s', (key) => {
  test.each(casesOf(key))('$name.vi', async (each) => {
    const { differences } = await runPackageCase(await rulesOf(key), each, citizens)
    expect(differences).toEqual([])
  })

  test('shows an ordinary course, and what is refused or missing', () => {
    const expected = casesOf(key).map(({ expect: stated }) => stated)
    expect(expected.some(({ problems, result }) => problems?.length === 0 && result === 'granted')).toBe(true)
    expect(expected.some(({ problems = [] }) => problems.length > 0)).toBe(true)
    expect(expected.length).toBeGreaterThanOrEqual(4)
  })
})
