import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { accepted, isRefusal } from './errors.ts'
import { type Files, filesOnDisk } from './files.ts'
import { ArrivedFile, readPostedForm, UnreadableForm } from './posted-form.ts'

let root: string
let files: Files
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'motcua-form-'))
  files = filesOnDisk(root)
})
afterEach(() => rm(root, { recursive: true, force: true }))

const megabyte = 1_048_576
const read = (request: Request, maxFileBytes = megabyte) => readPostedForm(request, { files, maxFileBytes })
const lying = () => readdir(join(root, 'incoming')).catch(() => [])
const posted = (form: FormData) => new Request('http://x/', { method: 'POST', body: form })

/** A form as bytes, so that it can be cut, bent and sent piece by piece. */
function raw(body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, boundary = 'b') {
  return new Request('http://x/', {
    method: 'POST',
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: Readable.toWeb(Readable.from(body)) as unknown as BodyInit,
    duplex: 'half',
  } as RequestInit)
}
const bytes = (text: string) => Buffer.from(text)
const part = (disposition: string, content: string, type = '') =>
  `--b\r\nContent-Disposition: form-data; ${disposition}\r\n${type}\r\n${content}\r\n`

describe('a posted form', () => {
  test('gives fields as they are and files from disk', async () => {
    const form = new FormData()
    form.append('name', 'Nguyễn Thị Mẫu Đơn')
    form.append('paper', new File(['một'], 'giấy “1”.txt', { type: 'text/plain' }))
    form.append('paper', new File(['hai'], '2.txt'))
    form.append('empty', new File([], ''))
    const read1 = await read(posted(form))
    expect(read1.form.get('name')).toBe('Nguyễn Thị Mẫu Đơn')
    const papers = read1.form.getAll('paper') as ArrivedFile[]
    expect(papers.map(({ name, size }) => [name, size])).toEqual([
      ['giấy “1”.txt', 5],
      ['2.txt', 3],
    ])
    expect(papers.every((paper) => paper instanceof ArrivedFile)).toBe(true)
    expect(await papers[0]!.text()).toBe('một')
    expect(Buffer.concat(await Array.fromAsync(papers[1]!.stream())).toString()).toBe('hai')
    expect(read1.form.get('empty')).toMatchObject({ name: '', size: 0 })
    await read1.forget()
    expect(await lying()).toEqual([])
  })

  test('leaves alone what was kept', async () => {
    const form = new FormData()
    form.append('paper', new File(['một'], 'a.txt'))
    const { form: read1, forget } = await read(posted(form))
    const held = accepted((read1.get('paper') as ArrivedFile).held)
    await held.keep()
    await forget()
    expect(await files.size(held.sha256)).toBe(5)
  })

  test('holds a few packets of a large file in memory, not the file', async () => {
    const piece = Buffer.alloc(megabyte, 1)
    // So much was taken when the last packet was asked for that it cannot lie in memory.
    let most = 0
    async function* body() {
      yield bytes('--b\r\nContent-Disposition: form-data; name="p"; filename="a.bin"\r\n\r\n')
      const idle = process.memoryUsage().arrayBuffers
      for (let i = 0; i < 200; i++) {
        yield piece
        most = Math.max(most, process.memoryUsage().arrayBuffers - idle)
      }
      yield bytes('\r\n--b--\r\n')
    }
    const { form, forget } = await read(raw(body()), 300 * megabyte)
    expect((form.get('p') as File).size).toBe(200 * megabyte)
    expect(most).toBeLessThan(120 * megabyte)
    await forget()
  })

  test('refuses one file above the limit while it flows, and takes the others', async () => {
    const form = new FormData()
    form.append('paper', new File([Buffer.alloc(megabyte + 1)], 'large.bin'))
    form.append('paper', new File(['hai'], 'b.txt'))
    form.append('after', 'yes')
    const { form: read1 } = await read(posted(form))
    const [large, small] = read1.getAll('paper') as ArrivedFile[]
    expect(isRefusal(large!.held) && large!.held.kind).toBe('too-large')
    expect(small!.size).toBe(3)
    expect(read1.get('after')).toBe('yes')
    expect(await lying()).toHaveLength(1)
  })

  test('a form cut at every point is refused and leaves nothing behind', async () => {
    const whole = bytes(
      `${part('name="a"', 'x')}${part('name="p"; filename="a.txt"', 'content')}${part('name="c"', 'y')}--b--\r\n`,
    )
    for (let cut = 1; cut < whole.length - 4; cut += 3) {
      await expect(read(raw([whole.subarray(0, cut)]))).rejects.toThrow(UnreadableForm)
      expect(await lying()).toEqual([])
    }
  })

  test('a connection that breaks is refused and leaves nothing behind', async () => {
    async function* broken() {
      yield bytes('--b\r\nContent-Disposition: form-data; name="p"; filename="a.txt"\r\n\r\nhalf')
      throw new Error('gone')
    }
    await expect(read(raw(broken()))).rejects.toThrow(UnreadableForm)
    expect(await lying()).toEqual([])
  })

  test.each([
    ['too many files', Array.from({ length: 201 }, (_, i) => part(`name="p"; filename="${i}.txt"`, 'x'))],
    ['too many fields', Array.from({ length: 5_001 }, (_, i) => part(`name="f${i}"`, 'x'))],
    ['a field of two megabytes', [part('name="f"', 'x'.repeat(2 * megabyte))]],
    [
      'fields that are large together',
      Array.from({ length: 12 }, () => part('name="f"', 'x'.repeat(megabyte))),
    ],
  ])('%s are no form of ours', async (_, parts) => {
    await expect(read(raw([bytes(`${parts.join('')}--b--\r\n`)]))).rejects.toThrow(UnreadableForm)
    expect(await lying()).toEqual([])
  })

  test.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\\\papers\\\\a.pdf', 'a.pdf'],
    ['a\\"b.pdf', 'a"b.pdf'],
    ['__proto__', '__proto__'],
  ])('a file called %s keeps no path', async (sent, name) => {
    const { form, forget } = await read(
      raw([bytes(`${part(`name="__proto__"; filename="${sent}"`, 'x')}--b--\r\n`)]),
    )
    expect((form.get('__proto__') as File).name).toBe(name)
    expect(({} as Record<string, unknown>).name).toBeUndefined()
    await forget()
  })

  test('no boundary, another boundary, a part without a name', async () => {
    await expect(read(raw([bytes('x')], ''))).rejects.toThrow(UnreadableForm)
    await expect(read(raw([bytes(`${part('name="a"', 'x')}--b--\r\n`)], 'other'))).rejects.toThrow(
      UnreadableForm,
    )
    const { form } = await read(raw([bytes(`--b\r\n\r\nnothing said\r\n${part('name="a"', 'x')}--b--\r\n`)]))
    expect([...form.keys()]).toEqual(['a'])
  })

  test('a form without files is read as ever', async () => {
    const request = new Request('http://x/', { method: 'POST', body: new URLSearchParams({ a: 'b' }) })
    expect((await read(request)).form.get('a')).toBe('b')
    await expect(read(new Request('http://x/', { method: 'POST', body: 'x' }))).rejects.toThrow(
      UnreadableForm,
    )
  })
})
