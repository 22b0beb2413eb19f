import { accepted } from 'motcua/kernel/errors'
import { compileForm, formPageView, readPage, validateAnswers } from 'motcua/modules/forms'
import { renderToStaticMarkup } from 'react-dom/server'
import { createMemoryRouter, RouterProvider } from 'react-router'
import { describe, expect, test } from 'vitest'
import { AskedField } from './filing-field'

const label = (text: string) => ({ vi: text, en: text })
const types = ['person', 'organisation', 'land-plot', 'vehicle', 'signature'] as const
const form = accepted(
  compileForm({
    ...{ key: 'parts', version: 1, procedureCode: '1.001193', title: label('T'), validFrom: '2026-07-01' },
    ...{ legalForm: { name: null, setBy: 'x' }, assurance: { vi: '', en: '', version: 1 }, rules: [] },
    pages: [
      {
        key: 'p',
        title: label('P'),
        groups: [
          {
            key: 'g',
            fields: types.map((type) => ({ key: type.replace('-', ''), label: label(`L ${type}`), type })),
          },
        ],
      },
    ],
  }),
)
const view = (problems = [] as ReturnType<typeof validateAnswers>['problems']) =>
  formPageView(form, 'p', { answers: {}, origins: {}, locale: 'vi', problems })

describe('an answer of several parts', () => {
  test.each(view().groups[0]!.fields.map((field) => [field.type, field] as const))(
    'of type %s has a label for every control',
    (_, field) => {
      const element = <AskedField field={field} hits={[]} most="100 MB" />
      const html = renderToStaticMarkup(
        <RouterProvider router={createMemoryRouter([{ path: '/', element }])} />,
      )
      for (const input of field.inputs) {
        expect(html).toContain(`name="${input.name}"`)
        if (input.kind !== 'hidden' && input.kind !== 'radio') expect(html).toContain(`for="${input.id}"`)
      }
    },
  )

  test('is read from its controls, checked by part, and signed at the moment it came in', () => {
    const posted = new FormData()
    for (const path of ['organisation', 'signature']) posted.append('_asked', path)
    posted.set('organisation.name', 'Công ty Hoa Sen')
    posted.set('organisation.code', '0101234567 001')
    posted.set('organisation.phone', '0112')
    posted.set('signature.name', 'Trần Văn Bách')
    posted.set('signature.signedAt', '1999-01-01T00:00:00Z')
    const now = '2026-11-20T02:00:00.000Z'
    const { answers } = readPage(form, 'p', posted, { answers: {}, origins: {}, now })
    expect(answers).toEqual({
      organisation: { name: 'Công ty Hoa Sen', code: '0101234567-001', phone: '0112' },
      signature: { name: 'Trần Văn Bách', signedAt: now },
    })
    const { problems } = validateAnswers(form, answers)
    expect(problems).toMatchObject([
      { field: 'organisation', code: 'forms.phone-invalid', params: { part: 'phone' } },
    ])
    expect(view(problems).problems[0]).toMatchObject({
      href: '#f-organisation-phone',
      text: 'Xem lại số điện thoại (l organisation), ví dụ 0912 345 678 hoặc +84 912 345 678',
    })
    const again = readPage(form, 'p', posted, { answers, origins: {}, now: '2026-11-21T02:00:00.000Z' })
    expect(again.answers.signature).toEqual(answers.signature)
  })
})
