import { pageContext } from 'motcua/web/context'
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from 'react-router'
import { z } from 'zod'
import { Button } from '../ui/button'
import { RadioGroup } from '../ui/fields'
import { Main } from '../ui/frame'
import { Notice } from '../ui/notice'
import { useShell, useT } from '../ui/shell'
import { Title } from '../ui/title'

const Wish = z.object({
  text: z.enum(['normal', 'large', 'larger']).catch('normal'),
  contrast: z.enum(['normal', 'more']).catch('normal'),
})

const yearInSeconds = 365 * 24 * 3600

export async function action(args: ActionFunctionArgs) {
  const wish = Wish.parse(Object.fromEntries(await args.request.formData()))
  const headers = new Headers()
  for (const [name, value] of Object.entries(wish)) {
    headers.append('set-cookie', `${name}=${value}; Path=/; Max-Age=${yearInSeconds}; SameSite=Lax`)
  }
  return redirect('/co-chu-tuong-phan?da-doi', { headers })
}

export function loader(args: LoaderFunctionArgs) {
  pageContext(args)
  return { changed: args.url.searchParams.has('da-doi') }
}

export default function ReadingPage({ loaderData: { changed } }: { loaderData: { changed: boolean } }) {
  const t = useT()
  const { reading } = useShell()
  return (
    <Main crumbs={[{ label: t('web.reading.title') }]}>
      <Title>{t('web.reading.title')}</Title>
      <h1>{t('web.reading.title')}</h1>
      <p className="lead mt-3">{t('web.reading.lead')}</p>
      <div className="mt-5 max-w-xl stack-l">
        {changed && <Notice tone="ok" role="status" title={t('web.reading.saved')} />}
        <form method="post">
          <RadioGroup
            id="co-chu"
            name="text"
            label={t('web.reading.text')}
            value={reading.text}
            options={(['normal', 'large', 'larger'] as const).map((value) => ({
              value,
              label: t(`web.reading.${value}`),
            }))}
          />
          <RadioGroup
            id="tuong-phan"
            name="contrast"
            label={t('web.reading.contrast')}
            value={reading.contrast}
            options={(['normal', 'more'] as const).map((value) => ({
              value,
              label: t(`web.reading.${value}`),
            }))}
          />
          <div className="mt-6">
            <Button>{t('web.reading.save')}</Button>
          </div>
        </form>
        <p className="sheet">{t('web.reading.sample')}</p>
      </div>
    </Main>
  )
}
