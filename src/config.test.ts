import { describe, expect, test } from 'vitest'
import { ConfigError, readConfig } from './config.ts'

const earnest = {
  ...{ MOTCUA_DEMO: 'no', MOTCUA_SECRET: 'x'.repeat(40) },
  ...{ OIDC_ISSUER: 'https://id.example', OIDC_CLIENT_ID: 'a', OIDC_CLIENT_SECRET: 'b' },
}
const service = {
  name: 'nha-cung-cap',
  url: 'https://ky.example/csc/v2/',
  clientId: 'c',
  clientSecret: 'bí mật',
}

describe('signing', () => {
  test('needs nothing in a demonstration', () => {
    expect(readConfig({}).signing).toEqual({ timeStampUrl: undefined, services: [] })
  })

  test('takes a time-stamping authority and signing services', () => {
    const CSC_SERVICES = JSON.stringify([service])
    expect(readConfig({ ...earnest, TSA_URL: 'https://tsa.example', CSC_SERVICES }).signing).toEqual({
      timeStampUrl: 'https://tsa.example',
      services: [{ ...service, url: 'https://ky.example/csc/v2' }],
    })
  })

  test.each([
    [{ TSA_URL: 'http://tsa.example' }, 'TSA_URL has to be https'],
    [{ CSC_SERVICES: JSON.stringify([{ ...service, url: 'http://ky.example' }]) }, 'has to be https'],
    [{ CSC_SERVICES: JSON.stringify([service, service]) }, 'a name twice'],
    [{ CSC_SERVICES: JSON.stringify([{ ...service, pin: '1' }]) }, 'no list'],
    [{ CSC_SERVICES: '{bí mật' }, 'no list'],
  ])('refuses in earnest %j', (stated, why) => {
    const read = () => readConfig({ ...earnest, ...stated })
    expect(read).toThrow(ConfigError)
    expect(read).toThrow(why)
    expect(read).not.toThrow('bí mật')
  })

  test('lets a demonstration ask over plain HTTP, and nothing but HTTP', () => {
    expect(readConfig({ TSA_URL: 'http://localhost:1' }).signing.timeStampUrl).toBe('http://localhost:1')
    expect(() => readConfig({ TSA_URL: 'file:///etc/passwd' })).toThrow('http or https')
  })
})
