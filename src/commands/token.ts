import { isRefusal } from '../kernel/errors.ts'
import type { TokenScope } from '../modules/identity/index.ts'
import { type Command, options, UsageError, wholeNumber } from './command.ts'
import { withApp } from './with-app.ts'

export default {
  summary: 'make a token for a system that calls the API; shown once',
  help: `  --name NAME          who the token is for
  --scope SCOPE        dossiers:write, dossiers:read, dossiers:sync, dossiers:partner-status,
                       officer:act or board:read; repeat for more
  --partner ID         the partner whose statuses it reports, with dossiers:partner-status
  --authority CODE     only for dossiers of this authority; repeat for more, none means all
  --days N             how long it lasts, 366 at most (default 366)`,
  async run(args) {
    const given = options(args, {
      name: { type: 'string' },
      scope: { type: 'string', multiple: true },
      authority: { type: 'string', multiple: true },
      partner: { type: 'string' },
      days: { type: 'string' },
    })
    const { name, scope, authority } = given
    if (!name || !scope) throw new UsageError('--name and --scope are needed')
    return withApp(async (app) => {
      const issued = await app.identity.createToken({
        clientName: name,
        // The schema of the request refuses what is not a scope.
        scopes: scope as TokenScope[],
        ...(authority && { authorityCodes: authority }),
        ...(given.partner && { partner: given.partner }),
        days: wholeNumber(given.days, 'days', 366),
      })
      if (isRefusal(issued)) throw new UsageError(`${issued.code} ${JSON.stringify(issued.details)}`)
      process.stdout.write(`${issued.token}\n`)
      return 0
    })
  },
} satisfies Command
