import { setImmediate } from 'node:timers/promises'
import { PackageCase } from './package-case.ts'
import {
  type CaseDifference,
  type CaseRules,
  type Citizens,
  inventedCitizens,
  runPackageCase,
} from './run-package-case.ts'

/** How one test case went. */
export interface TestLine {
  name: { vi: string; en: string }
  differences: CaseDifference[]
  /** The case cannot be read: where in it, such as `expect`, `limit`; nowhere when its answers cannot be run. */
  unreadable: string[] | null
}

export interface TestReport {
  lines: TestLine[]
  passed: number
  failed: number
}

/** Runs every test case of a procedure on parts that are ready. */
export async function runPackageTests(
  rules: CaseRules,
  tests: readonly unknown[],
  citizens?: Citizens,
): Promise<TestReport> {
  const people = citizens ?? (await inventedCitizens())
  const lines: TestLine[] = []
  for (const [index, raw] of tests.entries()) {
    lines.push(await runOne(rules, raw, index, people))
    // Whoever else asks something of this process does not wait for all of them.
    await setImmediate()
  }
  const failed = lines.filter(({ differences, unreadable }) => differences.length > 0 || unreadable).length
  return { lines, passed: lines.length - failed, failed }
}

async function runOne(rules: CaseRules, raw: unknown, index: number, citizens: Citizens): Promise<TestLine> {
  const test = PackageCase.safeParse(raw)
  if (!test.success) {
    const unreadable = (test.error.issues[0]?.path ?? []).map(String)
    // An unknown member is told under the case itself: it stands nowhere that a case has.
    return {
      name: nameOf(raw, index),
      differences: [],
      unreadable: unreadable.length > 0 ? unreadable : ['?'],
    }
  }
  try {
    const { differences } = await runPackageCase(rules, test.data, citizens)
    return { name: test.data.name, differences, unreadable: null }
  } catch {
    // Answers and steps of a case are anybody's; one that the engines cannot take fails alone.
    return { name: test.data.name, differences: [], unreadable: [] }
  }
}

/** The name of a case that cannot be read as a whole; its number when it has none. */
function nameOf(raw: unknown, index: number): TestLine['name'] {
  const name = PackageCase.shape.name.safeParse((raw as { name?: unknown } | null)?.name)
  return name.data ?? { vi: `#${index + 1}`, en: `#${index + 1}` }
}
