import { useState } from 'react'
import { Table } from '../../ui/table'
import { useBuilder } from './context'
import { nameOf, type Selected } from './form-builder.view'
import { Choose } from './inputs'

/** One figure of the burden, now and in the form in force. */
export interface BurdenLine {
  id: string
  name: string
  now: number
  before: number | null
}

/** Everything that the checks say, each leading to the thing it is about. */
export function ProblemList({ checking, open }: { checking: boolean; open: (id: Selected) => void }) {
  const { draft, problems, t, locale } = useBuilder()
  return (
    <section aria-labelledby="fb-problems">
      <h2 id="fb-problems">{t('formBuilder.side.problems')}</h2>
      <p className="tiny soft" role="status">
        {checking
          ? t('formBuilder.side.checking')
          : problems.length === 0
            ? t('formBuilder.side.noProblems')
            : t('formBuilder.badge.problems', {
                count: problems.filter(({ severity }) => severity === 'error').length,
              })}
      </p>
      <ul className="fb__problems">
        {problems.map(({ id, text, severity }) => (
          <li key={id + text} className={`is-${severity}`}>
            <button type="button" className="fb__goto" onClick={() => open(id)}>
              {nameOf(draft, id, t, locale)}
            </button>
            {text}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What people have to answer, beside the form in force. */
export function BurdenTable({ lines }: { lines: readonly BurdenLine[] }) {
  const { t } = useBuilder()
  const difference = ({ now, before }: BurdenLine) => {
    if (before === null) return ''
    if (now === before) return t('formBuilder.burden.same')
    return t(now < before ? 'formBuilder.burden.fewer' : 'formBuilder.burden.more', {
      count: Math.abs(now - before),
    })
  }
  return (
    <section className="fb__burden">
      <Table
        caption={t('formBuilder.side.burden')}
        hideCaption
        rows={[...lines]}
        rowKey={({ id }) => id}
        columns={[
          { key: 'name', title: t('formBuilder.side.burden'), heading: true, cell: ({ name }) => name },
          { key: 'now', title: t('formBuilder.side.now'), cell: ({ now }) => <b>{now}</b> },
          {
            key: 'before',
            title: t('formBuilder.side.before'),
            cell: (line) => (
              <>
                {line.before ?? '–'} <small className="soft">{difference(line)}</small>
              </>
            ),
          },
        ]}
      />
      <p className="tiny soft">{t('formBuilder.side.burdenNote')}</p>
    </section>
  )
}

const viewers = ['cong-dan', 'quay', 'chuyen-vien'] as const

/** The draft as people see it on a phone, as it was saved last. */
export function PhonePreview({
  address,
  seen,
  page,
  dirty,
}: {
  address: string
  /** Drawn anew with every saving. */
  seen: number
  page: string
  dirty: boolean
}) {
  const { t } = useBuilder()
  const [as, setAs] = useState<string>(viewers[0])
  return (
    <section aria-labelledby="fb-preview">
      <h2 id="fb-preview">{t('formBuilder.side.preview')}</h2>
      <p className="tiny soft">
        {t(dirty ? 'formBuilder.side.previewUnsaved' : 'formBuilder.side.previewNote')}
      </p>
      <Choose
        label={t('formBuilder.side.as')}
        value={as}
        options={viewers.map((value) => ({ value, label: t(`formBuilder.side.asChoice.${value}`) }))}
        onChange={setAs}
      />
      <iframe
        key={`${seen} ${as} ${page}`}
        className="fb__phone"
        title={t('formBuilder.side.preview')}
        src={`${address}?nhu=${as}&trang=${encodeURIComponent(page)}`}
        width="360"
        height="640"
        loading="lazy"
      />
    </section>
  )
}
