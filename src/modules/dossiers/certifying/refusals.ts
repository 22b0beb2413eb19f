import { refusal } from '../../../kernel/errors.ts'

/** What certifying copies can refuse. */
export const certifyingRefusals = {
  /** Only who decides on this dossier now certifies: the chair or whoever holds a dated power for it. */
  mayNot: () => refusal('forbidden', 'certify.may-not'),
  /** Only reception of a place that holds the dossier captures, and only while it is open. */
  mayNotCapture: () => refusal('forbidden', 'certify.may-not-capture'),
  notThisProcedure: () => refusal('conflict', 'certify.not-this-procedure'),
  notCaptured: () => refusal('conflict', 'certify.not-captured'),
  notCompared: () => refusal('invalid', 'certify.not-compared'),
  noName: () => refusal('invalid', 'certify.no-name'),
  already: () => refusal('conflict', 'certify.already'),
  nobodySigns: () => refusal('conflict', 'certify.nobody-signs'),
  noSuchOriginal: () => refusal('conflict', 'certify.no-such-original'),
  tooManyPages: (details: { most: number }) => refusal('invalid', 'certify.too-many-pages', details),
}
