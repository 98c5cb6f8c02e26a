import comments from '@eslint-community/eslint-plugin-eslint-comments/configs';
import eslint from '@eslint/js';
import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier/flat';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import { importX } from 'eslint-plugin-import-x';
import a11y from 'eslint-plugin-jsx-a11y-x';
import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const sources = ['**/*.ts', '**/*.tsx'];
const specs = ['**/*.spec.ts', '**/*.spec.tsx', 'test/**/*.ts'];
const configs = ['**/*.config.{mjs,ts}', '**/vite.config.ts'];

/** The one npm package (as a regular expression) that a lib may use, besides `@watchfloor/contracts`. */
const packagesOf = { contracts: 'zod', ledger: '@noble/hashes(/.*)?|canonicalize', oncall: 'temporal-polyfill' };
const noPackage = '(?!)';

const importsOf = (packages) => [
  'error',
  {
    patterns: [
      {
        regex: `^(?!\\.{1,2}/|@watchfloor/|(?:${packages})$)`,
        message: 'Libs think: no Node API, and no package besides those that eslint.config.mjs names for this lib.',
      },
      { group: ['**/apps/**', '**/test/**'], message: 'A lib knows nothing of apps and tests.' },
    ],
  },
];

const impureGlobals = ['process', 'Buffer', 'performance', 'crypto', 'console', 'globalThis', 'window', 'document'];
const outsideGlobals = [
  'fetch',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'clearTimeout',
  'queueMicrotask',
  'Temporal',
];
const forbid = (names) => [
  'error',
  ...names.map((name) => ({ name, message: 'Libs think: time, seeds and the outside are handed in.' })),
];

const noDynamicImport = {
  selector: 'ImportExpression',
  message: 'A lib imports at its head, where its borders are checked.',
};
const noClockNoDice = [
  'error',
  noDynamicImport,
  { selector: "MemberExpression[object.name='Date'][property.name='now']", message: 'Libs have no clock: take `now`.' },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Libs have no clock: take `now`.' },
  { selector: "CallExpression[callee.name='Date']", message: 'Libs have no clock: take `now`.' },
  {
    selector: "MemberExpression[object.name='Temporal'][property.name='Now']",
    message: 'Libs have no clock: take `now`.',
  },
  {
    selector: "MemberExpression[object.name='Math'][property.name='random']",
    message: 'Libs have no dice: take a seed.',
  },
];

const importLaw = [
  { sourceTag: 'type:contracts', onlyDependOnLibsWithTags: [] },
  { sourceTag: 'type:lib', onlyDependOnLibsWithTags: ['type:contracts'] },
  { sourceTag: 'type:app', onlyDependOnLibsWithTags: ['type:contracts', 'type:lib'] },
];

export default tseslint.config(
  { ignores: ['**/dist/', '**/node_modules/', '.nx/', 'coverage/', '**/.watchfloor/', '.cache/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  eslint.configs.recommended,
  comments.recommended,
  {
    rules: {
      '@eslint-community/eslint-comments/require-description': 'error',
      eqeqeq: ['error', 'smart'],
      'max-lines': ['error', { max: 300 }],
      // Prediction content is hostile: looking for control characters is our daily work.
      'no-control-regex': 'off',
      'object-shorthand': 'error',
    },
  },
  { files: ['**/*.mjs'], languageOptions: { globals: globals.node } },
  { files: ['apps/console/public/**/*.js'], languageOptions: { globals: globals.browser } },

  {
    files: sources,
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    plugins: { 'import-x': importX, '@nx': nx },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    settings: {
      'import-x/extensions': ['.ts', '.tsx'],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts', '.tsx'] },
      'import-x/resolver-next': [createTypeScriptImportResolver({ noWarnOnMultipleProjects: true })],
    },
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        { depConstraints: importLaw, enforceBuildableLibDependency: false, banTransitiveDependencies: false },
      ],
      'import-x/no-cycle': 'error',
      'import-x/no-default-export': 'error',
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      // Spreading a string gives its code points, which is what we want of keys and hostile text.
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { allowDefaultCaseForExhaustiveSwitch: false, requireDefaultForNonUnion: true },
      ],
    },
  },

  {
    files: ['libs/**/*.ts'],
    ignores: specs,
    rules: {
      'no-restricted-imports': importsOf(noPackage),
      'no-restricted-globals': forbid([...impureGlobals, ...outsideGlobals]),
      'no-restricted-syntax': noClockNoDice,
    },
  },
  ...Object.entries(packagesOf).map(([lib, packages]) => ({
    files: [`libs/${lib}/**/*.ts`],
    ignores: specs,
    rules: { 'no-restricted-imports': importsOf(packages) },
  })),
  {
    // The one lib that speaks HTTP: it may send, wait and retry.
    files: ['libs/client/**/*.ts'],
    ignores: specs,
    rules: { 'no-restricted-globals': forbid(impureGlobals), 'no-restricted-syntax': ['error', noDynamicImport] },
  },

  {
    files: ['apps/console/**/*.{ts,tsx}'],
    extends: [reactHooks.configs.flat['recommended-latest'], a11y.configs.recommended],
    languageOptions: { globals: globals.browser },
    rules: {
      // What scrolls must take the focus, so that it scrolls by keyboard too (axe: scrollable-region-focusable).
      'jsx-a11y-x/no-noninteractive-tabindex': 'off',
    },
  },

  {
    files: specs,
    rules: {
      // A spec may use the test kit, and the kit starts the apps: that circle exists between projects, never between files.
      '@nx/enforce-module-boundaries': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/unbound-method': 'off',
      'max-lines': 'off',
    },
  },
  { files: ['libs/**/*.spec.ts'], rules: { 'no-restricted-imports': ['error', { patterns: ['**/apps/**'] }] } },
  { files: ['**/migrations/**'], rules: { 'max-lines': 'off' } },
  { files: configs, rules: { 'import-x/no-default-export': 'off', '@nx/enforce-module-boundaries': 'off' } },
  prettier,
);
