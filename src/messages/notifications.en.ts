/** Messages to people about their dossiers. */
export const notifications = {
  kind: {
    submitted: 'Filed',
    accepted: 'Accepted',
    'supplement-requested': 'More is needed',
    supplemented: 'Supplement received',
    refused: 'Not accepted',
    'result-ready': 'Result ready',
    declined: 'Could not be granted',
    returned: 'Result returned',
    withdrawn: 'Withdrawn',
    stopped: 'Stopped',
    'awaiting-party': 'Waiting for the other person',
    'party-asked': 'Waiting for your answer',
    'party-reminder': 'Reminder to answer',
    'party-confirmed': 'The other person confirmed',
    'party-disagreed': 'The other person did not agree',
    'helper-confirmed': 'Your helper agreed',
    'helper-disagreed': 'Your helper did not agree',
    'supplement-reminder': 'Reminder to supplement',
    extended: 'Apology, date moved',
    apologised: 'Apology, new date',
    'due-moved': 'The date moved',
    'due-by-edition': 'The date moved',
    'obligation-requested': 'Payment needed',
    'obligation-met': 'Payment recorded',
    'obligation-waived': 'Nothing to pay',
    'fees-corrected': 'The fee was counted again',
    message: 'Message from the authority',
    'visit-planned': 'Visit planned',
    transferred: 'Dossier moved',
    'result-dispatched': 'Result on its way',
    'result-corrected': 'Result corrected',
    'result-revoked': 'Result revoked',
    restored: 'Work goes on',
    'branches-not-started': 'Some procedures do not go on',
    'booking-reminder': 'Reminder of a booking',
  },
  state: {
    sent: 'Sent',
    waiting: 'Waiting to be sent; it is tried again by itself',
    failed: 'Could not be sent',
  },
  time: { full: '{time} on {date}', short: '{time} {date}' },
  app: {
    submitted: 'We have received dossier {code} ({procedure}). {authority} will answer before {intakeDue}.',
    accepted: 'Dossier {code} ({procedure}) has been accepted. Result promised for {due}.',
    'accepted-paused': 'Dossier {code} ({procedure}) has been accepted.',
    'supplement-requested':
      'Dossier {code} ({procedure}) needs more. Open it to see what, and send it from the page.',
    supplemented: 'We have received your supplement to dossier {code} ({procedure}). {next}',
    refused: 'Dossier {code} ({procedure}) was not accepted. The reason is in the slip on its page.',
    'ready-electronic': 'The result of dossier {code} ({procedure}) is ready. Open it to read and download.',
    'ready-counter':
      'The result of dossier {code} ({procedure}) is ready. Please collect it at {receivingAuthority} with your receipt.',
    'ready-post': 'The result of dossier {code} ({procedure}) is ready and will be sent by post.',
    declined: 'Dossier {code} ({procedure}) could not be granted. The written answer is on its page.',
    returned:
      'The result of dossier {code} ({procedure}) has been returned. How were you served? Open it to rate.',
    withdrawn: 'Dossier {code} ({procedure}) has been withdrawn as asked.',
    stopped: 'Dossier {code} ({procedure}) has been stopped. The reason is in the notice on its page.',
    'awaiting-party':
      'Dossier {code} ({procedure}) is not filed yet: the other person still has to confirm on their own phone.',
    'party-asked': 'Dossier {code} ({procedure}) waits for you to read and confirm.',
    'party-reminder': 'Dossier {code} ({procedure}) still waits for you to read and confirm.',
    'party-confirmed': 'The other person confirmed. Dossier {code} ({procedure}) has been filed. {next}',
    'party-disagreed':
      'The other person did not agree, so dossier {code} ({procedure}) was not filed. The reason is on its page.',
    'helper-confirmed': 'The person you asked now follows dossier {code} ({procedure}).',
    'helper-disagreed': 'The person you asked will not follow dossier {code} ({procedure}).',
    'supplement-reminder':
      'A reminder: dossier {code} ({procedure}) is best supplemented by the end of {until}.',
    extended:
      'The authority apologises and moves the date of dossier {code} ({procedure}) from {oldDue} to {newDue}. {reason}',
    apologised:
      'The authority apologises for being late. New date of dossier {code} ({procedure}): {newDue}. {reason}',
    'due-moved':
      'The days off were published anew, so the date of dossier {code} ({procedure}) moves from {oldDue} to {newDue}.',
    'due-by-edition':
      'The time limit of the procedure changed, so the date of dossier {code} ({procedure}) moves from {oldDue} to {newDue}. You need not do anything.',
    'obligation-requested':
      'For dossier {code} ({procedure}) you have to pay: {name}, {amount}. {reason} Open it to see how.',
    'obligation-met': 'The payment for dossier {code} ({procedure}) is recorded. Work goes on.',
    'obligation-waived': 'Dossier {code} ({procedure}) no longer needs the payment. Work goes on.',
    'fees-corrected': 'The fee of dossier {code} ({procedure}) was counted again: {fees}. {reason}',
    message: 'The authority wrote to you about dossier {code} ({procedure}). Open it to read and answer.',
    'visit-planned': 'An officer will visit the place for dossier {code} ({procedure}): {when}, {place}.',
    transferred:
      'Dossier {code} ({procedure}) went to {authority}. The code stays; you need not file again. {next}',
    'result-dispatched':
      'The result of dossier {code} ({procedure}) was sent by {carrier}, tracking number {tracking}.',
    'result-corrected':
      'The result of dossier {code} ({procedure}) has been corrected. Open it to see the new one.',
    'result-revoked':
      'The result of dossier {code} ({procedure}) has been revoked. The reason is on its page.',
    restored: 'Work on dossier {code} ({procedure}) goes on: ending it before was a mistake. {next}',
    'branches-not-started':
      'In dossier {code} ({procedure}) these cannot begin, because the procedure before them came to no result: {name}. Open the dossier to see why, and how to apply for them separately.',
  },
  mail: {
    submitted: 'We have received dossier {code}. {authority} will answer before {intakeDue}.',
    accepted: 'Dossier {code} has been accepted. Result promised for {due}.',
    'accepted-paused': 'Dossier {code} has been accepted.',
    'supplement-requested': 'Dossier {code} needs more. Open its page to see what.',
    supplemented: 'We have received your supplement to dossier {code}. {next}',
    refused: 'Dossier {code} was not accepted. The reason is in the slip on its page.',
    'ready-electronic': 'The result of dossier {code} is ready. Open its page to read and download.',
    'ready-counter':
      'The result of dossier {code} is ready. Please collect it at {receivingAuthority} with your receipt.',
    'ready-post': 'The result of dossier {code} is ready and will be sent by post.',
    declined: 'There is a written answer to dossier {code}. Open its page to read it.',
    returned: 'The result of dossier {code} has been returned. Open its page to rate the service.',
    withdrawn: 'Dossier {code} has been withdrawn as asked.',
    stopped: 'Dossier {code} has been stopped. The reason is in the notice on its page.',
    'awaiting-party': 'Dossier {code} is not filed yet: the other person still has to confirm.',
    'party-asked': 'Dossier {code} waits for you to read and confirm.',
    'party-reminder': 'Dossier {code} still waits for you to read and confirm.',
    'party-confirmed': 'The other person confirmed. Dossier {code} has been filed. {next}',
    'party-disagreed':
      'Dossier {code} was not filed: the other person did not agree. The reason is on its page.',
    'helper-confirmed': 'The person you asked now follows dossier {code}.',
    'helper-disagreed': 'The person you asked will not follow dossier {code}.',
    'supplement-reminder': 'A reminder: dossier {code} is best supplemented by the end of {until}.',
    extended:
      'The authority apologises and moves the date of dossier {code} from {oldDue} to {newDue}. The reason is on its page.',
    apologised:
      'The authority apologises for being late. New date of dossier {code}: {newDue}. The reason is on its page.',
    'due-moved':
      'The date of dossier {code} moves from {oldDue} to {newDue}: the days off were published anew.',
    'due-by-edition':
      'The date of dossier {code} moves from {oldDue} to {newDue}: the time limit of the procedure changed.',
    'obligation-requested': 'Dossier {code} needs a payment. Amount, reason and how to pay are on its page.',
    'obligation-met': 'The payment for dossier {code} is recorded. Work goes on.',
    'obligation-waived': 'Dossier {code} no longer needs the payment. Work goes on.',
    'fees-corrected': 'The fee of dossier {code} was counted again. Amount and reason are on its page.',
    message: 'The authority wrote to you about dossier {code}. Open its page to read and answer.',
    'visit-planned':
      'An officer will visit the place for dossier {code}: {when}. The address is on its page.',
    transferred: 'Dossier {code} went to {authority}. The code stays; you need not file again. {next}',
    'result-dispatched': 'The result of dossier {code} was sent by post, tracking number {tracking}.',
    'result-corrected': 'The result of dossier {code} has been corrected. Open its page to see the new one.',
    'result-revoked': 'The result of dossier {code} has been revoked. The reason is on its page.',
    restored: 'Work on dossier {code} goes on: ending it before was a mistake. {next}',
    'branches-not-started':
      'In dossier {code} some procedures cannot begin, because the one before came to no result. Open its page to see.',
    subject: 'Dossier {code}: {kind}',
    link: 'See the dossier: {link}',
    footer:
      'Sent automatically. State offices never ask for passwords or one-time codes by e-mail or text message.',
  },
  sms: {
    submitted: '{authority}: dossier {code} received. Answer before {intakeDue}.',
    accepted: '{authority}: dossier {code} accepted. Result promised {due}. Keep the code to look it up.',
    'accepted-paused': '{authority}: dossier {code} accepted. Keep the code to look it up.',
    'supplement-requested': '{authority}: dossier {code} needs more. Open its page on Mot Cua to see what.',
    refused: '{authority}: dossier {code} was not accepted. The reason is on its page.',
    'ready-electronic':
      '{authority}: result of dossier {code} is ready. Download it from its page on Mot Cua.',
    'ready-counter': '{authority}: result of dossier {code} is ready. Please collect it with your receipt.',
    'ready-post': '{authority}: result of dossier {code} is ready and on its way by post.',
    declined: '{authority}: there is a written answer to dossier {code}. See its page.',
    stopped: '{authority}: dossier {code} has been stopped. The reason is on its page.',
    'party-asked':
      '{authority}: dossier {code} waits for your answer. Sign in at {site}, My dossiers, to read and answer.',
    'party-reminder':
      '{authority}: dossier {code} still waits for your answer. Sign in at {site}, My dossiers.',
    'party-confirmed': '{authority}: the other person confirmed, dossier {code} has been filed.',
    'party-disagreed': '{authority}: the other person did not agree, dossier {code} was not filed.',
    'supplement-reminder': '{authority}: dossier {code} is best supplemented by the end of {until}.',
    extended: '{authority}: sorry, the date of dossier {code} moves to {newDue}. The reason is on its page.',
    apologised:
      '{authority}: sorry for being late. New date of dossier {code}: {newDue}. The reason is on its page.',
    'due-moved':
      '{authority}: the date of dossier {code} moves to {newDue}, the days off were published anew.',
    'due-by-edition':
      '{authority}: the date of dossier {code} moves to {newDue}, the time limit of the procedure changed.',
    'obligation-requested':
      '{authority}: dossier {code} needs a payment. See its page for how much and how; never pay by text message.',
    message: '{authority}: a message about dossier {code}. Read and answer it on its page.',
    'visit-planned': '{authority}: visit at {when} for dossier {code}. The address is on its page.',
    transferred: '{authority}: dossier {code} was passed on to us. You need not file again.',
    'result-dispatched':
      '{authority}: result of dossier {code} sent by post. The tracking number is on its page.',
    'result-corrected': '{authority}: result of dossier {code} was corrected. See the new one on its page.',
    'result-revoked': '{authority}: result of dossier {code} was revoked. The reason is on its page.',
    restored: '{authority}: work on dossier {code} goes on, ending it was a mistake.',
  },
  reason: 'Reason: {reason}.',
  filedFor: {
    child: 'You filed this for your child.',
    relative: 'You filed this for {name}.',
    organisation: 'Filed for {name}.',
  },
  next: {
    due: 'Result promised for {due}.',
    intake: '{authority} will answer before {intakeDue}.',
  },
  detail: {
    agency: 'Settled by: {authority}',
    receivingAgency: 'Received at: {authority}',
    submittedAt: 'Filed: {at}',
    receivedBy: 'Accepted by: {name}',
    receivedAt: 'Accepted: {at}',
    handledBy: 'Now with: {name}',
    due: 'Result promised for: {at}',
    decidedAt: 'Settled: {at}',
    returnedAt: 'Result returned: {at}',
  },
} as const
