import { policy, type Rule, submission } from './policy.ts'

/** The life of a dossier as a Markdown table, made from the policy itself: what `docs/life-of-a-dossier.md` holds. */
export function policyTable(): string {
  const head = '| Act | From | By | Answers | When | Must state | Paper |\n|---|---|---|---|---|---|---|'
  const filing = line('submit', { ...submission, from: [] })
  const acts = Object.entries<Rule>(policy).map(([name, rule]) => line(name, rule))
  return [head, filing, ...acts].join('\n')
}

const places = {
  competent: 'the competent authority',
  responsible: 'the competent or receiving authority',
  involved: 'any authority involved',
} as const satisfies Record<NonNullable<Rule['at']>, string>

function line(name: string, { from, by, at, tasks, steps, when, must, slip }: Rule): string {
  const answers = [...(tasks ?? []), ...(steps ? [`(steps: ${steps.join(', ')})`] : [])].join(' ')
  const who = `${by.join(', ')}${at ? ` at ${places[at]}` : ''}`
  const cells = [`\`${name}\``, from.join(', '), who, answers, when ?? '', must.join(', '), slip ?? '']
  return `| ${cells.map((cell) => (cell === '' ? '–' : cell)).join(' | ')} |`
}
