/** What the checks of a draft say, each with what to do. */
export const checks = {
  'mandatory-name': 'Mandatory part {number} is missing: the name of the procedure.',
  'mandatory-steps': 'Mandatory part {number} is missing: the steps.',
  'mandatory-channels': 'Mandatory part {number} is missing: the ways of filing of each case.',
  'mandatory-components': 'A mandatory part is missing: papers and the number of sets (at least one paper).',
  'mandatory-limit': 'A mandatory part is missing: the time limit of each case.',
  'mandatory-subjects': 'A mandatory part is missing: who may apply.',
  'mandatory-executing': 'A mandatory part is missing: the deciding agency.',
  'no-legal-basis': 'There is no legal basis. Give number and title of the document that sets the procedure.',
  'no-result': 'No result is stated.',
  'result-without-template': 'The result “{name}” has no print template.',
  'template-unknown': 'The result “{name}” uses the template “{template}”, which does not exist.',
  'limit-of-no-channel':
    'The case “{name}” has a limit of its own for {channel}, but is not taken in that way.',
  'channel-slower':
    'Case “{name}”: filed {channel} it takes {limit}, longer than the limit of the case ({ofCase}). The two contradict each other.',
  'limit-contradicts': 'Case “{name}”: the record says “{raw}”, but the limit is set to {limit}.',
  'limit-longer':
    'Case “{name}”: the limit is longer than in the version in force ({before} becomes {after}).',
  'more-papers': 'Papers to hand in rise from {before} to {after}.',
  'note-as-component': '“{name}” looks like a note, not a paper. Make it a note, or give a quantity.',
  'component-as-note':
    '“{name}” is a note but has a quantity. Say how it is handed in, or drop the quantity.',
  'paper-without-code': '“{name}” has no paper code, so it cannot be reused from the store of data.',
  recalled: 'article not yet compared with the text',
  'paper-forbidden': '{paper} may not be asked for since {since} ({law}): “{name}”.',
  'paper-in-data':
    '{paper} is in the data; it may be asked for only when a lookup fails ({law}): “{name}”. State the data that replace it, or a condition.',
  paper: {
    'household-book': 'The paper household book',
    'old-identity-card': 'The old identity card',
    'proof-of-residence': 'Proof of residence',
    'copy-of-identity-card': 'A copy of the identity card',
  },
  'rule-unreadable': 'The condition cannot be read: {text}',
  'unknown-answer': 'The condition reads “{path}”, which the form does not ask: {text}',
  'never-holds-no-such-value': 'The condition never holds: “{question}” has no choice “{value}”. ({text})',
  'never-holds-contradiction':
    'The condition never holds: what it says of “{question}” contradicts itself. ({text})',
  'never-holds-never-given': 'The condition never holds: “{question}” is never shown. ({text})',
  'unreachable-no-such-value':
    'The question “{label}” is never shown: “{question}” has no choice “{value}”. Mend the condition or drop the question.',
  'unreachable-contradiction':
    'The question “{label}” is never shown: its conditions on “{question}” contradict each other.',
  'unreachable-never-given':
    'The question “{label}” is never shown: it waits for “{question}”, which is never shown.',
  'form-schema': 'The form has not the right shape at {place}: {what}',
  'form-key-twice': 'Two questions have the key “{place}”.',
  'form-no-options': 'The choice “{place}” has nothing to choose from.',
  'form-no-value': 'The computed value “{place}” has no formula.',
  'form-key-inside-key': 'The key “{place}” lies inside the key “{what}”; change one of them.',
  'form-unknown-field': 'The check “{place}” names the question “{what}”, which is not in the form.',
  'form-unknown-path': 'The condition of “{place}” reads “{what}”, which is not in the form: {text}',
  'form-circular': 'Conditions wait for each other in a circle: {what}',
  'form-condition': 'The condition of “{place}” cannot be read: {text}',
  'asks-known':
    'The question “{label}” asks what the State knows ({register}). The form “{form}” takes it from {source}.',
  'more-questions':
    'The form asks more than the version in force: {before} become {after} questions. The reform wants fewer.',
  'text-missing': 'There are no words.',
  'vietnamese-missing': 'The Vietnamese is missing: “{text}”.',
  'english-missing': 'No English yet: “{text}”. The Vietnamese is shown meanwhile.',
  'english-removed': 'The edition before had English for “{text}”; now it is gone.',
  'long-sentence': 'A sentence of {words} words; better below {most}: “{text}”.',
  'plain-word': 'Say “{plain}” instead of “{words}”: “{text}”.',
  'all-capitals': 'Capitals throughout are hard to read: “{text}”.',
  abbreviation: 'The abbreviation {abbreviation} is not explained: “{text}”.',
  'table-gap': 'The table of “{name}” has no row yet for: {when}.',
  'table-overlap':
    'The table of “{name}”: rows {one} and {two} both hold when {when}; row {one} is used then.',
  'table-never':
    'The table of “{name}”: row {one} is never used, because the rows before it cover everything or no answer fits it.',
  'no-process': 'There is no process.',
  'process-unreadable': 'The model of the process cannot be read.',
  'process-of-another': 'The model has the key “{key}”, the procedure runs on “{expected}”.',
  'hours-above-limit':
    'Case “{name}”: its steps with reception and return take {hours} working hours, more than the limit of {limit} ({limitHours} hours).',
  'outcome-unknown': 'A branch waits for the outcome “{outcome}”, but no step ends that way: {text}',
  contrast:
    'Text of the colour {colour} is hard to read on white paper: contrast {ratio}, at least {least} is needed.',
  'image-without-text': 'A picture of the template has no words that describe it: {image}',
  'no-tests': 'There are no test cases. Add at least one ordinary one.',
} as const
