import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { send } from '../api/client.ts';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { ErrorNotice } from '../parts/faces.tsx';
import styles from './export-dialog.module.css';
import { isFiltered, recordQueryOf, type HistoryFilter } from './history-search.ts';
import { inWords } from './history-words.ts';
import { saveFile } from './save-file.ts';

type Format = 'csv' | 'jsonl';

interface Props {
  readonly filter: HistoryFilter;
  readonly onClose: () => void;
}

/** Hands out what the filters show as a file; that this was done stands in the record too. */
export function ExportDialog({ filter, onClose }: Props) {
  const [format, setFormat] = useState<Format>('jsonl');
  const exporting = useMutation({
    mutationFn: async (as: Format) => {
      const answer = await send(
        'recordExport',
        { body: { ...recordQueryOf(filter), format: as } },
        { timeoutMs: 300_000 },
      );
      saveFile(
        await answer.blob(),
        `watchfloor-record-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}.${as}`,
      );
    },
    onSuccess: onClose,
  });
  return (
    <Dialog
      title="Export entries"
      onClose={onClose}
      foot={
        <Button look="main" isBusy={exporting.isPending} onClick={() => exporting.mutate(format)}>
          {exporting.isPending ? 'Preparing the file' : 'Export'}
        </Button>
      }
    >
      <div className={styles.body}>
        <p>{isFiltered(filter) ? `Entries that match: ${inWords(filter)}` : 'All entries that you may read.'}</p>
        <fieldset className={styles.formats}>
          <legend>As</legend>
          <label>
            <input type="radio" name="format" checked={format === 'jsonl'} onChange={() => setFormat('jsonl')} /> JSON
            lines, one entry a line, with leaf hashes
          </label>
          <label>
            <input type="radio" name="format" checked={format === 'csv'} onChange={() => setFormat('csv')} /> CSV for
            spreadsheets, times in UTC
          </label>
        </fieldset>
        <p className={styles.notice}>
          Your name, the time and these filters are written into the record with the export.
        </p>
        {exporting.isError ? <ErrorNotice error={exporting.error} what="The export failed." /> : null}
      </div>
    </Dialog>
  );
}
