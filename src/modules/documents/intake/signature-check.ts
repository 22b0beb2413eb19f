import type { HeldFile } from '../../../kernel/files.ts'
import {
  type CheckDoor,
  type ProblemCode,
  type SignatureReport,
  type Verdict,
  verifyPdf,
  verifyXml,
} from '../../signatures/index.ts'
import { takingTurns } from './turns.ts'

/** What was found of the signatures of a file when it was handed in, as people read it beside the file. */
export interface SignatureCheck {
  kind: 'pdf' | 'xml'
  verdict: Verdict | 'not-checked'
  signatures: { name: string; organisation: string | null; at: string | null; problems: ProblemCode[] }[]
  problems: ProblemCode[]
  at: string
}

/** A signed file is read whole to be checked; papers are far smaller than this. */
const mostBytes = 32 * 1024 * 1024
// One at a time: many large files at once must not fill the memory.
const inTurn = takingTurns(1)

/** Checks the signatures of a file at the moment of receipt; what was found in full is kept where the door keeps it. */
export async function checkSignatures(
  door: CheckDoor,
  held: Pick<HeldFile, 'size' | 'read'>,
  kind: 'pdf' | 'xml',
  now: Date,
): Promise<SignatureCheck> {
  const at = now.toISOString()
  if (held.size > mostBytes) return { kind, verdict: 'not-checked', signatures: [], problems: [], at }
  const verify = kind === 'pdf' ? verifyPdf : verifyXml
  const report = await inTurn(async () => verify(door, await held.read(0, held.size), { at: now }))
  return { kind, verdict: report.verdict, signatures: linesOf(report), problems: report.problems, at }
}

const linesOf = ({ signatures }: SignatureReport): SignatureCheck['signatures'] =>
  signatures
    .filter(({ kind }) => kind === 'signature')
    .map(({ signerName, organisation, signedAt, problems }) => ({
      ...{ name: signerName, organisation, at: signedAt, problems },
    }))

const hopeless: readonly ProblemCode[] = ['bad-container', 'unsupported-format']

/** Whether a signature is in a form that nobody will ever be able to check. */
export const isHopeless = ({ signatures }: SignatureCheck): boolean =>
  signatures.some(({ problems }) => problems.some((code) => hopeless.includes(code)))
