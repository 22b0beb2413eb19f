import { fieldsOf } from 'motcua/modules/forms'
import { type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { useT } from '../../ui/shell'
import { Tabs } from '../../ui/table'
import { ChangeFrame } from '../change/frame'
import type { ChangeFrameData } from '../studio-source'
import styles from './preview.css?url'
import { openPreview, type Viewer, viewers } from './source'

interface View {
  frame: ChangeFrameData
  /** Address of the page that stands in the frames. */
  alone: string
  tabs: { viewer: Viewer; href: string; current: boolean }[]
  viewer: Viewer
  pages: { key: string; title: string; href: string; current: boolean }[]
}

export const links = () => [{ rel: 'stylesheet', href: styles }]

/** The draft on a phone and on a desktop, side by side, as each of those who will use it. */
export async function loader(args: LoaderFunctionArgs): Promise<View> {
  const { pathname, searchParams } = new URL(args.request.url)
  // What is embedded in another page of the studio is the page alone.
  if (searchParams.get('khung')) throw redirect(`${pathname}/trang?${searchParams}`)
  const { studio, viewer, drawable } = await openPreview(args)
  const { locale } = studio.page
  const first = drawable?.version ? [{ key: 'bat-dau', title: '' }] : []
  const keys = new Set(drawable ? fieldsOf(drawable.compiled.definition).map(({ page }) => page.key) : [])
  const form = drawable?.compiled.definition.pages.filter(({ key }) => keys.has(key)) ?? []
  const all = [
    ...first,
    ...form.map(({ key, title }) => ({ key, title: title[locale] })),
    { key: 'kiem-tra', title: '' },
  ]
  const asked = searchParams.get('trang') ?? all[0]!.key
  const address = (nhu: Viewer, trang: string) => `?${new URLSearchParams({ nhu, trang })}`
  return {
    frame: studio.frame,
    viewer,
    alone: `${pathname}/trang${address(viewer, asked)}`,
    tabs: viewers.map((one) => ({
      viewer: one,
      href: pathname + address(one, asked),
      current: one === viewer,
    })),
    pages: all.map(({ key, title }) => ({
      key,
      title,
      href: pathname + address(viewer, key),
      current: key === asked,
    })),
  }
}

export default function PreviewInStudio() {
  const { frame, alone, tabs, pages, viewer } = useLoaderData<typeof loader>()
  const t = useT()
  const named: Record<string, string> = {
    'bat-dau': t('preview.start'),
    'kiem-tra': t('filing.review.title'),
  }
  const width = viewer === 'cong-dan' ? t('preview.desktop') : t(`preview.who.${viewer}`)
  return (
    <ChangeFrame frame={frame} page="preview">
      <p>{t('preview.lead')}</p>
      <Tabs
        label={t('preview.as')}
        tabs={tabs.map((tab) => ({ ...tab, label: t(`preview.who.${tab.viewer}`) }))}
      />
      {viewer === 'cong-dan' && (
        <nav className="preview-pages" aria-label={t('preview.page')}>
          <ol>
            {pages.map(({ key, title, href, current }) => (
              <li key={key}>
                <a href={href} aria-current={current ? 'page' : undefined}>
                  {named[key] ?? title}
                </a>
              </li>
            ))}
          </ol>
        </nav>
      )}
      <div className={viewer === 'cong-dan' ? 'preview-frames' : 'preview-frames preview-frames--one'}>
        {viewer === 'cong-dan' && (
          <figure>
            <figcaption>{t('preview.phone')}</figcaption>
            <iframe className="preview-phone" src={alone} title={t('preview.phone')} />
          </figure>
        )}
        <figure>
          <figcaption>
            {width} · <a href={alone}>{t('preview.alone')}</a>
          </figcaption>
          <iframe className="preview-wide" src={alone} title={width} />
        </figure>
      </div>
    </ChangeFrame>
  )
}
