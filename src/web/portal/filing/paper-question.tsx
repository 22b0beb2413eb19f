import { Checkbox, FileField } from '../../ui/fields'
import { Icon } from '../../ui/icon'
import { Notice } from '../../ui/notice'
import { useT } from '../../ui/shell'
import type { PaperView } from './papers-page.view'

/** One paper to send: what the vault has of it first, then photo or file, as many as it has sides. */
export function PaperQuestion({ paper, most }: { paper: PaperView; most: string }) {
  const t = useT()
  const hint = [
    paper.help,
    paper.oneOf && t('filing.papers.one-of', { others: paper.oneOf.join('; ') }),
    paper.offers.length > 0 && t('vault.offer.or-upload'),
  ]
    .filter(Boolean)
    .join(' ')
  return (
    <div className="paper-question">
      <VaultOffers paper={paper} />
      {paper.known && <Known paperKey={paper.key} />}
      <FileField
        id={paper.id}
        name={`paper.${paper.key}`}
        label={paper.name}
        hint={hint || undefined}
        error={paper.error}
        optional={!paper.required}
        most={most}
        removeName="_action"
        stored={paper.files.map(({ fileId, ...file }) => ({ ...file, fileId: `remove:${fileId}` }))}
      />
      <Checkbox
        id={`giu-${paper.key}`}
        name={`keep.${paper.key}`}
        label={t('vault.offer.keep')}
        checked={paper.keep}
      />
    </div>
  )
}

/** Said when a file was sent although the vault has the paper. */
export function Known({ paperKey }: { paperKey: string }) {
  const t = useT()
  return (
    <div className="mb-4">
      <Notice tone="warn" role="status" title={t('vault.offer.known')}>
        {t('vault.offer.known-text')}
      </Notice>
      <input type="hidden" name={`known.${paperKey}`} value="1" />
    </div>
  )
}

/** Papers of the vault that serve; a tick is all it takes. */
export function VaultOffers({ paper }: { paper: Pick<PaperView, 'key' | 'name' | 'offers'> }) {
  const t = useT()
  if (paper.offers.length === 0) return null
  return (
    <fieldset className="vault-offers">
      <legend>
        <Icon name="database" /> {t('vault.offer.title')}
        <small>{paper.name}</small>
      </legend>
      {paper.offers.map(({ itemId, name, about, trust, state, href, checked }) => (
        <div key={itemId} className="vault-offers__one">
          <label className="choice" htmlFor={`kho-${paper.key}-${itemId}`}>
            <input
              type="checkbox"
              id={`kho-${paper.key}-${itemId}`}
              name={`vault.${paper.key}`}
              value={itemId}
              defaultChecked={checked}
            />
            <span>
              <b>
                {t('vault.offer.use')}: {name}
              </b>
              {about && <small>{about}</small>}
              <small>
                {trust} · {state}
              </small>
            </span>
          </label>
          <a className="small" href={href} target="_blank" rel="noopener">
            {t('vault.item.open')}
            <span className="vh"> {name}</span>
          </a>
        </div>
      ))}
    </fieldset>
  )
}
