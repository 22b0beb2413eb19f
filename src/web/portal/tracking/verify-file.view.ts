import { type Locale, messages } from 'motcua/kernel/i18n'
import type { Identified } from 'motcua/modules/documents'
import { type VerifyView, verifyView } from './verify.view'
import { type SignatureLine, signatureLines } from './verify-signatures.view'

/** What the page says of a file that somebody holds up to it. */
export interface FileVerdict {
  tone: 'ok' | 'warn' | 'bad' | 'info'
  title: string
  text: string
  signatures: SignatureLine[]
  /** Whether it is that paper byte by byte. */
  isPaper: boolean
  /** The paper that it is or begins with; a file that is not ours learns nothing of ours. */
  paper: (VerifyView & { href: string }) | null
}

type Said =
  | 'genuine'
  | 'genuineReplaced'
  | 'genuineRevoked'
  | 'anotherPaper'
  | 'grown'
  | 'altered'
  | 'unreadable'
  | 'notAPaper'
  | 'unsigned'
  | 'untrusted'
  | 'alteredOther'
  | 'invalidOther'
  | 'signedOther'

const tones: Record<Said, FileVerdict['tone']> = {
  ...{ genuine: 'ok', genuineReplaced: 'warn', genuineRevoked: 'bad', anotherPaper: 'warn', grown: 'warn' },
  ...{ altered: 'bad', unreadable: 'bad', notAPaper: 'info', unsigned: 'info', untrusted: 'bad' },
  ...{ alteredOther: 'bad', invalidOther: 'bad', signedOther: 'info' },
}

/** The verdict on a file in words. `expected` is the paper whose code the page is about, if any. Pure. */
export function fileVerdict(
  file: Identified,
  expected: { id: string } | undefined,
  locale: Locale,
): FileVerdict {
  const t = messages(locale)
  const said = whatToSay(file, expected)
  const { document, successors, report } = file
  return {
    tone: tones[said],
    title: t(`tracking.verify.file.${said}`),
    text: t(`tracking.verify.file.${said}Text`),
    signatures: report ? signatureLines(report, document?.signatures ?? [], locale) : [],
    isPaper: file.isWhole,
    paper: document
      ? { ...verifyView(document, successors, locale), href: `/xac-minh/${document.verifyCode}` }
      : null,
  }
}

function whatToSay(file: Identified, expected: { id: string } | undefined): Said {
  const { document, isWhole, report, kind } = file
  if (document && isWhole) {
    if (expected && expected.id !== document.id) return 'anotherPaper'
    if (document.status === 'valid') return 'genuine'
    return document.status === 'replaced' ? 'genuineReplaced' : 'genuineRevoked'
  }
  const isSound = report?.verdict === 'valid' || report?.verdict === 'valid-with-notes'
  if (document) return isSound ? 'grown' : 'altered'
  if (kind === 'other' || !report) return 'notAPaper'
  return isSound ? 'signedOther' : whatIsWrong(report)
}

const cannotRead: readonly string[] = ['unreadable', 'encrypted', 'too-complex']

function whatIsWrong({ verdict, problems, signatures }: NonNullable<Identified['report']>): Said {
  if (problems.some((code) => cannotRead.includes(code))) return 'unreadable'
  if (verdict === 'unsigned') return 'unsigned'
  const signed = signatures.filter(({ kind }) => kind === 'signature')
  // Anybody can write any name into a certificate of their own: that comes before everything else.
  if (signed.some(({ chain }) => chain === 'unknown-issuer')) return 'untrusted'
  const isTouched = signed.some(({ integrity, laterChanges }) => !integrity || laterChanges === 'not-allowed')
  return isTouched || problems.length > 0 ? 'alteredOther' : 'invalidOther'
}
