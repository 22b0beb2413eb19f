import { join } from 'node:path'
import type { Config } from './config.ts'
import { demonstrationPeople, startDemonstrationSignIn } from './demonstration/identity-provider.ts'
import { limitOf } from './grant-limits.ts'
import { type Db, openDatabase } from './kernel/db.ts'
import { isRefusal } from './kernel/errors.ts'
import type { Consumer, RunningFeed } from './kernel/feed.ts'
import { type Files, filesIn, filesOnDisk, forgetUnfinished } from './kernel/files.ts'
import type { TaskList } from './kernel/jobs.ts'
import type { Log } from './kernel/log.ts'
import { appRole } from './kernel/migrate.ts'
import { at, currentInstant, dateOfLaw } from './kernel/time.ts'
import {
  purgeBookings,
  purgeBookingsCrontab,
  purgeBookingsTask,
  remindBookings,
  remindBookingsCrontab,
  remindBookingsTask,
} from './modules/appointments/index.ts'
import { findVersion } from './modules/catalogue/index.ts'
import { replayCrontab, replayTasks } from './modules/changes/index.ts'
import {
  allOfficers,
  createPowers,
  createReorganisations,
  demonstrationIssuer,
  findAuthority,
  findOfficer,
  findOfficerByAccount,
  listAuthorities,
  type Powers,
  type Reorganisations,
} from './modules/directory/index.ts'
import {
  askForIntake,
  clamd,
  closeConversion,
  closePrinting,
  contentOf,
  type FileDoor,
  findOffice,
  intakeCrontab,
  intakeTasks,
  keepContent,
  type Layouts,
  readLayouts,
  sealSlips,
  sealSlipsCrontab,
  sealSlipsTask,
  textReader,
} from './modules/documents/index.ts'
import {
  bulkMoveCrontab,
  bulkMoveTasks,
  createDossiers,
  type Dossiers,
  enterMissing,
  filesHeld,
  issuePaper,
  linkedConsumer,
  noteReadings,
  openWorkOf,
  type PaperDoor,
  papersConsumer,
  type Readings,
  recomputeCrontab,
  recomputeTasks,
  reorganiseCrontab,
  reorganiseSoon,
  reorganiseTask,
  runReorganisations,
  sealCrontab,
  sealTask,
  sealWaiting,
  settleOpenGroups,
  timersCrontab,
  timersTask,
  vaultConsumer,
} from './modules/dossiers/index.ts'
import { type FeedbackParts, ratingToken } from './modules/feedback/index.ts'
import { demonstrationRegisters, type RegisterSource } from './modules/forms/index.ts'
import { type Actor, createIdentity, type Identity } from './modules/identity/index.ts'
import {
  indicatorsConsumer,
  snapshotCrontab,
  snapshotTasks,
  watchTargets,
  watchTargetsCrontab,
  watchTargetsTask,
} from './modules/indicators/index.ts'
import {
  adaptersOf,
  type NotificationNames,
  notificationsConsumer,
  notificationTasks,
  remindCrontab,
} from './modules/notifications/index.ts'
import { spansConsumer } from './modules/reform/index.ts'
import {
  createRetention,
  purgeCrontab,
  purgeTasks,
  type Retention,
  removeContent,
} from './modules/retention/index.ts'
import {
  type Authorisation,
  createSignatures,
  demonstrationPin,
  lengthenCrontab,
  lengthenTask,
  lengthenWaiting,
  type Signatures,
} from './modules/signatures/index.ts'
import {
  createVault,
  eraseCrontab,
  eraseRemoved,
  eraseTask,
  type Vault,
  type VaultItem,
  type VaultParts,
} from './modules/vault/index.ts'

/** Everything a page, a route or a command may call; built once for a process. */
export interface App {
  config: Config
  db: Db
  log: Log
  files: Files
  /** What `storeFile` needs to take a file in: limit, scanner, converters. */
  intake: FileDoor
  identity: Identity
  /** Dated powers of officers: absence and authority to sign. */
  powers: Powers
  /** Dated decisions by which authorities begin, merge, split and end. */
  reorganisations: Reorganisations
  dossiers: Dossiers
  /** Takes down who read which dossier. */
  readings: Readings
  /** Papers of persons and organisations. */
  vault: Vault
  /** Periods, legal holds, destruction and hand-over to the archive. */
  retention: Retention
  /** Digital signatures: who can sign, and what signing and checking need. */
  signatures: Signatures
  /** What `issuePaper` and `previewResult` need. */
  papers: PaperDoor
  /** What rating pages need; tokens are derived from the installation's key. */
  feedback: FeedbackParts
  /** Registers of the State that forms are filled from. */
  registers: readonly RegisterSource[]
  /** The only clock. */
  now(): Date
  /** The last instant of the calendar day in Hà Nội. */
  endOfToday(now: Date): Date
  /** Hands a browser's request for `/oidc/*` to the demonstration's identity provider. */
  identityProvider: { proxy(request: Request): Promise<Response> } | undefined
  /** Who listens to the feed. */
  consumers: readonly Consumer[]
  /** Outside calls that the worker makes. */
  tasks: TaskList
  /** Tasks that run by the clock, in UTC. */
  crontab: string
  /** Tells the running feed that there is news. */
  wake(): void
  listen(feed: RunningFeed): void
  close(): Promise<void>
}

export interface AppParts {
  config: Config
  databaseUrl: string
  /** Key of cookies and links; from the configuration, or made once and kept in the data folder. */
  secret: string
  log: Log
  /** Without it nobody can sign in: for commands that need no sign-in. */
  withIdentityProvider?: boolean
  now?: () => Date
}

const dayMs = 86_400_000
const monthMs = 31 * dayMs
/** At two in the morning in Hà Nội ended sessions and half-arrived files go, and log books are made whole. */
const tidyAtNight = '0 19 * * * tidy'

/** Builds the modules and tells each what it needs; reads top to bottom. */
export async function createApp(parts: AppParts): Promise<App> {
  const { config, log, secret } = parts
  const now = parts.now ?? currentInstant
  const db = openDatabase(parts.databaseUrl, { role: appRole, max: 16 })
  const files = await openFiles(config)
  const scanner = config.intake.clamd === undefined ? undefined : clamd({ address: config.intake.clamd })
  const { office: program, searchPath } = config.intake
  const office = await findOffice({ program, searchPath })
  const provider =
    parts.withIdentityProvider && config.demonstration.on && !config.oidc
      ? await startSignIn(config, db)
      : undefined
  let feed: RunningFeed | undefined
  const wake = () => feed?.wake()
  const identity = createIdentity({
    db,
    config: {
      baseUrl: config.baseUrl,
      secret,
      demonstration: config.demonstration.on,
      trustProxy: config.trustProxy,
    },
    provider: provider?.settings ?? externalProvider(config),
    officerOf: (issuer, subject, on) => findOfficerByAccount(db, issuer, subject, on),
    clock: now,
    onFailure: (error) => log.warn({ err: error }, 'the identity provider did not answer as expected'),
  })
  const registers = config.demonstration.on ? [await demonstrationRegisters()] : []
  const ratingUrl = (dossierId: string) => `${config.baseUrl}/danh-gia/${ratingToken(secret, dossierId)}`
  const signatures = createSignatures({
    ...{ db, secret, now, baseUrl: config.baseUrl, dataDir: config.dataDir },
    demonstration: config.demonstration.on,
    ...config.signing,
  })
  const layouts = await layoutsOf(config, log)
  const papers: PaperDoor = {
    ...{ db, files, baseUrl: config.baseUrl, now, layouts, ratingUrl, signatures },
    sealing: sealingOf(config),
  }
  const readings = noteReadings(db.pool, {
    onFailure: (err) => log.error({ err }, 'who read which dossier could not be written down and waits'),
  })
  const dossiers = createDossiers(db, wake, registers, now, papers, readings)
  const reorganisations = createReorganisations({
    db,
    openWork: (codes, instant) => openWorkOf(db, codes, instant),
    changed: () => identity.forgetPosts(),
    soon: () => reorganiseSoon(db),
    wake,
  })
  const told = { names: namesOf(db, now), baseUrl: config.baseUrl, now }
  const groupInTrouble = (err: unknown, group: string) =>
    log.error({ err, group }, 'a linked filing does not go on')
  return {
    config,
    db,
    log,
    files,
    intake: {
      ...{ db: db.pool, files, maxBytes: config.maxFileBytes, scanner, withoutOffice: !office, signatures },
      readsLetters: config.intake.readText,
      soon: (fileId) => askForIntake(db.pool, fileId),
    },
    identity,
    powers: createPowers({
      db,
      limitOf: limitOf(db, () => dateOfLaw(now())),
      changed: () => identity.forgetPosts(),
      wake,
    }),
    reorganisations,
    dossiers,
    readings,
    signatures,
    papers,
    vault: vaultOf({ db, files, now, check: signatures }, dossiers, papers),
    retention: createRetention({ db, files, now, wake }),
    registers,
    now,
    endOfToday: (instant) => at(dateOfLaw(instant), '23:59:59.999'),
    identityProvider: provider,
    consumers: [
      notificationsConsumer(told),
      indicatorsConsumer,
      papersConsumer(now),
      vaultConsumer(db),
      linkedConsumer(db, groupInTrouble),
      spansConsumer(db),
    ],
    feedback: { db, secret, wake },
    tasks: {
      ...notificationTasks({ ...told, db, adapters: adaptersOf(config) }),
      ...recomputeTasks({ db, now }),
      ...bulkMoveTasks({ db, now }),
      ...replayTasks({ db, now }),
      ...snapshotTasks({ db, now }),
      ...purgeTasks({ db, files, now, layouts, baseUrl: config.baseUrl }),
      ...intakeTasks({
        ...{ db, files, scanner, office, now, reader: config.intake.readText ? textReader() : undefined },
        onFailure: (err, fileId) => log.error({ err, fileId }, 'a file could not be converted'),
      }),
      [reorganiseTask]: async () =>
        void (await runReorganisations({
          ...{ db, reorganisations, now, wake },
          onHeld: (held) => log.warn(held, 'a reorganisation no longer fits what stands'),
        })),
      [sealTask]: async () =>
        void (await sealWaiting({
          door: { ...papers, signatures },
          view: (code) => dossiers.view(sealingSystem, code, { now: now(), unnoted: true }),
          onRefused: ({ code }, dossier) => log.warn({ code, dossier }, 'a signed paper could not be sealed'),
        })),
      [lengthenTask]: async () =>
        void (await lengthenWaiting({
          ...{ signatures, now },
          contentOf: (sha256) => contentOf(files, sha256),
          keep: (pdf) => keepContent(files, pdf),
          onRefused: ({ code }, sha256) =>
            log.warn({ code, sha256 }, 'a signed paper still lacks its stamps'),
        })),
      [eraseTask]: async () =>
        void (await eraseRemoved({
          ...{ db, now, heldFiles: filesHeld },
          removeContent: (sha256) => removeContent({ db: db.pool, files }, sha256, now()),
        })),
      [sealSlipsTask]: async () =>
        void (await sealSlips(
          { ...papers, signatures, sealing: sealingOf(config) },
          ({ code }, { dossierCode }) =>
            log.warn({ code, dossier: dossierCode }, 'a slip could not be sealed'),
        )),
      [remindBookingsTask]: async () => void (await remindBookings(db, told)),
      [purgeBookingsTask]: async () => void (await purgeBookings(db, now())),
      [watchTargetsTask]: async () => void (await watchTargets({ db, baseUrl: config.baseUrl }, now())),
      [timersTask]: async () => void (await dossiers.fireTimers()),
      tidy: async () => {
        await identity.tidy()
        await forgetUnfinished(join(config.dataDir, 'files'), new Date(now().getTime() - dayMs))
        await enterMissing(db, new Date(now().getTime() - monthMs), now())
        await settleOpenGroups(db, now(), groupInTrouble)
      },
    },
    crontab: [
      tidyAtNight,
      recomputeCrontab,
      bulkMoveCrontab,
      replayCrontab,
      purgeCrontab,
      snapshotCrontab,
      watchTargetsCrontab,
      eraseCrontab,
      intakeCrontab,
      timersCrontab,
      sealCrontab,
      sealSlipsCrontab,
      lengthenCrontab,
      remindCrontab,
      remindBookingsCrontab,
      purgeBookingsCrontab,
      reorganiseCrontab,
    ].join('\n'),
    wake,
    listen: (running) => {
      feed = running
    },
    async close() {
      await provider?.stop()
      await readings.close()
      await closePrinting()
      await closeConversion()
      await db.close()
    },
  }
}

const sealingSystem: Actor = {
  ...{ kind: 'system', clientId: 'seal', name: 'Phát hành giấy tờ' },
  scopes: ['dossiers:read'],
}

const sealingOf = ({ sealPin, demonstration }: Config): Authorisation => {
  const pin = sealPin ?? (demonstration.on ? demonstrationPin : undefined)
  return pin === undefined ? {} : { pin, standing: true }
}

// Content goes to a bucket where one is stated; until it is whole it waits in the data folder either way.
async function openFiles({ dataDir, fileKeys, s3 }: Config): Promise<Files> {
  const folder = join(dataDir, 'files')
  if (!s3) return filesOnDisk(folder, fileKeys)
  const { placeOnS3 } = await import('./kernel/files/s3.ts')
  return filesIn({ incoming: join(folder, 'incoming'), place: placeOnS3(s3), keys: fileKeys })
}

// What cannot be read is left out and said: printing goes on with what was in force before.
async function layoutsOf({ layoutsDir }: Config, log: Log): Promise<Layouts> {
  const layouts = await readLayouts(layoutsDir)
  for (const unreadable of layouts.unreadable)
    log.error(unreadable, 'an edition of printed forms is unreadable')
  return layouts
}

// The vault knows no dossier: what issued a paper, and which dossiers use it, is told from here.
function vaultOf(
  parts: Pick<VaultParts, 'db' | 'files' | 'now' | 'check'>,
  dossiers: Dossiers,
  papers: PaperDoor,
): Vault {
  const system = { kind: 'system', clientId: 'vault', name: 'Kho giấy tờ' } as const
  return createVault({
    ...parts,
    async issue({ dossierCode, origin }: VaultItem) {
      const view = await dossiers.view({ ...system, scopes: ['dossiers:read'] }, dossierCode ?? '', {
        now: parts.now(),
        unnoted: true,
      })
      if (isRefusal(view)) return undefined
      const [sequence, no] = (origin.split(':').at(-1) ?? '').split('/')
      return issuePaper(papers, view, no ? `result/${Number(no)}` : 'result', Number(sequence))
    },
    async usedIn(officer, dossierCode, itemId) {
      // The vault keeps its own book of who read which paper.
      const view = await dossiers.view(officer, dossierCode, { now: parts.now(), unnoted: true })
      if (isRefusal(view) || view.dossier.closedAt !== null) return false
      return view.papers.some(({ vaultItemId }) => vaultItemId === itemId)
    },
  })
}

// What messages call things by: modules to their left know it.
function namesOf(db: Db, now: () => Date): NotificationNames {
  return {
    authority: (code) => findAuthority(db, code),
    procedure: async (code) => (await findVersion(db, code, dateOfLaw(now())))?.plainName,
    officer: async (id) => (await findOfficer(db, id))?.name,
  }
}

async function startSignIn(config: Config, db: Db) {
  const [officers, authorities] = await Promise.all([allOfficers(db), listAuthorities(db)])
  const names = new Map(authorities.map(({ code, name }) => [code, name]))
  const staff = officers.map(({ subject, name, posts }) => ({
    subject,
    name,
    workplace: names.get(posts[0]?.authorityCode ?? '') ?? '',
  }))
  return startDemonstrationSignIn({
    baseUrl: config.baseUrl,
    recordedAs: demonstrationIssuer,
    people: demonstrationPeople(staff),
  })
}

// A server without a provider still serves what needs no sign-in, and says so to who tries.
function externalProvider({ oidc, baseUrl }: Config) {
  // Asking afresh keeps the next person at a shared computer from entering as the one before.
  return oidc
    ? { ...oidc, prompt: 'login' }
    : { issuer: `${baseUrl}/oidc`, clientId: 'motcua', clientSecret: '' }
}
