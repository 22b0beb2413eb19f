import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { aDesk, morning, staff } from '../../../../test/builders/a-desk.ts'
import { baseForms } from '../../../../test/builders/a-filing.ts'
import { accepted, isRefusal } from '../../../kernel/errors.ts'
import { filesOnDisk } from '../../../kernel/files.ts'
import { searchProcedures } from '../../catalogue/index.ts'
import { storeFile } from '../../documents/index.ts'
import type { Actor } from '../../identity/index.ts'
import type { refusals } from '../refusals.ts'
import type { SubmissionInput } from './submission-input.ts'

const desk = await aDesk()
const { citizen, dossiers, officer, submissionOf } = desk
const folder = mkdtempSync(join(tmpdir(), 'motcua-submit-'))
afterAll(async () => {
  await desk.db.close()
  rmSync(folder, { recursive: true, force: true })
})

const submit = (input: SubmissionInput, { actor = citizen() as Actor, key = randomUUID() as string } = {}) =>
  dossiers.submit(actor, input, { key, now: morning })
const problemsOf = (outcome: unknown) =>
  (outcome as Partial<ReturnType<typeof refusals.incomplete>>).details?.problems ?? []
const count = async () => {
  const { rows } = await desk.database.pool.query('select count(*) as n from dossiers.dossier')
  return rows[0].n as number
}

async function anUpload(owner: Actor & { kind: 'person' }, name = 'ảnh giấy tờ.pdf') {
  const pdf = '%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n0\n%%EOF\n'
  const door = { db: desk.db.pool, files: filesOnDisk(folder) }
  const who = { kind: 'person', id: owner.personId }
  return accepted(
    await storeFile(door, [Buffer.from(pdf)], { name, owner: who, purpose: 'upload', now: morning }),
  )
}

/** The papers that a refusal says are missing, uploaded. */
async function papersFor(input: SubmissionInput, actor: Actor & { kind: 'person' }) {
  const missing = problemsOf(await submit(input, { actor })).filter(
    ({ code }) => code === 'dossiers.paper-missing',
  )
  return Promise.all(
    missing.map(async ({ field }) => {
      const { fileId, sha256, name, mediaType } = await anUpload(actor)
      return {
        component: field.slice('paper:'.length),
        fileId,
        sha256,
        name,
        mediaType,
        source: 'upload' as const,
      }
    }),
  )
}

test.each(baseForms)(
  'the base case of %s is filed, with the papers that its procedure asks for',
  async (formKey) => {
    const actor = citizen(formKey)
    const input = await submissionOf(formKey)
    const papers = await papersFor(input, actor)
    const place = formKey === 'temporary-residence' ? { receiving: await policeStation() } : {}
    const filed = await submit({ ...input, ...place, papers }, { actor })
    // What must be shown at a counter is not filed online.
    if (isRefusal(filed)) expect(filed.code).toBe('dossiers.channel-not-offered')
    else {
      expect(filed.dossier.code).toMatch(/^H99[.\d]*-261119-\d{5}$/)
      expect(await desk.folded(filed.dossier)).toEqual(await desk.stored(filed.dossier))
    }
  },
)

async function policeStation() {
  const { rows } = await desk.database.pool.query(
    "select code from directory.authority where kind = 'commune-police' order by code limit 1",
  )
  return rows[0].code as string
}

test('the same key twice gives the same dossier and the same secret', async () => {
  const input = await submissionOf()
  const key = randomUUID()
  const first = accepted(await submit(input, { key }))
  const second = accepted(await submit(input, { key }))
  expect(second).toMatchObject({ isNew: false, lookupSecret: first.lookupSecret })
  expect(second.dossier).toEqual(first.dossier)
})

test('the same key twenty times at once makes one dossier', async () => {
  const input = await submissionOf()
  const key = randomUUID()
  const before = await count()
  const filed = await Promise.all(Array.from({ length: 20 }, () => submit(input, { key })))
  expect(new Set(filed.map((each) => accepted(each).dossier.code)).size).toBe(1)
  expect(filed.filter((each) => accepted(each).isNew)).toHaveLength(1)
  expect(await count()).toBe(before + 1)
})

test('keys of two people do not meet', async () => {
  const input = await submissionOf()
  const key = randomUUID()
  const other = { ...citizen(), personId: randomUUID() }
  const [mine, theirs] = [await submit(input, { key }), await submit(input, { key, actor: other })]
  expect(accepted(mine).dossier.code).not.toBe(accepted(theirs).dossier.code)
})

test('two hundred filings at once each get a code of their own, and all are whole', async () => {
  const input = await submissionOf()
  const filed = await Promise.all(Array.from({ length: 200 }, () => submit(input)))
  expect(new Set(filed.map((each) => accepted(each).dossier.code)).size).toBe(200)
  for (const each of filed.slice(0, 20)) {
    const { dossier } = accepted(each)
    expect(await desk.stored(dossier)).toEqual(dossier)
  }
})

test('one filing that the database refuses does not take the others with it', async () => {
  const input = await submissionOf()
  await desk.database.pool.query(
    `alter table dossiers.party add constraint test_no_bad_names check (name <> 'Người Bị Chặn')`,
  )
  const blocked = { ...citizen(), name: 'Người Bị Chặn' }
  const outcomes = await Promise.allSettled([
    submit(input),
    submit(input, { actor: blocked }),
    submit(input),
    submit(input),
  ])
  await desk.database.pool.query('alter table dossiers.party drop constraint test_no_bad_names')
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled'])
})

test('a file that nobody knows, of somebody else, or with another hash is refused', async () => {
  const input = await submissionOf()
  const other = { ...citizen(), personId: randomUUID() }
  const mine = await anUpload(citizen())
  const theirs = await anUpload(other)
  const paper = (fileId: string, sha256: string) => [
    {
      component: 'declaration',
      fileId,
      sha256,
      name: 'ảnh.pdf',
      mediaType: 'application/pdf',
      source: 'upload' as const,
    },
  ]
  for (const papers of [
    paper(randomUUID(), mine.sha256),
    paper(theirs.fileId, theirs.sha256),
    paper(mine.fileId, 'ab'.repeat(32)),
  ]) {
    const outcome = await submit({ ...input, papers })
    expect(problemsOf(outcome)).toContainEqual(expect.objectContaining({ code: 'dossiers.paper-unknown' }))
  }
  expect(isRefusal(await submit({ ...input, papers: paper(mine.fileId, mine.sha256) }))).toBe(false)
})

test("a stranger's file is refused in a supplement as well", async () => {
  const { dossier } = await desk.file()
  const items = [{ target: null, text: 'Bổ sung' }]
  accepted(await desk.act(officer(staff.reception), dossier, { command: 'requestSupplement', items }))
  const { fileId, sha256 } = await anUpload({ ...citizen(), personId: randomUUID() })
  const papers = [
    {
      component: 'declaration',
      fileId,
      sha256,
      name: 'ảnh.pdf',
      mediaType: 'application/pdf',
      source: 'upload' as const,
    },
  ]
  const outcome = await desk.act(citizen(), dossier, { command: 'supplement', papers })
  expect(problemsOf(outcome)).toContainEqual(expect.objectContaining({ code: 'dossiers.paper-unknown' }))
})

test('an unknown procedure, an authority that does not settle it and a channel not offered are refused by name', async () => {
  const input = await submissionOf()
  const codeOf = async (changes: Partial<SubmissionInput>) => {
    const outcome = await submit({ ...input, ...changes })
    return isRefusal(outcome) ? outcome.code : 'filed'
  }
  expect(await codeOf({ procedureCode: '9.999999' })).toBe('dossiers.unknown-procedure')
  expect(await codeOf({ procedureCode: "' or 1=1 --" })).toBe('dossiers.unknown-procedure')
  const { receivingAgency: _, ...answers } = input.answers
  expect(isRefusal(await submit({ ...input, answers, receiving: 'H99.99.99' }))).toBe(true)
})

test('wrong types are refused, every place at once, and nothing is stored', async () => {
  const before = await count()
  const answers = {
    purpose: { a: 1 },
    maritalStatus: 7,
    relation: ['self'],
    'copies.count': 'nhiều',
    delivery: 'by dragon',
    'no.such.field': 1,
  }
  const outcome = await submit({ ...(await submissionOf()), answers })
  expect(isRefusal(outcome) && outcome.code).toBe('dossiers.incomplete')
  const fields = problemsOf(outcome).map(({ field }) => field)
  expect(fields).toEqual(
    expect.arrayContaining(['purpose', 'maritalStatus', 'relation', 'delivery', 'no.such.field']),
  )
  expect(await count()).toBe(before)
})

test.each<[string, unknown]>([
  ['nothing', undefined],
  ['text', 'x'],
  ['a list', []],
  ['no answers', { procedureCode: '1.004873' }],
  ['answers that are a list', { procedureCode: '1.004873', answers: [1] }],
  ['papers that are text', { procedureCode: '1.004873', answers: {}, papers: 'x' }],
  ['an endless code', { procedureCode: 'x'.repeat(100_000), answers: {} }],
  ['a strange way of filing', { procedureCode: '1.004873', answers: {}, filedFor: { kind: 'king' } }],
])('%s instead of a submission is refused', async (_what, raw) => {
  const outcome = await submit(raw as SubmissionInput)
  expect(isRefusal(outcome) && outcome.kind).toMatch(/invalid|not-found/)
})

test('keys that mean something to JavaScript are unknown fields, no more', async () => {
  const input = await submissionOf()
  const hostile = JSON.parse(
    '{"__proto__": {"polluted": true}, "constructor": {"prototype": 1}, "toString": "x"}',
  )
  const outcome = await submit({ ...input, answers: { ...input.answers, ...hostile } })
  expect(isRefusal(outcome) && outcome.code).toBe('dossiers.incomplete')
  expect(({} as Record<string, unknown>).polluted).toBeUndefined()
})

test('text that cannot be stored and nesting without end are refused', async () => {
  const input = await submissionOf()
  for (const bad of ['a\u0000b', 'a\ud800', JSON.parse('['.repeat(5000) + ']'.repeat(5000))]) {
    const outcome = await submit({ ...input, answers: { ...input.answers, purposeNote: bad } })
    expect(problemsOf(outcome).map(({ code }) => code)).toEqual(['text.not-storable'])
  }
})

test.each([
  `<script>alert('x')</script>`,
  `'; drop table dossiers.dossier; --`,
  `{{7*7}} \${7*7} %00 %s \\`,
  'Nguyễn Thị 😀 Hoa',
  '\u202egnuhc',
])('%j is stored and given back as it was typed', async (text) => {
  const counter = officer(staff.reception)
  const applicant = { name: text, phone: '0912345678' }
  const filed = accepted(await submit({ ...(await submissionOf()), applicant }, { actor: counter }))
  const note = accepted(await desk.act(counter, filed.dossier, { command: 'note', note: text }))
  const view = accepted(await dossiers.view(counter, note.code))
  expect(view.party.name).toBe(text)
  expect(view.history.at(-1)!.text).toBe(text)
  const found = await dossiers.queue(
    counter,
    { view: 'all', q: text, sort: 'due' },
    { now: morning, endOfToday: morning },
  )
  expect(found.items.length).toBeLessThanOrEqual(50)
})

test('a name typed on a machine that decomposes accents is stored composed, and found', async () => {
  const counter = officer(staff.reception)
  const name = 'Trần Thị Hường Đẹp'
  const applicant = { name: `  ${name.normalize('NFD')} ` }
  const { dossier } = accepted(await submit({ ...(await submissionOf()), applicant }, { actor: counter }))
  expect(accepted(await dossiers.view(counter, dossier.code)).party.name).toBe(name.normalize('NFC'))
  const queue = await dossiers.queue(
    counter,
    { view: 'all', q: 'tran thi huong dep', sort: 'due' },
    { now: morning, endOfToday: morning },
  )
  expect(queue.items.map(({ code }) => code)).toEqual([dossier.code])
})

test('a search for % finds nothing but %', async () => {
  const counter = officer(staff.reception)
  const queue = (q: string) =>
    dossiers.queue(counter, { view: 'all', q, sort: 'due' }, { now: morning, endOfToday: morning })
  expect((await queue('%%%%')).items.filter(({ applicantName }) => !applicantName.includes('%'))).toEqual([])
})

test('an officer at the counter states who came, and files as a helper', async () => {
  const counter = officer(staff.reception)
  const input = await submissionOf()
  expect(problemsOf(await submit(input, { actor: counter }))).toEqual([
    { field: 'applicant', code: 'dossiers.applicant-missing' },
  ])
  const { dossier } = accepted(
    await submit({ ...input, applicant: { name: 'Lê Thị Quầy' } }, { actor: counter }),
  )
  expect(dossier).toMatchObject({ channel: 'direct', filedFor: 'helper', receivedBy: 'H99.12' })
})

test('a file of somebody else is refused wherever a filing may name one', async () => {
  const owner = { ...citizen(), personId: randomUUID() } as Actor & { kind: 'person' }
  const { fileId, name } = await anUpload(owner)
  const withProof = await submissionOf('marital-status', {
    filedFor: {
      kind: 'relative',
      relation: 'friend',
      principal: { name: 'Trần Thị Na' },
      proof: { kind: 'file', fileId },
    },
  })
  expect(problemsOf(await submit(withProof))).toEqual([
    { field: 'filedFor', code: 'dossiers.paper-unknown', params: { name: fileId } },
  ])
  const asAnswer = await submissionOf('birth-registration', { answers: { evidence: [{ fileId, name }] } })
  expect(problemsOf(await submit(asAnswer))).toContainEqual(
    expect.objectContaining({ field: 'evidence', code: 'dossiers.paper-unknown' }),
  )
})

test('a system files with the authorities of its token alone', async () => {
  const system = (...authorityCodes: string[]): Actor => ({
    kind: 'system',
    clientId: randomUUID(),
    name: 'Hệ thống kết nối',
    scopes: ['dossiers:write'],
    authorityCodes,
  })
  const input = await submissionOf('marital-status', { applicant: { name: 'Trần Thị Na' } })
  const refused = await submit(input, { actor: system('H99.13') })
  expect(isRefusal(refused) && refused.code).toBe('dossiers.wrong-receiver')
  expect(isRefusal(await submit(input, { actor: system('H99.12') }))).toBe(false)
})

test('an internal procedure is filed by officers alone, and nobody finds it by searching', async () => {
  const code = '9.000002'
  const input = { procedureCode: code, receiving: 'H99.02', answers: {}, papers: [] }
  const options = { key: randomUUID(), now: morning }
  const refused = { refused: true, code: 'dossiers.not-filed-here' }
  expect(await desk.dossiers.submit(desk.citizen(), input, options)).toMatchObject(refused)
  const officer = desk.officer('officer-control-1')
  expect(await desk.dossiers.submit(officer, input, { ...options, key: randomUUID() })).not.toMatchObject(
    refused,
  )
  const found = await searchProcedures(desk.db, { q: code })
  expect(found).toMatchObject({ total: 0 })
})
