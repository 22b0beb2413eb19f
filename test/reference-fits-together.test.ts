import { describe, expect, test } from 'vitest'
import { accepted } from '../src/kernel/errors.ts'
import { compileFeel, pathsOf } from '../src/kernel/feel/index.ts'
import { ProcedureVersion } from '../src/modules/catalogue/index.ts'
import { formJson, packagedFiles, packagedText, procedureJsons } from './builders/packages.ts'

const processKeys = packagedFiles('process.bpmn').map(
  (path) => /<(?:\w+:)?process\s[^>]*?\bid="([^"]+)"/.exec(packagedText(path))?.[1],
)
const procedures = procedureJsons.map((json) => ProcedureVersion.parse(json))

/** What conditions may read besides the form: the way of filing, and what an officer records at intake. */
const situation = [
  'channel',
  'caseCode',
  'feeExemption',
  'verificationNeeded',
  'manyOrComplex',
  'filing',
  'construction',
]

interface Form {
  key: string
  procedureCode: string
  validFrom: string
  pages: { groups: { key: string; repeat?: unknown; fields: { key: string }[] }[] }[]
}

const fieldsOf = (form: Form) =>
  form.pages.flatMap((page) =>
    page.groups.flatMap((group) => (group.repeat ? [group.key] : group.fields.map(({ key }) => key))),
  )

function conditionsOf(version: ProcedureVersion): string[] {
  const fees = version.cases.flatMap((each) => each.fees)
  const all = [
    ...version.cases.map((each) => each.when),
    ...fees.flatMap((fee) => [fee.rule, fee.exemption?.when ?? null]),
    ...version.components.flatMap((each) => [each.condition, each.lookedUpWhen]),
    ...Object.values(version.secondParty ?? {}),
  ]
  return all.filter((text) => text !== null)
}

describe.each(procedures)('procedure $procedureCode', (version) => {
  const form: Form = formJson(version.formKey)

  test('has its form and its process', () => {
    expect([form.key, form.procedureCode]).toEqual([version.formKey, version.procedureCode])
    expect(processKeys).toContain(version.processKey)
  })

  test('reads only answers that its form gives, or facts of the filing', () => {
    const known = [...fieldsOf(form), ...situation]
    const paths = conditionsOf(version).flatMap((text) => pathsOf(accepted(compileFeel(text))))
    const { copies, pages, persons, each } = version.counts
    const used = [...paths, ...[copies, pages, persons, each].filter((field) => field !== null)]
    expect(
      used.filter((path) => !known.some((field) => path === field || path.startsWith(`${field}.`))),
    ).toEqual([])
  })
})
