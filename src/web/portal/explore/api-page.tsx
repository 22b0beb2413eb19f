import { isRefusal } from 'motcua/kernel/errors'
import type { AnyRoute } from 'motcua/kernel/http'
import { rateLimit } from 'motcua/kernel/rate-limit'
import { restRoutes } from 'motcua/rest'
import { pageContext } from 'motcua/web/context'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from 'react-router'
import { Button, LinkAction, LinkButton } from '../../ui/button'
import { momentText } from '../../ui/format'
import { Main, signInPath } from '../../ui/frame'
import { Notice } from '../../ui/notice'
import { useShell, useT } from '../../ui/shell'
import { Table } from '../../ui/table'
import { More } from '../../ui/timeline'
import { Title } from '../../ui/title'
import { apiView, type Operation, type OperationGroup } from './api.view'
import { SourceText } from './source-text'

interface Loaded {
  groups: OperationGroup[]
  base: string
}

export function loader(args: LoaderFunctionArgs): Loaded {
  const { baseUrl, locale } = pageContext(args)
  return { groups: apiView(restRoutes as readonly AnyRoute<never>[], locale), base: `${baseUrl}/api/v1` }
}

type Answer = { token: string; until: string; scopes: string } | { waitMinutes: number }

const perHour = rateLimit({ limit: 5, windowSeconds: 3600 })

/** A token for trying the API, for whoever is signed in to the demonstration. */
export async function action(args: ActionFunctionArgs) {
  const { app, actor, now, locale, demonstration } = pageContext(args)
  if (!demonstration) throw data(null, { status: 404 })
  if (actor.kind === 'anonymous' || actor.kind === 'system') throw redirect(signInPath('/api'))
  const taken = perHour.take(actor.kind === 'person' ? actor.personId : actor.officerId, now)
  if (!taken.allowed)
    return data<Answer>({ waitMinutes: Math.ceil(taken.retryAfterSeconds / 60) }, { status: 429 })
  const issued = await app.identity.createSandboxToken(actor.kind === 'person' ? actor.personId : undefined)
  if (isRefusal(issued)) throw data(null, { status: 404 })
  const { token, scopes, expiresAt } = issued
  const answer = { token, until: momentText(expiresAt, locale), scopes: scopes.join(', ') }
  return data<Answer>(answer, { headers: { 'cache-control': 'no-store' } })
}

export default function ApiPage({
  loaderData: { groups, base },
  actionData,
}: {
  loaderData: Loaded
  actionData?: Answer
}) {
  const t = useT()
  return (
    <Main crumbs={[{ label: t('explore.title'), href: '/kham-pha' }, { label: t('explore.api.title') }]}>
      <Title>{t('explore.api.title')}</Title>
      <h1>{t('explore.api.title')}</h1>
      <p className="lead mt-3">{t('explore.api.lead')}</p>
      <LinkAction href="/api/v1/openapi.json" icon="download">
        {t('explore.api.document')}
      </LinkAction>
      <section className="mt-6" aria-labelledby="bat-dau">
        <h2 id="bat-dau">{t('explore.api.begin')}</h2>
        <p className="mt-2">{t('explore.api.beginText', { base })}</p>
        <SourceText
          label={t('explore.api.try')}
        >{`curl '${base}/procedures?q=khai%20sinh&limit=3'\ncurl '${base}/board/summary'`}</SourceText>
      </section>
      <Token answer={actionData} base={base} />
      <section className="section" aria-labelledby="thao-tac">
        <h2 id="thao-tac">{t('explore.api.operations')}</h2>
        {groups.map(({ tag, operations }) => (
          <section key={tag} className="mt-5" aria-labelledby={`nhom-${tag}`}>
            <h3 id={`nhom-${tag}`} className="code">
              {tag}
            </h3>
            {operations.map((operation) => (
              <OperationDetails key={operation.id} operation={operation} />
            ))}
          </section>
        ))}
      </section>
    </Main>
  )
}

function Token({ answer, base }: { answer?: Answer; base: string }) {
  const t = useT()
  const { demonstration, person } = useShell()
  return (
    <section className="section" aria-labelledby="khoa">
      <h2 id="khoa">{t('explore.api.token')}</h2>
      <p className="mt-2">{t('explore.api.tokenText')}</p>
      <SourceText label={t('explore.api.command')}>
        {'npm run -s motcua -- token --name "Hệ thống A" --scope dossiers:read --scope dossiers:write'}
      </SourceText>
      {answer && 'token' in answer && (
        <div className="mt-4">
          <Notice tone="ok" role="status" title={t('explore.api.issued')}>
            <p className="fingerprint">
              <b>{answer.token}</b>
            </p>
            <p>{t('explore.api.issuedText', { until: answer.until, scopes: answer.scopes })}</p>
          </Notice>
          <SourceText
            label={t('explore.api.try')}
          >{`curl -H 'Authorization: Bearer ${answer.token}' ${base}/dossiers/H99.12-…`}</SourceText>
        </div>
      )}
      {answer && 'waitMinutes' in answer && (
        <div className="mt-4">
          <Notice
            tone="warn"
            role="alert"
            title={t('explore.api.tooMany', { minutes: answer.waitMinutes })}
          />
        </div>
      )}
      {demonstration && (
        <div className="mt-4">
          <p className="mb-3">{t('explore.api.sandboxText')}</p>
          {person.kind === 'anonymous' ? (
            <LinkButton kind="second" href="/vao-vai">
              {t('explore.api.sandboxSignIn')}
            </LinkButton>
          ) : (
            <form method="post" action="#khoa">
              <Button kind="second" icon="lock">
                {t('explore.api.sandboxDo')}
              </Button>
            </form>
          )}
        </div>
      )}
    </section>
  )
}

function OperationDetails({ operation }: { operation: Operation }) {
  const t = useT()
  const { id, method, path, summary, access, parameters, body, answer } = operation
  return (
    <More
      summary={
        <span id={id}>
          <span className="tag">{method}</span> <span className="code">{path}</span>
          <span className="operation__what">{summary}</span>
        </span>
      }
    >
      <p className="small">
        {t('explore.api.who')} {access}
      </p>
      {parameters.length > 0 && (
        <Table
          caption={t('explore.api.parameters', { path })}
          hideCaption
          rows={parameters}
          rowKey={({ name }) => name}
          columns={[
            {
              key: 'name',
              title: t('explore.api.name'),
              heading: true,
              cell: ({ name }) => <span className="code">{name}</span>,
            },
            { key: 'where', title: t('explore.api.where'), cell: ({ where }) => where },
            {
              key: 'type',
              title: t('explore.api.type'),
              cell: ({ type, required }) => (required ? `${type} (${t('explore.api.required')})` : type),
            },
          ]}
        />
      )}
      {body && (
        <>
          <p className="small mt-4">{t('explore.api.body')}</p>
          <SourceText label={`${t('explore.api.body')}: ${method} ${path}`}>{body}</SourceText>
        </>
      )}
      <p className="small mt-4">{t('explore.api.answer')}</p>
      <SourceText label={`${t('explore.api.answer')}: ${method} ${path}`}>{answer}</SourceText>
    </More>
  )
}
