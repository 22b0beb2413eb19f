import { spawnSync } from 'node:child_process'
import { existsSync, lchownSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { BootError } from '../boot.ts'

/** How PostgreSQL is called so that it does not see user number 0, which it refuses. */
export interface RunAs {
  /** Words before the program, e.g. `unshare --user …`. */
  prefix: string[]
  /** Gives a file or folder that we made to the user that PostgreSQL will be. */
  own(path: string): void
}

const asOurselves: RunAs = { prefix: [], own: () => undefined }

/**
 * Chooses how to start PostgreSQL:
 * - an ordinary user that the system knows: directly;
 * - root, or a number without a name (initdb asks for one): in a user namespace that maps us to a named user,
 *   so the files stay ours and no system user is added;
 * - root where namespaces are forbidden (containers), or over data of another user: as that user, who may pass
 *   folders closed to others.
 */
export function chooseRunAs(dataDir: string): RunAs {
  const uid = process.getuid?.()
  if (uid === undefined) return asOurselves
  const users = namedUsers()
  if (uid !== 0 && users.some((user) => user.uid === uid)) return asOurselves
  const owner = existsSync(dataDir) ? statSync(dataDir).uid : uid
  const someone = users.find((user) => user.name === 'nobody') ?? users.find((user) => user.uid !== 0)
  const mapped = someone ?? { uid: 65534, gid: 65534 }
  const namespace = ['unshare', '--user', `--map-user=${mapped.uid}`, `--map-group=${mapped.gid}`]
  if (owner === uid && works(namespace)) return { prefix: namespace, own: () => undefined }
  if (uid === 0) {
    const other =
      owner === 0 ? mapped : (users.find((user) => user.uid === owner) ?? { uid: owner, gid: owner })
    const run = switchUser(other)
    if (run) return run
  }
  throw new BootError('no-user-for-postgres', {
    vi: 'PostgreSQL không chạy được dưới quyền root trên máy này: hãy chạy bằng người dùng thường, hoặc đặt DATABASE_URL.',
    en: 'PostgreSQL cannot run as root on this machine: start as an ordinary user, or set DATABASE_URL.',
  })
}

function switchUser({ uid, gid }: { uid: number; gid: number }): RunAs | undefined {
  const prefix = ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups']
  const passing = [...prefix, '--inh-caps=+dac_override', '--ambient-caps=+dac_override']
  const chosen = [passing, prefix].find(works)
  return chosen && { prefix: chosen, own: (path) => giveTo(path, uid, gid) }
}

function giveTo(path: string, uid: number, gid: number): void {
  if (!existsSync(path)) return
  lchownSync(path, uid, gid)
  if (lstatSync(path).isDirectory()) for (const name of readdirSync(path)) giveTo(join(path, name), uid, gid)
}

function works(prefix: string[]): boolean {
  const [command = '', ...rest] = prefix
  return spawnSync(command, [...rest, 'true'], { stdio: 'ignore' }).status === 0
}

function namedUsers(): { name: string; uid: number; gid: number }[] {
  if (process.platform !== 'linux')
    return [{ name: 'self', uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 }]
  const lines = existsSync('/etc/passwd') ? readFileSync('/etc/passwd', 'utf8').split('\n') : []
  return lines
    .map((line) => line.split(':'))
    .filter((fields) => fields.length > 3)
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
}
