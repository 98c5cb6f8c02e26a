export { connect } from './client.ts';
export type { Client } from './client.ts';
export { ClientClosed, QueueFull } from './options.ts';
export type { ClientOptions, Counts, Environment } from './options.ts';
