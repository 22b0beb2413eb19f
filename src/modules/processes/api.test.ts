import { afterAll, describe, expect, test } from 'vitest'
import { anApp } from '../../../test/builders/an-app.ts'
import { accepted } from '../../kernel/errors.ts'

const installation = await anApp({ now: () => new Date('2026-11-20T02:00:00Z') })
const { app, send, sessionOf } = installation
afterAll(() => installation.close())

const specialist = await sessionOf('officer-hoa-sen-civil-status-1')
const control = await sessionOf('officer-hoa-sen-control-1')
const citizen = await sessionOf('citizen-1')
const { token } = accepted(await app.identity.createToken({ clientName: 'board', scopes: ['board:read'] }))
const birth = '/api/v1/processes/birth-registration/versions/1'

describe('a process is read', () => {
  test('in the list, with its versions and the procedures that use it', async () => {
    const answer = await send('/api/v1/processes', { cookie: specialist })
    const { items } = (await answer.json()) as { items: { key: string }[] }
    expect(items.find(({ key }) => key === 'birth-registration')).toMatchObject({
      name: 'Đăng ký khai sinh',
      versions: [{ version: 1, validFrom: '2025-07-01', decision: null, withdrawn: false }],
      procedures: [{ code: '1.001193' }],
    })
  })

  test('by its version: steps with who and how long', async () => {
    const answer = await send(birth, { cookie: specialist })
    expect(await answer.json()).toMatchObject({
      ...{ key: 'birth-registration', version: 1, withdrawn: false },
      steps: expect.arrayContaining([
        expect.objectContaining({
          id: 'sign',
          kind: 'step',
          role: 'leader',
          outcomes: ['approved', 'send-back'],
        }),
      ]),
    })
  })

  test('as the file that was published, which says its version', async () => {
    const answer = await send(`${birth}/bpmn`, { headers: { authorization: `Bearer ${token}` } })
    expect(answer.headers.get('content-type')).toContain('xml')
    // A drawing may carry script of its own: it is kept as a file, never shown as a page of ours.
    expect(answer.headers.get('content-disposition')).toContain('attachment')
    expect(answer.headers.get('content-security-policy')).toContain('sandbox')
    expect(await answer.text()).toMatch(
      /^<\?xml[\s\S]*<bpmn:process id="birth-registration"[^>]* motcua:version="1"/,
    )
  })

  test('and what does not exist is not found', async () => {
    for (const path of ['birth-registration/versions/9', 'nowhere/versions/1', 'nowhere/versions/1/bpmn'])
      expect((await send(`/api/v1/processes/${path}`, { cookie: specialist })).status).toBe(404)
    const tooGreat = '/api/v1/processes/birth-registration/versions/99999999999/bpmn'
    expect((await send(tooGreat, { cookie: specialist })).status).toBe(422)
  })
})

describe('a file is checked', () => {
  const check = (xml: string, cookie = control) =>
    send('/api/v1/processes/checks?lang=vi', { method: 'POST', cookie, json: { xml } })
  const file = async () => (await send(`${birth}/bpmn`, { cookie: specialist })).text()

  test('whole, with how it differs from the version before', async () => {
    const changed = (await file()).replace('name="Đóng dấu', 'name="Ghi số, đóng dấu')
    const checked = (await (await check(changed)).json()) as { changes: unknown[] }
    expect(checked).toMatchObject({ runs: true, key: 'birth-registration', problems: [] })
    expect(checked.changes).toMatchObject([{ change: 'changed', parts: [{ part: 'name' }] }])
  })

  test('with every problem told in the language of the one who asks', async () => {
    const checked = await (
      await check((await file()).replace('motcua:role="leader"', 'motcua:role="king"'))
    ).json()
    expect(checked).toMatchObject({
      runs: false,
      problems: [
        { code: 'role-unknown', element: 'sign', message: expect.stringContaining('vai trò lạ: king') },
      ],
    })
  })

  test('by procedure control alone', async () => {
    expect((await check('<a/>', control)).status).toBe(200)
    expect((await check('<a/>', specialist)).status).toBe(403)
    expect((await check('<a/>', citizen)).status).toBe(403)
  })
})

test('people and strangers read no processes', async () => {
  expect((await send('/api/v1/processes', { cookie: citizen })).status).toBe(403)
  expect((await send('/api/v1/processes')).status).toBe(401)
})
