export * from './canonical-form.ts';
export * from './leaf.ts';
