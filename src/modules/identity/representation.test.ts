import { describe, expect, test } from 'vitest'
import type { Actor } from './actor.ts'
import { identityRefusals, mayRepresent, OnBehalfOf, type RepresentationProblem } from './index.ts'

const lua: Actor = {
  kind: 'person',
  personId: '0193a0e0-0000-7000-8000-000000000001',
  name: 'Trịnh Văn Lúa',
  assurance: 2,
  organisations: [{ code: '8099000003', name: 'Hộ kinh doanh Quán Lúa', role: 'owner' }],
}
const officer: Actor = { kind: 'officer', officerId: 'o1', name: 'Lê Thu Trang', posts: [] }
const system: Actor = { kind: 'system', clientId: 'c1', name: 'Sở', scopes: ['dossiers:write'] }
const nobody: Actor = { kind: 'anonymous' }

const principal = { name: 'Phạm Thị Sen' }
const proof = { kind: 'file' as const, fileId: '0193a0e0-0000-7000-8000-000000000002' }
const self: OnBehalfOf = { kind: 'self' }
const child: OnBehalfOf = { kind: 'child', relation: 'mother' }
const relative: OnBehalfOf = { kind: 'relative', principal, relation: 'neighbour' }
const organisation: OnBehalfOf = { kind: 'organisation', code: '8099000003', name: 'Quán Lúa', role: 'owner' }
const helper: OnBehalfOf = { kind: 'helper', principal }

const rule = { procedureNotAllowed: false, relationsWithoutProof: ['grandparent'], today: '2026-11-21' }

describe('acting for others', () => {
  test.each([
    ['a person for themselves', lua, self, 'own-account', 'actor'],
    ['a parent for a child', lua, child, 'parent', 'actor'],
    ['a relative with a written authorisation', lua, { ...relative, proof }, 'authorisation', 'actor'],
    [
      'a near relative without a paper',
      lua,
      { ...relative, relation: 'grandparent' },
      'near-relative',
      'actor',
    ],
    [
      'on the last day of an authorisation',
      lua,
      { ...relative, proof, until: '2026-11-21' },
      'authorisation',
      'actor',
    ],
    ['a member for the organisation', lua, organisation, 'organisation-claim', 'actor'],
    [
      'an officer helping at the counter, who never signs',
      officer,
      helper,
      'present-at-counter',
      'principal',
    ],
    ['a connected system', system, self, 'authorisation', 'actor'],
  ] as [string, Actor, OnBehalfOf, string, string][])(
    'allows %s',
    (_name, actor, onBehalfOf, basis, signer) => {
      expect(mayRepresent(actor, onBehalfOf, rule)).toEqual({ onBehalfOf, basis, signer })
    },
  )

  test.each([
    ['somebody not signed in', nobody, self, 'not-a-person'],
    [
      'an officer filing for themselves with the official account',
      officer,
      self,
      'officer-files-only-as-helper',
    ],
    ['a person who says they help at the counter', lua, helper, 'helper-is-not-an-officer'],
    ['a relative without an authorisation', lua, relative, 'authorisation-not-proved'],
    ['an authorisation that ended', lua, { ...relative, proof, until: '2026-11-20' }, 'authorisation-ended'],
    ['a stranger to the organisation', { ...lua, organisations: [] }, organisation, 'not-a-member'],
    ['a member who states another role', lua, { ...organisation, role: 'director' }, 'member-role-differs'],
  ] as [string, Actor, OnBehalfOf, RepresentationProblem][])(
    'refuses %s',
    (_name, actor, onBehalfOf, reason) => {
      expect(mayRepresent(actor, onBehalfOf, rule)).toEqual(identityRefusals.mayNotRepresent({ reason }))
    },
  )

  test.each([{ ...relative, proof }, child])(
    'refuses $kind where the law wants the person themselves',
    (onBehalfOf) => {
      expect(mayRepresent(lua, onBehalfOf, { ...rule, procedureNotAllowed: true })).toEqual(
        identityRefusals.mayNotRepresent({ reason: 'procedure-not-for-others' }),
      )
    },
  )

  test('text of the principal is cleaned and must be storable', () => {
    const decomposed = 'Phạm Thị Sen'.normalize('NFD')
    expect(OnBehalfOf.parse({ ...helper, principal: { name: decomposed } })).toEqual(helper)
    expect(OnBehalfOf.safeParse({ ...helper, principal: { name: 'a\u0000b' } }).success).toBe(false)
    expect(OnBehalfOf.safeParse({ kind: 'king' }).success).toBe(false)
  })
})
