/** Whose turn it is in the life that the bench lives. */
export const cast = {
  reception: 'officer-hoa-sen-reception-1',
  specialist: 'officer-hoa-sen-civil-status-1',
  leader: 'officer-hoa-sen-leader-1',
  clerk: 'officer-hoa-sen-clerk-1',
} as const
export type Part = keyof typeof cast

/** A complete life after filing: accepted, verified, drafted, signed, issued, returned. */
export const steps = [
  { by: 'reception', request: { command: 'accept' } },
  { by: 'specialist', request: { command: 'completeStep', outcome: 'ok' } },
  { by: 'specialist', request: { command: 'draftResult', draft: { note: 'Theo hồ sơ' } } },
  { by: 'specialist', request: { command: 'completeStep', outcome: 'ok' } },
  { by: 'leader', request: { command: 'approve' } },
  { by: 'clerk', request: { command: 'completeStep', outcome: 'ok' } },
  { by: 'reception', request: { command: 'returnResult', delivery: 'electronic' } },
] as const satisfies { by: Part; request: object }[]
