export const identity = {
  'provider-unavailable':
    'Signing in is down for the moment. Your drafts are kept; please try again in a few minutes.',
  'sign-in-expired':
    'This sign-in took longer than 10 minutes or began in another browser. Please sign in again.',
  'sign-in-cancelled': 'You stopped signing in. You can sign in again whenever you need to.',
  'sign-in-failed': 'Signing in did not work because the proof did not match. Please sign in again.',
  'claims-unusable':
    'The sign-in service did not give a name or an account number, so signing in is not possible.',
  locked: 'This account is locked. Please contact the authority that manages it.',
  'sign-in-required': 'Please sign in to do this.',
  'cross-site': 'This request did not come from our own pages, so it was not carried out.',
  'too-many':
    'Too many attempts. Please wait {retryAfterSeconds} {retryAfterSeconds|second|seconds} and try again.',
  'unknown-role': 'The demonstration has no such role.',
  'demonstration-only': 'This exists in the demonstration only.',
  'token-invalid': 'The request for a token is not valid.',
  'may-not-represent': 'You cannot act for somebody else in this case yet.',
  represent: {
    'not-a-person': 'Only somebody who is signed in can file for another person.',
    'procedure-not-for-others':
      'The law does not let anybody file this for another person; they must do it themselves.',
    'authorisation-ended': 'The authorisation has ended.',
    'authorisation-not-proved': 'Please upload the written authorisation, or use an electronic one.',
    'not-a-member': 'Your account does not belong to this organisation.',
    'member-role-differs': 'Your role in the organisation is not the one you stated.',
    'helper-is-not-an-officer': 'Only an officer at the counter can record having helped somebody file.',
    'officer-files-only-as-helper':
      'Officers help people to file; they do not file with their official account.',
  },
  page: {
    title: 'You are not signed in',
    again: 'Sign in again',
    home: 'Go to the home page',
  },
  roles: {
    mother: {
      title: 'Mother',
      person: 'Nguyễn Thị Mẫu Đơn, aged 31.',
      situation: 'Has just had a baby.',
      means: 'Uses a phone; the network comes and goes.',
      try: 'Register the birth of a child',
    },
    business: {
      title: 'Business owner',
      person: 'Trịnh Văn Lúa, owner of Quán Lúa.',
      situation: 'About to open another eating place.',
      means: 'Wants to know which papers are needed.',
      try: 'Find papers for a household business',
    },
    reception: {
      title: 'Reception officer',
      person: 'Lê Thu Trang, at counter 3.',
      situation: 'About 60 dossiers a day.',
      means: 'Hands never leave the keyboard.',
      try: 'Accept with one key',
    },
    civilStatus: {
      title: 'Civil-status officer',
      person: 'Đỗ Quang Vinh, Hoa Sen ward.',
      situation: 'Checks papers, drafts results.',
      means: 'Then submits them for signature.',
      try: 'Work on a birth registration',
    },
    chair: {
      title: 'Chair of the ward',
      person: 'Bùi Thị Hạ, Hoa Sen ward.',
      situation: 'Signs between two meetings.',
      means: 'Must see exactly what she signs.',
      try: 'Sign three results at once',
    },
    divisionHead: {
      title: 'Head of a division',
      person: 'Phạm Phương Lan, Mai Thượng commune.',
      situation: 'Initials a paper before the chair signs.',
      means: 'Must see the very draft she signs.',
      try: 'Look at a pension decision and initial it',
    },
    control: {
      title: 'Procedure-control official',
      person: 'Hồ Minh Quy, provincial office.',
      situation: 'Follows the rules and the time limits.',
      means: 'Needs no programmer.',
      try: 'See which functions exist, and where',
    },
    provincialLeader: {
      title: 'Provincial leader',
      person: 'Phan An Giang, Sông Mai province.',
      situation: 'Wants to know who is slow, and why.',
      means: 'Needs to know what to do first.',
      try: 'See the board of indicators',
    },
    developer: {
      title: 'Developer',
      person: 'Vương Minh Khang, a software company.',
      situation: 'Connects own software to the open API.',
      means: 'With a trial token that lasts seven days.',
      try: 'Call the API that files a dossier',
    },
  },
} as const
