import type { PageContext } from 'motcua/web/context'
import { appContext } from 'motcua/web/context'
import { RouterContextProvider } from 'react-router'
import { afterAll, expect, test } from 'vitest'
import { anApp } from '../../../test/builders/an-app.ts'
import { action as draft } from './reorganise'
import { action as decide } from './reorganise-decision'

const installation = await anApp({ now: () => new Date('2026-11-20T02:00:00Z') })
afterAll(() => installation.close())

test.each([
  ['drafts', draft],
  ['changes or decides', decide],
])('control of a commune, to whom the page is closed, %s nothing by its form', async (_, action) => {
  const posts = [{ postId: 'p', title: 'x', authorityCode: 'H99.12', unitCode: 'office', roles: ['control'] }]
  const actor = { kind: 'officer', officerId: 'officer-hoa-sen-control-1', name: 'x', posts }
  const context = new RouterContextProvider()
  const page = { app: installation.app, actor, locale: 'vi', now: new Date('2026-11-20T02:00:00Z') }
  context.set(appContext, page as unknown as PageContext)
  const request = new Request('http://localhost/can-bo/sap-xep', { method: 'POST', body: new FormData() })
  const asked = action({ context, request, params: { id: 'x' } } as never)
  await expect(asked).rejects.toMatchObject({ init: { status: 403 } })
})
