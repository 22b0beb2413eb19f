import { describe, expect, test } from 'vitest'
import { isSamePlace, settlePlace } from './places'

const place = (code: string, name: string, province = 'tỉnh Sông Mai') => ({
  code,
  name,
  fullName: name,
  provinceCode: 'S9',
  provinceName: province,
  sample: true,
})
const hoaSen = place('S9001', 'Phường Hoa Sen')
const hoaSenB = place('S9040', 'Xã Hoa Sen')

test('a place is the same while commune and detail are, whatever else a register wrote', () => {
  const before = {
    communeCode: 'S9001',
    provinceCode: 'S9',
    written: 'Phường Hoa Sen',
    facility: 'Bệnh viện',
  }
  expect(isSamePlace({ communeCode: 'S9001', provinceCode: 'S9' }, before)).toBe(true)
  expect(isSamePlace({ communeCode: 'S9001', detail: 'số 8' }, before)).toBe(false)
  expect(isSamePlace({ written: 'hoa' }, before)).toBe(false)
})

describe('a place that was typed', () => {
  test('the only commune found is taken', () => {
    expect(settlePlace({ written: 'hoa sen', detail: 'số 8' }, [hoaSen])).toEqual({
      value: { detail: 'số 8', communeCode: 'S9001', provinceCode: 'S9' },
      hits: [],
    })
  })

  test('of an old commune that was divided all that took over are offered, with the old name', () => {
    const formerly = 'Xã Hoa Cũ, Huyện Sông'
    const { value, hits } = settlePlace({ written: 'xã hoa cũ' }, [
      { ...hoaSen, formerly },
      { ...hoaSenB, formerly },
    ])
    expect(value).toEqual({ written: 'xã hoa cũ' })
    expect(hits.map(({ text }) => text)).toEqual([
      'Phường Hoa Sen, tỉnh Sông Mai (trước là Xã Hoa Cũ, Huyện Sông)',
      'Xã Hoa Sen, tỉnh Sông Mai (trước là Xã Hoa Cũ, Huyện Sông)',
    ])
  })

  test('several communes are offered, and what was typed stays', () => {
    const { value, hits } = settlePlace({ written: 'hoa sen' }, [hoaSen, hoaSenB])
    expect(value).toEqual({ written: 'hoa sen' })
    expect(hits.map(({ code }) => code)).toEqual(['S9001', 'S9040'])
  })

  test('a choice among them holds', () => {
    expect(
      settlePlace({ written: 'hoa sen', communeCode: 'S9040' }, [hoaSen, hoaSenB]).value.communeCode,
    ).toBe('S9040')
  })

  test('a name typed in full decides, with or without accents', () => {
    expect(
      settlePlace({ written: 'phuong hoa sen, tinh song mai' }, [hoaSen, hoaSenB]).value.communeCode,
    ).toBe('S9001')
  })

  test('a commune chosen before does not outlive a new text', () => {
    const { value } = settlePlace({ written: 'bến gỗ', communeCode: 'S9001' }, [place('S9002', 'Xã Bến Gỗ')])
    expect(value.communeCode).toBe('S9002')
  })

  test('a fact of the past stays as it was written', () => {
    const { value, hits } = settlePlace({ written: 'xã Hoa Sen cũ' }, [hoaSen], { asWritten: true })
    expect(value).toEqual({ written: 'xã Hoa Sen cũ' })
    expect(hits).toEqual([])
  })

  test('nothing found leaves the text to be mended', () => {
    expect(settlePlace({ written: 'khong co' }, [])).toEqual({ value: { written: 'khong co' }, hits: [] })
  })
})
