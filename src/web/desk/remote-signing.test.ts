import { demonstrationPin, findSignerRow, sampleService } from 'motcua/modules/signatures'
import type { PageContext } from 'motcua/web/context'
import { appContext } from 'motcua/web/context'
import { RouterContextProvider } from 'react-router'
import { afterAll, expect, test } from 'vitest'
import { anApp } from '../../../test/builders/an-app.ts'
import { action as means } from './means'
import { action, loader } from './remote-signing'

const now = new Date('2026-11-20T02:00:00Z')
const installation = await anApp({ now: () => now })
afterAll(() => installation.close())
const { signatures, db } = installation.app

type Role = 'leader' | 'reception' | 'specialist' | 'admin'
function ask(officerId: string, role: Role, form: Record<string, string> = {}, query = '') {
  const posts = [{ postId: 'p', title: 'x', authorityCode: 'H99.12', unitCode: 'u', roles: [role] }]
  const context = new RouterContextProvider()
  const actor = { kind: 'officer', officerId, name: 'Người gắn', posts }
  context.set(appContext, { app: installation.app, actor, locale: 'vi', now } as unknown as PageContext)
  const body = new FormData()
  for (const [name, value] of Object.entries(form)) body.set(name, value)
  const url = `http://localhost/can-bo/chu-ky/ky-tu-xa${query}`
  return { context, request: new Request(url, { method: 'POST', body }), params: {} } as never
}
const denied = { init: { status: 403 } }
const refused = { init: { status: 422 } }
const listOf = async (id: string, role: Role, owner = `officer/${id}`) =>
  (await loader(ask(id, role, {}, `?dich-vu=${sampleService}&cho=${encodeURIComponent(owner)}`))).credentials!

test('who signs nothing and manages nobody has no such page', async () => {
  await expect(loader(ask('s', 'specialist'))).rejects.toMatchObject(denied)
  await expect(action(ask('s', 'specialist', { owner: 'officer/s' }))).rejects.toMatchObject(denied)
})

test('an officer attaches their own with a test signature and signs by it from then on', async () => {
  const list = await listOf('a-leader', 'leader')
  expect(list.map(({ stops }) => stops)).toEqual([null, null, 'Chứng thư đã hết hạn.'])
  const form = { owner: 'officer/a-leader', service: sampleService, credential: list[0]!.id }
  expect(await action(ask('a-leader', 'leader', form))).toMatchObject(refused)
  expect(
    await action(ask('a-leader', 'leader', { ...form, credential: list[2]!.id, pin: '1' })),
  ).toMatchObject(refused)
  await expect(action(ask('a-leader', 'leader', { ...form, owner: 'officer/other' }))).rejects.toMatchObject(
    denied,
  )
  expect(await action(ask('a-leader', 'leader', { ...form, pin: demonstrationPin }))).toMatchObject({
    status: 302,
  })
  const [row] = await signatures.signersOf({ kind: 'officer', id: 'a-leader' })
  expect(row).toMatchObject({ kind: 'csc', settings: { triedAt: now.toISOString() } })
  expect((await signatures.signerFor({ kind: 'officer', id: 'a-leader', name: 'x' }))?.id).toBe(row!.id)
})

test('a wrong PIN leaves it attached and untried; its owner tries again, and nobody else does', async () => {
  const list = await listOf('at-the-counter', 'reception')
  const form = {
    owner: 'officer/at-the-counter',
    service: sampleService,
    credential: list[0]!.id,
    pin: '0000',
  }
  const answer = (await action(ask('at-the-counter', 'reception', form))) as Response
  expect(answer.headers.get('location')).toContain('ky-thu=signatures.wrong-pin')
  const [row] = await signatures.signersOf({ kind: 'officer', id: 'at-the-counter' })
  expect(row!.settings.triedAt).toBeUndefined()
  const attempt = { _action: 'tried', id: row!.id, pin: demonstrationPin }
  await expect(means(ask('another', 'leader', attempt))).rejects.toMatchObject(denied)
  expect(await means(ask('at-the-counter', 'reception', { ...attempt, pin: '' }))).toMatchObject(refused)
  expect(await means(ask('at-the-counter', 'reception', attempt))).toMatchObject({ status: 302 })
  expect((await findSignerRow(db, row!.id))?.settings.triedAt).toBeDefined()
})

test('who administers an authority attaches its seal, to be tried later', async () => {
  const owner = 'authority/H99.12'
  const list = await listOf('an-admin', 'admin', owner)
  const form = { owner, service: sampleService, credential: list[0]!.id }
  await expect(action(ask('at-the-counter', 'reception', form))).rejects.toMatchObject(denied)
  expect(await action(ask('an-admin', 'admin', form))).toMatchObject({ status: 302 })
  const seals = await signatures.signersOf({ kind: 'authority', id: 'H99.12' })
  expect(seals.find(({ kind }) => kind === 'csc')).toMatchObject({ settings: { service: sampleService } })
  // The seal in use stays what it was.
  expect((await signatures.signerFor({ kind: 'authority', id: 'H99.12', name: 'x' }))?.kind).toBe('pkcs12')
})
