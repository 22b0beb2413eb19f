export {
  type ChangedBy,
  certificateHash,
  changeSigner,
  endTrust,
  giveImage,
  largestImage,
  trustCertificate,
} from './administration.ts'
export { requestsInMemory, type SignatureDoor } from './door.ts'
export {
  type LengtheningParts,
  lengthenCrontab,
  lengthenTask,
  lengthenWaiting,
} from './lengthen-waiting.ts'
export { longerEdition, shortPapers } from './lengthening-store.ts'
export { markPdf, previewSigning } from './pades/lay-out-signing.ts'
export { pageSizes } from './pades/page-sizes.ts'
export { copyLines, copyPlace, sealBeside } from './pades/places.ts'
export { type DeclaredFields, preparePdf } from './pades/prepare-pdf.ts'
export { signMany, signPdf } from './pades/sign-pdf.ts'
export { type CheckDoor, verifyPdf } from './pades/verify-pdf.ts'
export { pkiRoutes } from './pki/routes.ts'
export { refusals as signatureRefusals } from './refusals.ts'
export { sampleSeal, sampleSignature } from './sample-images.ts'
export {
  createSignatures,
  demonstrationPin,
  type Signatures,
  type SignaturesParts,
  type SignerNames,
} from './signatures.ts'
export {
  actsOn,
  endSigner,
  everySignerOf,
  evidenceOf,
  findSignerRow,
  type Owner as SignerOwner,
  type SignerAct,
  type SignerRow,
  trustAuthority,
  trustedAuthorities,
  unlockSigner,
} from './signatures-store.ts'
export type { CscService } from './signers/csc-signer.ts'
export {
  answerConfirmation,
  type Confirmation,
  closeConfirmation,
  describeConfirmation,
  findConfirmation,
  waitingConfirmations,
  waitingOnPhone,
} from './signers/mobile-signer.ts'
export type { RemoteCredential, Unusable } from './signers/remote-signers.ts'
export { sampleOtp, sampleService } from './signers/sample-csc.ts'
export type {
  Appearance,
  Authorisation,
  ChainState,
  Evidence,
  Level,
  Place,
  ProblemCode,
  SignatureFinding,
  SignatureReport,
  Signed,
  Signer,
  SignerKind,
  Signing,
  TrustedAuthority,
  Verdict,
} from './types.ts'
export { verifyXml } from './xml/verify-xml.ts'
