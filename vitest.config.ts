import {defineConfig} from 'vitest/config';

/**
 * Real processes, sockets and browsers share the machine with whatever else runs on it: a test that fails is tried again
 * once. What fails every time fails.
 * `unit`: rules, stores, rooms, services, components (fast). `whole`: the built product with real sockets and browsers.
 * `long`: the same for longer, by `npm run test:all`. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          sequence: {groupOrder: 0},
          // Files share what they import: to read the server anew for each of a hundred files took most of the time.
          isolate: false,
          maxWorkers: 2,
          include: ['packages/*/src/**/*.test.{ts,tsx}', 'apps/*/src/**/*.test.{ts,tsx}', 'tests/house.test.ts'],
          testTimeout: 30_000,
          hookTimeout: 120_000,
          retry: 1,
        },
      },
      {
        test: {
          name: 'whole',
          sequence: {groupOrder: 1},
          include: ['tests/{api,realtime,faults,hostile,journeys,upgrade}/**/*.test.ts'],
          globalSetup: ['tests/support/prepared-folder.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 180_000,
          retry: 1,
        },
      },
      {
        test: {
          name: 'long',
          sequence: {groupOrder: 2},
          include: ['tests/long/**/*.test.ts'],
          globalSetup: ['tests/support/prepared-folder.ts'],
          fileParallelism: false,
          testTimeout: 1_200_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
