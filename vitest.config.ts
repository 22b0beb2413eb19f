import { defineConfig } from 'vitest/config'

const shared = {
  environment: 'node' as const,
  globalSetup: ['test/harness/global-setup.ts'],
  pool: 'forks' as const,
  // Reading every module anew for each file took longer than the tests, so files of a worker share them. What a test
  // spies on is put back by itself; what a file sets besides, it unsets.
  isolate: false,
  restoreMocks: true,
  hookTimeout: 120_000,
}

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic' } },
  test: {
    reporters: ['default'],
    projects: [
      {
        extends: true,
        test: {
          ...shared,
          name: 'unit',
          include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.ts'],
          exclude: ['test/journeys/**'],
          testTimeout: 60_000,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        // Whole stories in a real browser: one after the other, on one running server.
        extends: true,
        test: {
          ...shared,
          name: 'journeys',
          globalSetup: [...shared.globalSetup, 'test/harness/journey-setup.ts'],
          include: ['test/journeys/**/*.test.ts'],
          testTimeout: 300_000,
          // A page that is asked again until it says something: a busy machine takes longer than the usual second.
          expect: { poll: { timeout: 30_000 } },
          maxWorkers: 1,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
