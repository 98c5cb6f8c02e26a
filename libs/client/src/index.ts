export { connect } from './client.ts';
export type { Client } from './client.ts';
export type { ClientOptions, Counts } from './options.ts';
