import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Hono } from 'hono'
import { type AppParts, createApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { fileRoutes } from '../../src/file-routes.ts'
import { restOf } from '../../src/http-server.ts'
import { accepted } from '../../src/kernel/errors.ts'
import { openLog } from '../../src/kernel/log.ts'
import { liveRoutes } from '../../src/live-routes.ts'
import { demonstrationIssuer } from '../../src/modules/directory/index.ts'
import { identityRoutes } from '../../src/modules/identity/index.ts'
import { testDatabase } from '../harness/database.ts'
import { theCitizenOf } from './a-filing.ts'

/** Where the installation under test answers. */
export const own = 'http://localhost:8026'

/** Everything that an installation answers but its pages, on a real database, called in this process. */
export async function anApp(changes: Partial<AppParts> = {}) {
  const database = await testDatabase({ reference: true })
  const folder = mkdtempSync(join(tmpdir(), 'motcua-app-'))
  // Officers of the reference data are known by this issuer; nobody asks it anything here.
  const oidc = { OIDC_ISSUER: demonstrationIssuer, OIDC_CLIENT_ID: 'motcua', OIDC_CLIENT_SECRET: 'a-secret' }
  const app = await createApp({
    config: readConfig({ MOTCUA_DATA: folder, MOTCUA_BASE_URL: own, ...oidc }),
    databaseUrl: database.url,
    secret: 'a-secret-of-this-test-run-alone-0123456789',
    log: openLog('silent'),
    ...changes,
  })
  const http = new Hono()
    .route('/', identityRoutes(app.identity))
    .route('/api/v1', restOf(app))
    .route('/', fileRoutes(app))
    .route('/', liveRoutes(app))

  /** The Cookie header of a session of an account that the provider knows by this subject. */
  async function sessionOf(subject: string, name = 'Trần Thị Na') {
    const { personalId, dateOfBirth, phone } = theCitizenOf('marital-status')
    const profile = {
      subject,
      name,
      personalId,
      dateOfBirth,
      phone,
      assurance: 2 as const,
      organisations: [],
    }
    return accepted(await app.identity.openSessionFor(profile))
  }

  /** Sends a request as a page of ours would, unless the headers say otherwise. */
  function send(
    path: string,
    { cookie, json, ...init }: RequestInit & { cookie?: string; json?: unknown } = {},
  ) {
    const headers = new Headers(init.headers)
    if (cookie) headers.set('cookie', cookie)
    if (!headers.has('origin') && !headers.has('sec-fetch-site')) headers.set('origin', own)
    if (json !== undefined) headers.set('content-type', 'application/json')
    const body = json === undefined ? init.body : JSON.stringify(json)
    return http.request(own + path, { ...init, headers, ...(body !== undefined && { body }) })
  }

  async function close() {
    await app.close()
    rmSync(folder, { recursive: true, force: true })
  }

  return { app, database, folder, http, send, sessionOf, close }
}
