import { expect, test } from 'vitest'
import { localPath } from './local-path.ts'

test.each([
  '/',
  '/ho-so',
  '/tim?q=khai%20sinh',
  '/thu-tuc/1.001193#phi',
  '/tim?q=khai sinh',
  '/nop/a/b?x=//y',
])('keeps %s', (path) => {
  expect(localPath(path)).toBe(new URL(path, 'http://x.invalid').href.slice('http://x.invalid'.length))
})

test.each([
  undefined,
  null,
  '',
  'ho-so',
  'https://evil.example',
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/a\\..\\..//evil',
  '/.//evil.example',
  '/x/..//evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  'javascript:alert(1)',
  '/dang-nhap?ve=/',
  '/auth/callback?code=1',
  '/oidc/auth',
  `/${'a'.repeat(2000)}`,
])('refuses %j', (path) => {
  expect(localPath(path)).toBeUndefined()
})
