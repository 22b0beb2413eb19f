/** Dossiers whose facts are missing or contradict each other, so that figures made of them are doubtful. */
export const doubts = {
  title: 'Dossiers to look at again',
  lead: 'Only those who answer for the unit see this. Of what was filed in the period, facts are missing or contradict each other:',
  count: '{count} dossiers',
  kind: {
    'ended-before-accepted': 'Finished before it was accepted',
    'accepted-before-filed': 'Accepted before it was filed',
    'no-due-date': 'Being worked on without a due date',
    'due-before-accepted': 'Due before it was accepted',
    'result-without-paper': 'Handed out without a signed paper',
    'late-word': 'Told by a partner more than 3 days late',
  },
  why: {
    'ended-before-accepted': 'The work took less than no time, so the share in time looks better than it is.',
    'accepted-before-filed': 'One of the two days is wrong.',
    'no-due-date': 'Nobody knows whether it is late; it counts as in time.',
    'due-before-accepted': 'It was late in the moment it was accepted.',
    'result-without-paper':
      'On paper alone it is no electronic result; if there is a signed one, add it to the dossier.',
    'late-word': 'Figures of its day were wrong until then; a closed period was revised.',
  },
} as const
