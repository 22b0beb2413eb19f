import { accepted } from '../../src/kernel/errors.ts'
import { type CompiledForm, compileForm } from '../../src/modules/forms/index.ts'

/** The form that the big ones take the place of, in a database of their own. */
export const replaced = { key: 'household-business', version: 1, procedureCode: '1.001612' }

const both = (text: string) => ({ vi: text, en: text })

function formOf(groups: unknown[], rules: unknown[] = []): CompiledForm {
  return accepted(
    compileForm({
      ...replaced,
      title: both('Mẫu lớn'),
      legalForm: { name: null, setBy: 'phép đo' },
      validFrom: '2026-07-01',
      pages: [{ key: 'mot', title: both('Một trang'), groups }],
      rules,
      assurance: { ...both('Tôi cam đoan.'), version: 1 },
    } as never),
  )
}

/**
 * Five hundred questions on one page: every fifth is shown by the answer before it, every tenth required by it, and
 * fifty values are worked out, the last of them from all amounts together.
 */
export function fiveHundredFields(): CompiledForm {
  const amounts = Array.from({ length: 100 }, (_, i) => `part${i % 10}.amount${i}`)
  const fields = Array.from({ length: 400 }, (_, i) => fieldNo(i)).concat(
    amounts.slice(0, 50).map((key, i) => ({
      key: `part${i % 10}.words${i}`,
      label: both(`Bằng chữ ${i}`),
      type: 'computed',
      value: i < 49 ? `amount in words(${key})` : `sum([${amounts.join(', ')}])`,
    })),
  )
  const numbers = amounts.map((key, i) => ({
    key,
    label: both(`Số tiền ${i}`),
    type: 'money',
    required: i % 10 === 0 ? `is defined(part${i % 10}.text${i})` : false,
  }))
  const all = [...numbers, ...fields.slice(0, 350), ...fields.slice(400)]
  const groups = Array.from({ length: 10 }, (_, part) => ({
    key: `group${part}`,
    title: both(`Phần ${part + 1}`),
    fields: all.filter(({ key }) => key.startsWith(`part${part}.`)),
  }))
  const rules = Array.from({ length: 20 }, (_, i) => ({
    key: `rule${i}`,
    when: `${amounts[i]} > ${amounts[i + 20]}`,
    message: both('Số trước lớn hơn số sau'),
    fields: [amounts[i]],
    severity: 'error',
  }))
  return formOf(groups, rules)
}

function fieldNo(i: number): { key: string; [name: string]: unknown } {
  const kinds = ['text', 'int', 'date', 'enum', 'bool']
  const type = kinds[Math.floor(i / 10) % 5]
  return {
    key: `part${i % 10}.text${i}`,
    label: both(`Câu hỏi ${i}`),
    type,
    ...(i % 5 === 0 && { visible: `is defined(part${i % 10}.amount${i % 100})` }),
    ...(type === 'enum' && { options: ['a', 'b', 'c'].map((value) => ({ value, label: both(value) })) }),
  }
}

/**
 * Five hundred rows of six cells: in each a cell is shown by another and one is worked out, and below the list stand
 * the sum and the number of rows that need a look.
 */
export function fiveHundredRows(): CompiledForm {
  const cell = (key: string, type: string, more = {}) => ({ key, label: both(key), type, ...more })
  const list = {
    key: 'rows',
    title: both('Người lao động'),
    repeat: { min: 0, max: 500 },
    fields: [
      cell('fullName', 'name', { required: true }),
      cell('days', 'int', { required: true }),
      cell('dailyPay', 'money', { required: true }),
      cell('kind', 'enum', { options: ['a', 'b'].map((value) => ({ value, label: both(value) })) }),
      cell('reason', 'text', { visible: 'days > 26', required: true }),
      cell('pay', 'computed', { value: 'days * dailyPay' }),
    ],
  }
  const below = {
    key: 'below',
    fields: [
      cell('total', 'computed', { value: 'sum(rows.pay)' }),
      cell('long', 'computed', {
        value: 'if some row in rows satisfies row.days > 26 then "có" else "không"',
      }),
      cell('note', 'text'),
    ],
  }
  const rule = {
    key: 'tooMuch',
    when: 'sum(rows.days) > 100000',
    message: both('Quá nhiều ngày'),
    fields: ['rows'],
    severity: 'error',
  }
  return formOf([list, below], [rule])
}

export const rowsOfPeople = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    fullName: 'NGUYỄN VĂN MẪU',
    days: 20 + (i % 7),
    dailyPay: 300_000 + i,
    kind: i % 2 ? 'a' : 'b',
  }))
