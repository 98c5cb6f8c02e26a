let made = 0;

/** Names an answer within this tab, also after a reload. (`crypto.randomUUID` is not there without TLS.) */
export function newKey(): string {
  made += 1;
  return `${Date.now().toString(36)}-${made}`;
}
