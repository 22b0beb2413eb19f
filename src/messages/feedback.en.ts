/** Rating the service after a dossier. */
export const feedback = {
  grade: { 'very-satisfied': 'Very satisfied', satisfied: 'Satisfied', 'not-satisfied': 'Not satisfied' },
  aspect: {
    ease: 'Easy to do and understand',
    speed: 'Fast',
    punctuality: 'On time',
    attitude: 'Attitude of the officers',
  },
  title: 'How were you served?',
  comment: 'Anything to add (optional, never shown in public)',
  send: 'Send the rating',
  thanks: 'Thank you. You can change your rating until {until}.',
  'unknown-token': 'This rating link is not right. Scan the QR code on the receipt or result again.',
  'too-early': 'The dossier is still being handled. You can rate it when there is a result.',
  closed: 'This rating can no longer be changed.',
  invalid: 'Please choose how satisfied you are.',
  'rated-meanwhile': 'The rating was just changed elsewhere. Please open the page again.',
} as const
