/** What a run of tests came to: how many passed, and a line for each failure that says what and why. */
export function readOutcome(
  report: string,
  run: { name: string; code: number; said?: string },
): { passed: number; failures: string[] }
