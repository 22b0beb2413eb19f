import { LinkAction } from '../../ui/button'
import { Notice } from '../../ui/notice'
import { useT } from '../../ui/shell'
import { Table } from '../../ui/table'
import { ChangeFrame } from '../change/frame'
import type { ChangeFrameData } from '../studio-source'
import type { PaperLine } from './source'

/** Every paper of the procedure, and which of them it lays out itself. */
export function PaperList({
  frame,
  here,
  editable,
  papers,
  done,
}: {
  frame: ChangeFrameData
  here: string
  editable: boolean
  papers: readonly PaperLine[]
  done: 'saved' | null
}) {
  const t = useT()
  return (
    <ChangeFrame frame={frame} page="templates">
      {done && <Notice tone="ok" role="status" title={t('templateEditor.removed')} />}
      {!editable && <Notice title={t('templateEditor.readOnly')} />}
      <p className="small soft max-w-3xl">
        {t('templateEditor.lead')} {t('templateEditor.list.day')}
      </p>
      <Table
        caption={t('templateEditor.list.caption')}
        hideCaption
        stack
        rows={papers}
        rowKey={({ key }) => key}
        columns={[
          { key: 'paper', title: t('templateEditor.list.paper'), heading: true, cell: ({ name }) => name },
          {
            key: 'layout',
            title: t('templateEditor.list.layout'),
            cell: ({ own }) =>
              own ? (
                <>
                  {t(`templateEditor.list.ownOf.${own.source}`)}
                  <span className="studio__note">{own.name}</span>
                </>
              ) : (
                <span className="soft">{t('templateEditor.list.shipped')}</span>
              ),
          },
          {
            key: 'act',
            title: t('templateEditor.list.act'),
            cell: ({ key, name, own }) => {
              if (!editable && !own) return t('templateEditor.list.none')
              const act = editable ? (own ? 'edit' : 'begin') : 'see'
              return (
                <LinkAction href={`${here}?giay=${key}`} small>
                  {t(`templateEditor.list.${act}`)} <span className="vh">{name}</span>
                </LinkAction>
              )
            },
          },
        ]}
      />
    </ChangeFrame>
  )
}
