import { createHash } from 'node:crypto'
import { isRefusal } from '../../../kernel/errors.ts'
import { refusals } from '../refusals.ts'
import type { Signer } from '../types.ts'

const wrong = new Set<string>()

/**
 * A signer of any kind whose PIN may stand in the configuration: there a wrong one is tried once, or a job that comes
 * again every minute would lock the key. Who configures another PIN starts the program again.
 */
export function triedOnce(signer: Signer): Signer {
  return {
    ...signer,
    async sign(wanted, authorisation, requestId) {
      if (!authorisation.standing) return signer.sign(wanted, authorisation, requestId)
      const tried = createHash('sha256').update(`${signer.id} ${authorisation.pin}`).digest('base64url')
      if (wrong.has(tried)) return refusals.standingPinWrong()
      const signed = await signer.sign(wanted, authorisation, requestId)
      if (!isRefusal(signed) || signed.code !== 'signatures.wrong-pin') return signed
      wrong.add(tried)
      return refusals.standingPinWrong()
    },
  }
}
