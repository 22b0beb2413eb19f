import type { Translate } from 'motcua/kernel/i18n'
import type { CorrectedFee } from 'motcua/modules/dossiers'
import { moneyText } from './format'

/** A fee that was counted again, with what was stated before. */
export const correctedText = ({ name, fromVnd, toVnd }: CorrectedFee, t: Translate): string =>
  fromVnd === null
    ? `${name}: ${moneyText(toVnd)}`
    : t('status.fee.corrected', { name, from: moneyText(fromVnd), to: moneyText(toVnd) })
