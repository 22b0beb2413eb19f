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
  /** The case itself cannot be read; where. */
  unreadable: string | null
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
  const name = { vi: `#${index + 1}`, en: `#${index + 1}` }
  if (!test.success) {
    const [issue] = test.error.issues
    return { name, differences: [], unreadable: issue ? `${issue.path.join('.')}: ${issue.message}` : '?' }
  }
  try {
    const { differences } = await runPackageCase(rules, test.data, citizens)
    return { name: test.data.name, differences, unreadable: null }
  } catch (error) {
    // Answers and steps of a case are anybody's; one that the engines cannot take fails alone.
    return { name: test.data.name, differences: [], unreadable: error instanceof Error ? error.message : '?' }
  }
}
