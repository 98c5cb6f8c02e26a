/** Types are stripped; decorators and their metadata exist only where Nest and TypeORM need them. */
const swc = ({ tsx = false, decorators = false }) => [
  '@swc/jest',
  {
    swcrc: false,
    sourceMaps: 'inline',
    module: { type: 'es6' },
    jsc: {
      target: 'es2024',
      parser: { syntax: 'typescript', tsx, decorators },
      transform: { legacyDecorator: decorators, decoratorMetadata: decorators, react: { runtime: 'automatic' } },
    },
  },
];

const shared = {
  rootDir: import.meta.dirname,
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  moduleFileExtensions: ['ts', 'tsx', 'js', 'mjs', 'cjs', 'json', 'node'],
  transform: {
    '/apps/api/.+\\.ts$': swc({ decorators: true }),
    '\\.ts$': swc({}),
    '\\.tsx$': swc({ tsx: true }),
  },
  modulePathIgnorePatterns: ['<rootDir>/.*/dist/', '<rootDir>/\\.nx/', '<rootDir>/\\.watchfloor/'],
  injectGlobals: false,
  globalSetup: '<rootDir>/test/kit/jest/start.mjs',
  globalTeardown: '<rootDir>/test/kit/jest/stop.mjs',
};

export default {
  maxWorkers: '100%',
  workerIdleMemoryLimit: '1GB',
  testTimeout: 15_000,
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['<rootDir>/{libs,apps,test,scripts}/**/*.spec.{ts,tsx,mjs}'],
      testPathIgnorePatterns: ['/node_modules/', '/dist/', '<rootDir>/test/e2e/'],
    },
    {
      ...shared,
      displayName: 'e2e',
      testMatch: ['<rootDir>/test/e2e/**/*.spec.ts'],
    },
  ],
};
