import { describe, expect, test } from 'vitest'
import { refusal } from '../src/kernel/errors.ts'
import { type AnyRoute, type Caller, mountRoutes, type RestOptions } from '../src/kernel/http.ts'
import { openLog } from '../src/kernel/log.ts'
import { Problem } from '../src/kernel/problem.ts'
import { restRoutes } from '../src/rest.ts'

const roles = ['reception', 'specialist', 'head', 'leader', 'clerk', 'cashier', 'post', 'control', 'admin']
const scopes = ['dossiers:write', 'dossiers:read', 'officer:act', 'board:read']
const callers: Record<string, Caller> = {
  anonymous: { kind: 'anonymous' },
  person: { kind: 'person' },
  'officer without a role': { kind: 'officer', posts: [{ roles: [] }] },
  ...Object.fromEntries(roles.map((role) => [role, { kind: 'officer', posts: [{ roles: [role] }] }])),
  'system without a scope': { kind: 'system', scopes: [] },
  ...Object.fromEntries(scopes.map((scope) => [scope, { kind: 'system', scopes: [scope] }])),
}

/** The routes with the gate of the installation, and behind it only "let in". */
function mounted(caller: Caller, changes: Partial<AnyRoute<unknown>> = {}, routes = restRoutes) {
  const hollow = routes.map((route) => ({
    ...route,
    perMinute: undefined,
    handle: () => ({ ok: true }),
    ...changes,
  }))
  return mountRoutes({
    app: {},
    routes: hollow as unknown as RestOptions<object>['routes'],
    resolveActor: async () => caller,
    now: () => new Date('2026-11-19T02:00:00Z'),
    log: openLog('silent'),
    title: 'test',
    version: '0',
  })
}

const addressOf = ({ path }: { path: string }) => path.replace(/\{\w+\}/g, 'x')
const json = { 'content-type': 'application/json' }
const call = (rest: ReturnType<typeof mounted>, method: string, path: string, body?: unknown) =>
  rest.request(path, { method, ...(body !== undefined && { body: JSON.stringify(body), headers: json }) })

const mayEnter = ({ access }: Pick<AnyRoute<unknown>, 'access'>, who: string, { kind }: Caller) => {
  if (access.public) return true
  if (kind === 'person') return access.person === true
  if (kind === 'system') return access.system === who
  if (kind !== 'officer') return false
  return access.officer === true || (Array.isArray(access.officer) && access.officer.includes(who))
}

describe.each(restRoutes.map((route) => [`${route.method} ${route.path}`, route] as const))(
  '%s',
  (_name, route) => {
    test.each(Object.entries(callers))('lets %s in as its rule says', async (who, caller) => {
      const methods = route.method === 'get' ? ['get', 'head'] : [route.method]
      for (const method of methods) {
        const body = route.method === 'get' ? undefined : {}
        const { status } = await call(mounted(caller), method.toUpperCase(), addressOf(route), body)
        const shut = caller.kind === 'anonymous' ? 401 : 403
        if (mayEnter(route, who, caller)) expect([401, 403], method).not.toContain(status)
        else expect(status, method).toBe(shut)
      }
    })

    test('states who may call it', () => {
      const { access } = route
      expect(access.public ?? access.person ?? access.officer ?? access.system).toBeTruthy()
    })
  },
)

describe('what a caller is told', () => {
  const open = (changes: Partial<AnyRoute<unknown>>) =>
    mounted(
      { kind: 'anonymous' },
      changes,
      restRoutes.filter(({ path }) => path === '/look-up'),
    )
  const lookUp = { code: 'H99.12-261119-00001', proof: '1234' }
  const told = async (answer: Response | Promise<Response>) => {
    const response = await answer
    expect(response.headers.get('content-type')).toContain('application/problem+json')
    return { ...Problem.parse(await response.json()), status: response.status }
  }

  test('a refusal has its status, its code and a sentence in the language that was asked for', async () => {
    const rest = open({ handle: () => refusal('not-found', 'dossiers.look-up-failed') })
    const vi = await told(call(rest, 'POST', '/look-up', lookUp))
    const en = await told(call(rest, 'POST', '/look-up?lang=en', lookUp))
    expect(vi).toMatchObject({ status: 404, code: 'dossiers.look-up-failed' })
    expect(vi.title).toContain('không khớp')
    expect(en.title).toContain('do not belong together')
  })

  test('several problems are told at once, each with its place and its sentence', async () => {
    const problems = [
      { field: 'applicant', code: 'dossiers.applicant-missing' },
      { field: 'paper:birth-notice', code: 'dossiers.paper-missing', params: { name: 'Giấy chứng sinh' } },
    ]
    const rest = open({ handle: () => refusal('invalid', 'dossiers.incomplete', { problems }) })
    expect((await told(call(rest, 'POST', '/look-up', lookUp))).problems).toEqual([
      expect.objectContaining({ path: 'applicant' }),
      { path: 'paper:birth-notice', code: 'dossiers.paper-missing', message: 'Còn thiếu: Giấy chứng sinh' },
    ])
  })

  test('a breakdown is an apology with a reference, and says nothing of the inside', async () => {
    const rest = open({
      handle: () => {
        throw new Error('select password from users')
      },
    })
    const problem = await told(call(rest, 'POST', '/look-up', lookUp))
    expect(problem).toMatchObject({ status: 500, code: 'http.breakdown', reference: expect.any(String) })
    expect(JSON.stringify(problem)).not.toContain('password')
  })

  test('a database that is away is asked again soon', async () => {
    const away = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
    const rest = open({ handle: () => Promise.reject(away) })
    const answer = await call(rest, 'POST', '/look-up', lookUp)
    expect(answer.headers.get('retry-after')).toBe('2')
    expect(await told(answer)).toMatchObject({ status: 503, code: 'http.database-away' })
  })

  test.each<[string, BodyInit, string]>([
    ['no JSON', '{"code":', 'http.unreadable-body'],
    ['wrong types', '{"code": 1, "proof": {}}', 'http.invalid-request'],
    ['nothing', '{}', 'http.invalid-request'],
    ['U+0000', '{"code": "a\\u0000", "proof": "x"}', 'text.not-storable'],
    ['half a character', '{"code": "a\\ud83d", "proof": "x"}', 'text.not-storable'],
  ])('%s is refused', async (_what, body, code) => {
    const answer = open({}).request('/look-up', { method: 'POST', headers: json, body })
    expect(await told(answer)).toMatchObject({ status: 422, code })
  })

  test('a body beyond the limit is refused, whether it states its length or not', async () => {
    const long = 'x'.repeat(3 * 1024 * 1024)
    const stated = { ...json, 'content-length': String(long.length) }
    expect((await open({}).request('/look-up', { method: 'POST', headers: stated, body: long })).status).toBe(
      413,
    )
    const unstated = { ...json, 'transfer-encoding': 'chunked' }
    expect(
      (await open({}).request('/look-up', { method: 'POST', headers: unstated, body: long })).status,
    ).toBe(413)
  })

  test('who tries codes without end is told to wait', async () => {
    const rest = open({ perMinute: 3 })
    const tried = []
    for (let i = 0; i < 5; i++) tried.push((await call(rest, 'POST', '/look-up', lookUp)).status)
    expect(tried).toEqual([200, 200, 200, 429, 429])
  })

  test('an unknown address is not found', async () => {
    expect(await told(call(open({}), 'GET', '/nothing'))).toMatchObject({
      status: 404,
      code: 'http.no-such-route',
    })
  })
})

test('the OpenAPI 3.1 document holds every route, and every reference in it leads somewhere', async () => {
  const document = (await (await call(mounted({ kind: 'anonymous' }), 'GET', '/openapi.json')).json()) as {
    openapi: string
    paths: Record<string, Record<string, { summary?: string }>>
  }
  expect(document.openapi).toBe('3.1.0')
  for (const { method, path, summary } of restRoutes)
    expect(document.paths[path]?.[method]?.summary, `${method} ${path}`).toBe(summary)
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, to]) => to!)
  for (const to of references) {
    const found = to.split('/').reduce<unknown>((at, key) => (at as Record<string, unknown>)?.[key], document)
    expect(found, to).toBeDefined()
  }
})
