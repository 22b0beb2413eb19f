import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import jsQR from 'jsqr'
import sharp from 'sharp'
import { expect, inject, test } from 'vitest'
import { accepted } from '../../src/kernel/errors.ts'
import { signPdf } from '../../src/modules/signatures/index.ts'
import { aDoor, aPaper, aSigning } from '../../src/modules/signatures/signatures.builder.ts'
import { theBrowser } from './browser.ts'
import { openDossier, pressKey, sign } from './desk.ts'
import { answerPages, main, press, send, text } from './filing.ts'
import { staff } from './office.ts'
import { query, verifyCodesOf } from './papers.ts'
import { thePast } from './past.ts'
import { aTraveller, type Traveller } from './traveller.ts'

const { baseUrl } = inject('journeyServer')
const browser = await theBrowser()
const person = await aTraveller({ browser, baseUrl }, { width: 360 })
const officer = await aTraveller({ browser, baseUrl }, { width: 1280 })
const past = await thePast()

await person.takeRole('mother')
await officer.signInAs(staff.reception)

const paperName = 'Giấy khai sinh bản giấy của tôi'
let item: string
let code: string
let result: Buffer

const get = async ({ context }: Traveller, path: string) => {
  const answer = await context.request.get(`${baseUrl}${path}`)
  return { status: answer.status(), bytes: await answer.body() }
}

test('a photo of a paper from a phone is a PDF/A in the vault', async () => {
  const { page } = person
  const photo = await sharp({ create: { width: 1600, height: 1200, channels: 3, background: '#d9d2c3' } })
    .composite([
      {
        input: Buffer.from(
          '<svg width="900" height="90"><text y="60" font-size="60">GIAY KHAI SINH</text></svg>',
        ),
      },
    ])
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()
  await page.goto('/kho/them')
  await page.locator('#tep').setInputFiles({ name: 'IMG_0001.jpg', mimeType: 'image/jpeg', buffer: photo })
  await page.locator('#loai').selectOption('KQ.G15.000031')
  await page.locator('#ten').fill(paperName)
  await press(page, 'Thêm vào kho')
  await main(page).getByRole('link', { name: paperName }).click()
  item = new URL(page.url()).pathname.split('/').at(-1)!
  const isPdf = async () => {
    await page.reload()
    return text(page)
  }
  await expect.poll(isPdf, { timeout: 30_000 }).toContain('Đã thành PDF/A')
  await person.look()
  const href = (await page.getByRole('link', { name: 'Mở bản PDF/A' }).getAttribute('href'))!
  const paper = (await get(person, href)).bytes.toString('latin1')
  expect(paper.slice(0, 5)).toBe('%PDF-')
  expect(paper).toContain('<pdfaid:part>2</pdfaid:part>')
  expect((await get(person, `/kho/giay/${item}`)).bytes.equals(photo)).toBe(true)
})

test('it serves a dossier without an upload, and the officer opens the PDF/A', async () => {
  const { page } = person
  await page.goto('/thu-tuc/1.004859/nop')
  await press(page, 'Bắt đầu')
  await answerPages(page, {
    changeKind: 'correction',
    relation: 'self',
    'registration.kind': 'birth',
    'registration.number': '31',
    'registration.registeredOn.day': '3',
    'registration.registeredOn.month': '4',
    'registration.registeredOn.year': '1991',
    'change.item': 'hometown',
    'change.from': 'Xã Kiến Xương',
    'change.to': 'Xã Kiến Xương, tỉnh Hưng Yên',
    'change.reason': 'Ghi thiếu tên tỉnh',
    'copies.count': '1',
    'delivery.way': 'electronic',
  })
  const offer = page.locator(`input[name="vault.evidence"][value="${item}"]`)
  // Uploading something once does not check it: it is offered, and not proposed.
  expect(await offer.isChecked()).toBe(false)
  await offer.check()
  await press(page, 'Lưu và tiếp tục')
  code = (await send(page)).code
  const desk = officer.page
  await openDossier(desk, code)
  expect(await text(desk)).toContain('Lấy từ kho · Tự tải lên')
  const [paper] = await query<{ id: string; how: string }>(
    `select p.file_id as id, p.how from dossiers.paper p join dossiers.dossier d on d.id = p.dossier_id where d.code = $1`,
    [code],
  )
  expect(paper!.how).toBe('vault')
  const opened = await get(officer, `/tep/${paper!.id}?pdf=1&ho-so=${code}`)
  expect(opened.bytes.toString('latin1')).toContain('<pdfaid:part>2</pdfaid:part>')
})

test('its result is signed by the leader and sealed, and comes into the vault', async () => {
  const desk = officer.page
  expect(await pressKey(desk, 't')).toContain('đã tiếp nhận')
  await past.beforeDecision(code, new Date())
  await officer.signInAs(staff.leader)
  await openDossier(desk, code)
  expect(await sign(desk)).toContain('đã duyệt')
  await officer.signInAs(staff.clerk)
  await openDossier(desk, code)
  expect(await pressKey(desk, 't')).toContain('đã chuyển bước sau')
  const { page } = person
  const kept = async () => {
    const [row] = await query<{ id: string }>('select id from vault.item where dossier_code = $1', [code])
    return row?.id
  }
  await expect.poll(kept, { timeout: 20_000 }).toBeTruthy()
  const id = await kept()
  await page.goto(`/kho/${id}`)
  result = (await get(person, `/kho/giay/${id}`)).bytes
  expect(result.toString('latin1', 0, 5)).toBe('%PDF-')
  await page.reload()
  expect(await text(page)).toMatch(/Chữ ký của [\s\S]*còn nguyên vẹn[\s\S]*Con dấu của [\s\S]*còn nguyên vẹn/)
  expect(await text(page)).toContain('Giấy do cơ quan nhà nước ký số')
  await person.look()
})

/** What the camera of a phone reads from the first page; where no program draws pages, what is printed below it. */
async function readCode(pdf: Buffer): Promise<string> {
  if (!existsSync('/usr/bin/pdftoppm')) return `${baseUrl}/xac-minh/${(await verifyCodesOf(code)).result}`
  const folder = await mkdtemp(join(tmpdir(), 'motcua-qr-'))
  try {
    await writeFile(join(folder, 'a.pdf'), pdf)
    await promisify(execFile)(
      '/usr/bin/pdftoppm',
      ['-png', '-r', '150', '-singlefile', '-l', '1', 'a.pdf', 'a'],
      {
        cwd: folder,
      },
    )
    const picture = sharp(await readFile(join(folder, 'a.png')))
      .ensureAlpha()
      .raw()
    const { data, info } = await picture.toBuffer({ resolveWithObject: true })
    const decode = (jsQR as unknown as { default?: typeof jsQR }).default ?? jsQR
    return decode(new Uint8ClampedArray(data), info.width, info.height)?.data ?? ''
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Holds a file up to the page as anybody does, on a browser that knows nobody. */
async function heldUp(page: Traveller['page'], bytes: Uint8Array, name = 'giay.pdf'): Promise<string> {
  await page.goto('/xac-minh')
  await page.locator('#tep').setInputFiles({ name, mimeType: 'application/pdf', buffer: Buffer.from(bytes) })
  await press(page, /^Kiểm tra tệp$/)
  await main(page).locator('.notice').first().waitFor()
  return text(page)
}

test('anybody verifies it by the picture on it and by the file; an altered copy is caught', async () => {
  const address = await readCode(result)
  expect(address).toContain('/xac-minh/')
  const stranger = await aTraveller({ browser, baseUrl }, { width: 360, scripts: false })
  const { page } = stranger
  expect(await stranger.context.cookies()).toEqual([])
  await page.goto(new URL(address).pathname)
  expect(await text(page)).toContain('Giấy tờ có thật và đang có hiệu lực')
  // No more than the paper itself shows: neither whose it is nor what it says.
  for (const secret of ['Mẫu Đơn', 'Kiến Xương', 'Ghi thiếu', code])
    expect(await text(page)).not.toContain(secret)
  await stranger.look()
  expect(await heldUp(page, result)).toContain('Tệp này đúng là bản đã phát hành')
  await stranger.look()
  expect(await heldUp(page, Buffer.concat([result, Buffer.from('\n% một dòng\n')]))).toContain(
    'Tệp này đã bị sửa sau khi phát hành',
  )
  await stranger.look()
  const touched = Buffer.from(result)
  touched[Math.floor(touched.length / 3)]! ^= 0x20
  expect(await heldUp(page, touched)).toMatch(/đã bị sửa sau khi ký|Không đọc được tệp này/)
  await stranger.close()
})

test.each([360, 1280])(
  'what is not valid any more, or was never ours, is said at %i points',
  async (width) => {
    const stranger = await aTraveller({ browser, baseUrl }, { width, scripts: width > 360 })
    const { page } = stranger
    const secrets = async () => {
      await stranger.look()
      expect(await text(page)).not.toMatch(/Mẫu Đơn|citizen-|Ghi thiếu/)
    }
    const [old] = await query<{ id: string; code: string }>(
      `select id, verify_code as code from documents.issued_document where dossier_code = $1 and kind = 'result'`,
      [code],
    )
    const become = (status: string, replacedBy: string | null = null) =>
      query(
        'update documents.issued_document set status = $2, replaced_by = $3, status_reason = $4 where id = $1',
        [old!.id, status, replacedBy, status === 'revoked' ? 'Cấp không đúng thẩm quyền' : null],
      )
    const [other] = await query<{ id: string; code: string }>(
      `select id, verify_code as code from documents.issued_document where status = 'valid' and id <> $1 and kind = 'result' limit 1`,
      [old!.id],
    )
    await become('revoked')
    await page.goto(`/xac-minh/${old!.code}`)
    expect(await text(page)).toContain('Giấy tờ này đã bị thu hồi')
    await secrets()
    expect(await heldUp(page, result)).toContain('Tệp này thật, nhưng giấy đã bị thu hồi')
    await secrets()
    // Another result is there once somebody has opened one.
    if (other) {
      await become('replaced', other.id)
      await page.goto(`/xac-minh/${old!.code}`)
      expect(await text(page)).toContain('Giấy tờ này đã được thay bằng bản khác')
      await page.getByRole('link', { name: 'Xem bản thay thế' }).click()
      await page.waitForURL(`**/xac-minh/${other.code}`)
      expect(await heldUp(page, result)).toContain('Tệp này thật, nhưng giấy đã được thay bằng bản khác')
      await secrets()
    }
    await become('valid')

    await page.goto('/xac-minh/KHONGCOTHATNHUTHE')
    expect(await text(page)).toContain('Không có giấy tờ nào mang mã này')
    await secrets()
    expect(await heldUp(page, await aPaper())).toContain('Không nhận ra tệp này')
    await secrets()
    const world = aDoor({ at: new Date() })
    world.addSigner('an')
    const unknown = accepted(
      await signPdf(world.door, aSigning(await aPaper(), { level: 'B-B', now: new Date() })),
    )
    const said = await heldUp(page, unknown.pdf)
    expect(said).toContain('Không tin được chữ ký trong tệp này')
    await secrets()
    await stranger.close()
  },
)

test('nothing broke on the way', () => {
  expect([...person.complaints(), ...officer.complaints()]).toEqual([])
})
