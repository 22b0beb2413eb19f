import { refusal } from '../../../kernel/errors.ts'

/** What digitising papers at a counter can refuse. */
export const digitisingRefusals = {
  /** Only reception officers where the dossier is handled digitise its papers, while it is open. */
  mayNot: () => refusal('forbidden', 'digitise.may-not'),
  noSuchPaper: () => refusal('not-found', 'digitise.no-such-paper'),
  never: (details: { name: string; why: string }) => refusal('conflict', 'digitise.never', details),
  /** The vault has it: it is taken from there and not scanned again. */
  inVault: (details: { name: string }) => refusal('conflict', 'digitise.in-vault', details),
  already: (details: { name: string }) => refusal('conflict', 'digitise.already', details),
  notCompared: (details: { name: string }) => refusal('invalid', 'digitise.not-compared', details),
  badData: (details: { name: string; problems: { field: string; problem: string }[] }) =>
    refusal('invalid', 'digitise.bad-data', details),
  nobodySigns: () => refusal('conflict', 'digitise.nobody-signs'),
}
