import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type GreyPicture, sheetIn, skewOf } from './straighten.ts'

const [width, height] = [640, 880]

/** A sheet with lines of words, turned by so many degrees about its middle, on a ground of this grey. */
function aPhoto({ degrees, ground = 245, light = 0 }: { degrees: number; ground?: number; light?: number }) {
  const data = new Uint8Array(width * height)
  const [sin, cos] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)]
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [dx, dy] = [x - width / 2, y - height / 2]
      const [u, v] = [dx * cos + dy * sin + 260, -dx * sin + dy * cos + 370]
      const onSheet = u > 0 && u < 520 && v > 0 && v < 740
      const inLine =
        u > 40 && u < 480 && v > 60 && v < 680 && v % 22 < 7 && (u + Math.floor(v / 22) * 17) % 60 < 48
      const value = !onSheet ? ground : inLine ? 60 : 245
      data[y * width + x] = Math.max(0, value - (light * x) / width)
    }
  return { data, width, height } satisfies GreyPicture
}

describe('straightening', () => {
  test('finds how far a page is turned, whatever it lies on and however the light falls', () => {
    const turned = fc.record({
      degrees: fc.double({ min: -10, max: 10, noNaN: true }),
      ground: fc.constantFrom(245, 120, 40),
      light: fc.integer({ min: 0, max: 60 }),
    })
    fc.assert(
      fc.property(turned, (photo) => {
        const found = skewOf(aPhoto(photo))
        expect(Math.abs(found + photo.degrees)).toBeLessThan(Math.abs(photo.degrees) < 0.5 ? 0.6 : 0.25)
      }),
      { numRuns: 15 },
    )
  })

  test('leaves a level page, an empty one and one of dots as they are', () => {
    expect(skewOf(aPhoto({ degrees: 0 }))).toBe(0)
    expect(skewOf({ data: new Uint8Array(width * height).fill(240), width, height })).toBe(0)
    const noise = (i: number) => Math.imul(Math.imul(i, 2_654_435_761) ^ (i >>> 3), 2_246_822_519) >>> 24
    const dots = Uint8Array.from({ length: width * height }, (_, i) => (noise(i * 7919 + 13) < 11 ? 30 : 240))
    expect(skewOf({ data: dots, width, height })).toBe(0)
  })

  test('finds the sheet on a dark table', () => {
    const box = sheetIn(aPhoto({ degrees: 0, ground: 50 }))
    expect(box).toMatchObject({ left: expect.closeTo(60, -1), top: expect.closeTo(70, -1) })
    expect(box!.width).toBeGreaterThan(510)
    expect(box!.height).toBeGreaterThan(730)
  })

  test('cuts nothing away where no sheet is to be told from what it lies on', () => {
    expect(sheetIn(aPhoto({ degrees: 0 }))).toBeUndefined()
    expect(sheetIn(aPhoto({ degrees: 0, ground: 215 }))).toBeUndefined()
    expect(sheetIn({ data: new Uint8Array(64 * 64), width: 64, height: 64 })).toBeUndefined()
  })

  test('says something about any picture', () => {
    const any = fc
      .integer({ min: 1, max: 60 })
      .chain((w) =>
        fc
          .integer({ min: 1, max: 60 })
          .chain((h) =>
            fc
              .uint8Array({ minLength: w * h, maxLength: w * h })
              .map((data) => ({ data, width: w, height: h })),
          ),
      )
    fc.assert(
      fc.property(any, (picture) => {
        expect(Math.abs(skewOf(picture))).toBeLessThanOrEqual(12)
        const box = sheetIn(picture)
        if (box) expect(box.left + box.width).toBeLessThanOrEqual(picture.width)
      }),
    )
  })
})
