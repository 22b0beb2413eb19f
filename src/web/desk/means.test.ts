import { accepted } from 'motcua/kernel/errors'
import { findSignerRow } from 'motcua/modules/signatures'
import type { PageContext } from 'motcua/web/context'
import { appContext } from 'motcua/web/context'
import { RouterContextProvider } from 'react-router'
import sharp from 'sharp'
import { afterAll, describe, expect, test } from 'vitest'
import { anApp } from '../../../test/builders/an-app.ts'
import { action, loader } from './means'

const now = new Date('2026-11-20T02:00:00Z')
const installation = await anApp({ now: () => now })
afterAll(() => installation.close())
const { signatures, db } = installation.app
const png = await sharp({ create: { width: 40, height: 20, channels: 4, background: '#00f8' } })
  .png()
  .toBuffer()
const ofAuthority = signatures.authority!
const root = new File([new Uint8Array(ofAuthority.root)], 'ca.der')

type Role = 'leader' | 'specialist' | 'admin' | 'control'
function ask(
  officerId: string,
  role: Role,
  form: Record<string, string | File> = {},
  authorityCode = 'H99.12',
) {
  const posts = [{ postId: 'p', title: 'x', authorityCode, unitCode: 'u', roles: [role] }]
  const context = new RouterContextProvider()
  const actor = { kind: 'officer', officerId, name: 'Người hỏi', posts }
  context.set(appContext, { app: installation.app, actor, locale: 'vi', now } as unknown as PageContext)
  const body = new FormData()
  for (const [name, value] of Object.entries(form)) body.set(name, value)
  const request = new Request('http://localhost/can-bo/chu-ky', { method: 'POST', body })
  return { context, request, params: {} } as never
}
const done = { status: 302 }
const denied = { init: { status: 403 } }
const refused = { init: { status: 422 } }
const signerOf = async (id: string) => (await signatures.signerFor({ kind: 'officer', id, name: id }))!
const rowOf = async (id: string) => (await findSignerRow(db, id))!

const chair = 'officer-hoa-sen-chair'
const mine = await signerOf('a-leader')

describe('one’s own means', () => {
  test('take a PNG and nothing else', async () => {
    const send = (bytes: Uint8Array, id = 'a-leader') =>
      action(
        ask(id, 'leader', {
          _action: 'image',
          id: mine.id,
          image: new File([new Uint8Array(bytes)], 'x.png'),
        }),
      )
    expect(await send(png)).toMatchObject(done)
    expect((await rowOf(mine.id)).settings.image).toEqual(expect.any(String))
    expect(await send(Buffer.from('<svg onload="x"/>'))).toMatchObject(refused)
    expect(await send(Buffer.concat([png, Buffer.alloc(200 * 1024)]))).toMatchObject(refused)
    await expect(send(png, 'another')).rejects.toMatchObject(denied)
  })

  test('are chosen by their owner alone, and not unlocked or ended by them', async () => {
    const form = { _action: 'chosen', id: mine.id }
    expect(await action(ask('a-leader', 'leader', form))).toMatchObject(done)
    await expect(action(ask('another', 'leader', form))).rejects.toMatchObject(denied)
    for (const _action of ['locked', 'unlocked', 'ended'])
      await expect(action(ask('a-leader', 'admin', { _action, id: mine.id }))).rejects.toMatchObject(denied)
  })

  test('may lie on a phone in a demonstration, for who leads', async () => {
    expect(await action(ask('a-leader', 'leader', { _action: 'phone' }))).toMatchObject(done)
    expect((await signerOf('a-leader')).kind).toBe('mobile')
    await expect(action(ask('x', 'specialist', { _action: 'phone' }))).rejects.toMatchObject(denied)
  })
})

describe('the seal of an authority', () => {
  test('is locked, unlocked and ended by who administers it, and by nobody else', async () => {
    const seal = (await signatures.signerFor({ kind: 'authority', id: 'H99.12', name: 'UBND' }))!
    for (const [_action, state] of [
      ['locked', 'locked'],
      ['unlocked', 'active'],
      ['ended', 'ended'],
    ] as const) {
      const form = { _action, id: seal.id }
      await expect(action(ask('x', 'specialist', form))).rejects.toMatchObject(denied)
      await expect(action(ask('x', 'admin', form, 'H99.11'))).rejects.toMatchObject(denied)
      expect(await action(ask('an-admin', 'admin', form))).toMatchObject(done)
      expect((await rowOf(seal.id)).state).toBe(state)
    }
    const { acts, means } = await loader(ask('an-admin', 'admin'))
    expect(acts.map(({ text }) => text).join()).toContain('Người hỏi khóa')
    expect(means.some(({ state }) => state === 'ended')).toBe(true)
  })
})

describe('the list of trust', () => {
  const form = { _action: 'trusted', name: 'CA', from: '2026-01-01', to: '', certificate: root }

  test('is kept by procedure control of the province', async () => {
    await expect(action(ask('x', 'control', form))).rejects.toMatchObject(denied)
    await expect(action(ask('x', 'admin', form))).rejects.toMatchObject(denied)
    expect(await action(ask('c', 'control', form, 'H99'))).toMatchObject(done)
    const { trusted } = await loader(ask('c', 'control', {}, 'H99'))
    expect(trusted).toMatchObject([{ name: 'CA', to: null }])
    const end = { _action: 'trust-ended', sha256: trusted[0]!.sha256 }
    await expect(action(ask('x', 'control', end))).rejects.toMatchObject(denied)
    expect(await action(ask('c', 'control', end, 'H99'))).toMatchObject(done)
    expect((await loader(ask('c', 'control', {}, 'H99'))).trusted[0]!.to).toBe('20/11/2026')
  })

  test('takes certificates of authorities alone', async () => {
    const certificate = new File([new Uint8Array(mine.certificates[0]!)], 'person.der')
    expect(await action(ask('c', 'control', { ...form, certificate }, 'H99'))).toMatchObject(refused)
    const wrongDays = { ...form, from: '2026-02-01', to: '2026-01-01' }
    expect(await action(ask('c', 'control', wrongDays, 'H99'))).toMatchObject(refused)
  })
})

test('who leads sees their own certificate', async () => {
  const { means } = await loader(ask(chair, 'leader'))
  expect(accepted(means.filter(({ own }) => own))).toHaveLength(1)
})
