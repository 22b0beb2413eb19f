export { AnnouncementDraftData } from './announcement-data.ts'
export { announcementDocx } from './announcement-docx.ts'
export type {
  Conversion,
  DocumentStatus,
  IssuedDocument,
  Owner,
  PaperSignature,
  ScanState,
  StoredFile,
} from './documents-store.ts'
export {
  claimUnsealed,
  claimUpload,
  documentsOfDossier,
  findByVerifyCode,
  findDocumentById,
  findFiles,
  insertDocument,
  markReplaced,
  markRevoked,
  mayBeOpened,
  takeNumber,
} from './documents-store.ts'
export { filesFor, forgetFiles } from './forget-files.ts'
export { forms, type SlipData, type SlipKind, slipKindOf } from './forms.ts'
export { type Identified, identifyFile, successorsOf } from './identify-file.ts'
export {
  type CapturedOriginal,
  capturedPages,
  certifiedPdf,
  pageOnScreen,
  turnedPage,
} from './intake/certified-pdf.ts'
export { clamd, type Scanner } from './intake/clamd.ts'
export { closeConversion } from './intake/convert.ts'
export { type FileState, fileState } from './intake/file-state.ts'
export {
  askForIntake,
  type IntakeParts,
  intakeCrontab,
  intakeTasks,
  sweep as sweepIntake,
} from './intake/intake.ts'
export { readTextOf } from './intake/intake-store.ts'
export { canJoin, isPhoto, joinPaper } from './intake/join-paper.ts'
export { type ProposedFields, proposeFields } from './intake/ocr/propose-fields.ts'
export { textReader } from './intake/ocr/reader.ts'
export { findOffice } from './intake/office.ts'
export { paperPdf } from './intake/paper-pdf.ts'
export type { PicturePage } from './intake/pictures.ts'
export { type Issue, issueDocument, type PrintedPaper, verifyUrl } from './issue-document.ts'
export { contentOf, keepContent } from './keep-content.ts'
export { type Layouts, layoutOf, readLayouts, type UnreadableEdition } from './layouts.ts'
export {
  enterInLog,
  type LogEntry,
  logEntriesOf,
  logNumber,
  logVolume,
  type Received,
  readLogEntries,
} from './log-entries.ts'
export { fileResponse, findFile, type OpenedFile, openDocument, openFile, openJoined } from './open-file.ts'

export {
  closePaperInHand,
  findPaperInHand,
  keepPaperInHand,
  newVerifyCode,
  type PaperInHand,
  papersAwaitingSeal,
  readPaperInHand,
  recordSignature,
} from './papers-in-hand.ts'
export { referToDocument, referToFile } from './refer-to-file.ts'
export { refusals as documentRefusals } from './refusals.ts'
export {
  closePrinting,
  type OpenPlaces,
  type OwnTemplate,
  type PrintOptions,
  renderSlip,
  renderToBeSealed,
  renderToBeSigned,
  slipView,
} from './render-slip.ts'
export {
  type SlipSealing,
  sealField,
  sealNow,
  sealPrinted,
  sealSlips,
  sealSlipsCrontab,
  sealSlipsTask,
  unsealedLine,
} from './seal-slips.ts'
export {
  dateInWords,
  type HandoverResult,
  type LogBookRow,
  logBookColumns,
  momentInWords,
  mostLogBookLines,
} from './slip-data.ts'
export type { AcceptedType } from './sniff-file.ts'
export { spreadsheet } from './spreadsheet.ts'
export { type FileDoor, storeFile, storePosted, type Upload } from './store-file.ts'
export * from './templates/index.ts'
export { type TusOptions, tusRoutes } from './tus.ts'
