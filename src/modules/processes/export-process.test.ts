import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { accepted } from '../../kernel/errors.ts'
import { checkProcess } from './check-process.ts'
import { compileProcess } from './compile-process.ts'
import { exportProcess } from './export-process.ts'
import { begin, complete, occur, outcomesOf } from './run-process.ts'
import { plainXml } from './same-xml.builder.ts'

const files = (pattern: string) =>
  globSync(pattern, { cwd: import.meta.dirname }).map((path) => ({
    name: path.split('/').slice(-2).join('/'),
    xml: readFileSync(join(import.meta.dirname, path), 'utf8'),
  }))
const foreign = files('fixtures/*.bpmn')
const own = files('../../../db/reference/packages/*/process*.bpmn')

test('there are models of other tools', () => expect(foreign).toHaveLength(4))

describe.each([...foreign, ...own])('$name', ({ xml }) => {
  const edition = { version: 7, validFrom: '2030-02-01', validTo: null }
  const stated = / \{https:\/\/motcua\.vn\/schema\/bpmn\}(version|validFrom|validTo)=\S+/g

  test('comes out as it went in, letter by letter', async () => {
    expect(await exportProcess(xml)).toBe(xml)
  })

  test('says another version, and is the same otherwise', async () => {
    const exported = accepted(await exportProcess(xml, edition))
    const plain = (text: string) => plainXml(text).map((line) => line.replace(stated, ''))
    expect(plain(exported)).toEqual(plain(xml))
    const [before, after] = await Promise.all([compileProcess(xml), compileProcess(exported)])
    expect(after).toEqual({ ...before, edition })
    expect(await exportProcess(exported, edition)).toBe(exported)
  })
})

describe.each(foreign)('$name', ({ xml }) => {
  test('can be published, and runs to its end', async () => {
    const process = accepted(await compileProcess(xml))
    expect(checkProcess(process)).toEqual({ errors: [], warnings: [] })
    let run = begin(process, {})
    for (let steps = 0; !run.ended && steps < 30; steps++) {
      const { at } = run.marking.tokens.find(({ by }) => by === null)!
      const [outcome] = outcomesOf(process, at)
      run =
        outcome === undefined
          ? occur(process, run.marking, at)
          : complete(process, run.marking, at, { outcome })
    }
    expect(run).toMatchObject({ ended: true, result: 'granted' })
  })
})

describe('the version', () => {
  const of = (attributes: string, around = '', inside = '') =>
    `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" ${around} id="d">${inside}<process${attributes} id="p"/></definitions>`
  const edition = { version: 2, validFrom: '2026-02-01', validTo: null }

  test.each([
    [
      'of a file that says nothing of us is said with our namespace',
      of(''),
      /<process id="p" xmlns:motcua="[^"]*bpmn" motcua:version/,
    ],
    [
      'stands under the prefix of the file',
      of(' mc:validTo="2026-01-01"', 'xmlns:mc="https://motcua.vn/schema/bpmn"'),
      /<process id="p" mc:version="2" mc:validFrom="2026-02-01"\/>/,
    ],
    [
      'is not written into a comment',
      of('', '', '<!-- <process id="p"/> -->'),
      /<!-- <process id="p"\/> --><process id="p" xmlns/,
    ],
    [
      'is that of the process that runs',
      of('', '', '<process id="q" isExecutable="true"></process>'),
      /<process id="q" isExecutable="true" xmlns:motcua.*<process id="p"\/>/,
    ],
  ])('%s', async (_, xml, expected) => {
    const exported = accepted(await exportProcess(xml, edition))
    expect(exported).toMatch(expected)
  })
})

test('what cannot be read is refused', async () => {
  expect(await exportProcess('<!DOCTYPE x>')).toMatchObject({ code: 'processes.not-runnable' })
})
