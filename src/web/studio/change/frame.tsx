import type { ReactNode } from 'react'
import { DeskPage } from '../../desk/desk-page'
import type { KeyHelp } from '../../desk/shell'
import { LinkAction } from '../../ui/button'
import { useT } from '../../ui/shell'
import { StateTag } from '../../ui/state'
import { Tabs } from '../../ui/table'
import { Title } from '../../ui/title'
import type { ChangeFrameData } from '../studio-source'
import { changeTone } from './words'

/** Pages of a change, in the order of the work: what is changed, what it does, what is decided. */
const changePages = [
  ['overview', ''],
  ['procedure', '/thu-tuc'],
  ['form', '/bieu-mau'],
  ['process', '/quy-trinh'],
  ['templates', '/mau-in'],
  ['tests', '/kiem-thu'],
  ['compare', '/so-sanh'],
  ['preview', '/xem-thu'],
  ['replay', '/chay-lai'],
  ['decision', '/quyet-dinh'],
] as const
export type ChangePage = (typeof changePages)[number][0]

/** One page of a change in its frame: which procedure, how far it is, and the other pages of the change. */
export function ChangeFrame({
  frame,
  page,
  keys = [],
  children,
}: {
  frame: ChangeFrameData
  page: ChangePage
  keys?: readonly KeyHelp[]
  children: ReactNode
}) {
  const t = useT()
  const { id, code, name, title, kind, state, touched } = frame
  const at = `/thiet-ke/thay-doi/${id}`
  const tabs = changePages.map(([key, path]) => {
    const saved = touched.find(({ part }) => part === key)
    const label = t(`studio.page.${key}`)
    return {
      href: at + path,
      label: saved ? `${label} ${t('studio.frame.touched')}` : label,
      current: key === page,
    }
  })
  return (
    <DeskPage keys={keys}>
      <Title>{`${t(`studio.page.${page}`)} · ${title}`}</Title>
      <main id="noi-dung" className="pane studio">
        <div className="pane__head">
          <LinkAction href={`/thiet-ke/thu-tuc/${code}`} icon="chevron-left" small>
            {code} {name}
          </LinkAction>
          <h1 className="desk__title">{title}</h1>
          <p className="small soft">
            {t(`studio.kind.${kind}`)}{' '}
            <StateTag state={changeTone[state]}>{t(`studio.state.${state}`)}</StateTag>
          </p>
          <Tabs label={t('studio.frame.pages')} tabs={tabs} />
        </div>
        <div className="studio__body">{children}</div>
      </main>
    </DeskPage>
  )
}
