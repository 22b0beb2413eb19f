import { describe, expect, test } from 'vitest'
import { messageKeys } from '../../../kernel/i18n.ts'
import type { ComponentLine } from '../../catalogue/index.ts'
import { digitiseRule } from './digitise-rule.ts'
import { fieldsOfPaper, problemsOfPaper } from './paper-fields.ts'

const line = (changes: Partial<ComponentLine>) => ({
  ...{ key: 'paper', code: null, original: 1, copies: 0, provision: 'submit' as const },
  ...changes,
})

describe('what is digitised at a counter', () => {
  test.each([
    ['the result of an earlier procedure', { code: 'KQ.G15.000031' }, 'required', 'earlier-result'],
    ['a paper of which nothing is known', {}, 'on-demand', 'demand'],
    ['what a register answers', { code: 'KQ.G15.000031', provision: 'lookup' }, 'never', 'register'],
    ['what is only shown', { provision: 'show' }, 'never', 'shown'],
    ['the electronic declaration', { provision: 'form' }, 'never', 'form'],
    ['a plain copy', { code: 'KQ.G15.000031', original: 0, copies: 1 }, 'on-demand', 'copy'],
    ['a note', { provision: 'note' }, 'never', 'note'],
  ] as const)('%s', (_what, changes, rule, why) => {
    expect(digitiseRule('1.000000', line(changes))).toEqual({ rule, why })
    expect(messageKeys('vi')).toContain(`digitise.why.${why}`)
  })

  test('a kind of paper that serves a component counts though it has no code', () => {
    expect(digitiseRule('1.004859', line({ key: 'evidence' }))).toMatchObject({ rule: 'required' })
  })

  test('the original of a certified copy is captured', () => {
    const shown = line({ provision: 'show' })
    expect(digitiseRule('2.000815', shown, { certified: true })).toEqual({
      rule: 'never',
      why: 'certify',
    })
  })

  test('what the procedure states goes before', () => {
    expect(digitiseRule('1.000000', line({ provision: 'show' }), { stated: 'required' })).toEqual({
      ...{ rule: 'required', why: 'stated' },
    })
  })
})

describe('data of a paper', () => {
  const good = {
    number: '12',
    issuedOn: '2020-02-29',
    issuer: 'UBND phường Hoa Sen',
    holder: 'Nguyễn Văn An',
  }
  test.each([
    [{}, []],
    [{ number: ' ' }, [['number', 'missing']]],
    [{ issuedOn: '2021-02-29' }, [['issuedOn', 'not-a-date']]],
    [{ issuedOn: '2026-11-20' }, [['issuedOn', 'in-the-future']]],
    [{ holder: 'a'.repeat(201) }, [['holder', 'too-long']]],
  ] as const)('%o', (changes, problems) => {
    const found = problemsOfPaper('KQ.G15.000031', { ...good, ...changes }, '2026-11-19')
    expect(found.map(({ field, problem }) => [field, problem])).toEqual(problems)
  })

  test('an identity card wants twelve digits and an end that lies after its beginning', () => {
    const card = { ...good, number: '12' }
    expect(problemsOfPaper('000.00.00.G15-KQ004946', card, '2026-11-19')).toEqual([
      { field: 'number', problem: 'not-a-personal-id' },
    ])
    const ended = { ...good, number: '099199000001', validTo: '2019-01-01' }
    expect(problemsOfPaper('000.00.00.G15-KQ004946', ended, '2026-11-19')).toEqual([
      { field: 'validTo', problem: 'ends-before' },
    ])
  })

  test('land papers ask for the plot, unknown papers for no more than is on most', () => {
    expect(fieldsOfPaper('000.00.00.H38-KQ000366').map(({ key }) => key)).toContain('plot')
    expect(
      fieldsOfPaper(null)
        .filter(({ required }) => required)
        .map(({ key }) => key),
    ).toEqual([...['issuedOn', 'issuer']])
  })
})
