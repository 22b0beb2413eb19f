export const text = {
  'not-storable': 'It holds characters that cannot be stored, or is nested too deeply. Type it again.',
} as const
