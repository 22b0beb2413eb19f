import { isRefusal, type Outcome } from '../../../kernel/errors.ts'
import { renderSlip, renderToBeSealed, type SlipData, sealPrinted } from '../../documents/index.ts'
import { type PaperDoor, sealingOf } from './slips.ts'

/**
 * Prints a slip of work as things stand, with the seal of its authority where papers are sealed here. Refused when an
 * own layout of the installation is broken.
 */
export async function printWithSeal<K extends 'control' | 'log-book'>(
  door: PaperDoor,
  kind: K,
  data: SlipData<K>,
  authority: { code: string; name: string },
): Promise<Outcome<Uint8Array>> {
  const options = door.layouts ? { layouts: door.layouts } : {}
  const sealing = sealingOf(door)
  if (sealing === undefined) return renderSlip(kind, data, options)
  const printed = await renderToBeSealed(kind, data, options)
  return isRefusal(printed) ? printed : sealPrinted(sealing, printed, authority)
}
