/** Names of the figures of the board. */
export const indicators = {
  measure: {
    received: 'Received',
    'received-online': 'Received online',
    'received-direct': 'Received at the counter',
    'received-post': 'Received by post',
    accepted: 'Accepted',
    'awaiting-intake': 'Awaiting intake',
    'in-progress': 'In progress',
    overdue: 'Overdue now',
    'finished-early': 'Finished early',
    'finished-on-time': 'Finished on time',
    'finished-late': 'Finished late',
    refused: 'Not accepted',
    withdrawn: 'Withdrawn',
    stopped: 'Stopped',
    'result-digital': 'Digital results',
    'rating-very-satisfied': 'Very satisfied',
    'rating-satisfied': 'Satisfied',
    'rating-not-satisfied': 'Not satisfied',
  },
  invalid: 'The period is not right: its first day must come before its last.',
} as const
