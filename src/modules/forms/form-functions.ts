import { amountInWords, dateInWords } from './words.ts'

/** FEEL functions that forms add: name → fewest and most arguments. */
export const formFunctionArity = {
  'date in words': [1, 1],
  'amount in words': [1, 1],
} as const

export const formFunctions = {
  'date in words': (day: unknown) =>
    typeof day === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(day) ? dateInWords(day) : null,
  'amount in words': (amount: unknown) => (typeof amount === 'number' ? amountInWords(amount) : null),
}
