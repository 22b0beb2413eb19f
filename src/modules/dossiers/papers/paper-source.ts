import type { Trust } from '../../vault/index.ts'
import type { PaperInput } from '../commands.ts'
import type { PaperStated } from '../entries.ts'

/**
 * How a paper came in: taken from the vault, from a register, uploaded, uploaded although the vault had it, or shown
 * at the counter.
 */
export const paperWays = ['vault', 'register', 'upload', 'upload-known', 'shown'] as const
export type PaperWay = (typeof paperWays)[number]

/** A paper as a dossier takes it in: what its sender says, with what was found out about it. */
export interface TakenPaper extends PaperInput {
  how?: PaperWay
  /** The trust of the item of the vault at that moment. */
  trust?: Trust
}

/** How a paper came: what the vault knew of the same paper makes an upload needless. Pure. */
export function wayOf(
  { source, vaultItemId }: Pick<PaperInput, 'source' | 'vaultItemId'>,
  wasKnown: boolean,
): PaperWay {
  if (vaultItemId !== undefined) return 'vault'
  if (source === 'register') return 'register'
  return wasKnown ? 'upload-known' : 'upload'
}

/** A paper as an entry of the journal states it. Pure. */
export const statedPaper = ({
  component,
  fileId,
  sha256,
  how,
  vaultItemId,
  trust,
}: TakenPaper): PaperStated => ({
  ...{ component, fileId, sha256 },
  ...(how && { how }),
  ...(vaultItemId !== undefined && { vaultItem: vaultItemId }),
  ...(trust && { trust }),
})
