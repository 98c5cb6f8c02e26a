/** Shells in which a newcomer may send a first prediction. */
export const shells = { curl: 'bash, zsh', powershell: 'PowerShell' } as const;
export type Shell = keyof typeof shells;

/** Stands for a key in a command while none has been made. */
export const keyPlace = 'YOUR-INGEST-KEY';

/**
 * The command that sends one prediction to this very server. It can be pasted as it is: nothing in it depends on the
 * directory, and quotes hold in the shell it is made for. The model is less than half sure, so that it is flagged, too.
 *
 * @param origin of this page, such as `http://127.0.0.1:3000`
 * @param id of the prediction; the same id again would be a duplicate
 */
export function firstCommand(shell: Shell, origin: string, key: string, id: string): string {
  const body = JSON.stringify({
    stream: 'my-model',
    id,
    label: 'toxic',
    confidence: 0.46,
    scores: { toxic: 0.46, fine: 0.44, unclear: 0.1 },
    input: { text: 'An example to look at' },
  });
  const url = `${origin}/api/v1/predictions`;
  switch (shell) {
    case 'curl':
      return [
        `curl -sS '${url}' \\`,
        `  -H 'authorization: Bearer ${key}' \\`,
        `  -H 'content-type: application/json' \\`,
        `  -d '${body}'`,
      ].join('\n');
    case 'powershell':
      return [
        `Invoke-RestMethod -Method Post -Uri '${url}' \``,
        `  -Headers @{ authorization = 'Bearer ${key}' } \``,
        `  -ContentType 'application/json' \``,
        `  -Body '${body}'`,
      ].join('\n');
  }
}
