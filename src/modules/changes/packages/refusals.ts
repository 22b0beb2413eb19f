import { refusal } from '../../../kernel/errors.ts'

/** What reading a package refuses. */
export const packageRefusals = {
  noPackage: () => refusal('invalid', 'packages.no-package'),
  tooLarge: (details: { limitMb: number }) => refusal('too-large', 'packages.too-large', details),
  strangeFile: (details: { path: string }) => refusal('invalid', 'packages.strange-file', details),
  manifest: (details: { at: string }) => refusal('invalid', 'packages.manifest', details),
  fileMissing: (details: { path: string }) => refusal('invalid', 'packages.file-missing', details),
  altered: (details: { path: string }) => refusal('invalid', 'packages.altered', details),
  unreadable: (details: { path: string }) => refusal('invalid', 'packages.unreadable', details),
  otherProcedure: (details: { says: string; holds: string }) =>
    refusal('invalid', 'packages.other-procedure', details),
  unchanged: (details: { code: string }) => refusal('conflict', 'packages.unchanged', details),
  notFiledHere: (details: { code: string }) => refusal('not-found', 'packages.not-filed-here', details),
}
