import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { demonstrationPeople } from '../../demonstration/identity-provider.ts'
import { demoRoles } from './index.ts'

const officersFile = new URL('../../../db/reference/demonstration/officers.json', import.meta.url)
const { officers } = JSON.parse(readFileSync(officersFile, 'utf8')) as {
  officers: { subject: string; name: string }[]
}

test('nine cards, each played by somebody whom the provider knows by the same name', () => {
  const people = new Map(demonstrationPeople(officers).map((person) => [person.subject, person.name]))
  const roles = demoRoles()
  expect(roles).toHaveLength(9)
  for (const role of roles)
    expect(role.who[0]).toContain(people.get(role.subject) ?? `nobody is ${role.subject}`)
})

test('cards speak the visitor’s language and lead to a page of this site', () => {
  for (const role of demoRoles('en')) {
    expect(role.title).toMatch(/^[A-Z]/)
    expect(role.tryThis.href).toMatch(/^\/[a-z]/)
  }
})
