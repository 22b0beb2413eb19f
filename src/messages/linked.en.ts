/** Linked procedures as officers see them: what a filing holds, how each part stands, what somebody looks after. */
export const linked = {
  group: {
    title: 'Procedures in this dossier',
    lead: 'Each is settled by its own authority; here you see how it stands.',
    waits: 'The dossier ends by itself when all have ended, and is given back when every result was.',
  },
  branch: {
    title: 'Part of a linked dossier',
    of: '{procedure}, dossier {code}',
    sisters: 'Procedures of the same dossier',
    here: 'this one',
  },
  state: {
    waiting: 'Not its turn yet',
    running: 'Being settled',
    late: 'Overdue',
    paused: 'Waits for the applicant',
    granted: 'Has a result',
    refused: 'Declined',
    ended: 'Ended',
    revoked: 'Result revoked',
    'not-started': 'Does not begin',
  },
  why: {
    'depends-on-refused': 'the one before came to no result',
    'filing-ended': 'the dossier had ended before',
    withdrawn: 'withdrawn',
    stopped: 'stopped by its authority',
    revoked: 'its result was revoked',
    'not-competent': 'no authority found that settles it',
  },
  due: 'due {due}',
  ended: 'ended {at}',
  open: 'Open dossier {code}',
  nobody: 'authority not known yet',
  todo: {
    title: 'To look after for the people',
    failed: '{branch} came to no result.',
    lost: '{branch} rests on the result of {cause}, which is no more. Look at it again and tell the people.',
  },
} as const
