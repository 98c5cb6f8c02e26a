import type { PolicySettings } from '@watchfloor/contracts';
import pg from 'pg';

/** Switches every detector of every stream off, in the database: a server that starts afterwards looks at nothing. */
export async function switchDetectorsOff(url: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const { rows } = await client.query<{ stream_id: number; version: number; settings: PolicySettings }>(
      'select stream_id, version, settings from stream_policy',
    );
    for (const { stream_id: streamId, version, settings } of rows) {
      const detectors = Object.fromEntries(
        Object.entries(settings.detectors).map(([kind, detector]) => [kind, { ...detector, enabled: false }]),
      );
      await client.query('update stream_policy set settings = $3 where stream_id = $1 and version = $2', [
        streamId,
        version,
        JSON.stringify({ ...settings, detectors }),
      ]);
    }
  } finally {
    await client.end();
  }
}
