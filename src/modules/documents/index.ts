export type { DocumentStatus, IssuedDocument, Owner, ScanState, StoredFile } from './documents-store.ts'
export {
  changeOwner,
  documentsOfDossier,
  findByVerifyCode,
  findDocumentById,
  findFiles,
  markReplaced,
  markRevoked,
  takeNumber,
} from './documents-store.ts'
export { type Issue, issueDocument, verifyUrl } from './issue-document.ts'
export { fileHeaders, fileResponse, findFile, type OpenedFile, openDocument, openFile } from './open-file.ts'
export { qrSvg } from './qr.ts'
export { refusals as documentRefusals } from './refusals.ts'
export {
  closePrinting,
  configurePrinting,
  forms,
  renderSlip,
  type SlipData,
  type SlipKind,
  slipKindOf,
} from './render-slip.ts'
export { dateInWords, momentInWords } from './slip-data.ts'
export { type AcceptedType, acceptedTypes } from './sniff-file.ts'
export { defaultFileLimit, type FileDoor, storeFile, type Upload } from './store-file.ts'
export { type TusOptions, tusDirectory, tusRoutes } from './tus.ts'
export { dateReadAloud, dongInWords, numberInWords } from './vietnamese-words.ts'
