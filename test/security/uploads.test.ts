import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { demonstrationIssuer } from '../../src/modules/directory/index.ts'
import { aClamd, eicar } from '../../src/modules/documents/intake/clamd.builder.ts'
import type { Officer, Person } from '../../src/modules/identity/index.ts'
import type { PageContext } from '../../src/web/context.ts'
import { takePapers } from '../../src/web/desk/officer-files.ts'
import { takeUploads } from '../../src/web/portal/filing/uploads.ts'
import { anApp, own } from '../builders/an-app.ts'

const scanner = await aClamd()
const oidc = { OIDC_ISSUER: demonstrationIssuer, OIDC_CLIENT_ID: 'motcua', OIDC_CLIENT_SECRET: 'a-secret' }
const folder = mkdtempSync(join(tmpdir(), 'motcua-uploads-'))
const config = readConfig({
  ...{ MOTCUA_DATA: folder, MOTCUA_BASE_URL: own, MOTCUA_CLAMD: scanner.address, ...oidc },
  MOTCUA_FILE_KEYS: `k:${Buffer.alloc(32, 3).toString('base64')}`,
})
const installation = await anApp({ config })
const { app, send, sessionOf } = installation
const citizen = await sessionOf('citizen-1')
const clerk = await sessionOf('officer-hoa-sen-reception-1')
const stranger = await sessionOf('citizen-3')
afterAll(async () => {
  await installation.close()
  await scanner.close()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(() => {
  scanner.state.mood = 'well'
})

const actorOf = (cookie: string) =>
  app.identity.resolveActor(new Request('http://localhost', { headers: { cookie } }))
const person = (await actorOf(citizen)) as Person
const officer = (await actorOf(clerk)) as Officer
const page = () => ({ app, now: new Date(), locale: 'vi' }) as unknown as PageContext

const form = (name: string, content: string, file = 'giay.txt') => {
  const data = new FormData()
  data.append(name, new File([content], file))
  return data
}
const tus = async (cookie: string, content: string) => {
  const headers = {
    'tus-resumable': '1.0.0',
    'upload-length': String(content.length),
    'upload-metadata': `filename ${btoa('giay.txt')}`,
  }
  const begun = await send('/files/tus', { method: 'POST', cookie, headers })
  return send(new URL(begun.headers.get('location')!, own).pathname, {
    method: 'PATCH',
    cookie,
    body: content,
    headers: {
      'tus-resumable': '1.0.0',
      'upload-offset': '0',
      'content-type': 'application/offset+octet-stream',
    },
  })
}
const uploads = () => takeUploads(page(), person, form('paper.a', eicar), 'paper.a', 'component:a')
const atCounter = () => takePapers(page(), officer, form('paper:a', eicar))

describe('malware is refused before it is kept', () => {
  test('in the form of a filing and of a supplement', async () => {
    const { files, refusals } = await uploads()
    expect(files).toEqual([])
    expect(refusals.join()).toContain('mã độc (Eicar-Test-Signature)')
  })

  test('at the counter, filing and supplement', async () => {
    const { held, refused } = await atCounter()
    expect(held).toEqual([])
    expect(refused.join()).toContain('mã độc')
  })

  test.each([
    ['a person', citizen],
    ['an officer', clerk],
  ])('in a resumable upload of %s', async (_, cookie) => {
    const answer = await tus(cookie, eicar)
    expect(answer.status).toBe(422)
    expect(await answer.json()).toMatchObject({ code: 'documents.malware' })
    expect(answer.headers.get('motcua-file-id')).toBeNull()
  })

  test('and nothing of it stays anywhere', () => {
    for (const place of ['files/incoming', 'uploads']) expect(readdirSync(join(folder, place))).toEqual([])
  })
})

describe('while the scanner hangs', () => {
  test('no door opens what was taken in, and its state is told only to its owner', async () => {
    scanner.state.mood = 'closes'
    const fileIds = [
      (await uploads()).files[0]!.fileId,
      (await tus(citizen, 'mot dong chu')).headers.get('motcua-file-id')!,
    ]
    for (const fileId of fileIds) {
      for (const way of ['', '?xem=1', '?pdf=1']) {
        const answer = await send(`/tep/${fileId}${way}`, { cookie: citizen })
        expect(answer.status).toBe(503)
        expect(await answer.text()).not.toContain('EICAR')
      }
      const state = await send(`/tep/${fileId}/trang-thai`, { cookie: citizen })
      expect(await state.json()).toEqual({ text: 'Đang chờ quét mã độc', waiting: true })
      expect((await send(`/tep/${fileId}/trang-thai`, { cookie: stranger })).status).toBe(404)
      expect((await send(`/tep/${fileId}/trang-thai`)).status).toBe(404)
    }
  })
})

describe('a file that was sent beforehand', () => {
  const sentAs = (name: string, fileId: string) => {
    const data = new FormData()
    data.append(`_sent:${name}`, fileId)
    return data
  }

  test('is taken once, and only by whoever sent it', async () => {
    const fileId = (await tus(citizen, 'giay to cua toi')).headers.get('motcua-file-id')!
    const other = (await actorOf(stranger)) as Person
    const data = sentAs('paper.a', fileId)
    const taken = async (who: Person) =>
      (await takeUploads(page(), who, data, 'paper.a', 'component:a')).files.map((file) => file.fileId)
    expect(await taken(other)).toEqual([])
    expect(await taken(person)).toEqual([fileId])
    expect(await taken(person)).toEqual([])
    expect((await takePapers(page(), officer, sentAs('paper:a', fileId))).held).toEqual([])
  })

  test('whose number is none is passed over', async () => {
    for (const number of ['', 'x', "'; drop table documents.stored_file;--"])
      expect((await takeUploads(page(), person, sentAs('paper.a', number), 'paper.a', 'x')).files).toEqual([])
  })
})
