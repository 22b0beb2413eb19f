import { messageKeys } from 'motcua/kernel/i18n'
import { commandNames, policy, type Role, type Rule } from 'motcua/modules/dossiers'
import { expect, test } from 'vitest'
import { fieldsOf } from './dossier-fields'

/** Acts that need nothing written, have forms of their own, or belong to the applicant's page. */
const withoutFields = new Set(['accept', 'takeOver', 'draftResult', 'supplement', 'represent', 'disagree'])

test('a step asks for nothing but what opens a key, where it signs', () => {
  expect(fieldsOf.completeStep.map(({ name }) => name)).toEqual(['pin'])
})

test('every act of the policy that must state something has where to write it', () => {
  for (const command of commandNames) {
    const { must }: Rule = policy[command]
    if (withoutFields.has(command)) expect(fieldsOf[command]).toEqual([])
    else if (must.length > 0) expect(fieldsOf[command], command).not.toEqual([])
  }
})

test('what the policy wants stated cannot be left empty', () => {
  const fieldFor = {
    reason: 'reason',
    date: /newDate|until|on/,
    days: 'days',
    officer: 'officer',
    findings: 'findings',
  }
  for (const command of commandNames) {
    const { must }: Rule = policy[command]
    for (const [thing, name] of Object.entries(fieldFor)) {
      if (withoutFields.has(command) || !must.includes(thing as keyof typeof fieldFor)) continue
      const field = fieldsOf[command].find((each) =>
        new RegExp(`^(${name instanceof RegExp ? name.source : name})$`).test(each.name),
      )
      expect(field?.missing, `${command}: ${thing}`).toBeDefined()
    }
  }
})

test('officers read what every act means and what became of it', () => {
  const keys = new Set(messageKeys('vi'))
  const officers = [
    'reception',
    'specialist',
    'head',
    'leader',
    'clerk',
    'cashier',
    'post',
    'task-role',
  ] as const
  for (const command of commandNames) {
    const { by }: Rule = policy[command]
    if (!by.some((who) => (officers as readonly (Role | string)[]).includes(who))) continue
    expect(keys, command).toContain(`desk.act.${command}`)
    expect(keys, command).toContain(`desk.outcome.done.${command}`)
    if (fieldsOf[command].length > 0 && command !== 'requestSupplement')
      expect(keys, command).toContain(`life.lead.${command}`)
  }
})

test('a field that depends on another names a value that the other offers', () => {
  for (const [command, fields] of Object.entries(fieldsOf))
    for (const { when, name } of fields) {
      if (!when) continue
      const other = fields.find((each) => each.name === when.field)
      expect(other, `${command}.${name}`).toBeDefined()
      const offered = typeof other?.from === 'object' ? other.from.values : ['other']
      expect(offered).toContain(when.is)
    }
})
