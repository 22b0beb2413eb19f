import type { OwnTemplate } from '../render-slip.ts'

/** Who signs a paper, whatever its form calls them. */
interface Signs {
  title: string[]
  note: string | null
  signed: { by: string; at: string } | null
  name: string
}

const nobody: Signs = { title: [], note: null, signed: null, name: '' }

/** What a template of a procedure gets beside the facts of its form: its title, its inputs, and who signs. Pure. */
export function ownView({ name, inputs, shown }: OwnTemplate, data: { code: string }) {
  return { title: `${name} ${data.code}`, inputs, shown, signs: signsOf(data) }
}

/** A result has a signer, a slip an officer, a receipt a receiver. */
function signsOf(data: object): Signs {
  const { signer, officer, receiver } = data as {
    signer?: Partial<Signs>
    officer?: Partial<Signs>
    receiver?: Partial<Signs>
  }
  return { ...nobody, ...(signer ?? officer ?? receiver) }
}
