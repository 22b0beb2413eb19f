import { LinkButton } from '../../ui/button'
import { Door } from '../../ui/door'
import { Main, signInPath } from '../../ui/frame'
import { useT } from '../../ui/shell'
import { Title } from '../../ui/title'

/** Shown to somebody whose session ended while they were typing: nothing typed is lost. */
export function SessionEnded({ here, kept }: { here: string; kept: boolean }) {
  const t = useT()
  return (
    <Main>
      <Title>{t('filing.ended.title')}</Title>
      <h1>{t('filing.ended.title')}</h1>
      <p className="lead mt-3">{t(kept ? 'filing.ended.kept' : 'filing.ended.not-kept')}</p>
      <div className="mt-6 max-w-xl">
        <Door>
          <LinkButton size="start" href={signInPath(here)}>
            {t('filing.ended.sign-in')}
          </LinkButton>
          <p className="small soft mt-4">{t('filing.ended.files')}</p>
        </Door>
      </div>
    </Main>
  )
}
