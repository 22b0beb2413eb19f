// Past dossiers a second of one core that are looked at under the rules before and after a change, as a stored run does:
// from the JSON text of their answers to what would come out differently. Three changes of the birth form and its
// procedure: an ordinary one (a question with a condition added, one removed, a limit, a fee), one of the rules alone,
// and one that touches every question. The ceiling of the same run only parses the answers. Budget: 20,000 a second for
// the ordinary change. Seconds are those the process had the core. The last line is one JSON object.

import { accepted } from '../src/kernel/errors.ts'
import { shippedCalendar } from '../src/modules/calendar/index.ts'
import { ProcedureVersion } from '../src/modules/catalogue/index.ts'
import { type PastDossier, type ReplayRules, replayOne } from '../src/modules/changes/index.ts'
import { compileForm, Field, FormDefinition, validateAnswers } from '../src/modules/forms/index.ts'
import { compileProcess } from '../src/modules/processes/index.ts'
import { answersOf } from '../test/builders/a-filing.ts'
import { packagedText } from '../test/builders/packages.ts'

const today = '2026-11-19'
const key = 'birth-registration'
const rounds = 7
const perRound = 20_000

interface Draft {
  edition: ProcedureVersion
  form: FormDefinition
}

const shipped = (): Draft => ({
  edition: ProcedureVersion.parse(JSON.parse(packagedText(`${key}/procedure.json`))),
  form: FormDefinition.parse(JSON.parse(packagedText(`${key}/form.json`))),
})
const process_ = accepted(await compileProcess(packagedText(`${key}/process.bpmn`)))
const ready = ({ edition, form }: Draft): ReplayRules => ({
  edition,
  form: accepted(compileForm(form)),
  process: process_,
})

const before = ready(shipped())
const past = await thePast(5000)
const texts = past.map(({ answers }) => JSON.stringify(answers))

const ceiling = perSecond((i) => JSON.parse(texts[i]!))
const measured = Object.fromEntries(
  Object.entries({ ordinary: ordinaryChange, rules: changeOfRules, everything: changeOfEverything }).map(
    ([name, change]) => [name, measure(change)],
  ),
)
const report = {
  bench: 'replay',
  questions: questionsOf(before),
  parsedPerSecond: ceiling,
  ...measured,
  budgetPerSecond: 20_000,
}
process.stdout.write(`${JSON.stringify(report)}\n`)

function measure(change: (draft: Draft) => void) {
  const draft = shipped()
  change(draft)
  const after = ready(draft)
  let differing = 0
  const second = perSecond((i) => {
    const answers = JSON.parse(texts[i]!)
    if (replayOne(before, after, { ...past[i]!, answers }).differs.length > 0) differing += 1
  })
  return { perSecond: second, ratioToParsing: Number((second / ceiling).toFixed(2)), differs: differing > 0 }
}

/** Median over the rounds, after one that warms up. */
function perSecond(one: (i: number) => void): number {
  const found = Array.from({ length: rounds + 1 }, () => {
    const start = process.cpuUsage()
    for (let i = 0; i < perRound; i += 1) one(i % past.length)
    const { user, system } = process.cpuUsage(start)
    return (perRound * 1e6) / (user + system)
  })
  return Math.round(found.slice(1).toSorted((a, b) => a - b)[Math.floor(rounds / 2)]!)
}

function ordinaryChange({ edition, form }: Draft): void {
  const { fields } = form.pages[0]!.groups[0]!
  fields.splice(
    fields.findIndex((field) => field.key === 'requester.dateOfBirth'),
    1,
  )
  fields.push(
    Field.parse({
      ...{ key: 'requester.reason', label: { vi: 'Lý do', en: 'Reason' }, type: 'text', required: true },
      visible: 'requester.relation in ("mother", "relative")',
    }),
  )
  changeOfRules({ edition, form })
}

function changeOfRules({ edition }: Draft): void {
  edition.cases[0]!.limit = { ...edition.cases[0]!.limit, amount: 2 }
  edition.cases[0]!.fees[1]!.amountVnd = 5000
}

function changeOfEverything({ edition, form }: Draft): void {
  for (const { fields } of form.pages.flatMap(({ groups }) => groups))
    for (const field of fields) field.maxLength = (field.maxLength ?? 200) + 1
  changeOfRules({ edition, form })
}

/** Filings of the base case, each a little otherwise. */
async function thePast(count: number): Promise<PastDossier[]> {
  const calendar = await shippedCalendar()
  const { answers } = validateAnswers(before.form, await answersOf(before.form, today), {
    today,
    channel: 'online',
  })
  const relations = ['mother', 'father', 'grandmother', 'relative']
  return Array.from({ length: count }, (_, i) => ({
    ...{ code: `H99.12-261119-${i}`, channel: i % 3 === 0 ? 'direct' : 'online', submittedOn: today },
    acceptedAt: new Date(Date.parse('2026-11-19T01:00:00Z') + (i % 240) * 60_000).toISOString(),
    ...{
      caseCode: '1.001193.01',
      papers: ['birth-notice'],
      pauses: [],
      extensionDays: 0,
      communeCode: 'S9001',
      calendar,
    },
    answers: { ...answers, 'requester.relation': relations[i % relations.length], 'copies.count': i % 4 },
  }))
}

function questionsOf({ form }: ReplayRules): number {
  return form.definition.pages.flatMap(({ groups }) => groups.flatMap(({ fields }) => fields)).length
}
