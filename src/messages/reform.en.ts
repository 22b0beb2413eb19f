/** Where the time of a process goes. */
export const reform = {
  'no-such-process': 'There is no such version of a process.',
  'period-backwards': 'The period is not right: its first day must come before its last.',
} as const
