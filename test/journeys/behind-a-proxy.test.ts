import { expect, inject, test } from 'vitest'

const { baseUrl } = inject('journeyServer')

const lookUp = (origin: string) =>
  fetch(`${baseUrl}/tra-cuu`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/x-www-form-urlencoded' },
    body: 'code=H99.12-261119-99999&secret=FYEVWLL3',
  })

test('a form works where people see https and the server is spoken to in http', async () => {
  expect((await lookUp(baseUrl.replace('http:', 'https:'))).status).toBe(404)
})

test('a form of another site is refused all the same', async () => {
  expect((await lookUp('https://evil.example')).status).toBe(403)
})
