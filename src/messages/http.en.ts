export const http = {
  'sign-in-first': 'Sign in or send a token first.',
  'not-for-you': 'This account or token may not use this.',
  'no-such-route': 'There is no such address.',
  'body-too-large': 'What was sent is too large.',
  'invalid-request': 'Some of the request cannot be accepted.',
  'unreadable-body': 'What was sent is not readable JSON.',
  'too-many': 'Too many attempts. Wait {retryAfterSeconds} seconds and try again.',
  'database-away': 'The system is restarting. Nothing you sent is lost; try again in a few seconds.',
  breakdown: 'Something broke on our side; we are sorry. Quote the reference when you ask.',
} as const
