import type { Config } from '@react-router/dev/config'

export default {
  appDirectory: 'src/web',
  buildDirectory: 'build/web',
  ssr: true,
  // Desk pages know all their neighbours at first load: no manifest requests while an officer works.
  routeDiscovery: { mode: 'initial' },
} satisfies Config
