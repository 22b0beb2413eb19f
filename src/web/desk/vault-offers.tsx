import { useT } from '../ui/shell'
import type { CounterOffer } from './counter-vault'

/** What the vault of the person at the counter has of one paper, to be ticked. */
export function VaultOffers({ offers }: { offers: readonly CounterOffer[] }) {
  const t = useT()
  return offers.map((offer) => (
    <label key={offer.value} className="choice" htmlFor={`kho-${offer.value}`}>
      <input type="hidden" name="vaultSeen" value={offer.value} />
      <input
        type="checkbox"
        id={`kho-${offer.value}`}
        name="vault"
        value={offer.value}
        defaultChecked={offer.checked}
      />
      <span>
        {t('vault.offer.use')}: {offer.name}
        <small>{offer.about}</small>
      </span>
    </label>
  ))
}
