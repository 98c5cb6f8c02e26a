import { Dialog } from '../parts/dialog.tsx';
import { usePreferences } from '../theme/preferences.ts';
import { capsOf, isLetterBinding } from './bindings.ts';

import { sheetOf } from './sheet.ts';
import type { SheetScope } from './sheet.ts';
import styles from './key-sheet.module.css';
import { useKeys, useScopes } from './registry.ts';

/** Every key that holds where one is, made from the registry that acts on them, so that it cannot lie. */
export function KeySheet({ onClose }: { readonly onClose: () => void }) {
  const scopes = useScopes();
  const { letterKeys, setLetterKeys } = usePreferences();
  useKeys('Key sheet', [{ keys: '?', does: 'Close the sheet', act: onClose, isQuiet: true }], 'dialog');
  return (
    <Dialog
      title="Keys"
      onClose={onClose}
      isWide
      isReading
      foot={
        <label className={styles.switch}>
          <input type="checkbox" checked={letterKeys} onChange={(event) => setLetterKeys(event.target.checked)} />
          Single-letter keys
        </label>
      }
    >
      <div className={styles.scopes}>
        {sheetOf(scopes).map((scope) => (
          <ScopeKeys key={scope.name} scope={scope} letterKeys={letterKeys} />
        ))}
      </div>
    </Dialog>
  );
}

function ScopeKeys({ scope, letterKeys }: { readonly scope: SheetScope; readonly letterKeys: boolean }) {
  const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
  return (
    <section>
      <h3 className={styles.name}>{scope.name}</h3>
      <dl className={styles.keys}>
        {scope.bindings.map(({ keys, does, isOn = true }) => (
          <div key={keys} className={isOn && (letterKeys || !isLetterBinding(keys)) ? styles.key : styles.off}>
            <dt>
              {capsOf(keys, isMac).map((cap, index) => (
                <kbd key={index} className={styles.cap}>
                  {cap}
                </kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
