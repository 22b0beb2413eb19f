import { accepted } from 'motcua/kernel/errors'
import { demonstrationPin, findConfirmation, waitingOnPhone } from 'motcua/modules/signatures'
import type { PageContext } from 'motcua/web/context'
import { appContext } from 'motcua/web/context'
import { RouterContextProvider } from 'react-router'
import { afterAll, expect, test } from 'vitest'
import { anApp } from '../../../test/builders/an-app.ts'
import { action as confirm } from './phone-confirm'
import { loader as waits } from './phone-wait'

const now = new Date('2026-11-20T02:00:00Z')
const installation = await anApp({ now: () => now })
afterAll(() => installation.close())
const { signatures, db } = installation.app
const phone = (await signatures.mobileSignerFor({ kind: 'officer', id: 'officer-1', name: 'Một' }))!
const round = '0199a000-0000-7000-8000-000000000001'
const asking = accepted(await signatures.findSigner(phone.id))
const ask = (confirmation: string) =>
  asking.sign([{ bytes: new Uint8Array(4), sha256: new Uint8Array(32) }], { confirmation }, 'x')
await ask(round)

function as(officerId: string, form: Record<string, string> = {}) {
  const posts = [{ postId: 'p', title: 'x', authorityCode: 'H99.12', unitCode: 'u', roles: ['leader'] }]
  const context = new RouterContextProvider()
  const actor = { kind: 'officer', officerId, name: 'x', posts }
  context.set(appContext, { app: installation.app, actor, locale: 'vi', now } as unknown as PageContext)
  const body = new FormData()
  for (const [name, value] of Object.entries(form)) body.set(name, value)
  const request = new Request('http://localhost/can-bo/xac-nhan-ky', { method: 'POST', body })
  return { context, request, params: { id: round } } as never
}

test('another officer finds neither the page that waits nor the request, and answers nothing', async () => {
  await expect(waits(as('officer-2'))).rejects.toMatchObject({ init: { status: 404 } })
  const theirs = confirm(as('officer-2', { id: round, _action: 'confirm' }))
  await expect(theirs).rejects.toMatchObject({ init: { status: 404 } })
})

test('the phone alone confirms nothing: the PIN of its key is wanted, and three wrong ones lock it', async () => {
  const other = (await signatures.mobileSignerFor({ kind: 'officer', id: 'officer-3', name: 'Ba' }))!
  const second = '0199a000-0000-7000-8000-000000000003'
  const theirs = accepted(await signatures.findSigner(other.id))
  await theirs.sign([{ bytes: new Uint8Array(4), sha256: new Uint8Array(32) }], { confirmation: second }, 'y')
  const answer = (pin?: string) =>
    confirm(as('officer-3', { id: second, _action: 'confirm', ...(pin && { pin }) }))
  for (const pin of [undefined, '0000', '1111', '2222', demonstrationPin])
    expect(await answer(pin)).toMatchObject({ init: { status: 422 } })
  const of = { requestId: second, signerId: other.id }
  expect((await findConfirmation(db, of))?.state).toBe('waiting')
  expect(await waitingOnPhone(db, 'officer-3', now)).toBe(1)
  expect(await waitingOnPhone(db, 'officer-4', now)).toBeUndefined()
})

test('the officer reads the same code, has to say why they decline, and declines once', async () => {
  const { data: shown } = (await waits(as('officer-1'))) as unknown as { data: Record<string, unknown> }
  expect(shown).toMatchObject({ stage: 'waiting', code: expect.stringMatching(/^\S{4,}$/), papers: 1 })
  const decline = (reason: string) => confirm(as('officer-1', { id: round, _action: 'decline', reason }))
  expect(await decline(' ')).toMatchObject({ init: { status: 422 } })
  expect(await decline('Sai tên')).toMatchObject({ status: 302 })
  expect(await decline('Sai tên')).toMatchObject({ init: { status: 409 } })
  const { data: after } = (await waits(as('officer-1'))) as unknown as { data: Record<string, unknown> }
  expect(after).toMatchObject({ stage: 'declined', reason: 'Sai tên' })
  expect((await findConfirmation(db, { requestId: round, signerId: phone.id }))?.outcome).toBeNull()
})
