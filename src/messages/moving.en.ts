/** Moving many open dossiers: to another version of their process, or after authorities to their heirs. */
export const moving = {
  'not-yours': 'Only procedure control of the province moves dossiers to another version of their process.',
  'unknown-version': 'There is no version {version} of process {key}.',
  invalid: 'This plan cannot be used yet.',
  'not-yet': 'The reorganisation takes effect on {effectiveOn}; no dossier moves before that day.',
  problem: {
    missing: 'This is needed.',
    'same-version': 'The two versions must differ.',
    'not-in-force': 'This version holds from {validFrom}; no dossier moves before that day.',
    withdrawn: 'This version was withdrawn before its first day.',
    'no-such-step': 'There is no step “{step}” in the version named.',
    'another-kind': '“{step}” is of another kind: a step becomes a step, a wait becomes a wait of its kind.',
    'skips-decision': '“{step}” comes after the decision: a dossier that nobody decided does not go there.',
  },
  stays: {
    'no-such-case': 'its case is not in the new edition',
    'step-not-mapped': 'stands at a step for which none is named',
    'not-reachable': 'the new version could never come to where the dossier stands',
  },
} as const
