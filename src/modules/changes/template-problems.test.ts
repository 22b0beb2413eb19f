import { expect, test } from 'vitest'
import { packagedText } from '../../../test/builders/packages.ts'
import type { Contents } from './contents.ts'
import { templateProblems } from './template-problems.ts'

const json = (name: string) => JSON.parse(packagedText(`marital-status/${name}.json`))
const contents = (templates: unknown[]): Contents => ({
  ...{ procedure: json('procedure'), form: json('form'), process: { xml: '' }, templates, tests: [] },
})
const input = (kind: string, key: string) => ({ name: 'a', label: 'A', type: 'text', from: { kind, key } })
const template = (changes: object) => ({
  ...{ key: 'result', name: 'Giấy', source: 'blocks', page: 'a4' },
  ...{
    inputs: [input('field', 'requester.fullName')],
    blocks: [{ id: 'b', kind: 'paragraph', text: '«a»' }],
  },
  ...changes,
})
const codes = async (templates: unknown[]) =>
  (await templateProblems(contents(templates))).map(({ part, at, code }) => [part, at, code])

test('papers that can be printed for the procedure have no problems', async () => {
  expect(await codes([])).toEqual([])
  expect(await codes([template({}), template({ key: 'receipt', inputs: [input('fact', 'code')] })])).toEqual(
    [],
  )
  expect(await codes([template({ inputs: [input('draft', 'statusText')] })])).toEqual([])
})

test.each<[string, object, string]>([
  [
    'a field of no form',
    { inputs: [input('field', 'nobody.knows')] },
    'templateEditor.finding.source-unknown',
  ],
  ['a fact of no dossier', { inputs: [input('fact', 'secret')] }, 'templateEditor.finding.source-unknown'],
  ['a merge field tied to nothing', { inputs: [] }, 'templateEditor.finding.field-unknown'],
  ['no blocks', { blocks: [], inputs: [] }, 'templateEditor.finding.empty'],
  [
    'a condition that is no FEEL',
    { blocks: [{ id: 'b', kind: 'when', feel: 'a = (', blocks: [] }] },
    'templateEditor.finding.condition-broken',
  ],
  [
    'a condition on what nobody knows',
    { blocks: [{ id: 'b', kind: 'when', feel: 'nobody.knows = 1', blocks: [] }] },
    'templateEditor.finding.condition-unknown',
  ],
  [
    'Typst that imports',
    { source: 'typst', typst: '#import "@preview/x:1.0.0"' },
    'templateEditor.finding.forbidden',
  ],
  ['Typst that reads', { source: 'typst', typst: '#read("/etc/passwd")' }, 'documents.template-reads-files'],
  ['Typst that is broken', { source: 'typst', typst: '#let x = (' }, 'documents.template-broken'],
])('%s is named', async (_, changes, code) => {
  expect(await codes([template(changes)])).toEqual([['templates', 'Giấy', code]])
})

test('what is no template at all is named, and never thrown', async () => {
  expect(await codes([{ key: 'result' }])).toContainEqual(['templates', '0.name', 'changes.part-invalid'])
  expect(await codes([template({}), template({})])).toEqual([['templates', '', 'changes.part-invalid']])
})
