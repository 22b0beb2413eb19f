import type { MessageKey } from 'motcua/kernel/i18n'
import { useLocation } from 'react-router'
import { LinkAction } from '../ui/button'
import { Main } from '../ui/frame'
import { useT } from '../ui/shell'
import { Title } from '../ui/title'

type Link = readonly [href: string, label: MessageKey]
type Part = readonly [heading: MessageKey, text: MessageKey, ...links: Link[]]
type Page = { title: MessageKey; lead: MessageKey; parts: readonly Part[] }

const pages: Record<string, Page> = {
  '/gioi-thieu': {
    title: 'web.footer.introduction',
    lead: 'web.words.about.lead',
    parts: [
      ['web.words.about.what', 'web.words.about.whatText'],
      ['web.words.about.sample', 'web.words.about.sampleText'],
      ['web.words.about.open', 'web.words.about.openText'],
    ],
  },
  '/tro-giup': {
    title: 'web.footer.questions',
    lead: 'web.words.help.lead',
    parts: [
      ['web.words.help.forgot', 'web.words.help.forgotText'],
      ['web.words.help.photo', 'web.words.help.photoText'],
      ['web.words.help.late', 'web.words.help.lateText'],
      ['web.words.help.other', 'web.words.help.otherText'],
    ],
  },
  '/quyen-rieng-tu': {
    title: 'web.footer.privacy',
    lead: 'web.words.privacy.lead',
    parts: [
      ['web.words.privacy.what', 'web.words.privacy.whatText'],
      [
        'web.words.privacy.who',
        'web.words.privacy.whoText',
        ['/ho-so', 'web.words.privacy.whoLink'],
        ['/kho/da-doc', 'web.words.privacy.vaultLink'],
      ],
      ['web.words.privacy.cookies', 'web.words.privacy.cookiesText'],
    ],
  },
}

/** Pages that are only words: introduction, common questions, privacy. */
export default function Words() {
  const t = useT()
  const page = pages[useLocation().pathname]
  if (!page) return null
  return (
    <Main crumbs={[{ label: t(page.title) }]}>
      <Title>{t(page.title)}</Title>
      <h1>{t(page.title)}</h1>
      <p className="lead mt-3">{t(page.lead)}</p>
      {page.parts.map(([heading, text, ...links]) => (
        <section key={heading} className="mt-6">
          <h2>{t(heading)}</h2>
          <p className="mt-2">{t(text)}</p>
          {links.length > 0 && (
            <p className="btn-row mt-2">
              {links.map(([href, label]) => (
                <LinkAction key={href} href={href}>
                  {t(label)}
                </LinkAction>
              ))}
            </p>
          )}
        </section>
      ))}
    </Main>
  )
}
