import { existsSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { createApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { createHttp, finishRequests, listen } from '../../src/http-server.ts'
import { openLog } from '../../src/kernel/log.ts'
import { forgetScores } from '../../src/modules/indicators/index.ts'

const unit = 'co-quan=H99.14'
const addresses = {
  province: '/so-lieu/chi-so?',
  unit: `/so-lieu/chi-so?${unit}`,
  year: '/so-lieu/chi-so?ky=nam',
  indicator: `/so-lieu/chi-so/onTime?${unit}`,
  map: '/so-lieu/ban-do?',
  steps: '/so-lieu/cac-buoc?',
  compare: '/so-lieu/so-sanh?a=H99.14&b=H99.21',
  svg: '/so-lieu/chi-so.svg?',
}
const atOnce = 1000

/**
 * Pages of the board as a server gives them, over HTTP, one after the other: the first after the start (`start`), the
 * first of a second, for which what still moves is read (`second`), drawn anew from what was read (`drawn`), and as the
 * next stranger of the second gets them (`warm`); then a thousand strangers at once. Null without a built web.
 */
export async function measurePages({ url, folder, rounds }: { url: string; folder: string; rounds: number }) {
  if (!existsSync(new URL('../../build/web/server/index.js', import.meta.url))) return null
  const config = { ...readConfig({}), dataDir: folder, host: '127.0.0.1', port: 0 }
  const app = await createApp({
    ...{ config, databaseUrl: url, secret: 'x'.repeat(40), log: openLog('warn') },
  })
  const server = await listen(await createHttp(app), config)
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  let turn = 0
  // Another address each time, so that no page is remembered.
  const ask = async (address: string, isNew: boolean) => {
    const response = await fetch(base + address + (isNew ? `&lan=${turn++}` : ''))
    await response.arrayBuffer()
    if (response.status !== 200) throw new Error(`${response.status} for ${address}`)
  }
  try {
    const pages: Record<string, Record<string, Timing>> = {}
    for (const [name, address] of Object.entries(addresses)) {
      await ask(address, true)
      pages[name] = {
        start: await timesOf(
          rounds,
          async () => forgetScores(app.db),
          () => ask(address, true),
        ),
        second: await timesOf(Math.min(rounds, 12), nextSecond, () => ask(address, true)),
        drawn: await timesOf(rounds, nothing, () => ask(address, true)),
        warm: await timesOf(rounds, nothing, () => ask(address, false)),
      }
    }
    forgetScores(app.db)
    return { pages, burst: await burst(() => ask(addresses.unit, false), app.db.pool) }
  } finally {
    await finishRequests(server)
    await app.close()
  }
}

interface Timing {
  p50: number
  p95: number
  /** Milliseconds of a core that this process used for one, its own questions included. */
  own: number
}

const nothing = async () => undefined
const nextSecond = () => sleep(1001 - (performance.now() % 1000))

async function timesOf(
  rounds: number,
  prepare: () => Promise<unknown>,
  work: () => Promise<void>,
): Promise<Timing> {
  const times: number[] = []
  let own = 0
  for (let i = 0; i < rounds; i++) {
    await prepare()
    const [begun, cpu] = [performance.now(), process.cpuUsage()]
    await work()
    times.push(performance.now() - begun)
    const { user, system } = process.cpuUsage(cpu)
    own += (user + system) / 1000
  }
  times.sort((a, b) => a - b)
  const at = (part: number) => tenths(times[Math.min(rounds - 1, Math.floor(rounds * part))]!)
  return { p50: at(0.5), p95: at(0.95), own: tenths(own / rounds) }
}

/** A thousand at once, who ask and answer in this process; and how many statements the server sent for them. */
async function burst(ask: () => Promise<void>, pool: { query: unknown }) {
  const send = pool.query as (...args: unknown[]) => unknown
  let statements = 0
  pool.query = function counted(...args: unknown[]) {
    statements += 1
    return send.apply(pool, args)
  }
  const [begun, cpu] = [performance.now(), process.cpuUsage()]
  await Promise.all(Array.from({ length: atOnce }, ask))
  const { user, system } = process.cpuUsage(cpu)
  pool.query = send
  return {
    requests: atOnce,
    seconds: Math.round(performance.now() - begun) / 1000,
    ownSeconds: Math.round((user + system) / 1000) / 1000,
    statements,
  }
}

const tenths = (value: number) => Math.round(value * 10) / 10
