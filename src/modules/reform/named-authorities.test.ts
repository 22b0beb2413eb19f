import { afterAll, expect, test } from 'vitest'
import { testDatabase } from '../../../test/harness/database.ts'
import { openDatabase } from '../../kernel/db.ts'
import type { Actor } from '../identity/index.ts'
import { namedAuthorities } from './index.ts'

const database = await testDatabase({ reference: true })
const db = openDatabase(database.url, { role: 'motcua_app', max: 2 })
afterAll(() => db.close())

const officer = (authorityCode: string, role: string, procedures?: string[]) =>
  ({
    ...{ kind: 'officer', officerId: 'o', name: 'Bà Kiểm' },
    posts: [{ authorityCode, roles: [role], ...(procedures && { procedures }) }],
  }) as unknown as Actor

test.each([
  ['leader', 'H99.12', 'H99.12'],
  ['head', 'H99.12', 'H99.12'],
  ['control', 'H99', 'H99.12'],
  ['control', 'H99.02', 'H99.12'],
])('a %s of %s may know who holds what at %s', async (role, at, asked) => {
  expect(await namedAuthorities(db, officer(at, role))).toContain(asked)
})

test.each([
  ['a specialist of the same place', officer('H99.12', 'specialist')],
  ['a leader of another place', officer('H99.13', 'leader')],
  ['control of another commune', officer('H99.13', 'control')],
  ['a specialist of the office of the province', officer('H99.02', 'specialist')],
  ['a leader whose power is for some procedures only', officer('H99.12', 'leader', ['1.001193'])],
  ['a system', { kind: 'system', clientId: 'c', name: 'x', scopes: ['board:read'] } as unknown as Actor],
  ['a person', { kind: 'person', personId: 'p' } as unknown as Actor],
])('%s may not', async (_, actor) => {
  expect(await namedAuthorities(db, actor)).not.toContain('H99.12')
})
